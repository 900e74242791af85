/**
 * The stack the demo plays on: the one that runs on the data folder, if its mechanism lets a return pass in
 * minutes, or one of the demo's own beside it, in a folder and on ports of its own.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { issueLinkFrom } from '../auth/sign-in-links';
import { createFileStore } from '../auth/issuer-store';
import { getExamplePath } from '../examples/example-files';
import { addDuration, millisecondsBetween } from '../domain/calendar/time';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import type { OfficialId } from '../domain/model/ids';
import { readLockNote } from '../stack/lock';
import { findFreePort } from '../stack/process/ports';

export interface DemoStack {
  readonly apiUrl: string;
  /** A single-use link of the stack's own issuer, made on its data folder: who may read that may act for anyone. */
  readonly issueSignInLink: (official: OfficialId) => Promise<string>;
}
export interface OwnStack extends DemoStack {
  /** Resolves with what it said last, when it ends without being asked. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** Longest time a return may wait for time alone in a demo. */
const bearableMs = 300_000;

/** Whether the last follow-up visit falls due within the time of a demo. */
export function isFast({ followUpVisits }: Pick<Mechanism, 'followUpVisits'>): boolean {
  const start = new Date(0).toISOString();
  return followUpVisits.every((visit) => millisecondsBetween(start, addDuration(start, visit)) <= bearableMs);
}

/** The stack that runs on a data folder and answers, or undefined. */
export async function findStackOn(dataFolder: string): Promise<DemoStack | undefined> {
  const apiUrl = readLockNote({ run: join(dataFolder, 'run') })?.apiUrl;
  return apiUrl !== undefined && (await answers(apiUrl)) ? stackAt(apiUrl, dataFolder) : undefined;
}

const stackAt = (apiUrl: string, dataFolder: string): DemoStack => {
  const store = createFileStore(join(dataFolder, 'issuer'));
  return { apiUrl, issueSignInLink: (official) => issueLinkFrom(store, apiUrl, official) };
};

const answers = (apiUrl: string): Promise<boolean> =>
  fetch(`${apiUrl}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );

/** Starts the entry point that `npm start` runs, with the fast mechanism. Rejects with what it said if it can't. */
export async function startOwnStack(
  dataFolder: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<OwnStack> {
  const [apiPort, temporalPort, uiPort] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const child = spawn(process.execPath, [join(__dirname, '..', 'main.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutSettings(process.env),
      HOMEWARD_DATA: dataFolder,
      HOMEWARD_MECHANISM: getExamplePath('mechanisms', 'fast.yaml'),
      HOMEWARD_EXAMPLES: 'off',
      HOMEWARD_API_PORT: String(apiPort),
      HOMEWARD_TEMPORAL_PORT: String(temporalPort),
      HOMEWARD_TEMPORAL_UI_PORT: String(uiPort),
      HOMEWARD_METRICS_PORT: '0',
    },
  });
  passOnProgress(child, say);
  const died = lastWordsOf(child);
  const state: { stopping?: true; failure?: string } = {};
  void died.then((words) => (state.failure = words));
  const stop = async (): Promise<void> => {
    state.stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await died;
  };
  while (!(await answers(apiUrl))) {
    if (signal.aborted) await stop();
    signal.throwIfAborted();
    if (state.failure !== undefined) throw new Error(`The demo’s stack could not start.\n${state.failure}`);
    await sleep(200);
  }
  return {
    ...stackAt(apiUrl, dataFolder),
    died: died.then((words) => (state.stopping ? never : words)),
    stop,
  };
}

/** Whatever else Homeward is told to use here is not for the demo's stack; where the Temporal CLI is kept, is. */
const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => name === 'HOMEWARD_CACHE' || !/^(HOMEWARD|TEMPORAL|OIDC)_|^(DATABASE|SMTP)_URL$/.test(name),
    ),
  );

const never = new Promise<never>(() => undefined);

/** What the start is doing, which takes minutes the first time, and where to look; not the sign-in links. */
function passOnProgress({ stdout }: ChildProcess, say: (line: string) => void): void {
  if (!stdout) return;
  createInterface({ input: stdout }).on('line', (line) => {
    if (/^\s+([✓…!]|API docs|Temporal UI)/.test(line)) say(line);
  });
}

function lastWordsOf(child: ChildProcess): Promise<string> {
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4_000)));
  return new Promise((resolve) => {
    child.once('close', () => resolve(words.trim()));
  });
}
