/** `homeward mechanism check FILE`: names every fault of a mechanism file with its line. */
import { readFile } from 'node:fs/promises';
import { findText, whyNotText } from '../contracts/utf8';
import { mechanismJsonSchema, readMechanism, readOlderMechanism } from '../contracts/mechanism/file';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import type { FileFault } from '../contracts/yaml-file';
import { dryRunLines } from './operator/dry-run-move';
import type { DryRun } from './operator/dry-run-move';

export interface CheckOptions {
  /** The file of the version before: what the new one may not do to it is a fault, too. */
  readonly after?: string;
  /** What moving the open cases would meet; asked of a sound file only. */
  readonly dryRun?: (mechanism: Mechanism) => Promise<DryRun>;
  readonly json?: boolean;
}

type Checked =
  | { readonly unreadable: string }
  | { readonly faults: readonly FileFault[] }
  | { readonly mechanism: Mechanism; readonly warnings: readonly FileFault[]; readonly cases?: DryRun };

/** 0: it can run, with or without warnings; 1: it has faults; 2: it can't be read. Prints one line a fault, as compilers do. */
export async function checkMechanismFile(
  path: string,
  print: (line: string) => void,
  options: CheckOptions = {},
): Promise<0 | 1 | 2> {
  const checked = await check(path, options);
  if (options.json) print(JSON.stringify(asJson(path, checked), null, 2));
  else for (const line of linesOf(path, checked)) print(line);
  return 'unreadable' in checked ? 2 : 'faults' in checked ? 1 : 0;
}

async function check(path: string, { after, dryRun }: CheckOptions): Promise<Checked> {
  const text = await readText(path);
  if ('unreadable' in text) return text;
  const older = after === undefined ? undefined : await readOlder(after);
  if (older && 'unreadable' in older) return older;
  const read = readMechanism(text.text, older?.mechanism);
  if ('faults' in read || !dryRun) return read;
  return { ...read, cases: await dryRun(read.mechanism) };
}

async function readText(path: string): Promise<{ text: string } | { unreadable: string }> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return { unreadable: `${path}: ${whyUnreadable(error)}` };
  }
  const text = findText(bytes);
  return text === undefined ? { unreadable: `${path}: ${whyNotText(bytes)}` } : { text };
}

async function readOlder(path: string): Promise<{ mechanism: Mechanism } | { unreadable: string }> {
  const text = await readText(path);
  if ('unreadable' in text) return text;
  const read = readOlderMechanism(text.text);
  return 'mechanism' in read
    ? read
    : { unreadable: `${path}: has faults of its own, so nothing can be compared with it` };
}

function linesOf(path: string, checked: Checked): string[] {
  if ('unreadable' in checked) return [checked.unreadable];
  if ('faults' in checked) {
    const { faults } = checked;
    return [
      ...faults.map(
        ({ line, column, path: where, message }) =>
          `${path}:${line}:${column} ${where === '' ? '' : `${where}: `}${message}`,
      ),
      `${path}: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}`,
    ];
  }
  const { mechanism, warnings, cases } = checked;
  const { id, version, parties, officials, decidingSides, sites } = mechanism;
  return [
    ...warnings.map(
      ({ line, column, path: where, message }) => `${path}:${line}:${column} ${where}: warning: ${message}`,
    ),
    `${path}: mechanism ${id}, version ${version}, is sound: ${parties.length} parties, ` +
      `${officials.length} officials, ${decidingSides.join(' and ')} decide, ` +
      (sites.length === 1 ? '1 hosting site' : `${sites.length} hosting sites`),
    ...(cases ? dryRunLines(cases, mechanism) : []),
  ];
}

function asJson(file: string, checked: Checked): object {
  if ('unreadable' in checked) return { file, isSound: false, ...checked };
  if ('faults' in checked) return { file, isSound: false, faults: checked.faults };
  const { mechanism, warnings, cases } = checked;
  const { id, version } = mechanism;
  return { file, isSound: true, id, version, warnings, ...(cases && { cases }) };
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this account may not read it',
  EISDIR: 'is a folder, not a file',
};
const whyUnreadable = (error: unknown): string => {
  const code = (error as { code?: string }).code;
  return (code !== undefined && reasons[code]) || 'can’t be read';
};

/** `homeward mechanism schema`: the JSON Schema by which editors check such a file while it is written. */
export const printMechanismSchema = (print: (text: string) => void): void =>
  print(JSON.stringify(mechanismJsonSchema(), null, 2));
