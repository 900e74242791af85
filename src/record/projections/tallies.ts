/**
 * Counts that the database keeps by itself (migration `0009-tallies`): the upkeep adds up the differences that
 * commands have left, and the rebuild counts anew.
 */
import type { Pool } from 'pg';
import { begin, commit, retrying, pipeline } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

/** Two who add up at once, or one and a rebuild, would each see what the other has yet to remove. */
const inTurn: Statement = { text: `select pg_advisory_xact_lock(hashtextextended('tallies', 0))` };

const addUp: Statement = {
  name: 'add-up-tallies',
  text: `
    with many as (
      select what, mechanism_id, subject, day from tallies
       group by what, mechanism_id, subject, day having count(*) > 1),
    gone as (
      delete from tallies using many
       where (tallies.what, tallies.mechanism_id, tallies.subject, tallies.day)
           = (many.what, many.mechanism_id, many.subject, many.day)
      returning tallies.*)
    insert into tallies (what, mechanism_id, subject, day, number)
    select what, mechanism_id, subject, day, sum(number) from gone
     group by what, mechanism_id, subject, day having sum(number) <> 0`,
};

/** Changes no sum. Safe beside commands, which only add rows. */
export const createTallies = (pool: Pool) => ({
  addUp: (): Promise<void> =>
    retrying(pool, async (client) => {
      await pipeline(client, [begin, inTurn, addUp, commit]);
    }),
});

/** For the rebuild, which has emptied what is counted and is about to write it again: from then on they are right. */
export const forgetTallies: readonly Statement[] = [inTurn, { text: 'delete from tallies' }];
export { addUp as addUpTallies };
