/** How long five years of a site's nights take over HTTP, when few and when many children have slept there. */
import type { Pool } from 'pg';
import { createOfficials } from '../../src/simulation/officials';
import { measureReads, type ReadFigures, type Question } from '../load/measure-reads';
import type { Servers } from '../servers';
import { openInboxGround } from './inbox-ground';

export interface OccupancyPlan {
  readonly times: number;
}
export interface OccupancyFigures {
  /** Stays that the nights are counted from. */
  readonly stays: number;
  readonly reads: readonly ReadFigures[];
}

const days = 1_826;
const warmUpTimes = 20;
/** A full house of fifteen for ten nights each; and one of sixty for five. */
const houses = [
  { beds: 15, nights: 10 },
  { beds: 60, nights: 5 },
] as const;

export async function measureOccupancy(
  root: string,
  servers: Servers,
  { times }: OccupancyPlan,
  say: (line: string) => void,
): Promise<OccupancyFigures[]> {
  const { pool, mechanism, url, issueSignInLink, close } = await openInboxGround(root, servers);
  try {
    const officials = createOfficials(mechanism, { apiUrl: () => url, issueSignInLink });
    const site = mechanism.sites[0]?.id ?? '';
    const dateOf = (day: number): string =>
      new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10);
    const question: Question = {
      list: 'nights of five years',
      path: `/v1/sites/${site}/days?from=${dateOf(-days)}&to=${dateOf(0)}`,
      by: ['mediator', 'host', 'holding'],
    };
    await measureReads(officials, warmUpTimes, [question]);
    const found: OccupancyFigures[] = [];
    for (const { beds, nights } of houses) {
      say(`Occupancy: ${beds} beds, ${nights} nights each, over five years`);
      const stays = await layStays(pool, { mechanism: mechanism.id, site, beds, nights });
      found.push({ stays, reads: await measureReads(officials, times, [question]) });
    }
    return found;
  } finally {
    await close();
  }
}

/** All of the one case there is: what is over may be many. */
async function layStays(
  pool: Pool,
  { mechanism, site, beds, nights }: { mechanism: string; site: string; beds: number; nights: number },
): Promise<number> {
  await pool.query('delete from bookings');
  const { rowCount } = await pool.query(
    `insert into bookings (mechanism_id, site, number, case_id, nights, occupied, since, left_at)
     select $1, $2, bed, (select id from cases order by opened_at limit 1),
            daterange(current_date - first - $4::integer, current_date - first), true,
            now() - first * interval '1 day', now()
       from generate_series(1, $3::integer) as bed, generate_series(0, $5::integer, $4::integer) as first`,
    [mechanism, site, beds, nights, days],
  );
  await pool.query('analyze bookings');
  return rowCount ?? 0;
}
