/** `homeward mechanism check FILE`: names every fault of a mechanism file with its line. */
import { readFile } from 'node:fs/promises';
import { findText, whyNotText } from '../contracts/utf8';
import { mechanismJsonSchema, readMechanism } from '../contracts/mechanism/file';

/** 0: it can run, with or without warnings; 1: it has faults; 2: it can't be read. Prints one line a fault, as compilers do. */
export async function checkMechanismFile(path: string, print: (line: string) => void): Promise<0 | 1 | 2> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    print(`${path}: ${whyUnreadable(error)}`);
    return 2;
  }
  const text = findText(bytes);
  if (text === undefined) {
    print(`${path}: ${whyNotText(bytes)}`);
    return 2;
  }
  const read = readMechanism(text);
  if ('faults' in read) {
    for (const { line, column, path: where, message } of read.faults)
      print(`${path}:${line}:${column} ${where === '' ? '' : `${where}: `}${message}`);
    print(`${path}: ${read.faults.length === 1 ? '1 fault' : `${read.faults.length} faults`}`);
    return 1;
  }
  for (const { line, column, path: where, message } of read.warnings)
    print(`${path}:${line}:${column} ${where}: warning: ${message}`);
  const { id, version, parties, officials, decidingSides, sites } = read.mechanism;
  print(
    `${path}: mechanism ${id}, version ${version}, is sound: ${parties.length} parties, ` +
      `${officials.length} officials, ${decidingSides.join(' and ')} decide, ` +
      (sites.length === 1 ? '1 hosting site' : `${sites.length} hosting sites`),
  );
  return 0;
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
