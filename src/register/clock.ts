/** The time, by Postgres's clock: processes may differ, and lists are judged by the clock that wrote them. */
import type { PoolClient } from 'pg';
import type { Instant } from '../domain/time';
import { one } from './transaction';

export async function nowOn(client: PoolClient): Promise<Instant> {
  const { rows } = await one<{ now: Instant }>(client, {
    name: 'now',
    text: 'select clock_timestamp()::timestamptz(3) as now',
  });
  const [clock] = rows;
  if (!clock) throw new Error('a clock has one row');
  return clock.now;
}
