/** Rules of the plan of legs: in order, of this journey, and never a way out of being watched. */
import type { ReturnCase } from '../model/case';
import type { CommandOf, Leg } from '../model/commands';
import { isPlaceClosed } from '../facts/closed';
import { beginOf, endOf } from '../facts/days';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { ReturnPlan } from '../model/plan';
import { rejected } from '../model/rejections';
import { addDuration } from '../calendar/time';
import { checkInDueOf, isGranted, isLaxer } from '../facts/watch';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, Outcome } from './rule-context';

type Fault = Extract<Outcome, { rejection: unknown }> | undefined;

/** A journey that ends later than this after its window is a typing error, or a watch put off. */
const latestAfterWindow = 'P14D';
function orderFault(legs: readonly Leg[], { places }: MechanismRules, { handoverPlace }: ReturnPlan): Fault {
  if (new Set(legs.map(({ id }) => id)).size !== legs.length)
    return rejected('duplicate-id', { field: 'legs' });
  for (const [index, leg] of legs.entries()) {
    if (!places.includes(leg.from) || !places.includes(leg.to))
      return rejected('unknown-place', { field: `legs.${index}` });
    const before = legs[index - 1];
    const follows = !before || (before.to === leg.from && before.arriveAt <= leg.departAt);
    if (leg.arriveAt <= leg.departAt || !follows)
      return rejected('legs-disordered', { field: `legs.${index}` });
  }
  return legs.at(-1)?.to === handoverPlace ? undefined : rejected('legs-disordered', { field: 'legs' });
}

/** Nothing new leads to or from a closed place; the way that was agreed or planned before, and where the child is, stand. */
function closedFault(
  { legs: before, journey }: ReturnCase,
  legs: readonly Leg[],
  { handoverPlace }: ReturnPlan,
  { mechanism: rules, now: at }: RuleContext,
): Fault {
  const standing = [
    ...[handoverPlace, journey?.lastPlace?.place, journey?.diverted?.place],
    ...before.flatMap(({ from, to }) => [from, to]),
  ];
  const index = legs.findIndex(({ from, to }) =>
    [from, to].some((place) => !standing.includes(place) && isPlaceClosed(place, { rules, at })),
  );
  return index < 0 ? undefined : rejected('closed-for-new', { field: `legs.${index}` });
}

/** Legs still to be travelled lie ahead; a journey that has not begun sets out within the plan's window. */
function timeFault(
  state: ReturnCase,
  legs: readonly Leg[],
  { window }: ReturnPlan,
  { now, mechanism }: RuleContext,
): Fault {
  const ahead = legs.filter(({ id }) => !state.journey?.completedLegs.includes(id));
  const past = ahead.find(({ arriveAt }) => arriveAt <= now);
  if (past) return rejected('date-past', { field: `legs.${legs.indexOf(past)}` });
  const calendars = { state, rules: mechanism };
  const opens = beginOf('windowFrom', window.from, calendars);
  const closes = endOf('windowTo', window.to, calendars) ?? now;
  const [first, last] = [legs[0], legs.at(-1)];
  const setsOutOutside = !state.journey && first && (first.departAt < opens || first.departAt >= closes);
  if (setsOutOutside) return rejected('legs-outside-window', { field: 'legs.0' });
  const latest = addDuration(closes > now ? closes : now, latestAfterWindow);
  return last && last.arriveAt > latest
    ? rejected('legs-outside-window', { field: `legs.${legs.length - 1}` })
    : undefined;
}

/** Longer than the mechanism's only by the lead with a reason; whoever is watched does not loosen what stands either. */
function watchFault(state: ReturnCase, { legs, note }: CommandOf<'planLegs'>, context: RuleContext): Fault {
  const { mechanism } = context;
  const actor = officialOf(context);
  const laxer = legs.findIndex((leg) => isLaxer(leg, mechanism) && !isGranted(state, leg));
  if (laxer >= 0) {
    const isLead = findParty(mechanism, actor.party)?.kind === 'mediator' && actor.roles.includes('lead');
    if (!isLead) return rejected('check-in-too-rare', { field: `legs.${laxer}.checkInEvery` });
    if (note === undefined) return rejected('note-required', { field: 'note' });
  }
  const { journey } = state;
  if (!journey || findParty(mechanism, actor.party)?.kind !== 'escort') return undefined;
  const before = checkInDueOf(state, mechanism, journey.lastSignAt);
  return checkInDueOf(state, mechanism, journey.lastSignAt, legs) > before
    ? rejected('check-in-too-rare', { field: 'legs' })
    : undefined;
}

/** Whoever travels with the child plans; of the same organisation otherwise only who sends escorts out. */
function isSomebodyElsesEscort(state: ReturnCase, context: RuleContext): boolean {
  const { official, party, roles } = officialOf(context);
  const sendsOut = roles.some((role) => role === 'dispatcher' || role === 'duty-officer');
  const isEscorts = findParty(context.mechanism, party)?.kind === 'escort';
  return isEscorts && !sendsOut && official !== state.escort?.official;
}

export function plannedLegs(
  state: ReturnCase,
  command: CommandOf<'planLegs'>,
  context: RuleContext,
): Outcome {
  const { plan } = state;
  const { mechanism } = context;
  if (!plan) return rejected('no-plan');
  if (isSomebodyElsesEscort(state, context)) return rejected('not-your-command');
  const { legs, note } = command;
  const fault =
    orderFault(legs, mechanism, plan) ??
    closedFault(state, legs, plan, context) ??
    timeFault(state, legs, plan, context) ??
    watchFault(state, command, context);
  if (fault) return fault;
  const granted = legs.filter((leg) => isLaxer(leg, mechanism)).map(({ id }) => id);
  return [
    omitUndefined({ type: 'LegsPlanned', legs, granted: granted.length > 0 ? granted : undefined, note }),
  ];
}
