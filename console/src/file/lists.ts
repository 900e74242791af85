/** Closed lists of the dossier as the page offers them; the types hold them to the schema, which stays out of the page. */
import type { CustodyBasis, Dossier, Relation, Script } from '#contracts/dossier/dossier';

type Child = Dossier['child'];
type RecipientKind = NonNullable<Dossier['recipients'][number]['kind']>;
type MissingConsent = NonNullable<Dossier['recipients'][number]['consentMissing']>;
type NameError = NonNullable<Child['names'][number]['recordedInError']>['reason'];
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
  ...{ brother: true, cousin: true, 'step-parent': true, 'foster-parent': true, guardian: true },
  ...{
    'adoptive-parent': true,
    'half-sibling': true,
    'great-grandparent': true,
    authority: true,
    other: true,
  },
});
export const custodyBases = all<CustodyBasis>({
  ...{ 'court-order': true, guardianship: true, 'power-of-attorney': true, 'parental-right': true },
  ...{ 'temporary-placement': true, 'foster-agreement': true, 'guardianship-by-authority': true },
  ...{ adoption: true, institution: true },
});
export const missingConsents = all<MissingConsent>({
  ...{ deceased: true, 'unknown-whereabouts': true, 'deprived-of-rights': true },
  ...{ refused: true, unreachable: true },
});
export const recipientKinds = all<RecipientKind>({
  ...{ person: true, couple: true, 'foster-family': true, 'patronage-family': true, authority: true },
});
export const carerKinds = all<NonNullable<Child['presentCarer']>['kind']>({
  ...{ institution: true, 'foster-family': true, guardian: true, relative: true },
  ...{ 'adoptive-family': true, other: true },
});
export const bloodGroups = all<NonNullable<Child['bloodGroup']>>({
  ...{ '0+': true, '0-': true, 'A+': true, 'A-': true, 'B+': true, 'B-': true, 'AB+': true, 'AB-': true },
});
export const nameErrors = all<NameError>({
  ...{ 'typed-wrongly': true, 'of-another-person': true, garbled: true, filler: true, other: true },
});
export const sexes = all<Child['sex']>({ female: true, male: true, unknown: true });
/** Those most often needed; others stay where a dossier has them. */
export const languageTags = ['uk', 'ru', 'ar', 'en', 'crh', 'ro'] as const;
