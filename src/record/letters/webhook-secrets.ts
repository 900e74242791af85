/** Generations of the webhook secrets of parties. The secrets themselves follow from the seal key and are not here. */
import type { Pool } from 'pg';
import { rotationOverlapHours } from '../../contracts/webhook-secret';
import type { OfficialId, PartyId } from '../../domain/model/ids';
import { addDuration } from '../../domain/calendar/time';
import type { Instant } from '../../domain/calendar/time';
import { query, retrying } from '../postgres/transaction';

export interface SecretGeneration {
  readonly generation: number;
  /** Absent for the first, which has always been. */
  readonly since?: Instant;
  readonly raisedBy?: OfficialId;
}
export interface RaiseGeneration {
  readonly mechanism: string;
  readonly party: PartyId;
  readonly by: OfficialId;
  /** Who asks and under which key; the same again raises nothing. */
  readonly request: string;
}
type Row = Required<SecretGeneration> & Record<string, unknown>;

const columns = 'generation, raised_at as since, raised_by as "raisedBy"';

export const createWebhookSecrets = (pool: Pool) => {
  const current = (mechanism: string, party: PartyId): Promise<SecretGeneration> =>
    retrying(pool, async (client) => {
      const { rows } = await query<Row>(client, {
        name: 'webhook-generation',
        text: `select ${columns} from webhook_secrets
                where mechanism_id = $1 and party = $2 order by generation desc limit 1`,
        values: [mechanism, party],
      });
      return rows[0] ?? { generation: 1 };
    });

  return {
    current,

    /** Those that count now, the newest first: what is sent is signed with each. */
    async generations(mechanism: string, party: PartyId, now: Instant): Promise<number[]> {
      const { generation, since } = await current(mechanism, party);
      const overlaps = since !== undefined && now < addDuration(since, `PT${rotationOverlapHours}H`);
      return overlaps ? [generation, generation - 1] : [generation];
    },

    /** Undefined when this very request raised one that has been replaced since. */
    raise: ({ mechanism, party, by, request }: RaiseGeneration): Promise<SecretGeneration | undefined> =>
      retrying(pool, async (client) => {
        const { rows } = await query<Row & { request: string }>(client, {
          name: 'raise-webhook-generation',
          // Two at once would be given the same number: the second finds it taken and looks again.
          text: `with newest as (
                   select generation, raised_at, raised_by, request from webhook_secrets
                    where mechanism_id = $1 and party = $2 order by generation desc limit 1),
                 raised as (
                   insert into webhook_secrets (mechanism_id, party, generation, raised_by, request, raised_at)
                   select $1, $2, coalesce((select generation from newest), 1) + 1, $3, $4, clock_timestamp()
                    where not exists (select from webhook_secrets where request = $4)
                   returning generation, raised_at, raised_by, request)
                 select ${columns}, request from raised union all select ${columns}, request from newest
                  order by generation desc limit 1`,
          values: [mechanism, party, by, request],
        });
        const newest = rows[0];
        if (newest?.request !== request) return undefined;
        const { generation, since, raisedBy } = newest;
        return { generation, since, raisedBy };
      }),
  };
};
