/** Makes what happened in a case have happened earlier, as nobody but a test on its own database could. */
import { Client } from 'pg';
import type { CaseId } from '../../src/domain/model/ids';
import type { RecordRoom } from '../record/support/record-room';

const instants = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/g;

/** Instants move, dates of plans and papers stay. Projections are made anew from what then stands there. */
export async function shiftTime(room: RecordRoom, id: CaseId, days: number): Promise<void> {
  const earlier = (text: string): string =>
    text.replace(
      instants,
      (_all, at: string) => `"${new Date(Date.parse(at) - days * 86_400_000).toISOString()}"`,
    );
  const client = new Client({ connectionString: room.database.superuserUrl });
  await client.connect();
  try {
    await client.query('alter table events disable trigger append_only');
    const { rows } = await client.query<{ version: number; event: object }>(
      'select version, event from events where case_id = $1',
      [id],
    );
    for (const { version, event } of rows)
      await client.query(
        `update events set event = $3, at = at - $4 * interval '1 day' where case_id = $1 and version = $2`,
        [id, version, earlier(JSON.stringify(event)), days],
      );
    await client.query('alter table events enable always trigger append_only');
  } finally {
    await client.end();
  }
  await room.another().record.rebuildProjections();
}
