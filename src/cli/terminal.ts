/** What every command of the CLI is given: options that hold for all, the API, and a way to print. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { findText, whyNotText } from '../contracts/utf8';
import { ApiClient } from './api-client';
import { CliError } from './cli-error';
import { askForNext } from './session/issuer-session';
import { createSessionStore } from './session/session-store';
import type { SessionStore } from './session/session-store';

export interface GlobalOptions {
  readonly api?: string;
  readonly as?: string;
  readonly json?: boolean;
}

export interface Terminal {
  readonly api: string;
  readonly json: boolean;
  readonly sessions: SessionStore;
  client(): Promise<ApiClient>;
  /** For people; silent with `--json`. */
  readonly say: (line: string) => void;
  /** The result: `data` with `--json`, `lines` otherwise. */
  show(data: unknown, lines: () => readonly string[]): void;
}

export function createTerminal(
  options: GlobalOptions,
  print: (text: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Terminal {
  const api = apiAddress(options, env);
  const json = options.json === true;
  const sessions = createSessionStore(api, env);
  return {
    api,
    json,
    sessions,
    client: async () =>
      new ApiClient(api, await sessions.find(options.as), (spent) => sessions.renew(spent, askForNext)),
    say: (line) => {
      if (!json) print(line);
    },
    show: (data, lines) => {
      if (json) print(JSON.stringify(data, null, 2));
      else for (const line of lines()) print(line);
    },
  };
}

function apiAddress({ api }: GlobalOptions, env: NodeJS.ProcessEnv): string {
  const given = api ?? env.HOMEWARD_PUBLIC_URL ?? `http://localhost:${env.HOMEWARD_API_PORT || '8080'}`;
  if (!URL.canParse(given)) throw new CliError('usage', `${given} is no address.`);
  return given.replace(/\/+$/, '');
}

/** One per intent; give `--key` to repeat one whose answer never came. */
export const keyFrom = ({ key }: { key?: string }): string => key ?? randomUUID();

/** `-` is standard input. */
export async function readInput(path: string): Promise<string> {
  const what = path === '-' ? 'Standard input' : path;
  const bytes = await (path === '-' ? buffer(process.stdin) : readFile(path)).catch(() => {
    throw new CliError('usage', `${path} can’t be read.`);
  });
  // A spreadsheet is a zip, an old one a compound file: neither is text in any encoding.
  if (/^(504b0304|d0cf11e0)/.test(bytes.subarray(0, 4).toString('hex')))
    throw new CliError('usage', `${what} is a spreadsheet or an archive, not a text.`, oneCase);
  const text = findText(bytes);
  if (text !== undefined) return text;
  throw new CliError('usage', `${what} ${whyNotText(bytes)}.`);
}

/** What is opened, and what is not: told wherever something else is given. */
export const oneCase =
  'One case is opened at a time: JSON or YAML with requestingParty, holdingParty, recipient and dossier, or an example ' +
  'case file. Lists (CSV, Excel, exports of other systems) can’t be taken in yet; a way for them is planned.';

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError('usage', `${what} is not well-formed JSON.`);
  }
}
