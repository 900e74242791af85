import { openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeEach(async () => {
  room = await openRecordRoom();
});
afterEach(() => room.close());

const aHold = async (): Promise<string> => {
  const { case: id } = await room.open();
  await room.act('ru-official-1', id, { type: 'placeHold', hold: 'h', reason: 'legal' });
  return id;
};
const statuses = async () =>
  (await room.pool.query<{ status: string }>('select distinct status from outbox order by status')).rows.map(
    ({ status }) => status,
  );

describe('the outbox', () => {
  it('holds the mails that an event implies, once each, with the mechanism whose officials they go to', async () => {
    const id = await aHold();
    const items = await room.register.outbox.claim(50, 60_000);
    expect(items.map(({ party }) => party).sort()).toEqual(['qatar', 'ukraine']);
    expect(items[0]).toMatchObject({
      case: id,
      notice: { kind: 'hold-placed' },
      mechanism: { id: 'doha', version: 1 },
      attempts: 1,
      sentTo: [],
    });
  });

  it('hands a mail to one dispatcher only, though ten ask at once', async () => {
    for (let count = 0; count < 15; count += 1) await aHold();
    const { outbox } = room.another().register;
    const claims = await Promise.all(Array.from({ length: 10 }, () => outbox.claim(4, 60_000)));
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('gives a mail back when its dispatcher died, and never one that was sent', async () => {
    await aHold();
    const [first, second] = await room.register.outbox.claim(2, 0);
    await room.register.outbox.markSentTo(first!.id, 'qa-lead');
    await room.register.outbox.markSentTo(first!.id, 'qa-lead');
    await room.register.outbox.markSent(second!.id);
    const again = await room.register.outbox.claim(2, 60_000);
    expect(again).toMatchObject([{ id: first!.id, attempts: 2, sentTo: ['qa-lead'] }]);
    await room.register.outbox.markSent(first!.id);
    await expect(room.register.outbox.claim(2, 0)).resolves.toEqual([]);
    await expect(room.register.outbox.markFailed(first!.id, 'too-late')).resolves.toBe(0);
    await expect(statuses()).resolves.toEqual(['sent']);
  });

  it('waits before it tries again, gives up when told so, and keeps back without counting an attempt', async () => {
    await aHold();
    const [first, second] = await room.register.outbox.claim(2, 60_000);
    await room.register.outbox.markFailed(first!.id, 'smtp-451', 60_000);
    await room.register.outbox.markFailed(second!.id, 'smtp-550');
    await expect(room.register.outbox.claim(2, 0)).resolves.toEqual([]);
    await expect(statuses()).resolves.toEqual(['dead', 'pending']);
    await room.register.outbox.defer([first!.id], new Date(Date.now() - 1_000).toISOString());
    await expect(room.register.outbox.claim(2, 0)).resolves.toMatchObject([{ id: first!.id, attempts: 1 }]);
  });

  it('sends those of safety first', async () => {
    await aHold();
    const { case: id } = await room.open();
    await room.act('qa-lead', id, { type: 'reportMedicalEmergency' });
    const items = await room.register.outbox.claim(50, 60_000);
    const safety = items.map((item) => item.safety);
    expect(safety).toEqual([...safety].sort((a, b) => Number(b) - Number(a)));
    expect(safety).toContain(true);
    expect(safety).toContain(false);
  });

  it('silences the reminder of an obligation in the moment it is met, and no other mail', async () => {
    const id = await aHold();
    const { register, pool } = room;
    const { items } = await register.inbox(
      { mechanism: 'doha', party: 'qatar', kind: 'mediator', roles: ['case-officer'] },
      { limit: 50 },
    );
    const owed = items.find(({ kind }) => kind === 'acknowledge-case')!;
    await pool.query(
      `insert into outbox (id, case_id, version, notice, party, roles, safety, obligation, created_at, next_attempt_at)
       select 'a reminder', case_id, version, notice, party, roles, false, $2, created_at, next_attempt_at
         from outbox where case_id = $1 limit 1`,
      [id, owed.key],
    );
    await expect(register.outbox.isPending('a reminder')).resolves.toBe(true);
    await room.act('qa-officer-1', id, { type: 'acknowledgeCase' });
    await expect(register.outbox.isPending('a reminder')).resolves.toBe(false);
    await expect(statuses()).resolves.toEqual(['pending', 'silenced']);
  });
});
