/** What describes the child: what is missing of it, and a photograph that can't be the child's. */
import type { Dossier } from '../../src/contracts/dossier/dossier';
import type { CheckFinding } from '../../src/domain/model/commands';
import { found } from './check-input';
import type { CheckInput } from './check-input';

type Child = Dossier['child'];

const missing = {
  'photograph-missing': ({ photograph }) => photograph === undefined,
  'place-of-birth-missing': ({ placeOfBirth }) => placeOfBirth === undefined,
  'nationality-missing': ({ nationality }) => nationality === undefined,
  // Of many children only one parent is known.
  'parents-missing': ({ parents }) => parents?.mother === undefined && parents?.father === undefined,
  'features-missing': ({ features }) => features === undefined,
  'blood-group-missing': ({ bloodGroup }) => bloodGroup === undefined,
  'present-carer-missing': ({ presentCarer }) => presentCarer === undefined,
} as const satisfies Record<string, (child: Child) => boolean>;

export function checkDescription({ dossier: { child, documents } }: CheckInput): CheckFinding[] {
  const codes = (Object.keys(missing) as (keyof typeof missing)[]).filter((code) => missing[code](child));
  const photograph = documents.find(({ id }) => id === child.photograph);
  const isUnfit = photograph && (photograph.kind !== 'photograph' || photograph.holder !== 'child');
  return [
    ...codes.map((code) => found(code)),
    ...(isUnfit ? [found('photograph-unfit', { document: photograph.id })] : []),
  ];
}
