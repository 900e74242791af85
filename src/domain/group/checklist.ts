/**
 * Go or no-go as a list: each line follows from the rules, says who it waits for, how it stands, and since when. Nothing is
 * ticked by hand. Of each child it says what keeps it at the hour of departure, as far as that is known today. Silence is no-go.
 */
import type { Instant } from '../calendar/time';
import type { CaseId, PartyId } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import type { GateBlocker } from '../model/rejections';
import { shortOfEscorts, tooFewEscorts } from './escorts';
import { disputedTermsOf, goSayersOf, groupStateOf, silentTermsOf, travellersOf } from './facts';
import { listTerms } from './group';
import type { Group, ListTerm } from './group';
import { followersOf, tiedTo } from './member';
import type { Members, MemberStatus } from './member';

export const lineStates = ['yes', 'no', 'waiting'] as const;
export type LineState = (typeof lineStates)[number];
export type ChecklistLine = { readonly state: LineState; readonly since?: Instant } & (
  | { readonly line: 'list-frozen' }
  /** `terms`: those that are disputed, or of which nothing is said yet. */
  | { readonly line: 'terms'; readonly party: PartyId; readonly terms: readonly ListTerm[] }
  /** `lapses`: what does not keep the child now, and will at the hour of departure: an approval, a clearance or a paper ends. */
  | {
      readonly line: 'child';
      readonly case: CaseId;
      readonly blockers: readonly GateBlocker[];
      readonly lapses?: readonly GateBlocker[];
    }
  /** Whom a sibling ties to a child of the list, and who is not on it. */
  | { readonly line: 'siblings'; readonly cases: readonly CaseId[] }
  /** Whom a waiver lets follow: it keeps nobody, and somebody owes them a way home. */
  | { readonly line: 'follows'; readonly cases: readonly CaseId[] }
  | { readonly line: 'go'; readonly party: PartyId }
);

export function checklistOf(group: Group, rules: MechanismRules, members: Members): ChecklistLine[] {
  const mediator = rules.parties.find(({ kind }) => kind === 'mediator')?.id;
  const travellers = travellersOf(group);
  const apart = tiedTo(travellers, members);
  const followers = followersOf(travellers, members);
  const free = travellers.filter((member) => keptAtDeparture(members.get(member)).length === 0);
  const short = shortOfEscorts(free, travellers, members);
  const isOver = ['departed', 'completed', 'aborted'].includes(groupStateOf(group));
  return [
    {
      line: 'list-frozen',
      ...(group.frozenAt === undefined ? { state: 'waiting' } : { state: 'yes', since: group.frozenAt }),
    },
    ...group.asked.map((party): ChecklistLine => termsLine(group, party)),
    ...(isOver ? [] : travellers).map((member): ChecklistLine => {
      const now = members.get(member)?.blockers ?? [];
      const kept = keptAtDeparture(members.get(member));
      const lapses = kept.filter((each) => !now.some(isSameAs(each)));
      return {
        ...{
          line: 'child',
          case: member,
          state: kept.length === 0 && !short.includes(member) ? 'yes' : 'no',
        },
        blockers: short.includes(member) ? [tooFewEscorts] : now.filter((each) => kept.some(isSameAs(each))),
        ...(lapses.length > 0 && { lapses }),
      };
    }),
    ...(apart.length > 0 && !isOver ? [{ line: 'siblings', cases: apart, state: 'no' } as const] : []),
    ...(followers.length > 0 && !isOver
      ? [{ line: 'follows', cases: followers, state: 'yes' } as const]
      : []),
    ...(mediator === undefined ? [] : goSayersOf(group, mediator)).map((party): ChecklistLine => {
      const said = group.go[party];
      return said
        ? { line: 'go', party, state: said.go ? 'yes' : 'no', since: said.at }
        : { line: 'go', party, state: 'waiting' };
    }),
  ];
}

/** What keeps the child at the hour of departure; of a list whose hour has come, now. */
const keptAtDeparture = (member: MemberStatus | undefined): readonly GateBlocker[] =>
  member?.atDeparture ?? member?.blockers ?? [];
const isSameAs =
  ({ blocker, subject }: GateBlocker) =>
  (other: GateBlocker): boolean =>
    other.blocker === blocker && other.subject === subject;

function termsLine(group: Group, party: PartyId): ChecklistLine {
  const disputed = disputedTermsOf(group, party);
  const silent = silentTermsOf(group, party);
  const since = group.stands[party]?.since;
  const state = disputed.length > 0 ? 'no' : silent.length > 0 ? 'waiting' : 'yes';
  const terms = disputed.length > 0 ? disputed : silent.length > 0 ? silent : listTerms;
  return { line: 'terms', party, terms, state, ...(since !== undefined && { since }) };
}
