import { minDisclosed, toldWithTotal } from '../../../src/http/views/suppress';

/** Every table of so many cells up to a count, in one list. */
const tables = (cells: number, most: number): number[][] =>
  cells === 0
    ? [[]]
    : tables(cells - 1, most).flatMap((table) =>
        Array.from({ length: most + 1 }, (_, cell) => [...table, cell]),
      );

describe('small counts', () => {
  it.each([
    [1, 40],
    [2, 24],
    [3, 13],
    [4, 9],
  ])(
    'can’t be worked out from a table of %i cells and its total, even by who knows the rule',
    (cells, most) => {
      const same = new Map<string, number[][]>();
      for (const table of tables(cells, most)) {
        const shown = JSON.stringify(toldWithTotal(table));
        same.set(shown, [...(same.get(shown) ?? []), table]);
      }
      for (const [shown, possible] of same)
        (JSON.parse(shown) as { cells: (number | null)[] }).cells.forEach((cell, index) => {
          if (cell !== null) return;
          const values = new Set(possible.map((table) => table[index]));
          expect([shown, index, values.size > 1]).toEqual([shown, index, true]);
        });
    },
  );

  it('are hidden from one to four, and none and five are told', () => {
    expect(toldWithTotal([0, 1, minDisclosed - 1, minDisclosed]).cells).toEqual([0, null, null, 5]);
    expect(toldWithTotal([0, 12, 30])).toEqual({ cells: [0, 12, 30], total: 42 });
  });
});
