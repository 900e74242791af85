/** What `homeward open` takes: the API's own body, or one of the example case files, brought to today. */
import { basename } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { readCaseFile } from '../contracts/case-file';
import { datedAsOf } from '../contracts/dated-as-of';
import { dateOf } from '../domain/time';
import { CliError } from './cli-error';
import { readInput } from './terminal';

export async function readOpening(path: string): Promise<unknown> {
  const text = await readInput(path);
  let value: unknown;
  try {
    // JSON is YAML too.
    value = parseYaml(text);
  } catch {
    throw new CliError('usage', `${path} is neither JSON nor YAML.`);
  }
  return isCaseFile(value) ? openingOf(basename(path).replace(/\.ya?ml$/, ''), text) : value;
}

const isCaseFile = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'story' in value && 'asOf' in value;

/** Siblings of the example are left out: they are cases of their own, linked once they are open. */
function openingOf(name: string, text: string): object {
  const read = readCaseFile(name, text);
  if ('faults' in read) {
    const faults = read.faults.map(({ line, path, message }) => `  line ${line}: ${path} ${message}`);
    throw new CliError('usage', `The case file has faults:\n${faults.join('\n')}`);
  }
  const { caseFile } = read;
  const today = dateOf(new Date().toISOString());
  const { opening, dossier } = datedAsOf(caseFile, caseFile.asOf, today);
  const { whereaboutsKnown: _saidByTheDossier, ...facts } = opening;
  return { ...facts, dossier };
}
