/** Siblings stand together on a list: they are put on it, moved and taken off as one. */
import type { Candidates } from '../../api/types';

export type Siblings = ReadonlyMap<string, readonly string[]>;

export const siblingsIn = (candidates: Candidates | undefined): Siblings =>
  new Map(
    [...(candidates?.lists ?? []).flatMap(({ members }) => members), ...(candidates?.apart ?? [])].map(
      ({ case: id, siblings = [] }) => [id, siblings],
    ),
  );

/** In the order of the first of each. */
export function familiesIn(members: readonly string[], siblings: Siblings): readonly (readonly string[])[] {
  const families: string[][] = [];
  for (const id of members)
    if (!families.some((family) => family.includes(id))) {
      const own = siblings.get(id) ?? [];
      families.push([id, ...members.filter((other) => own.includes(other))]);
    }
  return families;
}

/** At the end; siblings beside those who are on it already. */
export const addedTo = (
  members: readonly string[],
  ids: readonly string[],
  siblings: Siblings,
): readonly string[] => {
  const whole = ids.flatMap((id) => [id, ...(siblings.get(id) ?? [])]);
  return familiesIn([...new Set([...members, ...whole])], siblings).flat();
};

/** One family earlier or later; where there is nowhere to go it stays. */
export function movedIn(
  families: readonly (readonly string[])[],
  index: number,
  by: -1 | 1,
): readonly string[] {
  const [family, other] = [families[index], families[index + by]];
  if (!family || !other) return families.flat();
  const next = [...families];
  next[index] = other;
  next[index + by] = family;
  return next.flat();
}
