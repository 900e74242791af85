/** The plan the demo's mediator proposes and the way its escort takes, from whatever mechanism there is. */
import type { EdgeCommand } from '../contracts/commands';
import { daysLater, partyOfKind, todayOf } from './action';
import type { Situation } from './action';
import type { SeenCase } from './seen-case';

export type PlanTerms = Extract<EdgeCommand, { type: 'proposePlan' }>['terms'];
type Legs = Extract<EdgeCommand, { type: 'planLegs' }>['legs'];

/** Days on which the children may leave, counted from the day of the plan. */
const windowDays = 10;
const hour = 3_600_000;

/** The last place is home. A plan that met an objection comes again with a medic along. */
export function termsOf(situation: Situation, more: Partial<PlanTerms> = {}): PlanTerms {
  const { view, mechanism } = situation;
  const today = todayOf(situation);
  const home = mechanism.places.at(-1);
  if (!home) throw new Error('the mechanism has no places');
  const alternates = (view.dossier?.recipients ?? [])
    .map(({ id }) => id)
    .filter((id) => id !== view.recipient.ref);
  const objected = Object.values(view.decisions).some(({ act }) => act === 'object');
  return {
    recipient: view.recipient.ref,
    ...(alternates.length > 0 && { alternates }),
    window: { from: today, to: daysLater(today, windowDays) },
    modality: 'road',
    site: mechanism.sites[0]?.id ?? null,
    handoverPlace: home.id,
    escortParty: partyOfKind(situation, 'escort'),
    receivingParty: partyOfKind(situation, 'receiving'),
    companions: objected ? ['escort', 'medic'] : ['escort'],
    ...more,
  };
}

/** Through all places of the mechanism, as they are listed, to the one of the handover. */
export function legsOf({ mechanism, now }: Situation, { plan }: SeenCase): Legs {
  const places = mechanism.places.map(({ id }) => id);
  const way = places.slice(0, places.indexOf(plan?.handoverPlace ?? '') + 1);
  const start = Date.parse(now) + hour;
  return way.slice(1).map((to, index) => ({
    id: `leg-${index + 1}`,
    from: way[index] ?? to,
    to,
    departAt: new Date(start + index * 8 * hour).toISOString(),
    arriveAt: new Date(start + (index * 8 + 7) * hour).toISOString(),
  }));
}
