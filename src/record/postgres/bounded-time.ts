/**
 * How far Postgres's clock is believed: no further ahead than the clock of the process that asks, and a tolerance. A
 * clock that runs 200 days ahead for five seconds would otherwise silence reminders for 200 days. Behind is believed:
 * then time stands still, which is seen, and nothing is missed once the clock is right.
 */
import type { Instant } from '../../domain/calendar/time';
import type { Statement } from './statement';

/**
 * Longer than a statement waits for a lock and runs (`database.ts`) after it was given the process's time, and than
 * clocks differ that are kept by NTP; short enough that nobody misses a reminder that comes so late.
 */
export const clockToleranceMs = 120_000;
/** A leap of the process's own clock counts once it has lasted so long: after a sleep of the machine it is right. */
const leapLastsMs = 60_000;

interface Clocks {
  /** May be set by anybody. */
  readonly wall: () => number;
  /** Only goes on, and stands still while the machine sleeps. */
  readonly steady: () => number;
}

/** The process's clock, in milliseconds; a leap ahead is told only when it stays. Embedded, Postgres has the same clock. */
export function createOwnClock({ wall, steady }: Clocks): () => number {
  let offset = wall() - steady();
  let leaptAt: number | undefined;
  return () => {
    const now = steady();
    const found = wall() - now;
    const isLeap = found - offset > clockToleranceMs;
    leaptAt = isLeap ? (leaptAt ?? now) : undefined;
    if (leaptAt === undefined || now - leaptAt >= leapLastsMs) {
      offset = found;
      leaptAt = undefined;
    }
    return now + offset;
  };
}
export const ownClock = createOwnClock({ wall: Date.now, steady: () => performance.now() });

const latest = (): Instant => new Date(ownClock() + clockToleranceMs).toISOString();

const theirClock = 'clock_timestamp()';

/**
 * Wherever a statement asks for the time by `clock_timestamp()`, it is given the bounded one. Here and not in each
 * statement, so that none can forget it. `statement_timestamp()` tells what Postgres's clock says, to measure it.
 */
export function bounded(statement: Statement): Statement {
  if (!statement.text.includes(theirClock)) return statement;
  const values = statement.values ?? [];
  return {
    ...statement,
    text: boundedText(statement.text, values.length + 1),
    values: [...values, latest()],
  };
}

/** Statements are few and sent again and again. Those whose text is made up for one use are not kept for ever. */
const maxKnownTexts = 1_000;
const knownTexts = new Map<string, string>();

/** A text asks for the same number of values each time. */
function boundedText(text: string, parameter: number): string {
  const known = knownTexts.get(text);
  if (known !== undefined) return known;
  const made = text.replaceAll(theirClock, `least(${theirClock}, $${parameter}::timestamptz)`);
  if (knownTexts.size < maxKnownTexts) knownTexts.set(text, made);
  return made;
}
