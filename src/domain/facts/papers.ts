/**
 * Which papers an act rests on: kinds, whose, and whether there may be none. Judged against the dossier at the instant
 * of the command. A mechanism may name other kinds for a facet. Source: docs/rules.md, "Evidence", "Four eyes".
 */
import type { ReturnCase } from '../model/case';
import { dateIn } from './days';
import { findDocument } from '../model/dossier-facts';
import type { DocumentFacts, DossierFacts, PaperKind } from '../model/dossier-facts';
import type { DocumentRef } from '../model/ids';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { MechanismRules } from '../model/mechanism';
import type { Instant, LastDay, LocalDate } from '../calendar/time';
import type { Facet } from '../model/verification';

export interface PaperRule {
  /** Absent: of any kind. */
  readonly kinds?: readonly PaperKind[];
  /** `recipient`: the present one’s; `either`: theirs or the child's. */
  readonly holder: 'child' | 'recipient' | 'either';
  /** None at all, if it is said why. */
  readonly mayBeNone?: true;
  /** Each paper named has to fit, not only one of them. */
  readonly each?: true;
  /** One that has ended proves nothing any more. */
  readonly unended?: true;
}

/** What confirms each facet. */
export const facetPapers = {
  whereabouts: { holder: 'either', mayBeNone: true },
  identity: {
    kinds: [
      'passport',
      'birth-certificate',
      'id-card',
      'travel-document',
      'return-certificate',
      'court-order',
    ],
    holder: 'child',
  },
  kinship: { kinds: ['birth-certificate', 'court-order', 'guardianship'], holder: 'either' },
  custody: {
    kinds: ['court-order', 'guardianship', 'power-of-attorney', 'birth-certificate'],
    holder: 'either',
    unended: true,
  },
  willingness: { holder: 'either', mayBeNone: true },
  'childs-view': { holder: 'either', mayBeNone: true },
  suitability: { holder: 'either', mayBeNone: true },
} as const satisfies Record<Facet, PaperRule>;

export const actPapers = {
  travelDocuments: {
    kinds: ['passport', 'travel-document', 'return-certificate', 'id-card'],
    holder: 'child',
    each: true,
    unended: true,
  },
  carer: {
    kinds: ['passport', 'travel-document', 'return-certificate', 'id-card'],
    holder: 'recipient',
    each: true,
    unended: true,
  },
  permission: { holder: 'recipient', each: true, unended: true },
  clearance: { kinds: ['medical'], holder: 'child', each: true, unended: true },
  determination: { kinds: ['best-interests-determination', 'court-order'], holder: 'child', each: true },
  waiver: { kinds: ['waiver'], holder: 'either', each: true },
  ownConsent: { kinds: ['consent'], holder: 'child', each: true },
  trace: { holder: 'either', mayBeNone: true },
  death: { kinds: ['death-certificate'], holder: 'child', each: true },
} as const satisfies Record<string, PaperRule>;

/** With what a recipient shows at the door who they are. */
export const recipientPaperKinds: readonly PaperKind[] = ['passport', 'id-card', 'travel-document'];

interface Judged {
  readonly state: ReturnCase;
  readonly dossier: DossierFacts | undefined;
  readonly today: LocalDate;
}
/** Read on the strictest calendar: what has ended for anybody has ended. */
export const judgedIn = (
  state: ReturnCase,
  {
    dossier,
    now,
    mechanism,
  }: { readonly dossier?: DossierFacts; readonly now: Instant; readonly mechanism: MechanismRules },
): Judged => ({
  state,
  dossier,
  today: dateIn('validUntil', now, { state, rules: mechanism }),
});

const fits = (
  { kind, holder, expiresOn }: DocumentFacts,
  rule: PaperRule,
  { state, today }: Judged,
): boolean =>
  (!rule.kinds || rule.kinds.includes(kind)) &&
  (holder === 'child'
    ? rule.holder !== 'recipient'
    : rule.holder !== 'child' && holder === state.recipient.ref) &&
  !(rule.unended && expiresOn !== undefined && expiresOn < today);

/** Why these papers do not carry the act, or undefined when they do. */
export function paperFault(
  field: string,
  refs: readonly DocumentRef[],
  rule: PaperRule,
  judged: Judged,
): { rejection: Rejection } | undefined {
  if (refs.length === 0) return rule.mayBeNone ? undefined : rejected('paper-missing', { field });
  const papers = refs.map((ref) => findDocument(judged.dossier, ref));
  if (papers.includes(undefined)) return rejected('unknown-document', { field });
  const fitting = papers.filter((paper) => paper && fits(paper, rule, judged));
  const enough = rule.each ? fitting.length === papers.length : fitting.length > 0;
  return enough ? undefined : rejected('paper-unfit', { field });
}

/**
 * The last day to which these papers carry: the latest end among those that fit. Undefined: one of them has no end.
 * A basis of custody may end before its paper does.
 */
export function lastDayOf(
  refs: readonly DocumentRef[],
  rule: PaperRule,
  judged: Judged,
): LastDay | undefined {
  const custody =
    judged.dossier?.recipients.find(({ ref }) => ref === judged.state.recipient.ref)?.custody ?? [];
  const ends = refs
    .map((ref) => findDocument(judged.dossier, ref))
    .filter((paper): paper is DocumentFacts => paper !== undefined && fits(paper, rule, judged))
    .map(({ ref, expiresOn }) => {
      const bases = custody.filter(({ evidence }) => evidence.includes(ref));
      const basisEnds = bases.map(({ validUntil }) => validUntil);
      const basisEnd = bases.length > 0 && !basisEnds.includes(undefined) ? latestOf(basisEnds) : undefined;
      return [expiresOn, basisEnd].filter((end) => end !== undefined).sort()[0];
    });
  return ends.includes(undefined) ? undefined : latestOf(ends);
}

const latestOf = (days: readonly (LastDay | undefined)[]): LastDay | undefined =>
  days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);

/** Hashes of the papers by which the present recipient is known. Empty when the dossier holds none. */
export const recipientHashesOf = (state: ReturnCase, dossier: DossierFacts | undefined): string[] =>
  (dossier?.documents ?? []).flatMap(({ kind, holder, sha256 }) =>
    holder === state.recipient.ref && recipientPaperKinds.includes(kind) && sha256 !== undefined
      ? [sha256]
      : [],
  );
