/**
 * Since when each milestone of a return holds, and of which a family or a child still waits to be told. Source:
 * docs/rules.md, "Family and child are told".
 */
import type { ReturnCase } from '../model/case';
import { childMilestones } from '../model/telling';
import type { Milestone, Told } from '../model/telling';
import type { Instant } from '../calendar/time';
import { followedUpSince, isOnTheWay } from './care';

const later = (...instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce<Instant | undefined>(
    (best, at) => (at !== undefined && (best === undefined || at > best) ? at : best),
    undefined,
  );

/** Undefined while it has not happened, or holds no longer: a journey that goes on is not delayed. */
const sinceOf: Readonly<Record<Milestone, (state: ReturnCase) => Instant | undefined>> = {
  'taken-up': ({ acknowledgedAt }) => acknowledgedAt,
  // Where the file said it, its family knew.
  located: ({ locatedAt, openedAt }) => (locatedAt === openedAt ? undefined : locatedAt),
  agreed: ({ preparingSince }) => preparingSince,
  // Of legs that were planned before the sides agreed again, the date stands anew.
  dated: ({ legs, legsPlannedAt, preparingSince, journey }) =>
    legsPlannedAt !== undefined && legs.length > 0 && (preparingSince !== undefined || journey)
      ? later(legsPlannedAt, preparingSince)
      : undefined,
  delayed: (state) =>
    isOnTheWay(state) ? later(state.journey?.paused?.since, state.journey?.diverted?.since) : undefined,
  'handed-over': followedUpSince,
};
export const milestoneSince = (state: ReturnCase, of: Milestone): Instant | undefined => sinceOf[of](state);

export type Listener = 'family' | 'child';
const toldOf = (state: ReturnCase, whom: Listener): readonly Told[] =>
  (whom === 'family' ? state.familyTold : state.childTold) ?? [];

/** Told of what holds now, and not only of the time before. */
export const isTold = (state: ReturnCase, whom: Listener, of: Milestone): boolean => {
  const since = milestoneSince(state, of);
  return since !== undefined && toldOf(state, whom).some((told) => told.of === of && told.since >= since);
};

/** Each makes the ones before old news. A delay and the end of the way are news of their own. */
const succeeding = ['taken-up', 'located', 'agreed', 'dated'] as const satisfies readonly Milestone[];
const always = ['delayed', 'handed-over'] as const satisfies readonly Milestone[];

/** What somebody is to be told now: of those that succeed each other the newest, until the child has arrived. */
export function untoldOf(state: ReturnCase, whom: Listener): { of: Milestone; since: Instant }[] {
  const known: readonly Milestone[] = whom === 'child' ? childMilestones : succeeding;
  const isThere = state.journey?.arrivedAt !== undefined || followedUpSince(state) !== undefined;
  const newest = isThere
    ? undefined
    : succeeding
        .filter((of) => known.includes(of))
        .reduce<{ of: Milestone; since: Instant } | undefined>((best, of) => {
          const since = milestoneSince(state, of);
          return since !== undefined && (best === undefined || since >= best.since) ? { of, since } : best;
        }, undefined);
  const own = always.flatMap((of) => {
    const since = milestoneSince(state, of);
    return since === undefined ? [] : [{ of, since }];
  });
  return [...(newest ? [newest] : []), ...own].filter(({ of }) => !isTold(state, whom, of));
}
