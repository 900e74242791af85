import { Webhook } from 'standardwebhooks';
import { webhookSecretOf } from '../../src/contracts/webhook-secret';
import { parseRanges } from '../../src/notify/send/webhook-address';
import { createWebhookClient } from '../../src/notify/send/webhook-client';
import { sealKey } from '../record/support/record-room';
import { eventually } from '../workflows/support/process-room';
import { openDispatchRoom } from './support/dispatch-room';
import type { DispatchRoom, LetterRow } from './support/dispatch-room';
import { certificateFor, openSystem } from './support/receiving-system';
import type { ReceivingSystem } from './support/receiving-system';

let room: DispatchRoom;
let system: ReceivingSystem;
beforeAll(async () => {
  room = await openDispatchRoom();
});
beforeEach(async () => {
  await room.clear();
  system = await openSystem();
  await tell(system.url);
});
afterEach(async () => {
  await room.restDispatchers();
  await system.stop();
});
afterAll(() => room.close());

const tell = (url: string) =>
  room.change(({ parties }) => ({
    parties: parties.map((party) => (party.id === 'ukraine' ? { ...party, webhook: { url } } : party)),
  }));
const messagesOf = async (id: string): Promise<LetterRow[]> =>
  (await room.lettersOf(id)).filter(({ kind }) => kind === 'webhook');
const messageIs = (id: string, holds: (letter: LetterRow) => boolean) =>
  eventually(async () => (await messagesOf(id)).find(holds));
const secretOf = (generation = 1): string =>
  webhookSecretOf(sealKey, { mechanism: 'doha', party: 'ukraine', generation });

describe('a party’s own system', () => {
  it('is told of what its officials are told, signed, by code and reference only', async () => {
    const id = await room.placeHold();
    room.dispatcherAt();
    await messageIs(id, ({ status }) => status === 'sent');
    expect(system.received).toHaveLength(1);
    const { headers, body, path } = system.received[0]!;
    expect(path).toBe('/hooks');
    const message = new Webhook(secretOf()).verify(body, headers as Record<string, string>);
    expect(message).toMatchObject({
      type: 'notice.hold-placed',
      data: { case: id, kind: 'hold-placed', party: 'ukraine', safety: false },
    });
    expect(Object.keys((message as { data: object }).data).sort()).toEqual([
      'case',
      'id',
      'kind',
      'party',
      'safety',
      'version',
    ]);
    // The other parties' systems are not there.
    expect(await messagesOf(id)).toHaveLength(1);
  });

  it('recognises a repeat by its id, whatever the attempt', async () => {
    let answers = 0;
    system.answer = (response) => {
      answers += 1;
      response.writeHead(answers === 1 ? 503 : 200).end();
    };
    const id = await room.placeHold();
    room.dispatcherAt();
    await messageIs(id, ({ last_error_code: code }) => code === 'webhook-503');
    await room.hurry();
    await messageIs(id, ({ status }) => status === 'sent');
    const ids = system.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('may verify with the old secret or the new one on the day it is rotated', async () => {
    await room.recordRoom.record.webhookSecrets.raise({
      mechanism: 'doha',
      party: 'ukraine',
      by: 'ua-official-1',
      request: 'r1',
    });
    const id = await room.placeHold();
    room.dispatcherAt();
    await messageIs(id, ({ status }) => status === 'sent');
    const { headers, body } = system.received[0]!;
    for (const generation of [1, 2])
      expect(() =>
        new Webhook(secretOf(generation)).verify(body, headers as Record<string, string>),
      ).not.toThrow();
    expect(() => new Webhook(secretOf(3)).verify(body, headers as Record<string, string>)).toThrow();
  });

  it('that is gone (410) is not asked again', async () => {
    system.answer = (response) => response.writeHead(410).end();
    const id = await room.placeHold();
    room.dispatcherAt();
    await messageIs(id, ({ status }) => status === 'dead');
    expect(system.received).toHaveLength(1);
  });

  it('that asks for a pause gets it', async () => {
    system.answer = (response) => response.writeHead(429, { 'retry-after': '3600' }).end();
    const id = await room.placeHold();
    room.dispatcherAt();
    await messageIs(id, ({ last_error_code: code }) => code === 'webhook-429');
    const { rows } = await room.recordRoom.pool.query<{ minutes: number }>(
      `select extract(epoch from next_attempt_at - clock_timestamp()) ::float8 / 60 as minutes
         from letters where kind = 'webhook' and status = 'pending'`,
    );
    expect(rows[0]!.minutes).toBeGreaterThan(50);
  });

  it('is not followed when it redirects, to the machines of a cloud or anywhere', async () => {
    system.answer = (response) =>
      response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    const id = await room.placeHold();
    room.dispatcherAt();
    const letter = await messageIs(id, ({ last_error_code: code }) => code !== null);
    expect(letter.last_error_code).toBe('webhook-307');
    expect(letter.status).toBe('pending');
  });

  it.each([
    ['hangs', () => undefined],
    ['trickles its answer', (response) => response.writeHead(200).write('.')],
  ] as [string, ReceivingSystem['answer']][])(
    'that %s holds up neither mail nor other systems',
    async (_what, answer) => {
      system.answer = answer;
      const other = await openSystem();
      await room.change(({ parties }) => ({
        digest: 'at-once',
        quietHours: 'none',
        parties: parties.map((party) =>
          party.id === 'qatar' ? { ...party, webhook: { url: other.url } } : party,
        ),
      }));
      const ids = await Promise.all([1, 2, 3].map(room.placeHold));
      room.dispatcherAt();
      await eventually(() => (room.office.received.length >= 21 ? true : undefined));
      await eventually(() => (other.received.length === 3 ? true : undefined));
      expect(system.received.length).toBeLessThanOrEqual(3);
      expect(await messagesOf(ids[0]!)).toHaveLength(2);
      await other.stop();
      await room.change(({ parties }) => ({
        parties: parties.map(({ webhook: _none, ...party }) => party),
      }));
    },
  );

  it('hears nothing of what was met before its turn came', async () => {
    await system.stop();
    const id = await room.placeHold();
    room.dispatcherAt();
    await messageIs(id, ({ last_error_code: code }) => code === 'ECONNREFUSED');
    await room.recordRoom.pool.query(`update outbox set status = 'silenced' where case_id = $1`, [id]);
    await room.hurry();
    await messageIs(id, ({ status }) => status === 'silenced');
    system = await openSystem();
  });
});

describe('the way to a party’s system', () => {
  const secure = certificateFor('hooks.requesting.example');
  const post = (url: string, resolved: string, change = {}) =>
    createWebhookClient({
      allowed: parseRanges('127.0.0.0/8'),
      deadlineMs: 400,
      resolve: () => Promise.resolve([resolved]),
      ca: secure.cert,
      ...change,
    }).post(url, '{}', {});

  it('goes over TLS to the address that was checked, under the system’s own name', async () => {
    const hooks = await openSystem(secure);
    const delivery = await post(`https://hooks.requesting.example:${hooks.port}/in`, '127.0.0.1');
    expect(delivery).toEqual({ delivery: 'accepted' });
    expect(hooks.received[0]!.headers.host).toBe(`hooks.requesting.example:${hooks.port}`);
    await hooks.stop();
  });

  it('ends where the certificate is another’s', async () => {
    const hooks = await openSystem(certificateFor('elsewhere.example'));
    const delivery = await post(`https://hooks.requesting.example:${hooks.port}/in`, '127.0.0.1');
    expect(delivery.delivery).toBe('unreachable');
    expect(hooks.received).toEqual([]);
    await hooks.stop();
  });

  it('asks for the name once, so that a second answer can’t lead elsewhere', async () => {
    const hooks = await openSystem(secure);
    const asked: string[] = [];
    await post(`https://hooks.requesting.example:${hooks.port}/in`, '', {
      resolve: (host: string) => {
        asked.push(host);
        return Promise.resolve(asked.length === 1 ? ['127.0.0.1'] : ['10.0.0.1']);
      },
    });
    expect(asked).toEqual(['hooks.requesting.example']);
    expect(hooks.received).toHaveLength(1);
    await hooks.stop();
  });

  it('leads nowhere private, and no request is made', async () => {
    const hooks = await openSystem(secure);
    const url = `https://hooks.requesting.example:${hooks.port}/in`;
    await expect(post(url, '127.0.0.1', { allowed: [] })).resolves.toEqual({
      delivery: 'refused',
      code: 'webhook-private-address',
    });
    expect(hooks.received).toEqual([]);
    await hooks.stop();
  });

  it('has an end, however slow the other side', async () => {
    const hooks = await openSystem(secure);
    hooks.answer = () => undefined;
    const delivery = await post(`https://hooks.requesting.example:${hooks.port}/in`, '127.0.0.1');
    expect(delivery).toEqual({ delivery: 'unreachable', code: 'webhook-timeout' });
    await hooks.stop();
  });
});
