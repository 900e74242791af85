/** Whoever sees the child says that it is this one: at the site, before it departs, and at the handover. */
import { isAgreed } from '../facts/agreement';
import { isOnTheWay } from '../facts/care';
import { atTheDoorSince } from '../facts/hearing';
import { isIdentifiedSince, mismatchSince } from '../facts/presence';
import type { ReturnCase } from '../model/case';
import type { MechanismRules, Office } from '../model/mechanism';
import { addDuration } from '../calendar/time';
import type { Duration, Instant } from '../calendar/time';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

export const presenceDrafts: DraftSource = (state, rules) => {
  const wrong = mismatchSince(state);
  if (state.handover.at && !wrong) return [];
  if (wrong)
    return owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
      kind: 'settle-mismatch',
      since: wrong,
      commands: ['identifyChild'],
    });
  return [...beforeDeparture(state, rules), ...atHandover(state, rules)];
};

const toIdentify = (
  state: ReturnCase,
  rules: MechanismRules,
  { kind, roles }: Office,
  subject: 'site' | 'departure' | 'handover',
  since: Instant,
  within: Duration,
): Draft[] =>
  owedBy(state, rules, kind, roles, {
    kind: 'identify-child',
    subject,
    since,
    due: addDuration(since, within),
    commands: ['identifyChild'],
  });

/** By the host within a day; of a child that leaves from elsewhere, by the mediator. */
function beforeDeparture(state: ReturnCase, rules: MechanismRules): Draft[] {
  const { stay, plan, preparingSince, journey, interimCare } = state;
  if (journey || interimCare) return [];
  if (stay?.status === 'occupied')
    return isIdentifiedSince(state, stay.since)
      ? []
      : toIdentify(state, rules, { kind: 'host', roles: ['host', 'clinician'] }, 'site', stay.since, 'P1D');
  const isLeaving = preparingSince !== undefined && isAgreed(state, rules) && plan?.site === null;
  if (!isLeaving || isIdentifiedSince(state, preparingSince)) return [];
  const officers: Office = { kind: 'mediator', roles: ['case-officer', 'lead'] };
  return toIdentify(state, rules, officers, 'departure', preparingSince, 'P7D');
}

/** By whoever receives the child, before anybody confirms. */
function atHandover(state: ReturnCase, rules: MechanismRules): Draft[] {
  const door = atTheDoorSince(state);
  if (door === undefined || isIdentifiedSince(state, door)) return [];
  const since = latest(door, state.presence?.at);
  return isOnTheWay(state) || state.handover.identity?.matches
    ? toIdentify(state, rules, { kind: 'receiving', roles: ['receiver'] }, 'handover', since, 'PT1H')
    : [];
}
