/**
 * Officials who left while open cases name them: as the escort assigned, or as the one who said they would see to
 * something. By the newest version of the mechanism: people are no rules.
 */
import type { Pool, PoolClient } from 'pg';
import { findOfficial } from '../../contracts/mechanism/mechanism';
import type { Mechanism, MechanismOfficial } from '../../contracts/mechanism/mechanism';
import type { CaseId, OfficialId, PartyId } from '../../domain/model/ids';
import type { Mechanisms } from '../store/mechanisms';
import { query, retrying } from '../postgres/transaction';

/** A case that names somebody who is no longer there. */
export interface SubstitutionToNote {
  readonly case: CaseId;
  readonly official: OfficialId;
  readonly party: PartyId;
  /** Who takes over; absent when nobody does, or an escort's successor is none. */
  readonly by?: OfficialId;
  /** The version of the mechanism that says they left. */
  readonly mechanismVersion: number;
}

interface Leaver {
  readonly mechanism: string;
  readonly version: number;
  readonly official: OfficialId;
  readonly party: PartyId;
  readonly by: OfficialId | null;
  readonly byEscorts: boolean;
}

export function createSubstitutions(pool: Pool, mechanisms: Mechanisms) {
  /** By mechanism; made anew when there is a newer version. */
  const known = new Map<string, { version: number; leavers: readonly Leaver[] }>();

  async function leaversOf(client: PoolClient, id: string, version: number): Promise<readonly Leaver[]> {
    const found = known.get(id);
    if (found?.version === version) return found.leavers;
    const kept = await mechanisms.findOn(client, { id, version });
    if (!kept) return [];
    const { rows } = await query<{ official: OfficialId; party: PartyId }>(client, {
      name: 'officials-ever',
      text: `select distinct on (official) entry ->> 'id' as official, entry ->> 'party' as party
               from mechanisms m, jsonb_array_elements(m.content -> 'officials') as entry, lateral (
                    select entry ->> 'id' as official) as named
              where m.id = $1 order by official, m.version desc`,
      values: [id],
    });
    const leavers = rows
      .filter(({ official }) => findOfficial(kept.mechanism, official)?.active !== true)
      .map(({ official, party }) => {
        const by = successorOf(kept.mechanism, official, party);
        const byEscorts = by?.roles.includes('escort') ?? false;
        return { mechanism: id, version, official, party, by: by?.id ?? null, byEscorts };
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
        return rows.map(({ by, case: id, official, party, mechanismVersion }) => ({
          ...{ case: id, official, party, mechanismVersion },
          ...(by !== null && { by }),
        }));
      }),
  };
}
type ToNoteRow = Omit<SubstitutionToNote, 'by'> & { by: OfficialId | null };

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
const toNote = /* sql */ `
  with leavers as (
    select * from jsonb_to_recordset($1::jsonb) as row(
      mechanism text, version integer, official text, party text, by text, "byEscorts" boolean))
  select e.case_id as "case", l.official, l.party, l.version as "mechanismVersion",
         case when l."byEscorts" or not bool_or(e.type in ('EscortAssigned', 'OfficialSubstituted'))
              then l.by end as by
    from leavers l
    join events e on ${named} = l.official
                 and e.type in ('EscortAssigned', 'OfficialSubstituted', 'ObligationAcknowledged', 'ObligationSnoozed')
    join cases c on c.id = e.case_id and c.mechanism_id = l.mechanism and c.stage <> 'closed'
   where case when e.type in ('ObligationAcknowledged', 'ObligationSnoozed')
              then (e.event ->> 'until')::timestamptz > clock_timestamp()
              -- Another was assigned since.
              else not exists (select from events a where a.case_id = e.case_id and a.version > e.version
                                                      and a.type = 'EscortAssigned') end
     and not exists (select from events n where n.case_id = e.case_id and n.version > e.version
                                            and n.type = 'OfficialSubstituted'
                                            and n.event ->> 'official' = l.official)
   group by e.case_id, l.official, l.party, l.version, l.by, l."byEscorts"
   order by e.case_id, l.official limit $2`;
