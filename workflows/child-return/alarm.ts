/**
 * The one timer of a case. Moving a timer costs two events, so one that rings too early is left running: the
 * case looks at the clock, finds nothing due, and sets it anew.
 */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** Waits are cut to this, so that a wrong due date far ahead can't put a case to sleep for ever. */
const maxWait = 30 * 86_400_000;

export class Alarm {
  /** Set when the timer rang; whoever reads it takes it back. */
  rang = false;
  #ringsAt: number | undefined;
  #running: CancellationScope | undefined;

  constructor(private readonly onRing: () => void) {}

  /** Sees to it that the alarm rings at `at` (milliseconds since 1970) or before. */
  wakeBy(at: number): void {
    if (this.#ringsAt !== undefined && this.#ringsAt <= at) return;
    this.#running?.cancel();
    const now = Date.now();
    const wait = Math.min(Math.max(at - now, 1), maxWait);
    const scope = new CancellationScope();
    this.#running = scope;
    this.#ringsAt = now + wait;
    scope
      .run(() => sleep(wait, { summary: 'Next look at the clock' }))
      .then(
        () => {
          this.#ringsAt = undefined;
          this.rang = true;
          this.onRing();
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}
