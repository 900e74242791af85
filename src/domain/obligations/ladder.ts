/** The steps of an obligation's ladder: when each is due and which are owed now. Never-rule 7 rests on it. */
import type { ReturnCase } from '../model/case';
import type { EventOf } from '../model/events';
import { findParty, ladderOf } from '../model/mechanism';
import type { LadderStep, MechanismRules, Office } from '../model/mechanism';
import { kindsWithOwnDue } from '../model/obligation-kinds';
import type { ObligationKind } from '../model/obligation-kinds';
import type { Obligation } from './obligations';
import { findPause, findRunningPause, isUnansweredPromise } from './pauses';
import { millisecondsBetween } from '../calendar/time';
import type { Instant } from '../calendar/time';
import { findPartyOf } from '../facts/visibility';
import { addTimeframe, addWorkingDays, findWorkingDays } from '../calendar/working-days';
import type { WorkingCalendar } from '../calendar/working-days';

const lead: Office = { kind: 'mediator', roles: ['lead'] };

/** Ladders count from the moment the obligation arose, or from its due instant where the case gives that. */
const startOf = (obligation: Obligation): Instant =>
  (kindsWithOwnDue as readonly ObligationKind[]).includes(obligation.kind)
    ? obligation.due
    : obligation.since;

/** Working days are those of the party that owes. */
const calendarOf = ({ party }: Obligation, rules: MechanismRules): WorkingCalendar | undefined =>
  findParty(rules, party)?.calendar;

/** The instant of a step, counting from 1; steps beyond the ladder repeat the reminder. */
export function stepInstantOf(obligation: Obligation, step: number, rules: MechanismRules): Instant {
  const { steps, thenEvery } = ladderOf(rules, obligation.kind);
  const start = startOf(obligation);
  const calendar = calendarOf(obligation, rules);
  // In a ladder of days and working days, holidays may put a step behind the next: then both are taken at once.
  const last = steps
    .slice(0, step)
    .map(({ after }) => addTimeframe(start, after, calendar))
    .reduce((latest, at) => (at > latest ? at : latest), start);
  const beyond = step - steps.length;
  if (beyond <= 0) return last;
  const days = findWorkingDays(thenEvery);
  if (days !== undefined && calendar) return addWorkingDays(last, days * beyond, calendar);
  const period = Math.max(millisecondsBetween(last, addTimeframe(last, thenEvery)), 1);
  return new Date(Date.parse(last) + period * beyond).toISOString();
}

/** The last step due at `now` by the ladder alone, 0 when none is. Counted, not walked: a case may sleep for a year. */
function lastStepDue(obligation: Obligation, rules: MechanismRules, now: Instant): number {
  const { steps } = ladderOf(rules, obligation.kind);
  const isDue = (step: number): boolean => stepInstantOf(obligation, step, rules) <= now;
  const explicit = steps.filter((_step, index) => isDue(index + 1)).length;
  if (explicit < steps.length || !isDue(explicit + 1)) return explicit;
  let due = explicit + 1;
  let stride = 1;
  for (; isDue(due + stride); stride *= 2) due += stride;
  for (; stride >= 1; stride /= 2) if (isDue(due + stride)) due += stride;
  return due;
}

/** The instant of the next step not yet taken, unless somebody said something about it: then when they have it wait. */
export function nextStepInstantOf(
  state: ReturnCase,
  obligation: Obligation,
  rules: MechanismRules,
  now: Instant,
): Instant {
  const taken = state.ladderSteps[obligation.key] ?? 0;
  const natural = stepInstantOf(obligation, taken + 1, rules);
  const pause = findPause(state, obligation);
  if (!pause) return natural;
  // A clock set back to before the pause finds what is due before the pause.
  if (now < pause.at && natural < pause.at) return natural;
  if (isUnansweredPromise(pause, taken)) return pause.until;
  const waits = natural < pause.until && (natural >= pause.at || now < pause.until);
  return waits ? pause.until : natural;
}

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
  if (findRunningPause(state, obligation, now)) return [];
  const taken = state.ladderSteps[obligation.key] ?? 0;
  const pause = findPause(state, obligation);
  const owedAnyway = pause && isUnansweredPromise(pause, taken) && pause.until <= now ? taken + 1 : 0;
  const last = Math.max(lastStepDue(obligation, rules, now), owedAnyway);
  if (last <= taken) return [];
  const { steps } = ladderOf(rules, obligation.kind);
  const numbers = steps.map((_step, index) => index + 1).filter((step) => step > taken && step < last);
  const due = [...numbers, last].flatMap((step) => stepTaken(state, obligation, step, rules));
  const latest = new Map(
    due.map((event) => [`${event.act}:${event.party}:${event.office.roles.join()}`, event]),
  );
  return due.filter((event) => [...latest.values()].includes(event));
}

/** Offices that the ladder of an obligation escalates to. */
export const escalationOfficesOf = ({ kind }: Obligation, rules: MechanismRules): Office[] =>
  ladderOf(rules, kind)
    .steps.filter(({ act }) => act === 'escalate')
    .map(({ to }) => to ?? lead);

/** The instant of the next step not yet taken that tells somebody else; undefined when the ladder has no further one. */
export function nextEscalationOf(
  state: ReturnCase,
  obligation: Obligation,
  rules: MechanismRules,
): Instant | undefined {
  const taken = state.ladderSteps[obligation.key] ?? 0;
  const { steps } = ladderOf(rules, obligation.kind);
  const next = steps.findIndex(({ act }, index) => index >= taken && act !== 'remind');
  return next < 0 ? undefined : stepInstantOf(obligation, next + 1, rules);
}

/** Beyond the ladder the owner is reminded; of safety, everybody it was escalated to hears again as well. */
function actsOf(obligation: Obligation, step: number, rules: MechanismRules): Omit<LadderStep, 'after'>[] {
  const { steps } = ladderOf(rules, obligation.kind);
  const given = steps[step - 1];
  if (given) return [given];
  // Rules of 0.1 had no way to say "I am seeing to it", so there nobody but the owner was told again.
  const others = obligation.safety && rules.acknowledge ? steps.filter(({ act }) => act === 'escalate') : [];
  return [{ act: 'remind' }, ...others];
}

const stepTaken = (
  state: ReturnCase,
  obligation: Obligation,
  step: number,
  rules: MechanismRules,
): EventOf<'LadderStepTaken'>[] => {
  const ownerKind = findParty(rules, obligation.party)?.kind ?? 'mediator';
  const owner: Office = { kind: ownerKind, roles: obligation.roles };
  const events = actsOf(obligation, step, rules).map(({ act, to }): EventOf<'LadderStepTaken'> => {
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
  });
  return events.filter((event, at) => !events.slice(0, at).some((told) => isAmong(event, told)));
};

/** Whoever is meant by the one is meant by the other: nobody hears twice of one step. */
const isAmong = ({ party, office }: EventOf<'LadderStepTaken'>, told: EventOf<'LadderStepTaken'>): boolean =>
  party === told.party &&
  (told.office.roles.length === 0 ||
    (office.roles.length > 0 && office.roles.every((role) => told.office.roles.includes(role))));

/** What has gone out about an obligation, and what goes next. */
export interface Reminders {
  readonly last?: Instant;
  readonly next: Instant;
  /** What the next one is. */
  readonly act: LadderStep['act'];
}

/**
 * As whoever keeps the case knows it: `taken` is when the last step was, if there was one.
 */
export function remindersOf(
  state: ReturnCase,
  obligation: Obligation,
  rules: MechanismRules,
  now: Instant,
  taken: Instant | undefined,
): Reminders {
  const steps = state.ladderSteps[obligation.key] ?? 0;
  const next = nextStepInstantOf(state, obligation, rules, now);
  return { ...(taken !== undefined && { last: taken }), next, act: actAt(obligation, steps + 1, rules) };
}

/** As the mechanism alone has it, for whoever may not read what was sent and put off. */
export function remindersByLadder(obligation: Obligation, rules: MechanismRules, now: Instant): Reminders {
  const steps = lastStepDue(obligation, rules, now);
  return {
    ...(steps > 0 && { last: stepInstantOf(obligation, steps, rules) }),
    next: stepInstantOf(obligation, steps + 1, rules),
    act: actAt(obligation, steps + 1, rules),
  };
}
const actAt = (obligation: Obligation, step: number, rules: MechanismRules): LadderStep['act'] =>
  ladderOf(rules, obligation.kind).steps[step - 1]?.act ?? 'remind';
