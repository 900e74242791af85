/**
 * Small counts hidden from those who read nothing of a case: a "2" may be two children somebody knows. `null` stands
 * for a count that is hidden. Where a total is told, what is hidden must not follow from it.
 */
import { omitUndefined } from '../../domain/model/omit-undefined';
import type { Figures, Spread } from '../../record/reads/figures';

/** Fewer than so many, and more than none, are hidden. */
export const minDisclosed = 5;
const isSmall = (count: number): boolean => count > 0 && count < minDisclosed;

export type Disclosed = number | null;
export const disclose = (count: number): Disclosed => (isSmall(count) ? null : count);
export const discloseSpread = (count: number, spread: Spread | undefined): Spread | undefined =>
  count >= minDisclosed ? spread : undefined;

/**
 * Cells that add up to a total that is told too. One cell hidden alone would follow from it, and so would two ones
 * from a sum of two: then the total is hidden with them.
 */
export function toldWithTotal(cells: readonly number[]): { cells: Disclosed[]; total: Disclosed } {
  const total = cells.reduce((sum, cell) => sum + cell, 0);
  const small = cells.filter(isSmall);
  if (small.length === 0) return { cells: [...cells], total: disclose(total) };
  const sum = small.reduce((all, cell) => all + cell, 0);
  const hidesEach = sum >= small.length + 1 && sum <= small.length * (minDisclosed - 1) - 1;
  // Alone, or all ones, or all fours: the sum would tell.
  const isSafe = small.length > 1 && hidesEach;
  return { cells: cells.map(disclose), total: isSafe ? disclose(total) : null };
}

/** The figures as an observer reads them. */
export function suppress({ open, stages, parties, waits, decisions, closed, children, asOf }: Figures) {
  const byStage = toldWithTotal(stages.map((each) => each.open));
  const byOutcome = toldWithTotal(closed.map(({ cases }) => cases));
  return {
    asOf,
    open: {
      ...{ total: byStage.total, overdue: disclose(open.overdue), stalled: disclose(open.stalled) },
      ...{ hosted: disclose(open.hosted), urgent: disclose(open.urgent), onHold: disclose(open.onHold) },
    },
    stages: stages.map(({ stage, open: count, openFor, left, took }, index) =>
      omitUndefined({
        ...{ stage, open: byStage.cells[index] ?? null, openFor: discloseSpread(count, openFor) },
        ...{ left: disclose(left), took: discloseSpread(left, took) },
      }),
    ),
    parties: parties.map(({ party, owes, overdue, owedFor, took, met }) =>
      omitUndefined({
        ...{
          party,
          owes: disclose(owes),
          overdue: disclose(overdue),
          owedFor: discloseSpread(owes, owedFor),
        },
        met: toldWithTotal(waits.filter((wait) => wait.party === party).map((wait) => wait.met)).total,
        took: discloseSpread(met, took),
      }),
    ),
    waits: waits.map(({ party, stage, met, took }) =>
      omitUndefined({ party, stage, met: disclose(met), took: discloseSpread(met, took) }),
    ),
    decisions: decisions.map(({ week, party, approve, object, withdraw }) => ({
      ...{ week, party, approve: disclose(approve), object: disclose(object), withdraw: disclose(withdraw) },
    })),
    closed: {
      total: byOutcome.total,
      outcomes: closed.map(({ outcome }, index) => ({ outcome, cases: byOutcome.cells[index] ?? null })),
    },
    children: {
      ...{ interimCare: disclose(children.interimCare), unwilling: disclose(children.unwilling) },
      ...{ notMet: disclose(children.notMet), otherThanAgreed: disclose(children.otherThanAgreed) },
      diedWaiting: disclose(children.diedWaiting),
    },
  };
}
