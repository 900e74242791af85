/** The steps of an obligation's ladder: when each is due and which are owed now. Never-rule 7 rests on it. */
import type { ReturnCase } from './case';
import type { EventOf } from './events';
import type { Office, MechanismRules } from './mechanism';
import { kindsWithOwnDue } from './obligation-kinds';
import type { ObligationKind } from './obligation-kinds';
import type { Obligation } from './obligations';
import { addDuration, millisecondsBetween } from './time';
import type { Instant } from './time';
import { findPartyOf } from './visibility';

const lead: Office = { kind: 'mediator', roles: ['lead'] };

/** Ladders count from the moment the obligation arose, or from its due instant where the case gives that. */
const startOf = (obligation: Obligation): Instant =>
  (kindsWithOwnDue as readonly ObligationKind[]).includes(obligation.kind)
    ? obligation.due
    : obligation.since;

/** The instant of a step, counting from 1; steps beyond the ladder repeat the reminder. */
export function stepInstantOf(obligation: Obligation, step: number, rules: MechanismRules): Instant {
  const { steps, thenEvery } = rules.ladders[obligation.kind];
  const explicit = steps[step - 1];
  const start = startOf(obligation);
  if (explicit) return addDuration(start, explicit.after);
  const last = addDuration(start, steps.at(-1)?.after ?? 'P0D');
  const period = millisecondsBetween(last, addDuration(last, thenEvery));
  return new Date(Date.parse(last) + period * (step - steps.length)).toISOString();
}

/** The last step due at `now`, 0 when none is. Counted, not walked: a case may have slept for a year. */
function lastStepDue(obligation: Obligation, rules: MechanismRules, now: Instant): number {
  const { steps } = rules.ladders[obligation.kind];
  const explicit = steps.filter((_step, index) => stepInstantOf(obligation, index + 1, rules) <= now).length;
  if (explicit < steps.length) return explicit;
  const first = stepInstantOf(obligation, steps.length + 1, rules);
  if (first > now) return explicit;
  const period = millisecondsBetween(first, stepInstantOf(obligation, steps.length + 2, rules));
  return explicit + 1 + Math.floor(millisecondsBetween(first, now) / Math.max(period, 1));
}

/** The instant of the next step not yet taken. */
export const nextStepInstantOf = (
  state: ReturnCase,
  obligation: Obligation,
  rules: MechanismRules,
): Instant => stepInstantOf(obligation, (state.ladderSteps[obligation.key] ?? 0) + 1, rules);

/**
 * Steps owed now. After a long silence the reminders in between are not made up for: of several steps of the
 * same kind to the same office only the latest is taken.
 */
export function stepsDueOf(
  state: ReturnCase,
  obligation: Obligation,
  rules: MechanismRules,
  now: Instant,
): EventOf<'LadderStepTaken'>[] {
  const taken = state.ladderSteps[obligation.key] ?? 0;
  const last = lastStepDue(obligation, rules, now);
  if (last <= taken) return [];
  const { steps } = rules.ladders[obligation.kind];
  const numbers = steps.map((_step, index) => index + 1).filter((step) => step > taken && step < last);
  const due = [...numbers, last].map((step) => stepTaken(state, obligation, step, rules));
  const latest = new Map(
    due.map((event) => [`${event.act}:${event.party}:${event.office.roles.join()}`, event]),
  );
  return due.filter((event) => [...latest.values()].includes(event));
}

function stepTaken(
  state: ReturnCase,
  obligation: Obligation,
  step: number,
  rules: MechanismRules,
): EventOf<'LadderStepTaken'> {
  const { act, to } = rules.ladders[obligation.kind].steps[step - 1] ?? {
    act: 'remind' as const,
    to: undefined,
  };
  const ownerKind = rules.parties.find(({ id }) => id === obligation.party)?.kind ?? 'mediator';
  const owner: Office = { kind: ownerKind, roles: obligation.roles };
  const office = act === 'remind' ? (to ?? owner) : (to ?? lead);
  const party = office.kind === ownerKind ? obligation.party : findPartyOf(state, rules, office.kind)?.id;
  return {
    type: 'LadderStepTaken',
    obligation: obligation.key,
    kind: obligation.kind,
    step,
    act,
    party: party ?? obligation.party,
    office,
    due: obligation.due,
  };
}
