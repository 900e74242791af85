/**
 * Which papers of the border file a journey lacks, judged against the dossier: findings for people, who decide. An escort’s
 * papers are in no dossier, so they are not judged. Source: docs/rules.md, "At the border".
 */
import { isOfAge } from './adults';
import { findLivePlan } from './agreement';
import { crossingsOf, rulesHome } from './crossings';
import type { Crossing } from './crossings';
import { borderCodes } from '../model/border';
import type { BorderCode, BorderPaper, Traveller } from '../model/border';
import type { ReturnCase } from '../model/case';
import type { CheckFinding } from '../model/commands';
import type { DocumentFacts, DossierFacts } from '../model/dossier-facts';
import type { MechanismRules } from '../model/mechanism';
import { addDuration, dateOf } from '../calendar/time';
import type { Duration, LastDay, LocalDate } from '../calendar/time';

export interface AtBorder {
  readonly state: ReturnCase;
  readonly rules: MechanismRules;
  readonly dossier: DossierFacts;
  readonly today: LocalDate;
}
/** One paper that one traveller needs at one crossing. */
interface Need extends AtBorder {
  readonly paper: BorderPaper;
  readonly holder: DocumentFacts['holder'];
  readonly crossing: Crossing;
}

export function borderFindingsOf(asked: AtBorder): CheckFinding[] {
  const { crossings, isChosen } = crossingsOf(asked.state, asked.rules);
  const found = crossings.map((crossing) => findingsAt(asked, crossing));
  if (isChosen) return found.flat();
  // Any may be taken: judged by the one that lacks least.
  return found.reduce((least, each) => (each.length < least.length ? each : least), found[0] ?? []);
}

function findingsAt(asked: AtBorder, crossing: Crossing): CheckFinding[] {
  const { state, rules } = asked;
  const closed = rules.placesClosed?.[crossing.place];
  const inForce = rulesHome(state, rules).filter(
    (rule) =>
      rule.crossing === crossing.place &&
      rule.from <= crossing.to &&
      (rule.to === undefined || rule.to >= crossing.from),
  );
  const needs = inForce.flatMap(({ travellers: who, papers }) =>
    who.flatMap((traveller) => {
      const holder = holderOf(traveller, state);
      return holder === undefined ? [] : papers.map((paper): Need => ({ ...asked, paper, holder, crossing }));
    }),
  );
  return [
    ...(closed !== undefined && closed <= crossing.to
      ? [finding('border-crossing-closed', { place: crossing.place })]
      : []),
    // A rule that ends within the window and the one after it may ask for the same.
    ...new Map(
      needs.flatMap(lacksOf).map((each) => [`${each.code} ${each.paper} ${each.recipient ?? ''}`, each]),
    ).values(),
  ];
}

/** Whose papers are judged; undefined of whoever does not travel, or has none in the dossier. */
function holderOf(traveller: Traveller, state: ReturnCase): DocumentFacts['holder'] | undefined {
  const plan = findLivePlan(state);
  const holders: Readonly<Record<Traveller, DocumentFacts['holder'] | undefined>> = {
    child: isOfAge(state) ? undefined : 'child',
    adult: isOfAge(state) ? 'child' : undefined,
    recipient: plan?.companions.includes('recipient') ? (plan.recipient ?? undefined) : undefined,
    escort: undefined,
  };
  return holders[traveller];
}

function lacksOf(need: Need): CheckFinding[] {
  const { paper, holder, crossing, dossier } = need;
  const own = dossier.documents.filter((document) => document.holder === holder);
  const serves = own.some(
    ({ kind, expiresOn }) =>
      paper.instead?.includes(kind) && expiresOn !== undefined && expiresOn >= crossing.to,
  );
  if (serves) return [];
  const listed = own.filter(({ kind }) => kind === paper.kind);
  const unspent = listed.filter(({ ref }) => !(paper.singleUse && isSpent(ref, need)));
  const [best] = [...unspent].sort((a, b) => (endOf(b, paper) ?? '').localeCompare(endOf(a, paper) ?? ''));
  if (best) return [...shortOf(best, need), ...entryOf(best, need)];
  return [
    ...listed.slice(0, 1).map(({ ref }) => findingOf('border-paper-used', need, { document: ref })),
    ...missingOf(need),
  ];
}

/** None that could be used: whether one can be had in time, and whether it can hold over the whole window. */
function missingOf(need: Need): CheckFinding[] {
  const { paper, crossing, today } = need;
  const { leadTime, validFor } = paper;
  const ready = leadTime === undefined ? today : dayAfter(today, leadTime);
  const isLong = validFor !== undefined && dayAfter(crossing.from, validFor) < crossing.to;
  return [
    ready > crossing.to
      ? findingOf('border-paper-late', need, {
          holds: days(today, ready),
          needed: Math.max(0, days(today, crossing.to)),
        })
      : findingOf('border-paper-missing', need),
    ...(isLong
      ? [
          findingOf('border-window-long', need, {
            holds: days(crossing.from, dayAfter(crossing.from, validFor)),
            needed: days(crossing.from, crossing.to),
          }),
        ]
      : []),
  ];
}

/** Days count from the issue of the paper, or from today where nobody knows when that was. */
function shortOf(document: DocumentFacts, need: Need): CheckFinding[] {
  const { paper, crossing, today } = need;
  const { ref, issuedOn = today } = document;
  const ends = endOf(document, paper);
  if (ends === undefined) return [findingOf('border-paper-undated', need, { document: ref })];
  if (ends >= crossing.to) return [];
  return [
    findingOf(ends < crossing.from ? 'border-paper-ended' : 'border-paper-short', need, {
      document: ref,
      holds: Math.max(0, days(issuedOn, ends)),
      needed: Math.max(0, days(issuedOn, crossing.to)),
    }),
  ];
}

function entryOf({ ref }: DocumentFacts, need: Need): CheckFinding[] {
  const { validFromEntry } = need.paper;
  const { to, wayEnds } = need.crossing;
  if (validFromEntry === undefined || wayEnds === undefined) return [];
  const ends = dayAfter(to, validFromEntry);
  return ends >= wayEnds
    ? []
    : [
        findingOf('border-entry-short', need, {
          document: ref,
          holds: days(to, ends),
          needed: days(to, wayEnds),
        }),
      ];
}

/** The sooner of what the paper says and what the border takes; undefined where neither is known. */
function endOf({ issuedOn, expiresOn }: DocumentFacts, { validFor }: BorderPaper): LastDay | undefined {
  const taken = issuedOn !== undefined && validFor !== undefined ? dayAfter(issuedOn, validFor) : undefined;
  return [expiresOn, taken].filter((day) => day !== undefined).sort()[0];
}

/** Somebody has left this crossing behind with it, and the journey ended all the same. */
const isSpent = (ref: string, { state, crossing }: Need): boolean =>
  (state.pastCrossings ?? []).some(
    ({ documents, left }) => documents.includes(ref) && left.includes(crossing.place),
  );

const finding = (code: BorderCode, about: Omit<CheckFinding, 'code' | 'severity'>): CheckFinding => ({
  code,
  severity: borderCodes[code],
  ...about,
});
const findingOf = (
  code: BorderCode,
  { paper: { kind }, holder, crossing: { place } }: Need,
  about: Pick<CheckFinding, 'document' | 'holds' | 'needed'> = {},
): CheckFinding =>
  finding(code, { paper: kind, place, ...(holder !== 'child' && { recipient: holder }), ...about });

/** Whole days: what is shorter than a day ends on the day on which it began. */
const dayAfter = (day: LocalDate, duration: Duration): LocalDate =>
  dateOf(addDuration(`${day}T00:00:00.000Z`, duration));
const days = (from: LocalDate, to: LocalDate): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
