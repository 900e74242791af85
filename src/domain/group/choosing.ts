/**
 * Whom to take where not all have room: of all choices the best one, found exactly (a knapsack with two bounds). Best is the one
 * with most children of urgent families, then with most children, then with those first in turn.
 */

export interface Load {
  /** Seats that they take, all or none. */
  readonly size: number;
  /** What each of them takes of an escort, as one child of so many: 5 is a fifth, 0 is nothing. */
  readonly perEscort: readonly number[];
  readonly isUrgent: boolean;
}
/** No bound where nothing is said. */
export interface Room {
  readonly seats?: number;
  readonly escorts?: number;
}

/** `loads`: those first in turn come first. Answers with some of them, in the same order. */
export function chosen<Item extends Load>(loads: readonly Item[], { seats, escorts }: Room): Item[] {
  const whole = loads.flatMap(({ perEscort }) => perEscort).reduce(leastCommon, 1);
  const partsOf = ({ perEscort }: Load): number =>
    escorts === undefined ? 0 : perEscort.reduce((sum, each) => sum + (each > 0 ? whole / each : 0), 0);
  const weighed = loads.map((load, turn) => ({ load, turn, size: load.size, parts: partsOf(load) }));
  const mostSize = Math.min(seats ?? Infinity, sum(weighed.map(({ size }) => size)));
  const mostParts = Math.min((escorts ?? Infinity) * whole, sum(weighed.map(({ parts }) => parts)));
  const worth = ({ load, size, turn }: (typeof weighed)[number]): number =>
    size * ((load.isUrgent ? 1e11 : 0) + 1e8 - turn);

  // Of several alike no more can be taken than there is room for, and the first in turn are the best of them.
  const alike = new Map<string, number>();
  const tried = weighed.filter((each) => {
    const kind = `${each.size} ${each.parts} ${each.load.isUrgent}`;
    const before = alike.get(kind) ?? 0;
    alike.set(kind, before + 1);
    return (before + 1) * each.size <= mostSize && (before + 1) * each.parts <= mostParts;
  });

  const row = mostParts + 1;
  const best = new Float64Array((mostSize + 1) * row);
  const takes = tried.map((each) => {
    const taken = new Uint8Array(best.length);
    for (let used = mostSize; used >= each.size; used -= 1)
      for (let parts = mostParts; parts >= each.parts; parts -= 1) {
        const at = used * row + parts;
        const value = (best[at - each.size * row - each.parts] ?? 0) + worth(each);
        if (value <= (best[at] ?? 0)) continue;
        best[at] = value;
        taken[at] = 1;
      }
    return taken;
  });
  let at = best.length - 1;
  return tried
    .reduceRight<typeof tried>((found, each, index) => {
      if (takes[index]?.[at] !== 1) return found;
      at -= each.size * row + each.parts;
      return [each, ...found];
    }, [])
    .map(({ load }) => load);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const leastCommon = (one: number, other: number): number =>
  other === 0 ? one : (one * other) / greatestCommon(one, other);
const greatestCommon = (one: number, other: number): number =>
  other === 0 ? one : greatestCommon(other, one % other);
