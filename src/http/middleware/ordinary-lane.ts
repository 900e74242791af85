/**
 * How many ordinary requests are worked on at once. Holds, withdrawals and alarms do not pass here: however many
 * others ask, little stands before them on the processor, and they have connections of their own.
 */
import { unavailable } from '../problem';

export interface Lane {
  /** Waits for its turn; what it gives back must be called when the work is done. 503 when too many wait already. */
  enter(): Promise<() => void>;
}

/** As many as the record has connections for; more would only wait there. */
const atOnce = 20;
/** At some milliseconds each these are answered within seconds; whoever comes later is told at once. */
const waitingAtMost = 1_000;

export function createLane(places = atOnce, maxQueueLength = waitingAtMost): Lane {
  const queue: (() => void)[] = [];
  let free = places;
  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  };
  return {
    async enter() {
      if (free > 0) free -= 1;
      else if (queue.length >= maxQueueLength) throw unavailable('overloaded');
      else await new Promise<void>((resolve) => queue.push(resolve));
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
  };
}
