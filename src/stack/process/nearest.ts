/** Did you mean …: the known word that a mistyped one is nearest to, if any is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((other) => ({ other, edits: editsBetween(word.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, edits }) => edits <= Math.min(3, Math.max(1, Math.floor(other.length / 5))));
  return near.sort((a, b) => a.edits - b.edits)[0]?.other;
}

/** Letters to be changed, added, left out, or swapped with their neighbour. */
function editsBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const at = (up: number, left: number): number =>
        (up === 0 ? row : rows[i - up])?.[j - left] ?? Infinity;
      const same = one[i - 1] === other[j - 1];
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(
        Math.min(at(1, 1) + (same ? 0 : 1), at(1, 0) + 1, at(0, 1) + 1, swapped ? at(2, 2) + 1 : Infinity),
      );
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
