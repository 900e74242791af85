/** Plays all eleven at once; siblings wait for each other at the go. */
import type { Officials } from './officials';
import type { OpenedChild } from './open-the-eleven';
import type { ClosureOutcome } from '../domain/model/commands';
import type { CaseId } from '../domain/model/ids';
import { travelTogether } from './travel-together';
import { playReturn } from './play-return';
import type { Ending, PlayHooks } from './play-return';

export interface PlayedChild extends OpenedChild {
  readonly ending: Ending;
}

export async function playTheEleven(
  children: readonly OpenedChild[],
  officials: Officials,
  hooks: PlayHooks & {
    readonly onEnded?: (child: PlayedChild) => void;
    /** Told how the group goes. */
    readonly onGroup?: (line: string) => void;
  } = {},
): Promise<PlayedChild[]> {
  const { signal, together, onGroup } = hooks;
  const travellers = children.filter(({ case: id }) => together?.has(id));
  const [played] = await Promise.all([
    Promise.all(
      children.map(async (child) => {
        const one = { ...child, ending: await playReturn(child, officials, hooks) };
        hooks.onEnded?.(one);
        return one;
      }),
    ),
    travelTogether(travellers, officials, { ...(signal && { signal }), ...(onGroup && { say: onGroup }) }),
  ]);
  return played;
}

/** The eleven of the source story stayed at one embassy and left on one day; the two beside them travel each for themselves. */
export const travellersOf = (children: readonly OpenedChild[]): ReadonlySet<CaseId> =>
  new Set(
    children.filter(({ story }) => story !== 'refuses' && story !== 'of-age').map((child) => child.case),
  );

const endsAs = ({ ending }: PlayedChild, outcome: ClosureOutcome): boolean =>
  'outcome' in ending && ending.outcome === outcome;
export const isHome = (child: PlayedChild): boolean => endsAs(child, 'reunited');
/** Not forced home: the child that said no at the door. */
export const isInCare = (child: PlayedChild): boolean => endsAs(child, 'placed-in-care');
/** As its story is meant to end. */
export const isWell = (child: PlayedChild): boolean =>
  child.story === 'refuses' ? isInCare(child) : isHome(child);
