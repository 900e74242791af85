/**
 * Makes every projection anew from the events, in one transaction that keeps writers waiting and lets readers
 * read. The result is the same to the byte as what the transactions of each command had written.
 */
import type { Pool, PoolClient } from 'pg';
import type { Sleeper } from '../../domain/model/beds';
import type { ReturnCase } from '../../domain/model/case';
import { evolve } from '../../domain/evolve/evolve';
import type { Dossier } from '../../contracts/dossier/dossier';
import type { CommandType } from '../../domain/model/commands';
import type { CaseId } from '../../domain/model/ids';
import { recordedOf } from '../store/case-reader';
import type { EventRow } from '../store/case-reader';
import { evolveGroup } from '../../domain/group/evolve';
import type { Group, GroupEvent, RecordedGroupEvent } from '../../domain/group/group';
import { groupOutboxRowsOf, impliedByGroup } from './groups';
import { remakeMajorities } from '../upkeep/coming-of-age';
import { writeFolds } from '../store/folds';
import type { Mechanisms } from '../store/mechanisms';
import { endedObligationRowsOf, leftStageRowsOf, writeEndedObligations, writeEndedStages } from './ended';
import type { EndedObligationRow, EndedStageRow } from './ended';
import { afterChange, findPlaceMoveOf, freedBy, placeChangeOf, sleeperOf } from '../store/bookings';
import type { Booking } from '../store/bookings';
import { writeEngagements } from '../store/engagements';
import { noteFreed, writeBookings } from '../store/places';
import {
  caseRowOf,
  obligationRowsOf,
  outboxRowsOf,
  siblingRowsOf,
  waitingRowsOf,
  writeCases,
  writeObligations,
  writeSiblings,
} from './projection';
import type { ObligationRow, OutboxRow } from './projection';
import { areCurrent, noteVersion } from './projections-version';
import { addUpTallies, forgetTallies } from './tallies';
import { begin, commit, query, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

/** Cases whose rows are written together. */
const batchSize = 200;

/**
 * How far each mail got is no projection and stays. A mail that only newer rules imply for an old event is
 * entered as silenced: nobody is to be written to today about what happened last year.
 */
export function rebuildProjections(
  pool: Pool,
  mechanisms: Mechanisms,
  { unless }: { unless?: (client: PoolClient) => Promise<boolean> } = {},
): Promise<{ cases: number }> {
  return retrying(pool, async (client) => {
    await pipeline(client, [
      begin,
      { text: 'set local statement_timeout = 0' },
      { text: 'set local lock_timeout = 0' },
      { text: 'set local idle_in_transaction_session_timeout = 0' },
      // Every writer locks or inserts a row of one of these first, a group's before those of its cases; so this stops
      // them all, in their own order.
      { text: 'lock table groups, cases in exclusive mode' },
    ]);
    if (await unless?.(client)) {
      await query(client, commit);
      return { cases: 0 };
    }
    await pipeline(client, [
      { text: 'delete from cases' },
      { text: 'delete from obligations' },
      { text: 'delete from past_obligations' },
      { text: 'delete from past_stages' },
      { text: 'delete from sibling_links' },
      { text: 'delete from dossier_folds' },
      { text: 'delete from bookings' },
      { text: 'delete from engagements' },
      { text: 'delete from places' },
      { text: 'delete from groups' },
      ...forgetTallies,
      places,
      { text: 'create temporary table implied (like outbox including defaults) on commit drop' },
    ]);
    let cases = 0;
    for (let after: CaseId = ''; ;) {
      const { rows } = await query<{ case_id: CaseId }>(client, {
        text: `select distinct case_id from events where case_id > $1 and case_id not like 'G-%' order by case_id limit $2`,
        values: [after, batchSize],
      });
      const last = rows.at(-1);
      if (!last) break;
      await rebuildCases(
        client,
        mechanisms,
        rows.map((row) => row.case_id),
      );
      cases += rows.length;
      after = last.case_id;
    }
    await rebuildGroups(client, mechanisms);
    await pipeline(client, [...replaceOutbox, ...remakeMajorities, addUpTallies, noteVersion, commit]);
    return { cases };
  });
}

/**
 * For whoever starts: when older code made the lists, they are made anew, once, though several start. `begun` is told
 * when there is something to do. Gives how many cases it went through.
 */
export async function bringProjectionsUpToDate(
  pool: Pool,
  mechanisms: Mechanisms,
  begun: () => void = () => undefined,
): Promise<{ cases: number }> {
  if (await retrying(pool, areCurrent)) return { cases: 0 };
  // A database without any is new rather than old.
  if (await retrying(pool, hasEvents)) begun();
  return rebuildProjections(pool, mechanisms, { unless: areCurrent });
}

async function hasEvents(client: PoolClient): Promise<boolean> {
  const { rows } = await query<{ found: boolean }>(client, {
    text: 'select exists (select 1 from events) as found',
  });
  return rows[0]?.found === true;
}

/** An event with the type of the command that brought it. */
interface CommandedRow extends EventRow {
  readonly command_type: CommandType | null;
}

async function rebuildCases(
  client: PoolClient,
  mechanisms: Mechanisms,
  ids: readonly CaseId[],
): Promise<void> {
  const { rows } = await query<CommandedRow & Record<string, unknown>>(client, {
    text: `select e.case_id, e.version, e.at, e.event, e.actor, e.command_id, e.place,
                  c.envelope -> 'command' ->> 'type' as command_type
             from events e left join commands c on c.id = e.command_id
            where e.case_id = any ($1::text[]) order by e.case_id, e.version`,
    values: [ids],
  });
  const byCase = new Map<CaseId, CommandedRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) byCase.get(row.case_id)?.push(row);
  const made = [];
  for (const id of ids) made.push(await remake(client, mechanisms, byCase.get(id) ?? []));
  await pipeline(client, [
    writeCases(made.map(({ caseRow }) => caseRow)),
    writeObligations(made.flatMap(({ obligations }) => obligations)),
    writeEndedObligations(made.flatMap(({ pastObligations }) => pastObligations)),
    writeEndedStages(made.flatMap(({ pastStages }) => pastStages)),
    writeSiblings(made.flatMap(({ siblings }) => siblings)),
    writeImplied(made.flatMap(({ outbox }) => outbox)),
    writeBookings(made.flatMap(({ bookings }) => bookings)),
    ...made.flatMap(({ freedBeds }) => freedBeds),
    ...made.flatMap(({ engagements }) => engagements),
  ]);
  await refold(client, ids);
}

/** Few, and each small. */
async function rebuildGroups(client: PoolClient, mechanisms: Mechanisms): Promise<void> {
  const { rows } = await query<EventRow<GroupEvent> & Record<string, unknown>>(client, {
    text: `select case_id, version, at, event, actor, command_id from events
            where case_id like 'G-%' order by case_id, version`,
  });
  const commands = new Map<string, RecordedGroupEvent[]>();
  for (const row of rows) {
    const key = `${row.case_id} ${row.command_id}`;
    commands.set(key, [...(commands.get(key) ?? []), recordedOf(row)]);
  }
  const groups = new Map<string, Group>();
  for (const events of commands.values()) {
    const before = groups.get(events[0]?.case ?? '');
    const group = events.reduce<Group | undefined>(evolveGroup, before);
    if (!group) continue;
    groups.set(group.id, group);
    const rules = await mechanisms.rulesOn(client, group.mechanism);
    const outbox = groupOutboxRowsOf(before, events, group, rules);
    if (outbox.length > 0) await query(client, writeImplied(outbox));
  }
  for (const group of groups.values())
    await pipeline(client, impliedByGroup(group, await mechanisms.rulesOn(client, group.mechanism)));
}

/** What is folded follows from the newest dossiers; an erased one has none. */
async function refold(client: PoolClient, ids: readonly CaseId[]): Promise<void> {
  const { rows } = await query<{ id: CaseId; version: number; dossier: Dossier }>(client, {
    text: `select c.id, d.version, d.content as dossier
             from cases c join dossiers d on d.case_id = c.id and d.version = c.dossier_version
            where c.id = any ($1::text[])`,
    values: [ids],
  });
  await pipeline(
    client,
    rows.flatMap(({ id, version, dossier }) => writeFolds(id, version, dossier)),
  );
}

/** Event by event as they were recorded, and command by command where a whole command implies something. */
async function remake(client: PoolClient, mechanisms: Mechanisms, rows: readonly CommandedRow[]) {
  let state: ReturnCase | undefined;
  const bookings: Record<Sleeper, { current?: Booking; past: readonly Booking[] }> = {
    child: { past: [] },
    carer: { past: [] },
  };
  const freedBeds: Statement[] = [];
  const outbox: OutboxRow[] = [];
  const pastObligations: EndedObligationRow[] = [];
  const pastStages: EndedStageRow[] = [];
  /** Before the command of the row at hand, and what its events told so far. */
  let before: { state: ReturnCase; obligations: readonly ObligationRow[] } | undefined;
  let told: OutboxRow[] = [];
  for (const [index, row] of rows.entries()) {
    const recorded = recordedOf(row);
    state = evolve(state, recorded);
    const rules = await mechanisms.rulesOfStream(client, state);
    told.push(...outboxRowsOf(recorded, state, rules));
    if (rows[index + 1]?.command_id !== row.command_id) {
      outbox.push(...told, ...waitingRowsOf(before?.state, recorded, state, rules, told));
      const obligations = obligationRowsOf(state, rules, recorded);
      if (before) {
        const ending = { version: state.version, at: recorded.at, command: row.command_type ?? undefined };
        pastObligations.push(...endedObligationRowsOf(before, ending, obligations));
        pastStages.push(...leftStageRowsOf(before.state, state, recorded.at));
      }
      before = { state, obligations };
      told = [];
    }
    const move = findPlaceMoveOf(row.event);
    if (move) {
      const sleeper = sleeperOf(row.event);
      const { current } = bookings[sleeper];
      const change = placeChangeOf(current, move, { at: row.at, rules });
      const taken = { case: row.case_id, mechanism: rules.id, sleeper, at: row.at, number: row.place };
      const freed = freedBy(current, change, row.place);
      if (freed) freedBeds.push(noteFreed(freed, row.at));
      bookings[sleeper] = afterChange(bookings[sleeper], change, taken);
    }
  }
  const last = rows.at(-1);
  if (!before || !last) throw new Error('a case has at least one event');
  const { obligations } = before;
  const rules = await mechanisms.rulesOfStream(client, before.state);
  const caseRow = caseRowOf(before.state, rules, recordedOf(last), obligations);
  return {
    caseRow,
    obligations,
    pastObligations,
    pastStages,
    siblings: siblingRowsOf(before.state),
    outbox,
    freedBeds,
    engagements: writeEngagements(undefined, before.state),
    bookings: Object.values(bookings).flatMap(({ past, current }) => [
      ...past,
      ...(current ? [current] : []),
    ]),
  };
}

/** Those of every mechanism version's sites, and those that a case was once given beyond them. */
const places: Statement = {
  text: `
    insert into places (mechanism_id, site, number)
    select id, site ->> 'id', number
      from mechanisms, jsonb_array_elements(content -> 'sites') as site,
           generate_series(1, (site ->> 'capacity')::integer) as number
    union
    select opened.event -> 'mechanism' ->> 'id', given.event ->> 'site', given.place
      from events as given join events as opened on opened.case_id = given.case_id and opened.version = 1
     where given.place is not null`,
};
const writeImplied = (rows: readonly OutboxRow[]): Statement => ({
  name: 'write-implied',
  text: `insert into implied (id, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at)
         select id, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at
           from jsonb_to_recordset($1::jsonb) as row(id text, case_id text, version integer, notice jsonb, party text,
             roles text[], safety boolean, obligation text, created_at timestamptz, next_attempt_at timestamptz)`,
  values: [JSON.stringify(rows)],
});
const content = ['case_id', 'version', 'notice', 'party', 'roles', 'safety', 'obligation', 'created_at'];
const replaceOutbox: readonly Statement[] = [
  { text: `delete from outbox where status in ('pending', 'routed') and id not in (select id from implied)` },
  {
    text: `insert into outbox (id, ${content.join(', ')}, next_attempt_at, status)
           select id, ${content.join(', ')}, next_attempt_at, 'silenced' from implied
           on conflict (id) do update set ${content.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  },
];
