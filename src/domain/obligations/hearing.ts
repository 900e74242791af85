/** The child is heard at three doors: at the site, before it departs, and before it is handed over. */
import { decidesAlone } from '../facts/adults';
import { isAgreed } from '../facts/agreement';
import { isInInterimCare, isOnTheWay } from '../facts/care';
import { atTheDoorSince, heardUntil, isHeardSince, toBeHeardAgainFrom } from '../facts/hearing';
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

export const hearingDrafts: DraftSource = (state, rules) => [
  ...atSite(state, rules),
  ...atHandover(state, rules),
];

export const toHear = (
  state: ReturnCase,
  rules: MechanismRules,
  subject: 'tracing' | 'site' | 'departure' | 'handover',
  since: Instant,
  /** An instant, or how long after it arose. */
  due: string,
): Draft[] =>
  owedBy(state, rules, 'mediator', ['interviewer'], {
    kind: 'hear-child',
    subject,
    since,
    due: due.startsWith('P') ? addDuration(since, due) : due,
    commands: ['recordHearing'],
  });

/** Within a day of arrival; and again before it departs, once what it said is too long ago. */
function atSite(state: ReturnCase, rules: MechanismRules): Draft[] {
  if (state.journey || state.handover.at || state.interimCare) return [];
  const { stay, plan, preparingSince } = state;
  const isThere = stay?.status === 'occupied';
  if (isThere && !isHeardSince(state, stay.since)) return toHear(state, rules, 'site', stay.since, 'P1D');
  const isLeaving =
    preparingSince !== undefined && isAgreed(state, rules) && (isThere || plan?.site === null);
  if (!isLeaving) return [];
  const since = latest(preparingSince, toBeHeardAgainFrom(state, rules));
  const until = heardUntil(state, rules);
  return toHear(state, rules, 'departure', since, until !== undefined && until > since ? until : 'P1D');
}

/** Before anybody confirms: of a child that waits at the door, and of one for whom somebody was found. */
function atHandover(state: ReturnCase, rules: MechanismRules): Draft[] {
  const door = atTheDoorSince(state);
  const { handover, recipient } = state;
  if (recipient.unavailableSince && !decidesAlone(state, rules)) return [];
  if (door === undefined || isHeardSince(state, door)) return [];
  const isFound = isInInterimCare(state) && handover.identity?.matches === true;
  if (!isOnTheWay(state) && !isFound) return [];
  const since = latest(door, recipient.nominatedAt, isFound ? handover.identity.at : undefined);
  return toHear(state, rules, 'handover', since, 'PT1H');
}
