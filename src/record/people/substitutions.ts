/**
 * Officials who left while open cases name them: as the escort assigned, as case officer or deputy, or as the one who
 * said they would see to something. And those who stay and may not have a case any more, while they have one. By the newest
 * version of the mechanism: people are no rules.
 */
import type { Pool, PoolClient } from 'pg';
import { findOfficial } from '../../contracts/mechanism/mechanism';
import type { Mechanism, MechanismOfficial } from '../../contracts/mechanism/mechanism';
import type { CaseId, OfficialId, PartyId } from '../../domain/model/ids';
import { officerRoles } from '../../domain/model/command-table';
import { hasAnyRole } from '../../domain/model/parties';
import type { Role } from '../../domain/model/parties';
import type { Mechanisms } from '../store/mechanisms';
import { query, retrying } from '../postgres/transaction';

/** A case that names somebody who is no longer there. */
export interface SubstitutionToNote {
  readonly case: CaseId;
  readonly official: OfficialId;
  readonly party: PartyId;
  /** Who takes over; absent when nobody does, or the successor does not hold the office that passes over. */
  readonly by?: OfficialId;
  /** They are still there, and have lost the role without which nobody has a case. */
  readonly stays?: true;
  /** The version of the mechanism that says so. */
  readonly mechanismVersion: number;
}

interface Leaver {
  readonly mechanism: string;
  readonly version: number;
  readonly official: OfficialId;
  readonly party: PartyId;
  readonly by: OfficialId | null;
  readonly byEscorts: boolean;
  readonly byRunsCases: boolean;
  readonly stays: boolean;
}

const runsCases = (roles: readonly Role[]): boolean => hasAnyRole(roles, officerRoles);

export function createSubstitutions(pool: Pool, mechanisms: Mechanisms) {
  /** By mechanism; made anew when there is a newer version. */
  const known = new Map<string, { version: number; leavers: readonly Leaver[] }>();

  async function leaversOf(client: PoolClient, id: string, version: number): Promise<readonly Leaver[]> {
    const found = known.get(id);
    if (found?.version === version) return found.leavers;
    const kept = await mechanisms.findOn(client, { id, version });
    if (!kept) return [];
    const { rows } = await query<{ official: OfficialId; party: PartyId; ranCases: boolean }>(client, {
      name: 'officials-ever',
      text: `select entry ->> 'id' as official, (array_agg(entry ->> 'party' order by m.version desc))[1] as party,
                    bool_or(entry -> 'roles' ?| $2::text[]) as "ranCases"
               from mechanisms m, jsonb_array_elements(m.content -> 'officials') as entry
              where m.id = $1 group by 1 order by 1`,
      values: [id, officerRoles],
    });
    const leavers = rows.flatMap(({ official, party, ranCases }): Leaver[] => {
      const found = findOfficial(kept.mechanism, official);
      const stays = found?.active === true;
      if (stays && (!ranCases || runsCases(found.roles))) return [];
      // Of somebody who stays nobody is the successor.
      const by = stays ? undefined : successorOf(kept.mechanism, official, party);
      const roles = by?.roles ?? [];
      return [
        {
          ...{ mechanism: id, version, official, party, stays, by: by?.id ?? null },
          byEscorts: roles.includes('escort'),
          byRunsCases: by !== undefined && runsCases(roles),
        },
      ];
    });
    known.set(id, { version, leavers });
    return leavers;
  }

  return {
    /** Two statements when nobody left; then no more is looked at than the events that name those who did. */
    listToNote: (limit = 500): Promise<SubstitutionToNote[]> =>
      retrying(pool, async (client) => {
        const { rows: newest } = await query<{ id: string; version: number }>(client, {
          name: 'newest-mechanisms',
          text: 'select id, max(version) as version from mechanisms group by id',
        });
        const leavers: Leaver[] = [];
        for (const { id, version } of newest) leavers.push(...(await leaversOf(client, id, version)));
        if (leavers.length === 0) return [];
        const { rows } = await query<Record<string, unknown> & ToNoteRow>(client, {
          name: 'substitutions-to-note',
          text: toNote,
          values: [JSON.stringify(leavers), limit],
        });
        return rows.map(({ by, stays, case: id, official, party, mechanismVersion }) => ({
          ...{ case: id, official, party, mechanismVersion },
          ...(by !== null && { by }),
          ...(stays && { stays }),
        }));
      }),
  };
}
type ToNoteRow = Omit<SubstitutionToNote, 'by' | 'stays'> & { by: OfficialId | null; stays: boolean };

/** The first of those named to take over who is still there, in the same party. */
function successorOf(
  mechanism: Mechanism,
  official: OfficialId,
  party: PartyId,
): MechanismOfficial | undefined {
  const passed = new Set<OfficialId>();
  let next = findOfficial(mechanism, official)?.replacedBy;
  while (next !== undefined && !passed.has(next)) {
    passed.add(next);
    const found = findOfficial(mechanism, next);
    if (found?.active) return found.party === party ? found : undefined;
    next = found?.replacedBy;
  }
  return undefined;
}

/** The index `events_naming` is over this very expression. */
const named = /* sql */ `(case e.type when 'EscortAssigned' then e.event ->> 'escort'
    when 'OfficialSubstituted' then e.event ->> 'by' else e.actor ->> 'official' end)`;
/** An office passes to a successor who holds it; what was only said is nobody's but for who takes over. */
const toNote = /* sql */ `
  with leavers as (
    select * from jsonb_to_recordset($1::jsonb) as row(
      mechanism text, version integer, official text, party text, by text, "byEscorts" boolean, "byRunsCases" boolean,
      stays boolean)),
  naming as (
    select e.case_id, l.official, l.mechanism, false as of_case,
           case when e.type in ('EscortAssigned', 'OfficialSubstituted') then l."byEscorts" else true end as fits
      from leavers l
      join events e on ${named} = l.official
                   and e.type in ('EscortAssigned', 'OfficialSubstituted', 'ObligationAcknowledged', 'ObligationSnoozed')
     where not l.stays
       and case when e.type in ('ObligationAcknowledged', 'ObligationSnoozed')
                then (e.event ->> 'until')::timestamptz > clock_timestamp()
                -- Another was assigned since.
                else not exists (select from events a where a.case_id = e.case_id and a.version > e.version
                                                        and a.type = 'EscortAssigned') end
       and not exists (select from events n where n.case_id = e.case_id and n.version > e.version
                                              and n.type = 'OfficialSubstituted'
                                              and n.event ->> 'official' = l.official)
    -- The list says who has a case now: once it is noted, they are not there any more.
    union all
    select c.id, l.official, l.mechanism, true, l."byRunsCases"
      from leavers l join cases c on c.mechanism_id = l.mechanism and c.officer = l.official
    union all
    select c.id, l.official, l.mechanism, true, l."byRunsCases"
      from leavers l join cases c on c.mechanism_id = l.mechanism and c.deputy = l.official)
  select c.id as "case", l.official, l.party, l.version as "mechanismVersion", l.stays,
         case when coalesce(bool_and(fits) filter (where of_case), bool_and(fits)) then l.by end as by
    from naming join leavers l using (official, mechanism)
    join cases c on c.id = naming.case_id and c.mechanism_id = l.mechanism and c.stage <> 'closed'
   group by c.id, l.official, l.party, l.version, l.by, l.stays
   order by c.id, l.official limit $2`;
