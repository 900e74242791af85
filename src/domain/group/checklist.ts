/**
 * Go or no-go as a list: each line follows from the rules, says who it waits for, how it stands, and since when. Nothing is
 * ticked by hand. Silence is no-go.
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
import type { Members } from './member';

export const lineStates = ['yes', 'no', 'waiting'] as const;
export type LineState = (typeof lineStates)[number];
export type ChecklistLine = { readonly state: LineState; readonly since?: Instant } & (
  | { readonly line: 'list-frozen' }
  /** `terms`: those that are disputed, or of which nothing is said yet. */
  | { readonly line: 'terms'; readonly party: PartyId; readonly terms: readonly ListTerm[] }
  | { readonly line: 'child'; readonly case: CaseId; readonly blockers: readonly GateBlocker[] }
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
  const free = travellers.filter((member) => members.get(member)?.blockers.length === 0);
  const short = shortOfEscorts(free, travellers, members);
  const isOver = ['departed', 'completed', 'aborted'].includes(groupStateOf(group));
  return [
    {
      line: 'list-frozen',
      ...(group.frozenAt === undefined ? { state: 'waiting' } : { state: 'yes', since: group.frozenAt }),
    },
    ...group.asked.map((party): ChecklistLine => termsLine(group, party)),
    ...(isOver ? [] : travellers).map((member): ChecklistLine => {
      const own = members.get(member)?.blockers ?? [];
      const blockers = short.includes(member) ? [tooFewEscorts] : own;
      return { line: 'child', case: member, blockers, state: blockers.length === 0 ? 'yes' : 'no' };
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

function termsLine(group: Group, party: PartyId): ChecklistLine {
  const disputed = disputedTermsOf(group, party);
  const silent = silentTermsOf(group, party);
  const since = group.stands[party]?.since;
  const state = disputed.length > 0 ? 'no' : silent.length > 0 ? 'waiting' : 'yes';
  const terms = disputed.length > 0 ? disputed : silent.length > 0 ? silent : listTerms;
  return { line: 'terms', party, terms, state, ...(since !== undefined && { since }) };
}
