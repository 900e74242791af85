/**
 * Reads a case, or a stream of any other kind, on the connection of a transaction: locked or not, from memory as far as
 * memory is true.
 */
import type { PoolClient } from 'pg';
import type { ReturnCase } from '../../domain/model/case';
import type { CommandEnvelope } from '../../domain/model/commands';
import type { Rejection } from '../../domain/model/rejections';
import type { CaseEvent, RecordedOf } from '../../domain/model/events';
import { evolve } from '../../domain/evolve/evolve';
import type { CaseId, CommandId, Sha256 } from '../../domain/model/ids';
import type { Actor } from '../../domain/model/parties';
import type { Instant, LocalDate } from '../../domain/calendar/time';
import type { CaseCache, StreamCache } from './case-cache';
import { RecordError } from '../postgres/record-error';
import type { Receipt } from './submission';
import { begin, query, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

export interface EventRow<Event = CaseEvent> {
  readonly case_id: CaseId;
  readonly version: number;
  readonly at: Instant;
  readonly event: Event;
  readonly actor: Actor;
  readonly command_id: CommandId;
  readonly place: number | null;
}
export const recordedOf = <Event>(row: Omit<EventRow<Event>, 'place'>): RecordedOf<Event> => ({
  case: row.case_id,
  version: row.version,
  at: row.at,
  actor: row.actor,
  commandId: row.command_id,
  event: row.event,
});

/** An earlier submission of the same command id, if there was one. */
export interface EarlierCommand {
  readonly case: CaseId;
  readonly status: 'accepted' | 'recorded' | 'refused';
  readonly bodyHash: Sha256;
  readonly receipt?: Receipt;
  readonly rejection?: Rejection;
}
export type CaseReading = StreamReading<ReturnCase, CaseEvent>;
export interface StreamReading<State, Event> {
  readonly now: Instant;
  /** Undefined when there is no such stream. */
  readonly state: State | undefined;
  /** The command of the last event in `state`. */
  readonly head: CommandId | undefined;
  /** Events after the version asked for, oldest first. */
  readonly events: readonly RecordedOf<Event>[];
  /** The newest version of the stream's mechanism; by it officials are in office. */
  readonly newest?: number;
  /** The child's 18th birthday; absent once nothing of it is left to be noted. */
  readonly ofAgeOn?: LocalDate;
  readonly earlier?: EarlierCommand;
}

interface HeadRow {
  now: Instant;
  version: number | null;
  newest: number | null;
  prefix_head: CommandId | null;
  of_age_on: LocalDate | null;
  command: {
    case: CaseId;
    status: EarlierCommand['status'];
    bodyHash: Sha256;
    receipt: Receipt | null;
    rejection: Rejection | null;
  } | null;
}

const lockCases = (ids: readonly CaseId[]): Statement => ({
  name: 'lock-cases',
  text: 'select id from cases where id = any ($1::text[]) order by id for update',
  values: [ids],
});
const family = `
  with recursive family (id) as (
    select $1::text
    union
    select case when case_id = family.id then sibling else case_id end
      from family join sibling_links on family.id in (case_id, sibling))
  select id from cases where id in (select id from family) order by id`;
/**
 * A case and every case tied to it by a sibling link, told by either of them. Locked in one order, so that two
 * of them departing at once wait for each other instead of dying in a deadlock.
 */
const lockFamily = (id: CaseId): Statement => ({
  name: 'lock-family',
  text: `${family} for update`,
  values: [id],
});
/** Again after the lock: a link may have been recorded while this transaction waited for it. */
const readFamily = (id: CaseId): Statement => ({ name: 'read-family', text: family, values: [id] });
/** What tells one kind of stream from another for whoever reads it: its heads, and how its events fold. */
export interface StreamShape<State, Event> {
  readonly heads: 'cases' | 'groups';
  readonly evolve: (state: State | undefined, recorded: RecordedOf<Event>) => State;
}
const ofCases: StreamShape<ReturnCase, CaseEvent> = { heads: 'cases', evolve };

/** After the lock, in a snapshot of its own. The clock is Postgres's and never behind the stream's last event. */
const readHead = (
  heads: StreamShape<unknown, unknown>['heads'],
  id: string,
  commandId: CommandId | null,
  prefix: number,
): Statement => ({
  name: `read-head-of-${heads}`,
  text: `
    select greatest(date_trunc('milliseconds', clock_timestamp()), head.last_at) as now,
           head.version,
           (select max(version) from mechanisms where id = head.mechanism_id) as newest,
           (select command_id from events where case_id = $1 and version = $3) as prefix_head,
           (select to_char(of_age_on, 'YYYY-MM-DD') from majorities where case_id = $1) as of_age_on,
           (select jsonb_build_object('case', case_id, 'status', status, 'bodyHash', body_hash,
                                      'receipt', answer -> 'receipt', 'rejection', answer -> 'rejection')
              from commands where id = $2) as command
      from (values (true)) as always left join ${heads} as head on head.id = $1`,
  values: [id, commandId, prefix],
});
const readEvents = (id: CaseId, after: number): Statement => ({
  name: 'read-events',
  text: `select case_id, version, at, event, actor, command_id from events
          where case_id = $1 and version > $2 order by version`,
  values: [id, after],
});

/** The whole family, or the case with those its command names: both ends of a link are written together. */
export type Locking = 'family' | readonly CaseId[];

/** Begins the transaction, takes the lock and reads, in one round trip. Gives the ids that are locked too. */
export async function beginWithCase(
  client: PoolClient,
  cache: CaseCache,
  { id, case: caseId }: CommandEnvelope,
  knownVersion: number,
  locking: Locking,
): Promise<CaseReading & { locked: CaseId[] }> {
  const locks =
    locking === 'family' ? [lockFamily(caseId), readFamily(caseId)] : [lockCases([caseId, ...locking])];
  const asked = { id: caseId, knownVersion, commandId: id };
  const { reading, before } = await readStream(client, ofCases, cache, asked, [begin, ...locks]);
  const [, locked = [], linked = []] = before.map((rows) => rows.map((row) => row.id as CaseId));
  if (linked.some((each) => !locked.includes(each)))
    throw new RecordError('contention', 'a sibling was linked meanwhile', true);
  return { ...reading, locked };
}

/** The case and all that are tied to it, as they are now. */
export async function familyOf(client: PoolClient, id: CaseId): Promise<CaseId[]> {
  const { rows } = await query<{ id: CaseId }>(client, readFamily(id));
  return rows.map((row) => row.id);
}

/** Reads outside or inside a transaction, without a lock; `before` goes first, in the same packet. */
export async function readCase(
  client: PoolClient,
  cache: CaseCache,
  caseId: CaseId,
  knownVersion: number,
  before: readonly Statement[] = [],
): Promise<CaseReading> {
  const asked = { id: caseId, knownVersion, commandId: null };
  return (await readStream(client, ofCases, cache, asked, before)).reading;
}

export interface StreamQuestion {
  readonly id: string;
  /** Every later event is given; nothing before it. */
  readonly knownVersion: number;
  /** Whose earlier submission is looked for. */
  readonly commandId: CommandId | null;
}

export async function readStream<State extends { readonly version: number }, Event>(
  client: PoolClient,
  { heads, evolve: fold }: StreamShape<State, Event>,
  cache: StreamCache<State>,
  { id, knownVersion, commandId }: StreamQuestion,
  before: readonly Statement[],
): Promise<{ reading: StreamReading<State, Event>; before: Record<string, unknown>[][] }> {
  const cached = cache.find(id);
  const prefix = cached?.state.version ?? 0;
  const after = Math.min(prefix, knownVersion);
  const results = await pipeline(client, [
    ...before,
    readHead(heads, id, commandId, prefix),
    readEvents(id, after),
  ]);
  const [headResult, eventResult] = results.slice(before.length);
  const head = headResult?.rows[0] as unknown as HeadRow;
  let rows = (eventResult?.rows ?? []) as unknown as EventRow<Event>[];
  let from = cached;
  if (cached && head.prefix_head !== cached.head) {
    // A backup was restored, or a standby took over without the last commits: memory knows what never was.
    cache.forget(id);
    from = undefined;
    rows = (await query<EventRow<Event> & Record<string, unknown>>(client, readEvents(id, 0))).rows;
  }
  const events = rows.map(recordedOf);
  const unfolded = events.filter(({ version }) => version > (from?.state.version ?? 0));
  const state = unfolded.reduce<State | undefined>(fold, from?.state);
  return {
    before: results.slice(0, before.length).map((result) => result.rows),
    reading: {
      now: head.now,
      ...(head.newest !== null && { newest: head.newest }),
      ...(head.of_age_on !== null && { ofAgeOn: head.of_age_on }),
      state,
      head: unfolded.at(-1)?.commandId ?? from?.head,
      events: events.filter(({ version }) => version > knownVersion),
      ...(head.command
        ? {
            earlier: {
              ...head.command,
              receipt: head.command.receipt ?? undefined,
              rejection: head.command.rejection ?? undefined,
            },
          }
        : {}),
    },
  };
}
