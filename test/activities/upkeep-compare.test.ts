import fc from 'fast-check';
import { compare } from '../../activities/upkeep/compare';
import type { CaseId } from '../../src/domain/model/ids';
import { propertyRuns } from '../support/property-runs';

const letters = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const reference = fc
  .array(fc.constantFrom(...letters), { minLength: 8, maxLength: 8 })
  .map((drawn) => `${drawn.slice(0, 4).join('')}-${drawn.slice(4).join('')}`);

/** What the engine's index answers, and how often it was asked. */
function indexOf(running: readonly CaseId[]) {
  const asked = { counts: 0, listed: 0 };
  const begun = (prefix: string) => running.filter((id) => id.startsWith(prefix));
  return {
    asked,
    countRunning: (prefix: string) => {
      asked.counts += 1;
      return Promise.resolve(begun(prefix).length);
    },
    listRunning: (prefix: string) => {
      asked.listed += begun(prefix).length;
      return Promise.resolve(new Set(begun(prefix)));
    },
  };
}
const nothing = (): void => undefined;
const references = (count: number): CaseId[] =>
  fc
    .sample(fc.uniqueArray(reference, { minLength: count, maxLength: count }), { numRuns: 1, seed: 7 })[0]!
    .sort();

describe('the comparison of open cases with running workflows', () => {
  it('finds exactly what is missing, whichever it is', async () => {
    const sets = fc
      .uniqueArray(reference, { minLength: 1, maxLength: 300 })
      .chain((open) =>
        fc.subarray(open).map((missing) => ({ open: [...open].sort(), missing: [...missing].sort() })),
      );
    await fc.assert(
      fc.asyncProperty(sets, async ({ open, missing }) => {
        const index = indexOf(open.filter((id) => !missing.includes(id)));
        const found = await compare(open, index, nothing, open.length);
        expect(found.missing).toEqual(missing);
        expect(found.ended).toEqual([]);
      }),
      propertyRuns(),
    );
  });

  it('finds exactly what runs although its case is closed', async () => {
    const sets = fc
      .uniqueArray(reference, { minLength: 1, maxLength: 300 })
      .chain((running) => fc.subarray(running).map((ended) => ({ running, ended: [...ended].sort() })));
    await fc.assert(
      fc.asyncProperty(sets, async ({ running, ended }) => {
        const open = running.filter((id) => !ended.includes(id)).sort();
        const found = await compare(open, indexOf(running), nothing, running.length);
        expect([...found.ended].sort()).toEqual(ended);
        expect(found.missing).toEqual([]);
      }),
      propertyRuns(),
    );
  });

  it('asks once when all is well, and a hundred times at most for one in five thousand', async () => {
    const open = references(5_000);
    const well = indexOf(open);
    await compare(open, well, nothing, 1_500);
    expect(well.asked).toEqual({ counts: 1, listed: 0 });

    const one = indexOf(open.slice(1));
    expect((await compare(open, one, nothing, 1_500)).missing).toEqual([open[0]]);
    expect(one.asked.counts).toBeLessThan(100);
    expect(one.asked.listed).toBeLessThan(60);
  });

  it('lists nothing when the engine has lost everything', async () => {
    const open = references(2_000);
    const lost = indexOf([]);
    expect((await compare(open, lost, nothing, 1_500)).missing).toEqual(open);
    expect(lost.asked).toEqual({ counts: 1, listed: 0 });
  });

  it('stops looking when it has found as many as a round starts', async () => {
    const open = references(3_000);
    const half = indexOf(open.filter((_id, index) => index % 2 === 0));
    const { missing } = await compare(open, half, nothing, 100);
    expect(missing.length).toBeGreaterThanOrEqual(100);
    expect(missing.length).toBeLessThan(400);
  });
});
