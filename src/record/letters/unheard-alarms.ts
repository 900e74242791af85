/**
 * Alarms that have not reached somebody: letters about a child's safety whose first attempt failed, or that nobody
 * took in hand for half a minute. The case is told once, at once, and again when they did arrive. Letters come and go
 * by the dispatcher; what is kept here is only which of them their cases know of.
 */
import type { Pool } from 'pg';
import type { CaseId } from '../../domain/model/ids';
import type { UnheardAlarm } from '../../domain/model/reminding';
import { query, retrying } from '../postgres/transaction';

export interface AlarmsOfCase<Receiver> {
  readonly case: CaseId;
  readonly letters: readonly string[];
  readonly receivers: readonly Receiver[];
}
type Heard = Pick<UnheardAlarm, 'party' | 'official'>;

/** An alarm goes within a second; a worker that is away, or a mail server that hangs, is seen by this. */
const promptlyMs = 30_000;

/** Of `letters l`. A system that does not take its message is its operators' concern: people are written to as well. */
export const isUnheard = `l.safety and l.status in ('pending', 'dead') and l.send_at <= clock_timestamp()
  and (l.last_error_code is not null or l.send_at < clock_timestamp() - ${promptlyMs} * interval '1 millisecond')`;
const isNew = `${isUnheard} and l.kind <> 'webhook' and l.noted_at is null
  and (l.status = 'pending' or l.given_up_at > clock_timestamp() - interval '1 day')`;
const hasArrived = `l.noted_at is not null and l.status in ('sent', 'silenced')`;

/** For the dispatcher's look, every second: nearly always neither. */
export const anyUnheard = `(exists (select from letters l where ${isNew}) or exists (select from letters l where ${hasArrived}))`;

const grouped = (receiver: string, condition: string, limit: string): string => `
  select o.case_id as "case", array_agg(distinct l.id) as letters,
         jsonb_agg(distinct ${receiver}) as receivers
    from letters l join letter_notices n on n.letter_id = l.id join outbox o on o.id = n.notice_id
   where ${condition} group by o.case_id order by min(l.send_at), o.case_id limit ${limit}`;

export const createUnheardAlarms = (pool: Pool) => ({
  /** Those whose cases do not know yet, the oldest first. */
  list: (limit = 100): Promise<AlarmsOfCase<UnheardAlarm>[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<AlarmsOfCase<UnheardAlarm> & Record<string, unknown>>(client, {
        name: 'unheard-alarms',
        text: grouped(
          `jsonb_strip_nulls(jsonb_build_object('party', l.party, 'official', l.official,
             'alarm', o.notice ->> 'kind', 'about', o.notice -> 'facts' ->> 'obligation',
             'code', coalesce(l.last_error_code, 'not-taken')))`,
          `${isNew} and o.status in ('routed', 'dead')`,
          '$1',
        ),
        values: [limit],
      });
      return rows.map((row) => ({ ...row, receivers: oneEach(row.receivers) }));
    }),

  /** Those whose cases still think so, though they have come through or nobody needs them any more. */
  listHeard: (limit = 100): Promise<AlarmsOfCase<Heard>[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<AlarmsOfCase<Heard> & Record<string, unknown>>(client, {
        name: 'heard-alarms',
        text: grouped(`jsonb_build_object('party', l.party, 'official', l.official)`, hasArrived, '$1'),
        values: [limit],
      });
      return rows;
    }),

  /** The case has been told, or is closed: not asked for again. */
  markNoted: (letters: readonly string[], isNoted: boolean): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'mark-noted',
        text: `update letters set noted_at = case when $2 then clock_timestamp() end where id = any ($1::text[])`,
        values: [letters, isNoted],
      });
    }),
});

/** Of several alarms to one person the first: whoever tells them looks at the case. */
const oneEach = (receivers: readonly UnheardAlarm[]): UnheardAlarm[] => [
  ...new Map([...receivers].reverse().map((each) => [each.official, each])).values(),
];
