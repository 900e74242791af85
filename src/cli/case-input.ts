/** What `homeward open` takes: the API's own body, or one of the example case files, brought to today. */
import { basename } from 'node:path';
import { readCaseFile } from '../examples/case-file';
import { datedAsOf } from '../examples/dated-as-of';
import { readYaml } from '../contracts/yaml-file';
import type { FileFault } from '../contracts/yaml-file';
import { dateOf } from '../domain/calendar/time';
import { CliError } from './cli-error';
import { oneCase, readInput } from './terminal';

export async function readOpening(path: string): Promise<unknown> {
  const text = await readInput(path);
  const what = path === '-' ? 'Standard input' : path;
  if (text.trim() === '') throw new CliError('usage', `${what} is empty.`, oneCase);
  // JSON is YAML too.
  const read = readYaml(text);
  const faults = 'faults' in read ? read.faults : read.repeatedKeys;
  if (faults.length > 0)
    throw looksLikeTable(text)
      ? new CliError('usage', `${what} looks like a table.`, oneCase)
      : faulty(what, faults);
  const value = 'value' in read ? read.value : undefined;
  if (isCaseFile(value)) return openingOf(what, basename(path).replace(/\.ya?ml$/, ''), text);
  if (Array.isArray(value)) throw new CliError('usage', `${what} is a list of ${value.length}.`, oneCase);
  if (typeof value !== 'object' || value === null)
    throw new CliError(
      'usage',
      `${what} holds ${looksLikeTable(text) ? 'a table' : 'a text'}, not a case.`,
      oneCase,
    );
  if (!['requestingParty', 'holdingParty', 'dossier'].some((field) => field in value))
    throw new CliError('usage', `${what} has none of the fields of a case.`, oneCase);
  return value;
}

/** Several lines that are parted alike by commas, semicolons or tabs. */
function looksLikeTable(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return (
    lines.length > 1 &&
    [',', ';', '\t'].some((separator) => {
      const [first = 0, ...others] = lines.slice(0, 10).map((line) => line.split(separator).length);
      return first > 2 && others.every((count) => count >= first - 1);
    })
  );
}

const isCaseFile = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'story' in value && 'asOf' in value;

const faulty = (what: string, faults: readonly FileFault[]): CliError =>
  new CliError(
    'usage',
    `${what} has faults:\n${faults
      .map(
        ({ line, column, path, message }) =>
          `  line ${line}:${column} ${path === '' ? '' : `${path}: `}${message}`,
      )
      .join('\n')}`,
  );

/** Siblings of the example are left out: they are cases of their own, linked once they are open. */
function openingOf(what: string, name: string, text: string): object {
  const read = readCaseFile(name, text);
  if ('faults' in read) throw faulty(what, read.faults);
  const { caseFile } = read;
  const today = dateOf(new Date().toISOString());
  const { opening, dossier } = datedAsOf(caseFile, caseFile.asOf, today);
  const { whereaboutsKnown: _saidByTheDossier, ...facts } = opening;
  return { ...facts, dossier };
}
