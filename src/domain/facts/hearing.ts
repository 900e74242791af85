/**
 * What the child said about living with the recipient: heard alone, by an interviewer, at three doors. Another recipient,
 * another hearing. Source: docs/rules.md, "The child’s voice", and never-rule 11.
 */
import type { Hearing, ReturnCase } from '../model/case';
import { isOfAge, namesNobody } from './adults';
import type { RecipientRef } from '../model/ids';
import type { MechanismRules } from '../model/mechanism';
import { addDuration, millisecondsBetween } from '../calendar/time';
import type { Instant } from '../calendar/time';

/** How long a hearing lets a child depart; in rules that do not say. */
const validFor = 'P3D';

/** About whom this person is heard now: undefined of an adult who goes home to nobody. */
export const heardAbout = (state: ReturnCase): RecipientRef | undefined =>
  namesNobody(state) ? undefined : state.recipient.ref;

/** The last one about the present recipient, by the interviewer’s own time. */
export const lastHearing = (state: ReturnCase): Hearing | undefined =>
  (state.hearings ?? [])
    .filter((hearing) => hearing.recipient === heardAbout(state))
    .reduce<Hearing | undefined>(
      (last, each) => (last && last.heardAt > each.heardAt ? last : each),
      undefined,
    );

/** Until when the child counts as heard before it departs; undefined where it was not. */
export function heardUntil(
  state: ReturnCase,
  { hearingValidFor = validFor, adultHearingValidFor = hearingValidFor }: MechanismRules,
): Instant | undefined {
  const hearing = lastHearing(state);
  return hearing && addDuration(hearing.heardAt, isOfAge(state) ? adultHearingValidFor : hearingValidFor);
}

/** From when on it is to be heard again, so that it does not wait for that: the last third of the time. */
export function toBeHeardAgainFrom(state: ReturnCase, rules: MechanismRules): Instant | undefined {
  const [hearing, until] = [lastHearing(state), heardUntil(state, rules)];
  if (!hearing || until === undefined) return undefined;
  const third = Math.floor(millisecondsBetween(hearing.heardAt, until) / 3);
  return new Date(Date.parse(until) - third).toISOString();
}

/** Whether the child was heard since then. */
export const isHeardSince = (state: ReturnCase, since: Instant): boolean => {
  const hearing = lastHearing(state);
  return hearing !== undefined && hearing.heardAt >= since;
};

/** The child does not want to, and nobody has determined since that it is best all the same. */
export function unwillingSince(state: ReturnCase): Instant | undefined {
  const hearing = lastHearing(state);
  if (hearing?.answer !== 'unwilling') return undefined;
  const { bestInterests } = state;
  const isDetermined = bestInterests?.outcome === 'return' && bestInterests.at > hearing.heardAt;
  return isDetermined ? undefined : hearing.heardAt;
}

/** Since when the child stands at the door behind which the recipient waits. */
export const atTheDoorSince = ({ interimCare, journey }: ReturnCase): Instant | undefined =>
  interimCare?.since ?? journey?.arrivedAt;
