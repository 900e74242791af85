/**
 * A side's word about a list that reached the mediator by note, letter or call: it is what the side itself would say, said by the
 * very rule of it. One mediator enters it, a second confirms it with the same document. What stops counts at once. Source:
 * docs/rules.md, "They travel together".
 */
import { dayAt, dayBegins } from '../facts/days';
import { confirmable, freeRelayId, isSpent } from '../facts/relays';
import type { OfficialId, PartyId } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { Instant } from '../calendar/time';
import { omitUndefined } from '../model/omit-undefined';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import { fitsGroupState } from './command-table';
import { groupStateOf, sayersOf, travellersOf } from './facts';
import type { GoSaid, Group, GroupCommandOf, GroupEvent, PendingWord, RelayedWord, Stand } from './group';
import type { Members } from './member';

type Outcome = readonly GroupEvent[] | { readonly rejection: Rejection };
interface Asked {
  readonly now: Instant;
  readonly mechanism: MechanismRules;
  readonly members: Members;
}
/** What follows when the party says so itself. */
export type Say = (party: PartyId, word: RelayedWord) => Outcome;

/** The safe direction: it counts as soon as one mediator enters it, and is never refused for its paper. Never-rule 3. */
const stopping: readonly RelayedWord['type'][] = ['disputeTerms', 'refuseMember', 'sayNoGo'];
export const isStop = ({ type }: Pick<RelayedWord, 'type'>): boolean => stopping.includes(type);

export function relayed(
  group: Group,
  { relay: asked, party, word, source }: GroupCommandOf<'relayWord'>,
  context: Asked,
  say: Say,
): Outcome {
  const { mechanism, members } = context;
  if (!sayersOf(travellersOf(group), members).deciding.includes(party))
    return rejected('unknown-party', { field: 'party' });
  const isStopping = isStop(word);
  const relay = isStopping ? freeRelayId(group.relays, group.version, asked) : asked;
  if (!isStopping) {
    if (!mechanism.relayable.includes(party)) return rejected('relay-not-allowed', { field: 'party' });
    if (group.relays.some(({ id }) => id === relay)) return rejected('duplicate-id', { field: 'relay' });
    const fault = faultIn(group, { party, word, source }, context);
    if (fault) return fault;
  }
  const outcome = said(group, { party, word, id: relay }, say);
  if ('rejection' in outcome) return outcome;
  return [{ type: 'WordRelayed', relay, party, word, source }, ...(isStopping ? outcome : [])];
}

export function confirmed(
  group: Group,
  relay: string,
  official: OfficialId,
  context: Asked,
  say: Say,
): Outcome {
  const pending = confirmable(group.pendingRelays, relay, official);
  if ('rejection' in pending) return pending;
  const done: GroupEvent = { type: 'RelayConfirmed', relay, party: pending.party };
  if (isStop(pending.word)) return [done]; // it has counted since it was entered
  const fault = faultIn(group, pending, context, relay);
  if (fault) return fault;
  const outcome = said(group, pending, say);
  return 'rejection' in outcome ? outcome : [...outcome, done];
}

export function rejectedRelay(group: Group, { relay, note }: GroupCommandOf<'rejectRelay'>): Outcome {
  const pending = group.pendingRelays.find(({ id }) => id === relay);
  if (!pending) return rejected('unknown-relay', { field: 'relay' });
  return [omitUndefined<GroupEvent>({ type: 'RelayRejected', relay, party: pending.party, note })];
}

export function repudiated(
  group: Group,
  { relay, note }: GroupCommandOf<'repudiateRelay'>,
  party: PartyId,
): Outcome {
  const known = group.relays.find(({ id }) => id === relay);
  if (known?.party !== party) return rejected('unknown-relay', { field: 'relay' });
  if (known.repudiatedAt !== undefined) return rejected('already-done');
  return [omitUndefined<GroupEvent>({ type: 'RelayRepudiated', relay, party, note })];
}

/** What the side's own word would lead to, marked as relayed. */
function said(
  group: Group,
  { party, word, id: relay }: Pick<PendingWord, 'party' | 'word' | 'id'>,
  say: Say,
): Outcome {
  const state = groupStateOf(group);
  if (!fitsGroupState(word.type, state)) return rejected('wrong-group-state', { groupState: state });
  const outcome = say(party, word);
  if ('rejection' in outcome) return outcome;
  return outcome.map((event) => ('party' in event && event.party === party ? { ...event, relay } : event));
}

/** Of these very terms, or of setting out, and itself. */
const hasSpokenOf = (word: RelayedWord, stand: Stand | undefined, go: GoSaid | undefined): boolean =>
  word.type === 'confirmTerms'
    ? word.terms.some((term) => stand?.terms[term] !== undefined && stand.relayed?.[term] === undefined)
    : go !== undefined && go.relay === undefined;

/**
 * A relay speaks only where the side is silent itself, and says of a list what its paper can have meant. Of the same day as a
 * list or a repudiation it is not known which came first: of the list it may speak, of what was disowned it may not.
 */
function faultIn(
  { list, stands, go, relays, asked }: Group,
  { party, word, source }: Pick<PendingWord, 'party' | 'word' | 'source'>,
  { now, mechanism }: Asked,
  self?: string,
): { rejection: Rejection } | undefined {
  const zoneOf = (id: PartyId): string | undefined => findParty(mechanism, id)?.timeZone;
  const begins = [party, ...asked].map((id) => dayBegins(source.dated, zoneOf(id), mechanism));
  // In the future only while it is so for everybody.
  if (begins.every((begin) => begin > now)) return rejected('date-future', { field: 'source.dated' });
  if (hasSpokenOf(word, stands[party], go[party])) return rejected('side-has-spoken', { field: 'party' });
  const others = relays.filter((each) => each.party === party && each.id !== self);
  if (others.some((each) => isSpent(each, source.documentHash, (one) => one.list !== list.version)))
    return rejected('document-spent', { field: 'source.documentHash' });
  const dayOf = (at: string): string => dayAt(at, zoneOf(party), mechanism);
  const predates =
    source.dated < dayOf(list.since) ||
    others.some(({ repudiatedAt }) => repudiatedAt !== undefined && source.dated <= dayOf(repudiatedAt));
  return predates ? rejected('relay-predates', { field: 'source.dated' }) : undefined;
}
