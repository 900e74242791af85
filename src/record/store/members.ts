/** Many cases at once, as the transaction sees them: from memory as far as memory is true, the rest in one question. */
import type { PoolClient } from 'pg';
import type { ReturnCase } from '../../domain/model/case';
import { evolve } from '../../domain/evolve/evolve';
import { asOfAge } from '../../domain/facts/majority';
import { memberStatusOf } from '../../domain/group/member';
import type { MemberCase } from '../../domain/group/departure';
import type { GroupId } from '../../domain/group/group';
import { engagedElsewhere } from '../../domain/facts/engagements';
import type { CaseId, CommandId, OfficialId } from '../../domain/model/ids';
import type { MechanismRef } from '../../domain/model/mechanism';
import type { Instant, LocalDate } from '../../domain/calendar/time';
import type { CaseCache } from './case-cache';
import { recordedOf } from './case-reader';
import type { EventRow } from './case-reader';
import { readEngagements } from './engagements';
import type { Mechanisms } from './mechanisms';
import { RecordError } from '../postgres/record-error';
import { pipeline, query } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

const familiesOf = `
  with recursive family (id) as (
    select unnest($1::text[])
    union
    select case when case_id = family.id then sibling else case_id end
      from family join sibling_links on family.id in (case_id, sibling))
  select id from cases where id in (select id from family) order by id`;

/** These cases and all whom sibling links tie to them. */
export async function readFamilies(client: PoolClient, ids: readonly CaseId[]): Promise<CaseId[]> {
  const { rows } = await query<{ id: CaseId }>(client, {
    name: 'read-families',
    text: familiesOf,
    values: [ids],
  });
  return rows.map(({ id }) => id);
}

/** The same, locked in one order: whoever else locks some of them waits, and never for somebody who waits for it. */
export async function lockFamilies(client: PoolClient, ids: readonly CaseId[]): Promise<CaseId[]> {
  const lock: Statement = { name: 'lock-families', text: `${familiesOf} for update`, values: [ids] };
  const { rows } = await query<{ id: CaseId }>(client, lock);
  const locked = rows.map(({ id }) => id);
  // A link may have been recorded while this transaction waited for the lock.
  if ((await readFamilies(client, ids)).some((id) => !locked.includes(id)))
    throw new RecordError('contention', 'a sibling was linked meanwhile', true);
  return locked;
}

export interface KeptMember extends MemberCase {
  /** As its events have it. */
  readonly state: ReturnCase;
}
export interface MemberCases {
  /** Never before the last event of any of them. */
  readonly now: Instant;
  readonly cases: ReadonlyMap<CaseId, KeptMember>;
}

interface HeadRow {
  readonly id: CaseId;
  readonly version: number;
  readonly head: CommandId;
  readonly now: Instant;
  readonly of_age_on: LocalDate | null;
  readonly group_id: GroupId | null;
}
const readHeads = (ids: readonly CaseId[]): Statement => ({
  name: 'read-heads-of-many',
  text: `
    select cases.id, cases.version, cases.head, greatest(date_trunc('milliseconds', clock_timestamp()), cases.last_at) as now,
           to_char(majorities.of_age_on, 'YYYY-MM-DD') as of_age_on, group_members.group_id
      from cases left join majorities on majorities.case_id = cases.id
      left join group_members on group_members.case_id = cases.id and group_members.travels
     where cases.id = any ($1::text[])`,
  values: [ids],
});
const readEvents = (ids: readonly CaseId[]): Statement => ({
  name: 'read-events-of-many',
  text: `select case_id, version, at, event, actor, command_id from events
          where case_id = any ($1::text[]) order by case_id, version`,
  values: [ids],
});

/** Those of these cases that are there. `now` is at least `notBefore`. */
export async function readMembers(
  client: PoolClient,
  { cache, mechanisms }: { readonly cache: CaseCache; readonly mechanisms: Mechanisms },
  ids: readonly CaseId[],
  notBefore: Instant,
): Promise<MemberCases> {
  const [found] = await pipeline(client, [readHeads(ids)]);
  const heads = (found?.rows ?? []) as unknown as HeadRow[];
  const now = heads.reduce((latest, each) => (each.now > latest ? each.now : latest), notBefore);
  const isKnown = ({ id, version, head }: HeadRow): boolean => {
    const cached = cache.find(id);
    return cached?.state.version === version && cached.head === head;
  };
  const unknown = heads.filter((each) => !isKnown(each)).map(({ id }) => id);
  if (unknown.length > 0) await fold(client, cache, unknown);
  const cases = new Map<CaseId, KeptMember>();
  for (const { id, of_age_on: ofAgeOn, group_id: group } of heads) {
    const state = cache.find(id)?.state;
    if (!state) throw new Error(`case ${id} could not be kept in memory`);
    const rules = await mechanisms.rulesOfStream(client, state);
    const judged = asOfAge(state, rules, now, ofAgeOn ?? undefined);
    cases.set(id, { state, judged, rules, status: memberStatusOf(judged, rules, now, group ?? undefined) });
  }
  await nameEngaged(client, cases);
  return { now, cases };
}

/** Whose escort is under way with others now: said beforehand; a departure looks again under its lock. */
async function nameEngaged(client: PoolClient, cases: Map<CaseId, KeptMember>): Promise<void> {
  const escorts = new Map<MechanismRef['id'], OfficialId[]>();
  for (const { state, rules } of cases.values())
    if (rules.escortsEngagedOnce && state.escort && !state.journey)
      escorts.set(rules.id, [...(escorts.get(rules.id) ?? []), state.escort.official]);
  for (const [mechanism, asked] of escorts) {
    const engaged = await readEngagements(client, mechanism, [...new Set(asked)]);
    for (const [id, member] of engaged.length > 0 ? cases : []) {
      const { state, rules, status } = member;
      if (rules.id !== mechanism || state.journey) continue;
      if (!engaged.some(({ escort }) => escort === state.escort?.official)) continue;
      const blockers = [...status.blockers, engagedElsewhere];
      cases.set(id, { ...member, status: { ...status, blockers } });
    }
  }
}

async function fold(client: PoolClient, cache: CaseCache, ids: readonly CaseId[]): Promise<void> {
  const { rows } = await query<EventRow & Record<string, unknown>>(client, readEvents(ids));
  const states = new Map<CaseId, { state: ReturnCase; head: CommandId }>();
  for (const row of rows) {
    const state = evolve(states.get(row.case_id)?.state, recordedOf(row));
    states.set(row.case_id, { state, head: row.command_id });
  }
  for (const [id, entry] of states) {
    cache.forget(id);
    cache.keep(id, entry);
  }
}

/** Every case of this mechanism whose return may be agreed, that is, whose child might travel. */
export async function listMayTravel(client: PoolClient, mechanism: MechanismRef['id']): Promise<CaseId[]> {
  const { rows } = await query<{ id: CaseId }>(client, {
    name: 'list-may-travel',
    text: `select id from cases where mechanism_id = $1 and stage in ('preparation', 'hosting') order by id`,
    values: [mechanism],
  });
  return rows.map(({ id }) => id);
}
