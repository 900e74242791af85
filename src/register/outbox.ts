/**
 * The outbox: mails that events imply, until they are sent. Written by the transaction that appends the event;
 * this module hands them out and takes back how it went. A row is handed to one dispatcher at a time.
 */
import type { Pool } from 'pg';
import type { CaseId, OfficialId, PartyId } from '../domain/ids';
import type { MechanismRef } from '../domain/mechanism';
import type { Notice } from '../domain/notices';
import type { Role } from '../domain/parties';
import type { Instant } from '../domain/time';
import { one, repeating } from './transaction';

export interface OutboxItem {
  /** The notice's key: the same at every attempt, for the receiver to recognise a repeat. */
  readonly id: string;
  readonly case: CaseId;
  /** Whose officials and languages count. */
  readonly mechanism: MechanismRef;
  readonly notice: Notice;
  readonly party: PartyId;
  /** Empty: every official of the party. */
  readonly roles: readonly Role[];
  readonly safety: boolean;
  readonly createdAt: Instant;
  /** Counts this one. */
  readonly attempts: number;
  /** Officials who have it already, from an attempt that broke off. */
  readonly sentTo: readonly OfficialId[];
}

export const createOutbox = (pool: Pool) => {
  const run = (name: string, text: string, values: unknown[]): Promise<number> =>
    repeating(pool, async (client) => (await one(client, { name, text, values })).rowCount ?? 0);

  return {
    /**
     * Takes up to `limit` rows that are due, those of safety first, and keeps them from others for `leaseMs`:
     * who dies with them gives them back that way. Choose a lease longer than the slowest mail server.
     */
    claim: (limit: number, leaseMs: number): Promise<OutboxItem[]> =>
      repeating(pool, async (client) => {
        const { rows } = await one<OutboxItem & Record<string, unknown>>(client, {
          name: 'claim-outbox',
          text: `
            with due as (
              select id from outbox where status = 'pending' and next_attempt_at <= clock_timestamp()
               order by safety desc, next_attempt_at, id limit $1 for update skip locked),
            taken as (
              update outbox set attempts = attempts + 1,
                     next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond'
               where id in (select id from due) returning *)
            select taken.id, taken.case_id as "case", taken.notice, taken.party, taken.roles, taken.safety,
                   taken.created_at as "createdAt", taken.attempts, taken.sent_to as "sentTo",
                   jsonb_build_object('id', mechanism_id, 'version', mechanism_version) as mechanism
              from taken join cases on cases.id = taken.case_id
             order by taken.safety desc, taken.created_at, taken.id`,
          values: [limit, leaseMs],
        });
        return rows;
      }),

    /** One of its receivers has it; a later attempt passes them over. Call it as soon as the mail is out. */
    markSentTo: (id: string, official: OfficialId): Promise<number> =>
      run(
        'mark-sent-to',
        'update outbox set sent_to = array_append(sent_to, $2) where id = $1 and not $2 = any (sent_to)',
        [id, official],
      ),

    /** All its receivers have it, or it has none. */
    markSent: (id: string): Promise<number> =>
      run(
        'mark-sent',
        `update outbox set status = 'sent', sent_at = clock_timestamp(), last_error_code = null
          where id = $1 and status = 'pending'`,
        [id],
      ),

    /** Not sent; tried again in `retryInMs`, or never (`dead`) when there is none. `code` is free of addresses. */
    markFailed: (id: string, code: string, retryInMs?: number): Promise<number> =>
      run(
        'mark-failed',
        `update outbox set last_error_code = $2,
                status = case when $3::float8 is null then 'dead' else status end,
                next_attempt_at = case when $3::float8 is null then next_attempt_at
                                       else clock_timestamp() + $3 * interval '1 millisecond' end
          where id = $1 and status = 'pending'`,
        [id, code, retryInMs ?? null],
      ),

    /** Kept back until an instant, for quiet hours or a digest; that is no failed attempt. */
    defer: (ids: readonly string[], until: Instant): Promise<number> =>
      run(
        'defer-outbox',
        `update outbox set next_attempt_at = $2, attempts = greatest(attempts - 1, 0)
          where id = any ($1::text[]) and status = 'pending'`,
        [ids, until],
      ),

    /** Still to be sent? A reminder claimed a while ago may have been silenced since. */
    isPending: async (id: string): Promise<boolean> =>
      repeating(pool, async (client) => {
        const text = `select 1 from outbox where id = $1 and status = 'pending'`;
        return (await one(client, { name: 'is-pending', text, values: [id] })).rowCount === 1;
      }),
  };
};
