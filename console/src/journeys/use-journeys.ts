/** Journeys under way, as cases that share their legs: one car is one journey. */
import { api } from '../api/client';
import type { components } from '../api/schema';

export type JourneyView = components['schemas']['SharedJourney'];
/** `mine`: only those the reader travels with. Asked for even without a connection, so that the answer comes when there is one. */
export const useJourneys = (mine: boolean): readonly JourneyView[] | undefined =>
  api.useQuery(
    'get',
    '/v1/journeys',
    { params: { query: mine ? { mine: 'true' } : {} } },
    { networkMode: 'always', refetchInterval: 60_000 },
  ).data?.items;
