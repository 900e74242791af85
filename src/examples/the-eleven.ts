/** The eleven children of the source story, as example cases. Names are invented; what nobody reported is marked. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalDate } from '../domain/calendar/time';
import { readCaseFile } from './case-file';
import type { CaseFile } from './case-file';
import { datedAsOf } from './dated-as-of';
import { getExamplePath } from './example-files';

/** All eleven in the order of their names, dated so that each child has the reported age on `today`. */
export const loadTheEleven = (today: LocalDate): CaseFile[] => loadFrom('the-eleven', today);
/** Invented cases of the demo beside them: one who refuses at the door, one who is of age. */
export const loadBesideTheEleven = (today: LocalDate): CaseFile[] => loadFrom('beside-the-eleven', today);

function loadFrom(name: string, today: LocalDate): CaseFile[] {
  const folder = getExamplePath(name);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  return files.map((file) => {
    const read = readCaseFile(file.replace(/\.yaml$/, ''), readFileSync(join(folder, file), 'utf8'));
    if ('faults' in read) {
      const faults = read.faults.map(({ line, path, message }) => `line ${line} ${path}: ${message}`);
      throw new Error(`examples/${name}/${file}: ${faults.join('; ')}`);
    }
    return datedAsOf(read.caseFile, read.caseFile.asOf, today);
  });
}
