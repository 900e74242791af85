/** The plain way's one activity: one row in Postgres, safe to repeat. */
import type { Pool } from 'pg';

export interface PlainStep {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly last: boolean;
}

export const plainTable = `
  create table plain_steps (
    id text primary key,
    return text not null,
    name text not null,
    by text not null,
    at timestamptz not null default now()
  )`;

export const createPlainActivities = (pool: Pool) => ({
  async insertStep({ id, return: workflow, name, by }: PlainStep & { return: string }): Promise<void> {
    await pool.query({
      name: 'insert-step',
      text: 'insert into plain_steps (id, return, name, by) values ($1, $2, $3, $4) on conflict (id) do nothing',
      values: [id, workflow, name, by],
    });
  },
});
export type PlainActivities = ReturnType<typeof createPlainActivities>;
