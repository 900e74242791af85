/**
 * Letters of one kind on their way out, a bounded number at a time. When the way itself is blocked, the lane rests
 * and then sends one letter ahead, instead of wearing out every letter against a server that is away.
 */
import type { ClaimedLetter } from '../../contracts/letters';

export interface LaneParts {
  /** Letters in hand at once. */
  readonly width: number;
  readonly claim: (limit: number) => Promise<readonly ClaimedLetter[]>;
  /** Never leaves a letter half handled; false when the way is blocked. Throws only when the record fails. */
  readonly send: (letter: ClaimedLetter) => Promise<{ isBlocked: boolean }>;
  readonly signal: AbortSignal;
}
export interface Lane {
  /** Sends all that is due and gives the number. Beside one that runs already it joins in. */
  drain(): Promise<number>;
}

const firstRestMs = 1_000;
const maxRestMs = 30_000;

export function createLane({ width, claim, send, signal }: LaneParts): Lane {
  const inHand = new Set<Promise<void>>();
  let rests = 0;
  /** On a clock that nobody sets back. */
  let restsUntil = 0;

  async function handle(letter: ClaimedLetter): Promise<void> {
    const { isBlocked } = await send(letter);
    if (!isBlocked) {
      rests = 0;
      restsUntil = 0;
    } else if (performance.now() >= restsUntil) {
      // Those in hand together fail together; that is one fault.
      rests += 1;
      restsUntil = performance.now() + Math.min(firstRestMs * 2 ** (rests - 1), maxRestMs);
    }
  }

  return {
    async drain() {
      let handled = 0;
      const faults: unknown[] = [];
      const mine = new Set<Promise<void>>();
      while (!signal.aborted && faults.length === 0) {
        const free = (rests > 0 ? 1 : width) - inHand.size;
        const claimed = free > 0 && performance.now() >= restsUntil ? await claim(free) : [];
        for (const letter of claimed) {
          const sending = handle(letter)
            .catch((error: unknown) => void faults.push(error))
            .finally(() => {
              inHand.delete(sending);
              mine.delete(sending);
            });
          inHand.add(sending);
          mine.add(sending);
        }
        handled += claimed.length;
        if (claimed.length > 0 && inHand.size < width) continue;
        if (mine.size === 0) break;
        await Promise.race(mine);
      }
      await Promise.all(mine);
      if (faults.length > 0) throw faults[0];
      return handled;
    },
  };
}
