/**
 * The machine-readable zone of passports and cards (ICAO 9303): its check digits, and what it says against what the
 * dossier says of the same document and holder.
 */
import { parse } from 'mrz';
import type { ParseResult } from 'mrz';
import type { ListedDocument } from '../../src/contracts/dossier/dossier';
import { foldNumber, zoneFormsOf } from '../../src/contracts/fold';
import { standingNames } from '../../src/contracts/dossier/name-faults';
import type { CheckFinding } from '../../src/domain/model/commands';
import { unlimited } from '../../src/domain/calendar/time';
import { papersOf } from './check-documents';
import { bornBetween, findBirthDateOf, found } from './check-input';
import type { CheckInput } from './check-input';
import { isRussianInternal, readRussianInternal, russianZoneForm } from './russian-internal';

export function checkMrz(input: CheckInput): CheckFinding[] {
  return papersOf(input).flatMap((paper) => {
    if (!paper.mrz) return [];
    const report = (code: Parameters<typeof found>[0]) => found(code, { document: paper.id });
    if (isRussianInternal(paper.mrz)) return internalFindings(paper.mrz, paper, input).map(report);
    const read = findReading(paper.mrz);
    if (!read) return [report(isUnknownLayout(paper.mrz) ? 'mrz-layout-unknown' : 'mrz-unreadable')];
    // A kind of document that the standard does not name keeps to no rule of it either.
    if (read.details.some(({ field, valid }) => field === 'documentCode' && !valid))
      return [report('mrz-layout-unknown')];
    // Compared only where the check digits hold: a misread zone would differ in everything else as well.
    if (!digitsHold(read)) return [report(isMisreading(paper) ? 'mrz-misread' : 'mrz-check-digit')];
    return [
      ...(read.details.some(({ valid }) => !valid) ? [report('mrz-field-invalid')] : []),
      ...differences(read, paper, input).map(report),
    ];
  });
}

/** Whole lines, but as many and as long as in no layout known; a line miscopied is of another length than its fellows. */
const isUnknownLayout = ([first = '', ...others]: readonly string[]): boolean =>
  others.every(({ length }) => length === first.length);

function findReading(lines: readonly string[], autocorrect = false): ParseResult | undefined {
  try {
    return parse([...lines], { autocorrect });
  } catch {
    return undefined; // the library throws on lengths it does not know
  }
}

const digitsHold = ({ details }: ParseResult): boolean =>
  details.every(({ field, valid }) => valid || !field?.endsWith('CheckDigit'));

/** Letters and digits that scanners and people take for one another. */
const lookalikes: Record<string, string> = {
  ...{ O: '0', '0': 'O', I: '1', '1': 'I', S: '5', '5': 'S' },
  ...{ B: '8', '8': 'B', Z: '2', '2': 'Z', G: '6', '6': 'G' },
};

/**
 * Whether a usual misreading explains why a check digit fails. The library's autocorrect mends letters where only
 * digits may stand; an I for a 1 in a document number escapes it, so each lookalike is tried there. A check digit
 * holds by chance one time in ten: a mended number must be the listed one, or a lone letter between digits.
 */
function isMisreading({ mrz = [], number }: ListedDocument): boolean {
  const mended = (lines: readonly string[]): ParseResult | undefined => {
    const read = findReading(lines, true);
    return read && digitsHold(read) ? read : undefined;
  };
  if (mended(mrz)) return true;
  return mrz.some((line, row) =>
    Array.from(line).some((character, column) => {
      const other = lookalikes[character];
      if (other === undefined) return false;
      const read = mended(mrz.with(row, line.slice(0, column) + other + line.slice(column + 1)));
      if (!read) return false;
      if (number !== undefined) return foldNumber(read.documentNumber ?? '') === foldNumber(number);
      return /^\d[A-Z]\d$/.test(line.slice(column - 1, column + 2));
    }),
  );
}

type Difference =
  | 'mrz-number-differs'
  | 'mrz-birth-date-differs'
  | 'mrz-expiry-differs'
  | 'mrz-sex-differs'
  | 'mrz-name-differs';

function differences({ fields, documentNumber }: ParseResult, paper: ListedDocument, input: CheckInput) {
  const differing: Difference[] = [];
  if (documentNumber && paper.number && foldNumber(documentNumber) !== foldNumber(paper.number))
    differing.push('mrz-number-differs');
  const birth = findBirthDateOf(input, paper.holder);
  if (birth && fields.birthDate && !couldBe(fields.birthDate, bornBetween(birth)))
    differing.push('mrz-birth-date-differs');
  if (
    paper.expiresOn !== undefined &&
    paper.expiresOn !== unlimited &&
    fields.expirationDate &&
    !couldBe(fields.expirationDate, { from: paper.expiresOn, to: paper.expiresOn })
  )
    differing.push('mrz-expiry-differs');
  const { sex } = input.dossier.child;
  if (paper.holder === 'child' && sex !== 'unknown' && fields.sex && isSex(fields.sex) && fields.sex !== sex)
    differing.push('mrz-sex-differs');
  if (!nameAppears(fields, paper, input)) differing.push('mrz-name-differs');
  return differing;
}
const isSex = (text: string): boolean => text === 'female' || text === 'male';

/** Whether YYMMDD, of whichever century and with unknown parts, can be a day between two days. */
function couldBe(digits: string, { from, to }: { from: string; to: string }): boolean {
  if (!/^\d{6}$/.test(digits)) return true; // `<<` stands for a part that was not known
  return ['19', '20', '21'].some((century) => {
    const day = `${century}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`;
    return day >= from && day <= to;
  });
}

/**
 * Compared as the zone writes names: capitals A–Z, no apostrophes or hyphens, and letters that ICAO writes out in any of
 * the forms it allows. Long names are cut off at the line's end, hence the beginnings. A single name stands where the
 * family name would. True where the dossier has no Latin form to compare.
 */
function nameAppears(
  { lastName, firstName }: ParseResult['fields'],
  { holder }: ListedDocument,
  { dossier, recipient }: CheckInput,
): boolean {
  const names = standingNames(holder === 'child' ? dossier.child.names : recipient.names);
  const latin = names.filter(({ script }) => script === 'latin');
  if (latin.length === 0 || !lastName) return true;
  return latin.some(
    ({ family, given = '' }) =>
      overlaps(family ?? given, lastName) && overlaps(family === undefined ? '' : given, firstName ?? ''),
  );
}
const overlaps = (name: string, zone: string): boolean =>
  zoneFormsOf(zone).some((b) => zoneFormsOf(name).some((a) => a.startsWith(b) || b.startsWith(a)));

/** The same comparisons for the layout of the Russian internal passport, whose names are those in Cyrillic. */
function internalFindings(lines: readonly string[], paper: ListedDocument, input: CheckInput) {
  const zone = readRussianInternal(lines);
  if (!zone.digitsHold) return ['mrz-check-digit'] as const;
  const { dossier, recipient } = input;
  const differing: Difference[] = [];
  if (paper.number !== undefined && foldNumber(paper.number) !== zone.number)
    differing.push('mrz-number-differs');
  const birth = findBirthDateOf(input, paper.holder);
  if (birth && !couldBe(zone.birthDate, bornBetween(birth))) differing.push('mrz-birth-date-differs');
  const { sex } = dossier.child;
  if (paper.holder === 'child' && sex !== 'unknown' && zone.sex !== undefined && zone.sex !== sex)
    differing.push('mrz-sex-differs');
  const names = standingNames(paper.holder === 'child' ? dossier.child.names : recipient.names);
  const cyrillic = names.filter(({ script }) => script === 'cyrillic');
  const meets = (name: string, part: string): boolean =>
    russianZoneForm(name).startsWith(part) || part.startsWith(russianZoneForm(name));
  if (
    cyrillic.length > 0 &&
    !cyrillic.some(
      ({ family, given = '' }) =>
        meets(family ?? given, zone.family) && meets(family ? given : '', zone.given),
    )
  )
    differing.push('mrz-name-differs');
  return differing;
}
