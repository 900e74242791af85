/** Commands by id: accepted before they are sent as a signal, looked up by whoever waits for their answer. */
import type { Pool } from 'pg';
import { bodyHash as hashOf } from '../contracts/seal';
import type { CommandEnvelope } from '../domain/commands';
import type { CaseId, CommandId, Sha256 } from '../domain/ids';
import { rejected } from '../domain/rejections';
import type { Rejection } from '../domain/rejections';
import type { CommandStatus } from './submission';
import { one, repeating } from './transaction';

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
  /**
   * Keeps a command until its answer: from here on it is not lost, whoever dies. One that was refused before
   * may be tried again; one that was recorded gives its answer; another body under the id is rejected.
   */
  accept: (envelope: CommandEnvelope): Promise<CommandStatus | { rejection: Rejection }> =>
    repeating(pool, async (client) => {
      const bodyHash = hashOf(envelope);
      const written = await one<CommandRow>(client, {
        name: 'accept-command',
        text: `insert into commands (id, case_id, status, body_hash, envelope) values ($1, $2, 'accepted', $3, $4)
               on conflict (id) do update set status = 'accepted', answer = null, answered_at = null
                 where commands.status = 'refused' and commands.body_hash = excluded.body_hash
                   and commands.case_id = excluded.case_id
               returning status, case_id, body_hash, answer`,
        values: [envelope.id, envelope.case, bodyHash, JSON.stringify(envelope)],
      });
      const row = written.rows[0] ?? (await one<CommandRow>(client, findById(envelope.id))).rows[0];
      return row?.body_hash === bodyHash ? statusOf(row) : rejected('command-id-reused');
    }),

  find: (id: CommandId): Promise<CommandStatus | undefined> =>
    repeating(pool, async (client) => {
      const { rows } = await one<CommandRow>(client, findById(id));
      return rows[0] && statusOf(rows[0]);
    }),

  /** Accepted longer ago than this and still without an answer, oldest first: their signal may not have left. */
  undelivered: (olderThanMs: number, limit: number): Promise<CommandEnvelope[]> =>
    repeating(pool, async (client) => {
      const { rows } = await one<{ envelope: CommandEnvelope }>(client, {
        name: 'undelivered-commands',
        text: `select envelope from commands
                where status = 'accepted' and taken_at < clock_timestamp() - $1 * interval '1 millisecond'
                order by taken_at limit $2`,
        values: [olderThanMs, limit],
      });
      return rows.map(({ envelope }) => envelope);
    }),
});

const findById = (id: CommandId) => ({
  name: 'find-command',
  text: 'select status, case_id, body_hash, answer from commands where id = $1',
  values: [id],
});
