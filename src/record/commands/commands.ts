/** Commands by id, looked up by their senders; and what release 0.1 accepted without an answer. */
import { rejected } from '../../domain/model/rejections';
import type { Pool } from 'pg';
import type { CommandEnvelope } from '../../domain/model/commands';
import type { CaseId, CommandId, Sha256 } from '../../domain/model/ids';
import type { CommandStatus } from '../store/submission';
import { query, retrying } from '../postgres/transaction';

interface CommandRow {
  [column: string]: unknown;
  status: CommandStatus['status'];
  case_id: CaseId;
  body_hash: Sha256;
  answer: CommandStatus['answer'] | null;
}
const statusOf = ({ status, case_id, body_hash, answer }: CommandRow): CommandStatus => ({
  status,
  case: case_id,
  bodyHash: body_hash,
  ...(answer ? { answer } : {}),
});

export const createCommands = (pool: Pool) => ({
  find: (id: CommandId): Promise<CommandStatus | undefined> =>
    retrying(pool, async (client) => {
      const { rows } = await query<CommandRow>(client, findById(id));
      return rows[0] && statusOf(rows[0]);
    }),

  /**
   * Accepted by release 0.1 for a later answer and still without one, oldest first. Nothing is accepted since; this can
   * go when no database has such a row.
   */
  unanswered: (limit: number): Promise<CommandEnvelope[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<{ envelope: CommandEnvelope }>(client, {
        name: 'unanswered-commands',
        text: `select envelope from commands where status = 'accepted' order by taken_at limit $1`,
        values: [limit],
      });
      return rows.map(({ envelope }) => envelope);
    }),

  /** The end of one that fails whenever it is decided: its sender reads that it was not recorded. */
  refusePromised: (id: CommandId): Promise<void> =>
    retrying(pool, async (client) => {
      await query(client, {
        name: 'refuse-promised',
        text: `update commands set status = 'refused', answer = $2, answered_at = clock_timestamp()
                where id = $1 and status = 'accepted'`,
        values: [id, JSON.stringify(rejected('not-recordable'))],
      });
    }),
});

const findById = (id: CommandId) => ({
  name: 'find-command',
  text: 'select status, case_id, body_hash, answer from commands where id = $1',
  values: [id],
});
