/** What search and the look for duplicates know of a dossier; written with each version, in its transaction. */
import type { Dossier } from '../../contracts/dossier/dossier';
import { foldName, foldZone, nameKey, numberKey } from '../../contracts/fold';
import { standingNames } from '../../contracts/dossier/name-faults';
import type { CaseId } from '../../domain/model/ids';
import type { LocalDate } from '../../domain/calendar/time';
import type { Statement } from '../postgres/transaction';

export const likenesses = ['same-name', 'same-number', 'same-zone'] as const;
/** Why two dossiers may be of one child. */
export type Likeness = (typeof likenesses)[number];

interface Fold {
  readonly kind: 'name' | Likeness;
  readonly value: string;
  readonly born_from?: LocalDate;
  readonly born_to?: LocalDate;
}

/** Papers that one person alone has. A court order names siblings together, and a mother's passport is in each case. */
const personal: readonly string[] = [
  'passport',
  'id-card',
  'travel-document',
  'return-certificate',
  'birth-certificate',
];
/** Shorter ones are fillers: "none", "1", "b/n". */
const isNumber = (key: string): boolean => key.length >= 4 && /\d{3}/.test(key);

export function foldsOf({ child, documents, recipients }: Dossier): Fold[] {
  const [born_from, born_to] =
    'exact' in child.birthDate
      ? [child.birthDate.exact, child.birthDate.exact]
      : [child.birthDate.estimated.from, child.birthDate.estimated.to];
  const papers = documents.filter(({ holder, kind }) => holder === 'child' && personal.includes(kind));
  const folds: Fold[] = [
    ...[child, ...recipients].flatMap(({ names }) =>
      standingNames(names).map(({ family = '', given = '', patronymic = '' }): Fold => ({
        kind: 'name',
        value: foldName(`${family} ${given} ${patronymic}`),
      })),
    ),
    ...standingNames(child.names).map(({ family, given }): Fold => ({
      kind: 'same-name',
      value: nameKey(family, given),
      born_from,
      born_to,
    })),
    ...papers
      .map(({ number = '' }) => numberKey(number))
      .filter(isNumber)
      .map((value): Fold => ({ kind: 'same-number', value })),
    ...papers.flatMap(({ mrz }): Fold[] => (mrz ? [{ kind: 'same-zone', value: foldZone(mrz) }] : [])),
  ];
  return [...new Map(folds.map((fold) => [`${fold.kind} ${fold.value}`, fold])).values()];
}

/** Of the newest version only; also asks for the comparison with the other cases. */
export const writeFolds = (id: CaseId, version: number, dossier: Dossier): Statement[] => [
  { name: 'drop-folds', text: 'delete from dossier_folds where case_id = $1', values: [id] },
  {
    name: 'write-folds',
    text: `insert into dossier_folds (case_id, version, kind, value, born_from, born_to)
           select $1, $2, kind, value, born_from, born_to from jsonb_to_recordset($3::jsonb)
                  as row(kind text, value text, born_from date, born_to date)`,
    values: [id, version, JSON.stringify(foldsOf(dossier))],
  },
  {
    name: 'compare-later',
    text: `insert into dossiers_to_compare (case_id, since) values ($1, clock_timestamp()) on conflict do nothing`,
    values: [id],
  },
];
