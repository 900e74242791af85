/**
 * The time, by Postgres's clock as far as it is believed (`bounded-time.ts`): processes may differ, and lists are
 * judged by the clock that wrote them. How far the two clocks differ is measured whenever the time is asked for.
 */
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../domain/calendar/time';
import { ownClock } from './bounded-time';
import { query, retrying } from './transaction';

export interface ClockWatch {
  /** Asks Postgres, and gives how many seconds its clock is ahead of this process's; behind is negative. */
  measure(): Promise<number>;
  /** The largest difference of the last minutes: of a leap of some seconds a page of figures would see nothing. */
  readonly difference: number;
  /** What Postgres's clock said (`statement_timestamp()`) to a question that left at `askedAt`, by `ownClock`. */
  saw(theirs: Instant, askedAt: number): void;
}

/** Clocks kept by NTP differ by less, and so does a busy process from itself. */
export const differenceWorthTellingSeconds = 5;
const tellEveryMs = 60_000;
/** Longer than figures are asked for. */
const keptForMs = 300_000;
const rememberedFor = '30 days';

/** `tell` hears of a difference worth telling at most once a minute; the record remembers the largest of each hour. */
export function createClockWatch(pool: Pool, tell: (seconds: number) => void = () => undefined): ClockWatch {
  let largest = { seconds: 0, at: Number.NEGATIVE_INFINITY };
  let last = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  const saw = (theirs: Instant, askedAt: number): void => {
    last = beyond(Date.parse(theirs), askedAt, ownClock()) / 1_000;
    const now = performance.now();
    const isOver = now - largest.at > keptForMs;
    if (isOver || Math.abs(last) >= Math.abs(largest.seconds)) largest = { seconds: last, at: now };
    if (Math.abs(last) < differenceWorthTellingSeconds || now - toldAt < tellEveryMs) return;
    toldAt = now;
    tell(last);
    // Postgres may be away again; the next minute tells it, too.
    remember(pool, last).catch(() => undefined);
  };
  return {
    saw,
    get difference() {
      return performance.now() - largest.at > keptForMs ? 0 : largest.seconds;
    },
    async measure() {
      await retrying(pool, (client) => nowOn(client, { saw }));
      return last;
    },
  };
}

/** How far outside of the time between question and answer. */
const beyond = (theirs: number, asked: number, answered: number): number =>
  theirs > answered ? theirs - answered : Math.min(theirs - asked, 0);

export async function nowOn(client: PoolClient, watch: Pick<ClockWatch, 'saw'>): Promise<Instant> {
  const askedAt = ownClock();
  const { rows } = await query<{ now: Instant; theirs: Instant }>(client, {
    name: 'now',
    text: 'select clock_timestamp()::timestamptz(3) as now, statement_timestamp() as theirs',
  });
  const [clock] = rows;
  if (!clock) throw new Error('a clock has one row');
  watch.saw(clock.theirs, askedAt);
  return clock.now;
}

async function remember(pool: Pool, seconds: number): Promise<void> {
  await retrying(pool, (client) =>
    query(client, {
      name: 'remember-clock-difference',
      text: `with old as (delete from clock_differences where at < clock_timestamp() - interval '${rememberedFor}')
             insert into clock_differences as kept (hour, at, seconds)
             values (date_trunc('hour', clock_timestamp()), clock_timestamp(), $1)
             on conflict (hour) do update set at = excluded.at, seconds = excluded.seconds
              where abs(excluded.seconds) >= abs(kept.seconds)`,
      values: [seconds],
    }),
  );
}
