/** Plays all eleven at once; siblings wait for each other at the go. */
import type { Officials } from './officials';
import type { OpenedChild } from './open-the-eleven';
import { playReturn } from './play-return';
import type { Ending, PlayHooks } from './play-return';

export interface PlayedChild extends OpenedChild {
  readonly ending: Ending;
}

export async function playTheEleven(
  children: readonly OpenedChild[],
  officials: Officials,
  hooks: PlayHooks & { readonly onEnded?: (child: PlayedChild) => void } = {},
): Promise<PlayedChild[]> {
  return Promise.all(
    children.map(async (child) => {
      const played = { ...child, ending: await playReturn(child, officials, hooks) };
      hooks.onEnded?.(played);
      return played;
    }),
  );
}

export const isHome = ({ ending }: PlayedChild): boolean =>
  'outcome' in ending && ending.outcome === 'reunited';
