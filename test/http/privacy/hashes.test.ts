/** No hash leaves the record by which somebody could try out what they may not read (issue 9, E24). */
import { canonicalHash, dossierHashOf } from '../../../src/contracts/seal';
import { aDossier } from '../../record/support/record-room';
import { acceptance, playInRecord, proposal, verification } from '../../workflows/support/plain-return';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

describe('the hash of a dossier', () => {
  let room: ApiRoom;
  let id: string;
  beforeAll(async () => {
    room = await openApiRoom('http-hashes', { worker: false });
    id = await room.open();
    await playInRecord(room.process, id, [...acceptance, ...verification, proposal]);
  });
  afterAll(() => room.close());
  const paths = () => [`/v1/cases/${id}`, `/v1/cases/${id}/timeline`];
  const seenBy = async (official: string): Promise<string> =>
    (await Promise.all(paths().map((path) => room.as(official).get(path))))
      .map(({ text }) => text)
      .join('\n');

  it('is salted: nobody finds a hidden birth date by trying', async () => {
    const kept = (await room.process.record.load(id))!.state.dossier.hash;
    expect(kept).not.toBe(canonicalHash(aDossier));
    const { rows } = await room.process.pool.query<{ salt: string; content: object }>(
      'select salt, content from dossiers where case_id = $1',
      [id],
    );
    expect(rows[0]!.salt).toMatch(/^[0-9a-f]{64}$/);
    expect(dossierHashOf(rows[0]!.content, rows[0]!.salt)).toBe(kept);
    const other = await room.open();
    expect((await room.process.record.load(other))!.state.dossier.hash).not.toBe(kept);
    const events = JSON.stringify((await room.process.record.catchUp(id, 0)).events);
    expect(events).not.toContain(canonicalHash(aDossier));
    expect(events).not.toContain(rows[0]!.salt);
  });

  it('is told to nobody who may not read the whole dossier, by no field and no event; its salt to nobody', async () => {
    const { hash } = (await room.process.record.load(id))!.state.dossier;
    const { rows } = await room.process.pool.query<{ salt: string }>(
      'select salt from dossiers where case_id = $1',
      [id],
    );
    for (const official of ['ru-official-1', 'ru-decider', 'em-host', 'es-dispatcher', 're-receiver'])
      expect(await seenBy(official)).not.toContain(hash);
    for (const official of ['ua-official-1', 'qa-officer-1']) {
      expect(await seenBy(official)).toContain(hash);
      expect(await seenBy(official)).not.toContain(rows[0]!.salt);
    }
  });

  it('of before there were salts still holds', async () => {
    const old = await openedBefore(room);
    const { version } = (await room.process.record.load(old))!.state;
    const revised = { ...aDossier, sourceNote: 'a revision' };
    const answer = await room
      .as('ua-official-1')
      .put(`/v1/cases/${old}/dossier`, revised, { 'if-match': `"${version}"` });
    expect(answer.status).toBe(200);
    expect((await room.process.record.load(old))!.state.dossier.version).toBe(2);
  });
});

/** As 0.2 opened cases. */
const openedBefore = (room: ApiRoom) => room.process.open({ started: false });
