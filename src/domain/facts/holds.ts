/** Who may lift a hold, and when one has stood unanswered. Source: docs/rules.md, "A stop never strands". */
import { decidingSidesOf } from './agreement';
import type { Hold, ReturnCase } from '../model/case';
import type { HoldReason } from '../model/commands';
import { findParty } from '../model/mechanism';
import type { MechanismRules, Office } from '../model/mechanism';
import { rolesToAsk } from '../model/parties';
import type { OfficialActor } from '../model/parties';
import type { SecondPerson } from '../model/proposals';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';

/** Of these the child is the reason: lifted with a ground, and a second person of another party. */
const guardedReasons = [
  'child-wish',
  'safety',
  'health',
  'identity',
] as const satisfies readonly HoldReason[];
export const isGuarded = ({ reason }: Pick<Hold, 'reason'>): boolean =>
  (guardedReasons as readonly HoldReason[]).includes(reason);

const defaultHoldRenewals = 2;
/** How often a deciding side may renew its hold. */
export const holdRenewalsOf = ({ holdRenewals }: MechanismRules): number =>
  holdRenewals ?? defaultHoldRenewals;

/** Since when three reviews in a row were due and none came: the first at its date, the next each a term later. */
export const abandonedSinceOf = ({ reviewAt }: Hold, { holdReviewWithin }: MechanismRules): Instant =>
  addDuration(addDuration(reviewAt, holdReviewWithin), holdReviewWithin);

/**
 * `placer`: whoever placed it; `senior`: who answers for their party; `mediator`: the mediator's lead, once a party
 * that does not decide has left its hold unanswered. Undefined: not theirs to lift.
 */
export function lifterOf(
  hold: Hold,
  actor: OfficialActor,
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
): 'placer' | 'senior' | 'mediator' | undefined {
  const isPlacer = 'official' in hold.by && hold.by.official === actor.official;
  if (actor.party === hold.party) {
    if (isPlacer) return 'placer';
    const kind = findParty(rules, hold.party)?.kind ?? 'observer';
    return actor.roles.some((role) => rolesToAsk[kind].senior.includes(role)) ? 'senior' : undefined;
  }
  const isLead = findParty(rules, actor.party)?.kind === 'mediator' && actor.roles.includes('lead');
  const isSides = decidingSidesOf(state, rules).includes(hold.party);
  return isLead && !isSides && abandonedSinceOf(hold, rules) <= now ? 'mediator' : undefined;
}

const reviewers: readonly Office[] = [
  { kind: 'mediator', roles: ['reviewer', 'interviewer', 'lead'] },
  { kind: 'requesting', roles: ['reviewer', 'interviewer', 'decider'] },
  { kind: 'holding', roles: ['reviewer', 'interviewer', 'decider'] },
];
const clinicians: readonly Office[] = [{ kind: 'host', roles: ['clinician'] }, ...reviewers];
const officers: readonly Office[] = [{ kind: 'mediator', roles: ['case-officer', 'lead', 'duty-officer'] }];

/** Undefined: whoever placed it for another reason lifts it alone. */
export function secondToLift(
  hold: Hold,
  lifter: NonNullable<ReturnType<typeof lifterOf>>,
  isOnTheWay: boolean,
): SecondPerson | undefined {
  const urgent = isOnTheWay ? ({ urgent: true } as const) : {};
  // Nobody of the party that placed it has answered; there the second person is the mediator's as well.
  if (lifter === 'mediator') return { offices: officers, ...urgent };
  if (isGuarded(hold))
    return { offices: hold.reason === 'health' ? clinicians : reviewers, otherParty: true, ...urgent };
  return lifter === 'senior' ? { offices: officers, ...urgent } : undefined;
}
