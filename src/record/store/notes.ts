/** Free text that events refer to by id. Kept apart, because events travel and texts name people. */
import type { Pool } from 'pg';
import type { CaseId, NoteId, OfficialId, PartyId } from '../../domain/model/ids';
import type { Instant } from '../../domain/calendar/time';
import { query, retrying } from '../postgres/transaction';
import type { Statement } from '../postgres/transaction';

export interface Note {
  readonly id: NoteId;
  readonly case: CaseId;
  readonly party: PartyId;
  readonly official: OfficialId;
  readonly text: string;
  /** The side in whose name it was written: theirs to read, too. */
  readonly inNameOf?: PartyId;
}
export interface KeptNote extends Note {
  readonly at: Instant;
}

/** The id is made from the command, the field and the text: the same note twice is once. */
export const writeNotes = (notes: readonly Note[]): Statement => ({
  name: 'write-notes',
  text: `insert into notes (id, case_id, party, official, text, in_name_of, at)
         select id, "case", party, official, text, "inNameOf", clock_timestamp()
           from jsonb_to_recordset($1::jsonb)
                as note(id uuid, "case" text, party text, official text, text text, "inNameOf" text)
         on conflict (id) do nothing`,
  values: [JSON.stringify(notes)],
});

export const createNotes = (pool: Pool) => ({
  /** Before the command that refers to them; those whose command is then refused stay unreferred to. */
  deposit: (notes: readonly Note[]): Promise<void> =>
    notes.length === 0
      ? Promise.resolve()
      : retrying(pool, async (client) => {
          await query(client, writeNotes(notes));
        }),

  /** Of this case only, whatever ids are asked for. Who may read a text is for the caller to know. */
  find: (id: CaseId, notes: readonly NoteId[]): Promise<KeptNote[]> =>
    retrying(pool, async (client) => {
      const { rows } = await query<KeptNote & Record<string, unknown>>(client, {
        name: 'find-notes',
        text: `select id, case_id as "case", party, official, text, in_name_of as "inNameOf", at from notes
                where case_id = $1 and id = any ($2::uuid[])`,
        values: [id, notes],
      });
      return rows;
    }),
});
