/**
 * What operators see of the upkeep: when each of its tasks last ran through, which processes were started anew and
 * why, and which are stuck. References, codes and instants only.
 */
import { randomInt } from 'node:crypto';
import type { Pool } from 'pg';
import type { CaseId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import { query, retrying } from '../postgres/transaction';

/** Tasks of the upkeep whose last whole run is remembered. */
export type UpkeepTask = 'reconcile' | 'flush' | 'people' | 'addresses' | 'check-record' | 'tidy';
export interface UpkeepRound {
  readonly task: UpkeepTask;
  readonly at: Instant;
  readonly tookMs: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Why a process was started anew, or told to look at its record again. */
export const restartCauses = [
  'terminated',
  'failed',
  'timed-out',
  'cancelled',
  'reset',
  /** The engine knew of no run: its data was lost, or it was away when the case was opened. */
  'missing',
  /** Its workflow tasks failed again and again. */
  'tasks-failing',
  /** Under the case's id stood a workflow that was not ours: of another type, or on another task queue. */
  'foreign',
  /** It ran, and did not read its news. */
  'deaf',
  /** An operator asked for it. */
  'by-operator',
] as const;
export type RestartCause = (typeof restartCauses)[number];
export interface Restart {
  readonly case: CaseId;
  /** The run that ended; `none` where the engine knew of none. */
  readonly runId: string;
  readonly cause: RestartCause;
}
export interface StuckProcess {
  readonly case: CaseId;
  readonly runId: string;
  /** Of the workflow task that fails. */
  readonly attempt: number;
  readonly since: Instant;
}

export const createOperations = (pool: Pool) => ({
  noteRound: (task: UpkeepTask, tookMs: number, counts: Readonly<Record<string, number>>): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'note-round',
        text: `insert into upkeep_rounds (task, at, took_ms, counts) values ($1, clock_timestamp(), $2, $3)
               on conflict (task) do update set at = excluded.at, took_ms = excluded.took_ms, counts = excluded.counts`,
        values: [task, Math.round(tookMs), JSON.stringify(counts)],
      });
    }),

  listRounds: (): Promise<UpkeepRound[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<UpkeepRound & Record<string, unknown>>(client, {
        name: 'list-rounds',
        text: `select task, at, took_ms as "tookMs", counts from upkeep_rounds order by task`,
      });
      return rows;
    }),

  /** Gives those that were not noted before. */
  noteRestarts: (restarts: readonly Restart[]): Promise<Restart[]> =>
    restarts.length === 0
      ? Promise.resolve([])
      : retrying(pool, async (client) => {
          const { rows } = await query<Restart & Record<string, unknown>>(client, {
            name: 'note-restarts',
            text: `insert into process_restarts (case_id, run_id, cause, at)
                   select given.*, clock_timestamp() from unnest($1::text[], $2::text[], $3::text[]) as given
                   on conflict do nothing
                   returning case_id as "case", run_id as "runId", cause`,
            values: [
              restarts.map((restart) => restart.case),
              restarts.map(({ runId }) => runId),
              restarts.map(({ cause }) => cause),
            ],
          });
          return rows;
        }),

  /** Of these runs the ones that were noted already. */
  findNotedRuns: (runIds: readonly string[]): Promise<ReadonlySet<string>> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ run_id: string }>(client, {
        name: 'noted-runs',
        text: 'select run_id from process_restarts where run_id = any ($1::text[])',
        values: [runIds],
      });
      return new Set(rows.map(({ run_id }) => run_id));
    }),

  /** Of these cases the ones that have been open longer. */
  listOpenedBefore: (ids: readonly CaseId[], olderThanMs: number): Promise<ReadonlySet<CaseId>> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ id: CaseId }>(client, {
        name: 'opened-before',
        text: `select id from cases where id = any ($1::text[])
                and opened_at < clock_timestamp() - $2 * interval '1 millisecond'`,
        values: [ids, olderThanMs],
      });
      return new Set(rows.map(({ id }) => id));
    }),

  countRestarts: (withinMs: number): Promise<Readonly<Partial<Record<RestartCause, number>>>> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ cause: RestartCause; number: number }>(client, {
        name: 'count-restarts',
        text: `select cause, count(*)::integer as number from process_restarts
                where at > clock_timestamp() - $1 * interval '1 millisecond' group by cause order by cause`,
        values: [withinMs],
      });
      return Object.fromEntries(rows.map(({ cause, number }) => [cause, number]));
    }),

  /**
   * Open cases whose process may be stuck: first those that left something undone, then those in which something fell
   * due and nothing has happened since, then some from anywhere, so that in time each is looked at.
   */
  listSuspects: (limit: number): Promise<CaseId[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ id: CaseId }>(client, {
        name: 'list-suspects',
        text: `
          with undone as (
            select case_id as id from stuck_processes
            union select case_id from process_restarts where at > clock_timestamp() - interval '1 hour'
            union select case_id from news where at < clock_timestamp() - interval '1 minute')
          select id from (
            (select id, 1 as turn from undone join cases using (id) where stage <> 'closed' order by id limit $1)
            union all
            (select id, 2 from cases where stage <> 'closed' and last_at < due and due < statement_timestamp()
              order by due desc limit $1 / 3)
            union all
            (select id, 3 from cases where stage <> 'closed' and id > $2 order by id limit $1 / 3)
            union all
            (select id, 4 from cases where stage <> 'closed' and id <= $2 order by id limit $1 / 3)) as suspects
          group by id order by min(turn) limit $1`,
        values: [limit, randomReference()],
      });
      return rows.map(({ id }) => id);
    }),

  /** Replaces what the last look found; a case that is still stuck keeps since when. */
  noteStuck: (stuck: readonly Omit<StuckProcess, 'since'>[], looked: readonly CaseId[]): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'note-stuck',
        text: `with mended as (
                 delete from stuck_processes where case_id = any ($4::text[]) and case_id <> all ($1::text[]))
               insert into stuck_processes (case_id, run_id, attempt, since)
               select given.*, clock_timestamp() from unnest($1::text[], $2::text[], $3::integer[]) as given
               on conflict (case_id) do update set run_id = excluded.run_id, attempt = excluded.attempt`,
        values: [
          stuck.map((process) => process.case),
          stuck.map(({ runId }) => runId),
          stuck.map(({ attempt }) => attempt),
          looked,
        ],
      });
    }),

  listStuck: (limit = 1_000): Promise<StuckProcess[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<StuckProcess & Record<string, unknown>>(client, {
        name: 'list-stuck',
        text: `select case_id as "case", run_id as "runId", attempt, since from stuck_processes
                order by since, case_id limit $1`,
        values: [limit],
      });
      return rows;
    }),

  /** Restarts are looked back upon for a year. */
  forgetRestarts: (olderThanMs: number): Promise<number> =>
    retrying(pool, async (client) => {
      const text = `delete from process_restarts where at < clock_timestamp() - $1 * interval '1 millisecond'`;
      return (await query(client, { name: 'forget-restarts', text, values: [olderThanMs] })).rowCount ?? 0;
    }),
});

/** Two symbols of a reference: from there on some are looked at. */
const randomReference = (): string => {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from({ length: 2 }, () => symbols[randomInt(symbols.length)]).join('');
};
