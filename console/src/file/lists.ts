/** Closed lists of the dossier as the page offers them; the types hold them to the schema, which stays out of the page. */
import type { CustodyBasis, Dossier, Relation, Script } from '#contracts/dossier/dossier';

type NameError = NonNullable<Dossier['child']['names'][number]['recordedInError']>['reason'];
/** Every member once, in this order; a missing one does not compile. */
const all = <Value extends string>(order: Readonly<Record<Value, true>>): readonly Value[] =>
  Object.keys(order) as Value[];

export const scripts = all<Script>({ latin: true, cyrillic: true, arabic: true });
export const relations = all<Relation>({
  ...{
    mother: true,
    father: true,
    grandmother: true,
    grandfather: true,
    aunt: true,
    uncle: true,
    sister: true,
  },
  ...{ brother: true, cousin: true, 'step-parent': true, 'foster-parent': true, guardian: true, other: true },
});
export const custodyBases = all<CustodyBasis>({
  ...{ 'court-order': true, guardianship: true, 'power-of-attorney': true, 'parental-right': true },
});
export const nameErrors = all<NameError>({
  ...{ 'typed-wrongly': true, 'of-another-person': true, garbled: true, filler: true, other: true },
});
export const sexes = all<Dossier['child']['sex']>({ female: true, male: true, unknown: true });
/** Those most often needed; others stay where a dossier has them. */
export const languageTags = ['uk', 'ru', 'ar', 'en', 'crh', 'ro'] as const;
