/**
 * Which code made the lists. A release that adds to them raises the number; the first process that starts on a
 * database of an older number makes them anew from the events, and the others wait for it.
 */
import type { PoolClient } from 'pg';
import { query } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

/**
 * 2: what lapses, pauses, past obligations and past stages. 3: when a child's safety next needs a look. 4: days are those
 * of places; names, numbers and zones folded. 5: children to be heard and identified, concerns, visits at which
 * the child was not met. 6: in whose care. 7: whose case it is. 8: children whose site closes. 9: beds by nights.
 * 10: what is owed to groups.
 */
const projectionsVersion = 10;

export const noteVersion: Statement = {
  text: `insert into projections_version (version) values (${projectionsVersion})
         on conflict (single) do update set version = greatest(projections_version.version, excluded.version)`,
};

export async function areCurrent(client: PoolClient): Promise<boolean> {
  const { rows } = await query<{ version: number }>(client, {
    text: 'select version from projections_version',
  });
  return (rows[0]?.version ?? 1) >= projectionsVersion;
}
