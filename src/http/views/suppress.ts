/**
 * Small counts hidden from those who read nothing of a case: a "2" may be two children somebody knows. `null` stands
 * for a count that is hidden. Where a total is told, what is hidden must not follow from it.
 */
import type { Figures, Spread } from '../../record/reads/figures';

/** Fewer than so many, and more than none, are hidden. */
export const smallestTold = 5;
const isSmall = (count: number): boolean => count > 0 && count < smallestTold;

export type Told = number | null;
export const told = (count: number): Told => (isSmall(count) ? null : count);
export const toldSpread = (count: number, spread: Spread | undefined): Spread | undefined =>
  count >= smallestTold ? spread : undefined;

/**
 * Cells that add up to a total that is told too. One cell hidden alone would follow from it, and so would two ones
 * from a sum of two: then the total is hidden with them.
 */
export function toldWithTotal(cells: readonly number[]): { cells: Told[]; total: Told } {
  const total = cells.reduce((sum, cell) => sum + cell, 0);
  const small = cells.filter(isSmall);
  if (small.length === 0) return { cells: [...cells], total: told(total) };
  const sum = small.reduce((all, cell) => all + cell, 0);
  const hidesEach = sum >= small.length + 1 && sum <= small.length * (smallestTold - 1) - 1;
  // Alone, or all ones, or all fours: the sum would tell.
  const isSafe = small.length > 1 && hidesEach;
  return { cells: cells.map(told), total: isSafe ? told(total) : null };
}

/** The figures as an observer reads them. */
export function suppress({ open, stages, parties, waits, decisions, closed, asOf }: Figures) {
  const byStage = toldWithTotal(stages.map((each) => each.open));
  const byOutcome = toldWithTotal(closed.map(({ cases }) => cases));
  return {
    asOf,
    open: {
      ...{ total: byStage.total, overdue: told(open.overdue), stalled: told(open.stalled) },
      ...{ hosted: told(open.hosted), urgent: told(open.urgent), onHold: told(open.onHold) },
    },
    stages: stages.map(({ stage, open: count, openFor, left, took }, index) =>
      compact({
        ...{ stage, open: byStage.cells[index] ?? null, openFor: toldSpread(count, openFor) },
        ...{ left: told(left), took: toldSpread(left, took) },
      }),
    ),
    parties: parties.map(({ party, owes, overdue, owedFor, took, met }) =>
      compact({
        ...{ party, owes: told(owes), overdue: told(overdue), owedFor: toldSpread(owes, owedFor) },
        met: toldWithTotal(waits.filter((wait) => wait.party === party).map((wait) => wait.met)).total,
        took: toldSpread(met, took),
      }),
    ),
    waits: waits.map(({ party, stage, met, took }) =>
      compact({ party, stage, met: told(met), took: toldSpread(met, took) }),
    ),
    decisions: decisions.map(({ week, party, approve, object, withdraw }) => ({
      ...{ week, party, approve: told(approve), object: told(object), withdraw: told(withdraw) },
    })),
    closed: {
      total: byOutcome.total,
      outcomes: closed.map(({ outcome }, index) => ({ outcome, cases: byOutcome.cells[index] ?? null })),
    },
  };
}

const compact = <Row extends object>(row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Row;
