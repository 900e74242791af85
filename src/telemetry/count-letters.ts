/** Counts what becomes of letters, for the dispatcher that sends them. */
import type { ClaimedLetter, HeldLetter } from '../contracts/letters';
import type { CaseRecord } from '../record/record';
import type { Metrics } from './metrics';

type Letters = CaseRecord['letters'];

export function countLetters(letters: Letters, metrics: Pick<Metrics, 'count'>): Letters {
  const counting =
    <Args extends unknown[]>(
      mark: (held: HeldLetter, ...args: Args) => Promise<void>,
      outcomeOf: (...args: Args) => string,
    ) =>
    async (held: HeldLetter, ...args: Args): Promise<void> => {
      await mark(held, ...args);
      // Whoever marks a letter holds the one it claimed; the record asks for less of it.
      const { kind = 'unknown' } = held as Partial<ClaimedLetter>;
      metrics.count('homeward_letters_total', { kind, outcome: outcomeOf(...args) });
    };
  return {
    ...letters,
    markSent: counting(letters.markSent, () => 'sent'),
    markFailed: counting(letters.markFailed, ({ retryInMs }) =>
      retryInMs === undefined ? 'dead' : 'failed',
    ),
    markSilenced: counting(letters.markSilenced, () => 'silenced'),
  };
}
