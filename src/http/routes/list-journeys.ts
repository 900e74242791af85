import { z } from 'zod';
import { journeySchema } from '../../contracts/http/briefs';
import type { ReturnCase } from '../../domain/model/case';
import type { GroupId } from '../../domain/group/group';
import type { ObligationKind } from '../../domain/model/obligation-kinds';
import { readsObligation } from '../../domain/readers/obligation-readers';
import { isToBeTaken, travelsWith } from '../../domain/facts/transfer';
import { obligationsOf } from '../../domain/obligations/obligations';
import type { Reader } from '../../auth/official-directory';
import type { ApiParts } from '../api-parts';
import { addDuration, before } from '../../domain/calendar/time';
import { dosesBetween, recordableFor } from '../../domain/facts/treatments';
import { dosesFor } from '../views/dose-view';
import { findUnderWay } from '../find-under-way';
import { readsField } from '../views/case-view';
import { childBriefFor } from '../views/child-brief';
import { defineRoute } from '../define-route';
import type { OpenedCase } from '../define-route';
import { yesOrNo } from '../page-query';

export const listJourneys = defineRoute({
  id: 'listJourneys',
  method: 'get',
  path: '/v1/journeys',
  summary: 'Who is on the road: children who travel together are one journey',
  query: z.strictObject({ mine: yesOrNo.meta({ description: 'Only those you travel with yourself' }) }),
  answers: { 200: { description: 'Under way now', schema: z.object({ items: z.array(journeySchema) }) } },
  async handle({ parts, query: { mine } }, { reader }) {
    if (!readsField(reader.kind, 'journey')) return { status: 200, body: { items: [] } };
    const found = await findUnderWay(parts, reader);
    const theirs = mine ? found.filter(({ state }) => travelsWith(state, reader.official)) : found;
    const dossiers = await parts.record.newestDossiers(theirs.map(({ state }) => state.id));
    const groups = await parts.record.groups.underWay(theirs.map(({ state }) => state.id));
    const now = new Date().toISOString();
    const cars = new Map<string, [OpenedCase, ...OpenedCase[]]>();
    for (const one of theirs) {
      const key = carOf(one.state, groups.get(one.state.id));
      const car = cars.get(key);
      if (car) car.push(one);
      else cars.set(key, [one]);
    }
    const shown = [...cars.values()].map(async (cases) => {
      const [first] = cases;
      const group = groups.get(first.state.id);
      const doses = await dosesOnTheWay(parts, reader, cases, now);
      return {
        ...(group !== undefined && { group }),
        cases: cases.map((one) => {
          const { id } = one.state;
          const owedAtDoor = owedAtDoorOf(reader, one, now);
          const dossier = dossiers.get(id);
          const child = dossier && childBriefFor(reader.kind, dossier, now);
          return { case: id, ...(child && { child }), ...(owedAtDoor && { owedAtDoor }) };
        }),
        ...journeyOf(reader, first, now),
        ...(doses.length > 0 && { doses }),
      };
    });
    return { status: 200, body: { items: await Promise.all(shown) } };
  },
});

/** The same escort on the same legs, as far along: one tap of the escort speaks for all of them. */
const carOf = ({ escort, legs, journey }: ReturnCase, group: GroupId | undefined): string =>
  JSON.stringify([
    group,
    escort?.official,
    legs.map(({ from, to, departAt, arriveAt }) => [from, to, departAt, arriveAt]),
    journey?.completedLegs,
    journey && isToBeTaken({ journey }),
    journey?.paused !== undefined,
    journey?.arrivedAt !== undefined,
    journey?.diverted?.place,
    journey?.lastPlace?.place,
    journey?.lastPlace?.isSafePoint,
  ]);

/** So far ahead that a page without a connection knows them until the next day. */
const dosesAhead = 'P2D';
async function dosesOnTheWay(
  { record }: ApiParts,
  reader: Reader,
  cases: readonly OpenedCase[],
  now: string,
) {
  if (!readsField(reader.kind, 'treatments')) return [];
  const [from, to] = [before(now, recordableFor), addDuration(now, dosesAhead)];
  const found = cases.flatMap(({ state, rules }) =>
    dosesBetween(state, rules, from, to).map((dose) => ({ id: state.id, dose })),
  );
  return dosesFor(record, found, now);
}

/** What keeps a child at the door, in the order in which it is done there. */
const doorKinds: readonly ObligationKind[] = [
  'hear-child',
  'identify-child',
  'check-recipient-identity',
  'confirm-handover',
];
function owedAtDoorOf(reader: Reader, { state, rules }: OpenedCase, now: string) {
  if (state.stage !== 'handover') return undefined;
  const owed = obligationsOf(state, rules, now).filter((each) => readsObligation(reader, each));
  return doorKinds.flatMap((kind) =>
    owed.filter((each) => each.kind === kind).map(({ party }) => ({ kind, party })),
  );
}

function journeyOf(reader: Reader, { state, rules }: OpenedCase, now: string) {
  const { journey, legs, escort, plan } = state;
  if (!journey) throw new Error('only journeys under way are shown');
  const due = obligationsOf(state, rules, now).find(
    (owed) => owed.kind === 'check-in' && readsObligation(reader, owed),
  )?.due;
  const seesOfficial = escort && (reader.kind === 'mediator' || escort.party === reader.party);
  const { departedAt, lastSignAt, completedLegs, paused, turningBack, arrivedAt, lastPlace, diverted } =
    journey;
  return {
    ...{ legs, completedLegs, departedAt, lastSignAt },
    ...(due !== undefined && { nextDue: due }),
    ...(paused && { paused }),
    // Whoever gives the child still tells of it.
    ...(isToBeTaken(state) && journey.transfer?.escort !== reader.official && { toBeTaken: true as const }),
    ...(turningBack && { turningBack }),
    ...(arrivedAt !== undefined && { arrivedAt }),
    ...(lastPlace && { lastPlace }),
    ...(diverted && { diverted }),
    ...(seesOfficial && { escort: escort.official }),
    ...(escort && { escortParty: escort.party }),
    ...(plan && { handoverPlace: plan.handoverPlace, receivingParty: plan.receivingParty }),
  };
}
