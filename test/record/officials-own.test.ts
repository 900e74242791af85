import { createHmac } from 'node:crypto';
import { webhookSecretOf } from '../../src/contracts/webhook-secret';
import { openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom();
});
afterAll(() => room.close());

describe('generations of a webhook’s secret', () => {
  const raise = (party: string, request: string) =>
    room.record.webhookSecrets.raise({ mechanism: 'doha', party, by: 'qa-lead', request });
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

  it('begin with the first, which needs no act', async () => {
    await expect(room.record.webhookSecrets.current('doha', 'qatar')).resolves.toEqual({ generation: 1 });
    await expect(room.record.webhookSecrets.generations('doha', 'qatar', at(0))).resolves.toEqual([1]);
  });

  it('overlap for a day', async () => {
    await expect(raise('qatar', 'a')).resolves.toMatchObject({ generation: 2, raisedBy: 'qa-lead' });
    const { generations } = room.record.webhookSecrets;
    await expect(generations('doha', 'qatar', at(0))).resolves.toEqual([2, 1]);
    await expect(generations('doha', 'qatar', at(23.9))).resolves.toEqual([2, 1]);
    await expect(generations('doha', 'qatar', at(24.1))).resolves.toEqual([2]);
    await expect(generations('doha', 'ukraine', at(0))).resolves.toEqual([1]);
  });

  it('rise once for a repeated request, and not for one that has been overtaken', async () => {
    const first = await raise('ukraine', 'b');
    await expect(raise('ukraine', 'b')).resolves.toEqual(first);
    await expect(raise('ukraine', 'c')).resolves.toMatchObject({ generation: 3 });
    await expect(raise('ukraine', 'b')).resolves.toBeUndefined();
    await expect(room.record.webhookSecrets.generations('doha', 'ukraine', at(0))).resolves.toEqual([3, 2]);
  });

  it('rise by one each, though five are asked for at once', async () => {
    const raised = await Promise.all(Array.from({ length: 5 }, (_, n) => raise('russia', `at-once-${n}`)));
    const current = await room.record.webhookSecrets.current('doha', 'russia');
    expect(current.generation).toBe(6);
    const given = raised.flatMap((each) => (each ? [each.generation] : []));
    expect(new Set(given).size).toBe(given.length);
    expect(given).toContain(6);
  });

  it('give secrets as Standard Webhooks takes them, one for each party and generation', () => {
    const secret = webhookSecretOf('key', { mechanism: 'doha', party: 'qatar', generation: 2 });
    const expected = createHmac('sha256', 'key').update('webhook:doha:qatar:2').digest('base64');
    expect(secret).toBe(`whsec_${expected}`);
    const others = [
      webhookSecretOf('other', { mechanism: 'doha', party: 'qatar', generation: 2 }),
      webhookSecretOf('key', { mechanism: 'doha', party: 'qatar', generation: 3 }),
      webhookSecretOf('key', { mechanism: 'doha', party: 'ukraine', generation: 2 }),
      webhookSecretOf('key', { mechanism: 'minsk', party: 'qatar', generation: 2 }),
    ];
    expect(new Set([secret, ...others]).size).toBe(5);
  });
});

describe('the link of a calendar', () => {
  const owner = { mechanism: 'doha', official: 'qa-lead' };

  it('works until another is made or it is revoked, and never again then', async () => {
    const { calendarFeeds: feeds } = room.record;
    await expect(feeds.link(owner, 'one')).resolves.toBe(true);
    await expect(feeds.link(owner, 'one')).resolves.toBe(true);
    await expect(feeds.findOwner('one')).resolves.toEqual(owner);
    await expect(feeds.link(owner, 'two')).resolves.toBe(true);
    await expect(feeds.findOwner('one')).resolves.toBeUndefined();
    await expect(feeds.link(owner, 'one')).resolves.toBe(false);
    await expect(feeds.findOwner('two')).resolves.toEqual(owner);
    await expect(feeds.revoke(owner)).resolves.toBe(true);
    await expect(feeds.revoke(owner)).resolves.toBe(false);
    await expect(feeds.findOwner('two')).resolves.toBeUndefined();
    await expect(feeds.link(owner, 'two')).resolves.toBe(false);
  });

  it('is one, though ten are asked for at once', async () => {
    const { calendarFeeds: feeds } = room.record;
    const tokens = Array.from({ length: 10 }, (_, n) => `at-once-${n}`);
    await Promise.all(tokens.map((token) => feeds.link(owner, token)));
    const working = await Promise.all(tokens.map((token) => feeds.findOwner(token)));
    expect(working.filter(Boolean)).toHaveLength(1);
  });

  it('can’t be found in the database', async () => {
    await room.record.calendarFeeds.link(owner, 'a-token-nobody-keeps');
    const { rows } = await room.pool.query('select * from calendar_feeds');
    expect(JSON.stringify(rows)).not.toContain('a-token-nobody-keeps');
  });
});
