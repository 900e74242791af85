import type { Stage } from '../../../src/domain/model/stages';
import { wayOf } from '../../../src/domain/facts/way';

const entered = (...entries: (readonly [Stage, number])[]) =>
  entries.map(([stage, day]) => ({ stage, at: `2026-03-0${day}T08:00:00.000Z` }));
const told = (...entries: (readonly [Stage, number])[]) =>
  wayOf(entered(...entries)).map(({ stage, since, skipped }) => [
    stage,
    Number(since.slice(9, 10)),
    skipped === true,
  ]);

describe('the way of a case', () => {
  it('has each stage once, and marks those passed over', () => {
    expect(told(['intake', 1], ['verification', 2], ['agreement', 3])).toEqual([
      ['intake', 1, false],
      ['tracing', 2, true],
      ['verification', 2, false],
      ['agreement', 3, false],
    ]);
  });

  it('goes no further than where a case went back to, and on from there', () => {
    const back = [
      ['intake', 1],
      ['tracing', 2],
      ['verification', 3],
      ['agreement', 4],
      ['preparation', 5],
      ['agreement', 6],
    ] as const;
    expect(told(...back).at(-1)).toEqual(['agreement', 6, false]);
    expect(told(...back)).toHaveLength(4);
    expect(told(...back, ['transit', 7]).slice(4)).toEqual([
      ['preparation', 7, true],
      ['hosting', 7, true],
      ['transit', 7, false],
    ]);
  });

  it('is opened again without what it was closed from', () => {
    expect(told(['intake', 1], ['closed', 2], ['intake', 3])).toEqual([['intake', 3, false]]);
  });
});
