/**
 * What changed in whose inbox since an instant: by commands, and by time alone. Read for all listeners of a process at
 * once, never for each. Of a case whole truths are told, so reading one twice does no harm.
 */
import type { Pool } from 'pg';
import type { CaseId, PartyId } from '../../domain/model/ids';
import type { GroupId } from '../../domain/group/group';
import type { Instant } from '../../domain/calendar/time';
import { nowOn } from '../postgres/clock';
import type { ClockWatch } from '../postgres/clock';
import { addCounts, countsOf, countsText } from './inbox-counts';
import type { CountRow, InboxCounts } from './inbox-counts';
import { countEntries, groupEntryColumns, groupEntryOf } from './group-inbox';
import type { GroupEntry, GroupEntryRow } from './group-inbox';
import { entryColumns, entryOf, isInScope, rolesApart } from './inbox-entries';
import type { InboxEntry, InboxRow, InboxScope } from './inbox-entries';
import { ofSuggestions } from './offices';
import type { CaseReader } from '../store/reader';
import { query, retrying, pipeline } from '../postgres/transaction';

/** A case, or a group. */
export interface ChangedCase {
  readonly case: CaseId | GroupId;
  readonly version: number;
  /** The latest of: its last command, and something that began, fell due or ended to wait since then. */
  readonly changedAt: Instant;
}
export interface CaseTruth {
  readonly case: CaseId;
  readonly mechanism: string;
  readonly version: number;
  /** Those it concerns, and those whose last obligation in it ended since the instant asked for. */
  readonly parties: readonly PartyId[];
  /** Of them, those for whom something began, fell due, was put off or ended since the instant asked for. */
  readonly touched: readonly PartyId[];
  /** Everything owed in it now, by anybody. */
  readonly entries: readonly InboxEntry[];
}
/** Readers with the same inbox. */
export interface Audience extends Pick<CaseReader, 'mechanism' | 'party' | 'roles' | 'lent'> {
  readonly scope: InboxScope;
}

/**
 * A command takes its instant when it has the case's lock and is seen only once committed. Longer than a transaction
 * of ours may stand idle or run a statement (`database.ts`): whoever looks back so far misses none.
 */
export const lookBackMs = 45_000;

export const createChanges = (pool: Pool, clock: ClockWatch) => ({
  /** Everything after `asked`, up to `at`; of the time more than `reachMs` ago nothing, and `from` says so. */
  since: (asked: Instant, reachMs: number): Promise<{ from: Instant; at: Instant; changed: ChangedCase[] }> =>
    retrying(pool, async (client) => {
      const at = await nowOn(client, clock);
      const reach = new Date(Date.parse(at) - reachMs).toISOString();
      const from = asked < reach ? reach : asked;
      const { rows } = await query<ChangedCase & Record<string, unknown>>(client, {
        name: 'changes-since',
        text: `
          select c.id as "case", c.version, max(changed.at) as "changedAt"
            from (select id, last_at as at from cases where last_at > $1
                  union all select case_id, since from obligations where since > $1 and since <= $2
                  union all select case_id, due from obligations where due > $1 and due <= $2
                  union all select case_id, paused_until from obligations
                             where paused_until > $1 and paused_until <= $2) as changed
            join cases c on c.id = changed.id group by c.id
          union all
          select g.id, g.version, max(changed.at)
            from (select id, last_at as at from groups where last_at > $1
                  union all select group_id, due from group_duties where due > $1 and due <= $2) as changed
            join groups g on g.id = changed.id group by g.id`,
        values: [from, at],
      });
      return { from, at, changed: rows };
    }),

  read: (ids: readonly CaseId[], endedSince: Instant): Promise<CaseTruth[]> =>
    retrying(pool, async (client) => {
      const [cases, owed] = await pipeline<Record<string, unknown>>(client, [
        {
          name: 'changes-cases',
          text: `select c.id as "case", c.mechanism_id as mechanism, c.version,
                        array(select unnest(c.parties) union
                              select party from past_obligations p where p.case_id = c.id and p.ended_at > $2)
                          as parties,
                        array(select party from past_obligations p where p.case_id = c.id and p.ended_at > $2
                              union
                              select unnest(c.parties) where c.stage_since > $2
                              union
                              select party from obligations o
                               where o.case_id = c.id and o.since <= clock_timestamp()
                                 and (o.since > $2 or o.due > $2 and o.due <= clock_timestamp()
                                      or o.paused_until is not null)) as touched
                   from cases c where c.id = any ($1::text[])`,
          values: [ids, endedSince],
        },
        {
          name: 'changes-owed',
          text: `select ${entryColumns('clock_timestamp()')} from obligations o join cases c on c.id = o.case_id
                  where o.case_id = any ($1::text[]) and o.since <= clock_timestamp()
                  order by o.safety desc, o.due, o.key`,
          values: [ids],
        },
      ]);
      const entries = new Map<CaseId, InboxEntry[]>();
      for (const entry of ((owed?.rows ?? []) as unknown as InboxRow[]).map(entryOf))
        entries.set(entry.case, [...(entries.get(entry.case) ?? []), entry]);
      return ((cases?.rows ?? []) as unknown as Omit<CaseTruth, 'entries'>[]).map((row) => ({
        ...row,
        entries: entries.get(row.case) ?? [],
      }));
    }),

  /** Everything owed to each of these groups, by anybody. */
  readGroups: (ids: readonly GroupId[]): Promise<GroupEntry[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<GroupEntryRow & Record<string, unknown>>(client, {
        name: 'changes-groups',
        text: `select ${groupEntryColumns('clock_timestamp()')} from owed_to_groups d
                where d.group_id = any ($1::text[]) order by d.due, d.key`,
        values: [ids],
      });
      return rows.map(groupEntryOf);
    }),

  /** Of each audience, in the order given. */
  counts: (audiences: readonly Audience[]): Promise<InboxCounts[]> =>
    retrying(pool, async (client) => {
      const values = [JSON.stringify(audiences.map((each) => ({ ...each, ...rolesApart(each) })))];
      const [owed, suggested, groups] = await pipeline<Record<string, unknown>>(client, [
        { name: 'changes-counts', text: counted, values },
        { name: 'changes-suggested', text: ofSuggestions(counted), values },
        { name: 'changes-groups-owed', text: owedByAudience, values },
      ]);
      const inCases = owed?.rows as unknown as CountRow[];
      const more = suggested?.rows as unknown as CountRow[];
      const ofGroups = groups?.rows as unknown as OwedRow[];
      return audiences.map((audience, index) => {
        const theirs = ofGroups.filter(
          ({ place, ...entry }) => place === index + 1 && isInScope(entry, audience, audience.scope),
        );
        const counts = addCounts(inCases[index], more[index]);
        const all = addCounts(counts, countEntries(theirs, audience, theirs[0]?.now ?? ''));
        if (!all) throw new Error('each audience has a row of counts');
        return countsOf(all);
      });
    }),
});

interface OwedRow extends Pick<GroupEntry, 'due' | 'roles'> {
  readonly place: number;
  readonly now: Instant;
}
const owedByAudience = /* sql */ `
  select a.place::integer, d.due, d.roles, clock.now
    from rows from (jsonb_to_recordset($1::jsonb) as (mechanism text, party text)) with ordinality as
         a(mechanism, party, place)
    join owed_to_groups d on d.mechanism_id = a.mechanism and d.party = a.party
   cross join (select clock_timestamp()::timestamptz(3) as now) as clock`;

const counted = /* sql */ `
  select counts.* from rows from (jsonb_to_recordset($1::jsonb) as (
           mechanism text, party text, scope text, own text[], lent text[])) with ordinality as
         a(mechanism, party, scope, own, lent, place)
   cross join (select clock_timestamp() as now) as clock
   cross join lateral (${countsText(
     { mechanism: 'a.mechanism', party: 'a.party', own: 'a.own', lent: 'a.lent', now: 'clock.now' },
     ({ party, mine, delegated, all }) => `case a.scope when 'party' then ${party} when 'mine' then ${mine}
                                                        when 'delegated' then ${delegated} else ${all} end`,
   )}) as counts order by a.place`;
