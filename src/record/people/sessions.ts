/**
 * Sessions of browsers. Which hash is whose, and until when; the secret itself is only in the browser's cookie. Every
 * look asks the table, so that what ended in one process has ended in all.
 */
import type { Pool } from 'pg';
import type { OfficialId } from '../../domain/model/ids';
import { query, retrying } from '../postgres/transaction';

export interface SessionOwner {
  readonly mechanism: string;
  readonly official: OfficialId;
}
export interface KeptSession extends SessionOwner {
  /** Milliseconds since 1970: unless it is seen again, and in any case. */
  readonly idleAt: number;
  readonly overAt: number;
  /** The longest that one may count: of an escort who travels. */
  readonly lastAt: number;
  /** By the clock of the database, which set the others. */
  readonly now: number;
}

/** Whoever acts on a child's case signs in each day, and again after an hour away from the desk. */
const idleFor = `interval '1 hour'`;
const countsFor = `interval '10 hours'`;
/** A journey takes days, and a sign-in page is no help on the road. */
const onTheRoadFor = `interval '72 hours'`;
/** Often enough for an hour's idle time. */
const seenEvery = `interval '1 minute'`;

const milliseconds = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::float8`;

export const createSessions = (pool: Pool) => ({
  /** Also removes what has ended. */
  begin: ({ mechanism, official }: SessionOwner, hash: string): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'begin-session',
        text: `with gone as (delete from sessions where ends_at <= clock_timestamp())
               insert into sessions (hash, mechanism_id, official, made_at, seen_at, ends_at)
               select $1, $2, $3, now, now, now + ${onTheRoadFor} from (select clock_timestamp() as now) as moment
               on conflict (hash) do nothing`,
        values: [hash, mechanism, official],
      });
    }),

  /** As it is kept: whether it still counts depends on whether its official travels. */
  find: (hash: string): Promise<KeptSession | undefined> =>
    retrying(pool, async (client) => {
      const { rows } = await query<KeptSession & Record<string, unknown>>(client, {
        name: 'find-session',
        text: `select mechanism_id as mechanism, official, ${milliseconds(`seen_at + ${idleFor}`)} as "idleAt",
                      ${milliseconds(`made_at + ${countsFor}`)} as "overAt", ${milliseconds('ends_at')} as "lastAt",
                      ${milliseconds('clock_timestamp()')} as now
                 from sessions where hash = $1`,
        values: [hash],
      });
      return rows[0];
    }),

  /** It is used: the hour begins anew. */
  see: (hash: string): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'see-session',
        text: `update sessions set seen_at = clock_timestamp()
                where hash = $1 and seen_at < clock_timestamp() - ${seenEvery}`,
        values: [hash],
      });
    }),

  /** Whether this official is the escort of a child who has set out and is not handed over yet. */
  isOnTheRoad: ({ mechanism, official }: SessionOwner): Promise<boolean> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ travels: boolean }>(client, {
        name: 'on-the-road',
        text: `select exists (
                 select from events e join cases c on c.id = e.case_id
                  where e.type in ('EscortAssigned', 'OfficialSubstituted')
                    and (e.type = 'EscortAssigned' or e.event ? 'escort')
                    and (case e.type when 'EscortAssigned' then e.event ->> 'escort'
                         when 'OfficialSubstituted' then e.event ->> 'by' else e.actor ->> 'official' end) = $2
                    and c.mechanism_id = $1 and c.stage in ('transit', 'handover')
                    and not exists (
                      select from events later where later.case_id = e.case_id and later.version > e.version
                         and (later.type = 'EscortAssigned'
                              or (later.type = 'OfficialSubstituted' and later.event ? 'escort')))) as travels`,
        values: [mechanism, official],
      });
      return rows[0]?.travels === true;
    }),

  end: (hash: string): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'end-session',
        text: 'delete from sessions where hash = $1',
        values: [hash],
      });
    }),

  /** Everywhere. */
  endAll: ({ mechanism, official }: SessionOwner): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'end-sessions',
        text: 'delete from sessions where mechanism_id = $1 and official = $2',
        values: [mechanism, official],
      });
    }),
});
