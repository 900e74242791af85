/** Counts for metrics and health: nothing about a single case. */
import type { Pool } from 'pg';
import type { Stage } from '../domain/stages';
import { one, repeating } from './transaction';

export interface Figures {
  readonly casesByStage: Readonly<Partial<Record<Stage, number>>>;
  readonly stalled: number;
  readonly onHold: number;
  /** Open obligations past their due instant. */
  readonly overdue: number;
  readonly outboxPending: number;
  /** How long the oldest mail that could go is waiting; 0 when none is. */
  readonly outboxAgeMs: number;
  readonly outboxDead: number;
  readonly commandsUnanswered: number;
  readonly nudges: number;
  readonly placesFree: number;
}

export const createFigures = (pool: Pool) => (): Promise<Figures> =>
  repeating(pool, async (client) => {
    const { rows } = await one<Figures & Record<string, unknown>>(client, {
      name: 'figures',
      text: `
        select
          (select coalesce(jsonb_object_agg(stage, number), '{}')
             from (select stage, count(*) as number from cases group by stage) as by_stage) as "casesByStage",
          (select count(*) from cases where stalled_since is not null and stage <> 'closed') as stalled,
          (select count(*) from cases where on_hold and stage <> 'closed') as "onHold",
          (select count(*) from obligations where due < clock_timestamp() and since <= clock_timestamp()) as overdue,
          (select count(*) from outbox where status = 'pending') as "outboxPending",
          (select coalesce(extract(epoch from clock_timestamp() - min(next_attempt_at)) * 1000, 0)::float8
             from outbox where status = 'pending' and next_attempt_at <= clock_timestamp()) as "outboxAgeMs",
          (select count(*) from outbox where status = 'dead') as "outboxDead",
          (select count(*) from commands where status = 'accepted') as "commandsUnanswered",
          (select count(*) from nudges) as nudges,
          (select count(*) from places where case_id is null) as "placesFree"`,
    });
    return rows[0] as Figures;
  });
