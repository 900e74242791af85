/** Beds of a site as lists and figures show them: who is in which bed, and how many were taken on each night. */
import { sql } from 'kysely';
import type { Sleeper } from '../../domain/model/beds';
import type { CaseId, PartyId, SiteId } from '../../domain/model/ids';
import type { Instant, LocalDate } from '../../domain/calendar/time';
import type { Database } from '../postgres/database';

export interface SiteScope {
  readonly mechanism: string;
  readonly site: SiteId;
}
export interface Standing {
  readonly case: CaseId;
  readonly sleeper: Sleeper;
  readonly number: number;
  readonly firstNight: LocalDate;
  readonly leavesOn?: LocalDate;
  readonly occupied: boolean;
  readonly since: Instant;
}
export interface TakenNight {
  readonly date: LocalDate;
  readonly occupied: number;
  readonly held: number;
}
interface Asked extends SiteScope {
  readonly from: LocalDate;
  /** Not included. */
  readonly to: LocalDate;
  /** At the site: whoever is still there sleeps there tonight, whatever was planned. */
  readonly today: LocalDate;
  /** Numbers of beds that are no room for children: a carer who lies in one takes none from them. */
  readonly carerBeds: readonly number[];
  /** Only cases of this party. */
  readonly party?: PartyId;
}

export const createSites = (db: Database) => ({
  /** Whoever has a bed or is to have one. */
  standing: async ({ mechanism, site }: SiteScope): Promise<Standing[]> => {
    const { rows } = await sql<{
      case: CaseId;
      sleeper: Sleeper;
      number: number;
      first: LocalDate;
      leaves: LocalDate | null;
      occupied: boolean;
      since: Instant;
    }>`
      select case_id as "case", sleeper, number, lower(nights) as first, upper(nights) as leaves, occupied, since
        from bookings where mechanism_id = ${mechanism} and site = ${site} and left_at is null
       order by number, lower(nights)`.execute(db);
    return rows.map(({ first, leaves, ...row }) => ({
      ...row,
      firstNight: first,
      ...(leaves !== null && { leavesOn: leaves }),
    }));
  },

  /** When each bed was last given back; only of beds that were. */
  freed: async ({ mechanism, site }: SiteScope): Promise<ReadonlyMap<number, Instant>> => {
    const { rows } = await sql<{ number: number; at: Instant }>`
      select number, freed_at as at from places
       where mechanism_id = ${mechanism} and site = ${site} and freed_at is not null`.execute(db);
    return new Map(rows.map(({ number, at }) => [number, at]));
  },

  /** Those that changes of the number come to on each night, from the first to the last. */
  nights: async ({ mechanism, site, from, to, today, carerBeds, party }: Asked): Promise<TakenNight[]> => {
    const { rows } = await sql<{ date: LocalDate; occupied: number; held: number }>`
      with taken as (
        select occupied, greatest(lower(nights), ${from}::date) as first,
               -- The greatest of two would leave out an end that nobody has said.
               case when occupied and left_at is null and upper(nights) is not null
                    then greatest(upper(nights), ${today}::date + 1) else upper(nights) end as leaves
          from bookings
         where mechanism_id = ${mechanism} and site = ${site} and lower(nights) < ${to}::date
           and (sleeper = 'child' or number <> all (${carerBeds}::integer[]))
           and (${party ?? null}::text is null
                or exists (select from cases where id = case_id and ${party ?? null}::text = any (parties)))
      ), changes as (
        select occupied, first as date, 1 as number from taken where leaves is null or leaves > ${from}::date
        union all
        select occupied, leaves, -1 from taken where leaves > ${from}::date and leaves < ${to}::date
      )
      select date, coalesce(sum(number) filter (where occupied), 0)::integer as occupied,
             coalesce(sum(number) filter (where not occupied), 0)::integer as held
        from changes group by date order by date`.execute(db);
    return rows;
  },
});
