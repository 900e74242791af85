/** Folds of a change of care: given by one hand, taken by the other. */
import type { Journey, ReturnCase } from '../model/case';
import type { OfficialId } from '../model/ids';
import type { Transfer } from '../model/transfer';
import type { Instant } from '../calendar/time';
import { omitUndefined } from '../model/omit-undefined';
import type { FoldTable, Patch } from './fold-table';

/** From whoever has the child as the escort may leave with it. */
export const transferAtDeparture = ({ stay }: ReturnCase, since: Instant): Transfer => ({
  since,
  from: stay?.status === 'occupied' ? 'host' : 'present-carer',
});

/** Over once both hands have said it; then the escort has the child. */
const withHands = (journey: Journey, change: Partial<Pick<Transfer, 'given' | 'taken'>>): Patch => {
  if (!journey.transfer) return {};
  const transfer: Transfer = { ...journey.transfer, ...change };
  const isOver = transfer.given && transfer.taken;
  return { journey: omitUndefined({ ...journey, transfer: isOver ? undefined : transfer }) };
};

/** On the way the child passes from the escort before; one who has not taken it yet has nothing to give. */
function passingTo(
  escort: OfficialId,
  journey: Journey,
  before: OfficialId | undefined,
  since: Instant,
): Journey {
  const { transfer } = journey;
  const isUntaken = transfer !== undefined && !transfer.taken;
  if (isUntaken && transfer.from !== 'escort') return journey;
  const giver = isUntaken ? transfer.escort : before;
  return omitUndefined({
    ...journey,
    transfer: giver === escort ? undefined : omitUndefined({ since, from: 'escort' as const, escort: giver }),
  });
}

export const transferFolds: FoldTable<'CareGiven' | 'CareTaken' | 'EscortAssigned'> = {
  EscortAssigned: (state, { escort, transfer, perEscort, credentialUntil, skills }, { at }) => ({
    escort: omitUndefined({
      official: escort,
      party: state.plan?.escortParty ?? '',
      since: at,
      perEscort,
      credentialUntil,
      skills,
      // The same person with a new credential: the crew is as it was.
      crew: state.escort?.official === escort ? state.escort.crew : undefined,
    }),
    ...(transfer &&
      state.journey && { journey: passingTo(escort, state.journey, state.escort?.official, at) }),
  }),
  CareGiven: ({ journey }, _event, { actor }) =>
    journey && 'official' in actor ? withHands(journey, { given: actor }) : {},
  CareTaken: ({ journey }, { happenedAt }, { at, actor }) =>
    journey && 'official' in actor
      ? withHands({ ...journey, takenAt: happenedAt ?? at, lastSignAt: happenedAt ?? at }, { taken: actor })
      : {},
};
