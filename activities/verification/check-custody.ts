/** Custody: one basis, for this recipient and relation, on papers that fit, valid from now to the window's end. */
import type { CustodyBasis, Recipient, Relation } from '../../src/contracts/dossier/dossier';
import type { CheckFinding } from '../../src/domain/model/commands';
import type { PaperKind } from '../../src/domain/model/dossier-facts';
import { unlimited } from '../../src/domain/calendar/time';
import type { LastDay, LocalDate } from '../../src/domain/calendar/time';
import { found, lastDayOf } from './check-input';
import type { CheckInput } from './check-input';

type Custody = Recipient['custody'][number];

const evidenceFor = {
  'court-order': ['court-order'],
  guardianship: ['guardianship', 'court-order'],
  'power-of-attorney': ['power-of-attorney'],
  'parental-right': ['birth-certificate', 'court-order'],
  'temporary-placement': ['guardianship', 'court-order'],
  'foster-agreement': ['guardianship', 'court-order'],
  'guardianship-by-authority': ['guardianship', 'court-order'],
  adoption: ['court-order', 'birth-certificate'],
  institution: ['guardianship', 'court-order'],
} as const satisfies Record<CustodyBasis, readonly PaperKind[]>;

/** What papers of a basis often call whoever has custody by it, whatever the kinship. */
const alsoCalled: Readonly<Partial<Record<CustodyBasis, readonly Relation[]>>> = {
  guardianship: ['guardian'],
  'temporary-placement': ['guardian', 'foster-parent'],
  'foster-agreement': ['foster-parent'],
  'guardianship-by-authority': ['guardian', 'authority'],
  adoption: ['adoptive-parent', 'mother', 'father'],
  institution: ['authority', 'guardian'],
};
const parents: readonly Relation[] = ['mother', 'father', 'adoptive-parent'];

/** A basis that lasts is judged alone; expired ones beside it are history. Without one, the one that lasts longest. */
export function checkCustody(input: CheckInput): CheckFinding[] {
  const { recipient } = input;
  if (recipient.custody.length === 0) return [found('custody-missing', { recipient: recipient.id })];
  const covering = recipient.custody.filter((basis) => covers(basis, input));
  if (covering.length > 0) {
    // One sound basis is enough; when each has something against it, say what is against the first.
    const against = covering.map((basis) => substance(basis, input));
    return against.find((findings) => findings.length === 0) ?? against[0] ?? [];
  }
  const longest = recipient.custody.reduce((best, basis) =>
    lastDay(basis, input) > lastDay(best, input) ? basis : best,
  );
  return [...validity(longest, input), ...substance(longest, input)];
}

const always = unlimited;
const papers = ({ evidence }: Custody, { dossier }: CheckInput) =>
  dossier.documents.filter(({ id }) => evidence.includes(id));
/** The earliest end of the basis itself and of the papers it rests on. */
const lastDay = (basis: Custody, input: CheckInput): LastDay =>
  [basis.validUntil ?? always, ...papers(basis, input).map(({ expiresOn = always }) => expiresOn)]
    .sort()
    .at(0) ?? always;
const firstDayNeeded = ({ window, today }: CheckInput): LocalDate =>
  window !== undefined && window.from > today ? window.from : today;
const covers = (basis: Custody, input: CheckInput): boolean =>
  (basis.validFrom ?? '') <= firstDayNeeded(input) && lastDay(basis, input) >= lastDayOf(input);

function validity(basis: Custody, input: CheckInput): CheckFinding[] {
  const about = { recipient: input.recipient.id };
  const ends = lastDay(basis, input);
  if (ends < input.today) return [found('custody-expired', about)];
  return [
    ...((basis.validFrom ?? '') > firstDayNeeded(input) ? [found('custody-not-yet-valid', about)] : []),
    ...(ends < lastDayOf(input) ? [found('custody-expires-in-window', about)] : []),
  ];
}

function substance(basis: Custody, input: CheckInput): CheckFinding[] {
  const { id: recipient, kinship } = input.recipient;
  const listed = papers(basis, input);
  const fitting: readonly PaperKind[] = evidenceFor[basis.basis];
  const isParent = parents.includes(kinship.relation);
  const sameRelation =
    basis.relation === kinship.relation || (alsoCalled[basis.basis] ?? []).includes(basis.relation);
  return [
    ...(listed.length === 0 ? [found('custody-unevidenced', { recipient })] : []),
    ...(listed.length > 0 && !listed.some(({ kind }) => fitting.includes(kind))
      ? [found('custody-evidence-unfit', { recipient })]
      : []),
    ...listed
      .filter(({ holder }) => holder !== 'child' && holder !== recipient)
      .map(({ id }) => found('custody-of-another', { recipient, document: id })),
    ...(sameRelation ? [] : [found('custody-relation-differs', { recipient })]),
    ...(basis.basis === 'parental-right' && !isParent
      ? [found('custody-right-not-parental', { recipient })]
      : []),
  ];
}
