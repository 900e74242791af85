import { Client } from 'pg';
import { caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
let id: string;
beforeAll(async () => {
  room = await openRecordRoom();
  id = await caseAt(room, 'verified');
  await room.send('qa-officer-1', id, { type: 'recordMediation', party: 'nobody' });
});
afterAll(() => room.close());

const attempts = (table: string, column: string): string[] => [
  `update ${table} set ${column} = ${column}`,
  `update ${table} set ${column} = ${column} where false`,
  `delete from ${table}`,
  `truncate ${table}`,
  `truncate ${table} cascade`,
];

describe('what is recorded is never changed, and the database itself sees to it', () => {
  const tables: [string, string][] = [
    ['events', 'event'],
    ['mechanisms', 'content'],
    ['refusals', 'rejection'],
    ['absences', 'until'],
    ['absence_ends', 'request'],
    ['webhook_secrets', 'request'],
  ];
  for (const [table, column] of tables) {
    it(`refuses the application to change or remove ${table}`, async () => {
      for (const attempt of attempts(table, column))
        await expect(room.pool.query(attempt)).rejects.toMatchObject({ code: '42501' });
    });

    it(`refuses it to a superuser too, even one that calls itself a replica: ${table}`, async () => {
      const client = new Client({ connectionString: room.database.superuserUrl });
      await client.connect();
      try {
        for (const role of ['origin', 'replica', 'local']) {
          await client.query(`set session_replication_role = ${role}`);
          for (const attempt of attempts(table, column))
            await expect(client.query(attempt)).rejects.toMatchObject({ code: '23001' });
        }
      } finally {
        await client.end();
      }
    });
  }

  it('keeps the answer of a recorded command, its body and its case', async () => {
    const { rows } = await room.pool.query<{ id: string }>(
      `select id from commands where status = 'recorded' and case_id = $1 limit 1`,
      [id],
    );
    const command = rows[0]!.id;
    for (const change of [
      `status = 'refused'`,
      `answer = '{}'`,
      `body_hash = ''`,
      `id = 'other'`,
      `case_id = ''`,
    ])
      await expect(
        room.pool.query(`update commands set ${change} where id = $1`, [command]),
      ).rejects.toMatchObject({ code: '23001' });
    await expect(room.pool.query('delete from commands where id = $1', [command])).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('never rewrites a dossier or a note; erasing one stays possible', async () => {
    const note = '8f14e45f-ceea-4672-8b34-0242ac120002';
    await room.record.depositNotes([
      { id: note, case: id, party: 'ukraine', official: 'ua-official-1', text: 'A text' },
    ]);
    await expect(room.pool.query(`update dossiers set content = '{}'`)).rejects.toMatchObject({
      code: '23001',
    });
    await expect(room.pool.query(`update notes set text = ''`)).rejects.toMatchObject({ code: '23001' });
    await room.pool.query('delete from notes where id = $1', [note]);
    await expect(room.record.findNotes(id, [note])).resolves.toEqual([]);
  });

  it('keeps every refusal of an official, with the code it was given', async () => {
    const { rows } = await room.pool.query(
      `select command_type, rejection ->> 'code' as code, actor ->> 'official' as official from refusals where case_id = $1`,
      [id],
    );
    expect(rows).toEqual([
      { command_type: 'recordMediation', code: expect.any(String), official: 'qa-officer-1' },
    ]);
  });
});
