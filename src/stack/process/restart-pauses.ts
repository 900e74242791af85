/** How long to wait before something that died is started again: a moment at first, then longer and longer. */

/** The last one repeats. */
const pausesMs = [100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const;
/** Whatever lived so long had started well: the next death is a new fault. */
const settledAfterMs = 60_000;

/** Gives the pause after each death, told how long the dead one had lived. */
export function restartPauses(): (livedMs: number) => number {
  let deaths = 0;
  return (livedMs) => {
    if (livedMs > settledAfterMs) deaths = 0;
    const pause = pausesMs[Math.min(deaths, pausesMs.length - 1)] ?? 10_000;
    deaths += 1;
    return pause;
  };
}
