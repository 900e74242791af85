import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { openEventStream } from '../../../src/http/stream/event-stream';
import { newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';
import { partsWithoutServers } from '../support/parts-without-servers';
import { listenTo, soon } from '../support/event-source';
import type { Heard, Listening } from '../support/event-source';

interface Entry {
  readonly kind: string;
  readonly party: string;
}
const casesIn = (heard: readonly Heard[]) =>
  heard
    .filter(({ event }) => event === 'case')
    .map(({ data }) => data as unknown as { case: string; version: number; entries: Entry[] });
const lastOf = ({ heard }: Listening, id: string) => casesIn(heard).findLast((told) => told.case === id);

describe('an open answer', () => {
  it('whose reader left before it was opened is closed at once, and nothing of it goes on', async () => {
    const app = express();
    const opened: { readonly then: string[] }[] = [];
    app.get('/', (request, response) => {
      // Gone while it was asked who they are.
      response.once('close', () => {
        const then: string[] = [];
        opened.push({ then });
        openEventStream(request, response, partsWithoutServers()).onClose(() => then.push('closed'));
      });
      request.socket.destroy();
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const intervals = jest.spyOn(global, 'setInterval');
    const cleared = jest.spyOn(global, 'clearInterval');
    const { port } = server.address() as AddressInfo;
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    await soon(() => expect(opened).toEqual([{ then: ['closed'] }]));
    const made = intervals.mock.results.map(({ value }) => value as unknown);
    expect(made.filter((timer) => !cleared.mock.calls.some(([gone]) => gone === timer))).toEqual([]);
    jest.restoreAllMocks();
    server.close();
  });
});

describe('changes of an inbox', () => {
  let room: ApiRoom;
  const open: Listening[] = [];
  beforeAll(async () => {
    room = await openApiRoom('http-stream', { worker: false });
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });
  afterAll(() => room.close());

  const listen = async (
    official: string,
    {
      query = '',
      headers = {},
      api = room.api,
    }: { query?: string; headers?: Record<string, string>; api?: ApiRoom['api'] } = {},
  ): Promise<Listening> => {
    const listening = await listenTo(
      `${api.url}/v1/inbox/stream${query}`,
      await room.token(official, api),
      headers,
    );
    open.push(listening);
    return listening;
  };
  /** Recorded without Temporal, like any hold. */
  const hold = async (id: string, official = 'ru-official-1') => {
    const { record } = room.process;
    const envelope = room.process.envelope(official, id, {
      type: 'placeHold',
      hold: `h-${newKey().slice(0, 8)}`,
      reason: 'legal',
    });
    const { outcome } = await record.submit(envelope, { knownVersion: 0, route: 'edge' });
    expect(outcome).toBe('recorded');
  };

  it('comes as it happens, whole for each case, and with counts', async () => {
    const listening = await listen('qa-officer-1');
    expect([listening.status, listening.headers['content-type']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(listening.headers['cache-control']).toBe('no-store, no-transform');
    expect(listening.headers['x-accel-buffering']).toBe('no');
    const id = await room.open();
    await soon(() =>
      expect(lastOf(listening, id)?.entries.map(({ kind }) => kind)).toContain('acknowledge-case'),
    );
    await soon(() =>
      expect(listening.heard.findLast(({ event }) => event === 'counts')?.data).toMatchObject({
        total: expect.any(Number),
      }),
    );
    expect(listening.text()).toMatch(/^retry: \d{4}\n\n/);
    // The very rows of the list.
    const list = await room.as('qa-officer-1').get('/v1/inbox', { case: id }).expect(200);
    const { items } = list.body as { items: { key: string }[] };
    const told = lastOf(listening, id)!.entries;
    expect(told).toEqual(expect.arrayContaining(items));
    expect(told[0]).toMatchObject({ child: { names: expect.any(Array) as unknown } });
  });

  it('misses nothing across a break, whether the browser or the reader of a list says where it was', async () => {
    const first = await listen('qa-officer-1');
    const before = await room.open();
    await soon(() => expect(lastOf(first, before)).toBeDefined());
    await soon(() => expect(first.heard.at(-1)?.event).toBe('counts'));
    const position = first.lastId()!;
    const { body } = await room.as('qa-officer-1').get('/v1/inbox');
    first.close();
    const meanwhile = [await room.open(), await room.open()];
    await hold(before);
    for (const again of [
      await listen('qa-officer-1', { headers: { 'last-event-id': position } }),
      await listen('qa-officer-1', {
        query: `?after=${encodeURIComponent((body as { changes: string }).changes)}`,
      }),
    ])
      await soon(() => {
        for (const id of meanwhile) expect(lastOf(again, id)?.entries.length).toBeGreaterThan(0);
        expect(lastOf(again, before)?.version).toBeGreaterThan(1);
      });
  });

  it('goes on with another process after its own has ended, which waits for nobody', async () => {
    const api = await room.another({});
    const listening = await listen('ua-official-1', { api });
    const id = await room.open();
    await soon(() => expect(lastOf(listening, id)).toBeDefined());
    const position = listening.lastId()!;
    const started = Date.now();
    await api.stop();
    await listening.ended;
    expect(Date.now() - started).toBeLessThan(5_000);
    await hold(id, 'ua-official-1');
    const again = await listen('ua-official-1', { headers: { 'last-event-id': position } });
    await soon(() => expect(lastOf(again, id)?.entries.map(({ kind }) => kind)).toContain('review-hold'));
  });

  it('brings what time alone begins, and what ends by another’s hand, as a case without entries', async () => {
    const listening = await listen('qa-officer-1');
    const id = await room.open();
    await soon(() => expect(lastOf(listening, id)).toBeDefined());
    const { pool } = room.process;
    await pool.query(
      `update obligations set since = clock_timestamp() + interval '4 seconds' where case_id = $1`,
      [id],
    );
    const heardBefore = casesIn(listening.heard).length;
    await soon(() => {
      const since = casesIn(listening.heard)
        .slice(heardBefore)
        .filter((told) => told.case === id);
      expect(since.at(-1)?.entries.length).toBeGreaterThan(0);
    });
    await pool.query(`delete from obligations where case_id = $1`, [id]);
    await pool.query(`update cases set version = version + 1, last_at = clock_timestamp() where id = $1`, [
      id,
    ]);
    await soon(() => expect(lastOf(listening, id)?.entries).toEqual([]));
  });

  it('tells each party its own, and of cases that are not theirs nothing', async () => {
    const [host, side, observer] = [
      await listen('em-host'),
      await listen('ru-official-1'),
      await listen('ob-observer'),
    ];
    const mediator = await listen('qa-officer-1');
    const id = await room.open();
    await hold(id);
    await soon(() => expect(lastOf(mediator, id)?.version).toBeGreaterThan(1));
    await soon(() => expect(lastOf(side, id)?.entries.map(({ kind }) => kind)).toContain('review-hold'));
    for (const told of casesIn(side.heard))
      for (const { party } of told.entries) expect(party).toBe('russia');
    expect(host.text() + observer.text()).not.toContain(id);
  });

  it('reads no further back than it can tell, and tells whoever missed more to begin anew', async () => {
    const { record } = room.process;
    const day = 86_400_000;
    const asked = new Date(Date.now() - 30 * day).toISOString();
    const { from, at } = await record.changes.since(asked, day);
    expect(Date.parse(at) - Date.parse(from)).toBe(day);
    const recent = new Date(Date.now() - 60_000).toISOString();
    expect((await record.changes.since(recent, day)).from).toBe(recent);
  });

  it('counts how many listen for one official, and refuses what is no position of it', async () => {
    for (let count = 0; count < 8; count += 1) expect((await listen('qa-reviewer')).status).toBe(200);
    expect((await listen('qa-reviewer')).status).toBe(429);
    for (const each of open.splice(0)) each.close();
    await soon(async () => expect((await listen('qa-reviewer')).status).toBe(200));
    const officer = room.as('qa-officer-1');
    const wrong: Record<string, string>[] = [{ after: 'nonsense' }, { scope: 'others' }, { more: 'x' }];
    for (const query of wrong)
      expect(refusalOf(await officer.get('/v1/inbox/stream', query))).toEqual([422, 'invalid-request']);
    expect(refusalOf(await room.anyone().get('/v1/inbox/stream'))).toEqual([401, 'unauthenticated']);
  });

  it('drops a reader who does not read, instead of keeping it all in memory', async () => {
    const app = express();
    let closed = false;
    let sent = 0;
    app.get('/', (request, response) => {
      const stream = openEventStream(request, response, partsWithoutServers());
      stream.onClose(() => (closed = true));
      const timer = setInterval(() => {
        if (closed) clearInterval(timer);
        else stream.send({ event: 'case', data: { text: 'x'.repeat(500_000) } });
        sent += 1;
      }, 20);
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const lazy = await listenTo(`http://127.0.0.1:${port}/`, 'none', {}, { reads: false });
    await soon(() => expect(closed).toBe(true));
    expect(sent).toBeLessThan(60);
    lazy.close();
    server.close();
  });

  it('is one look a second, though two hundred listen, and each is told', async () => {
    const { officials } = room.process.mechanism;
    const mediators = officials.filter(({ party }) => party === 'qatar').map(({ id }) => id);
    const others = officials.filter(({ party }) => party !== 'qatar').map(({ id }) => id);
    const many: Listening[] = [];
    for (const official of [...mediators, ...others])
      for (let count = 0; count < 8 && many.length < 200; count += 1) many.push(await listen(official));
    const from = many.slice(0, mediators.length * 8);
    const id = await room.open();
    await soon(() => {
      for (const each of from) expect(lastOf(each, id)).toBeDefined();
    });
    const { pool } = room.process;
    const looks = async () => {
      const { rows } = await pool.query<{ number: number }>(
        'select xact_commit + xact_rollback as number from pg_stat_database where datname = current_database()',
      );
      return rows[0]!.number;
    };
    const [before] = [await looks()];
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    // A handful of statements a second, whoever listens; one for each listener would be a thousand.
    expect((await looks()) - before).toBeLessThan(200);
  });

  it('ends when an official leaves the office', async () => {
    const listening = await listen('qa-reviewer');
    const { mechanism, record } = room.process;
    await record.saveMechanism({
      ...mechanism,
      version: mechanism.version + 1,
      officials: mechanism.officials.map((official) =>
        official.id === 'qa-reviewer' ? { ...official, active: false } : official,
      ),
    });
    await listening.ended;
    expect((await listen('qa-reviewer')).status).toBe(401);
  });
});
