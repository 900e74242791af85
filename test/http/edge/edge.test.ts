/** What reaches the API from outside before anybody is known: addresses, paths, Hosts, floods. */
import { connect } from 'node:net';
import type { RunningApi } from '../../../src/api';
import { createLane } from '../../../src/http/middleware/ordinary-lane';
import { createConnection } from '../../../src/record/postgres/database';
import { figuresOf, newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

describe('the edge of the API', () => {
  let room: ApiRoom;
  let id: string;
  beforeAll(async () => {
    room = await openApiRoom('http-edge', { worker: false });
    id = await room.open();
  });
  afterAll(() => room.close());

  it.each(['/metrics', '/metrics/', '/METRICS', '//metrics', '/v1/../metrics'])(
    'tells no figures on its own port, as %s neither',
    async (path) => {
      const answer = await rawGet(room.api, path);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toContain('homeward_');
    },
  );

  it('tells them on a port of their own, on loopback', async () => {
    expect(new URL(room.api.metricsUrl!).hostname).toBe('127.0.0.1');
    expect(await figuresOf(room.api)).toContain('homeward_http_requests_total');
    const { origin } = new URL(room.api.metricsUrl!);
    expect((await fetch(`${origin}/v1/inbox`)).status).toBe(404);
  });

  it.each(['/V1/inbox', '/v1/inbox/', '/v1/Cases', '/Docs', '/docs/', '/OPENAPI.JSON'])(
    'knows one writing of each path: %s is none',
    async (path) => {
      const answer = await room.as('qa-lead').get(path);
      expect(refusalOf(answer)).toEqual([404, 'not-found']);
    },
  );

  it.each(['/oidc/.well-known/openid-configuration', '/.well-known/oauth-protected-resource'])(
    'repeats no foreign Host in %s, nor that of a proxy nobody named',
    async (path) => {
      const answer = await room
        .anyone()
        .get(path)
        .set({ host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('evil');
      expect(answer.text).toContain(room.api.url);
    },
  );

  it('lets a genuine link in while others behind the same address try too often', async () => {
    const strict = await room.another({ rateLimits: { perOfficial: 1000, perAddress: 4 } });
    const { pathname } = new URL(await strict.issueSignInLink('qa-lead'));
    const post = (path: string) => room.anyone(strict).post(path).set('accept', 'application/json');
    for (const path of ['/docs', '/openapi.json', '/inbox', '/healthz', '/nothing'])
      for (let asked = 0; asked < 6; asked += 1) await room.anyone(strict).get(path);
    for (let asked = 0; asked < 6; asked += 1) await post(`/sign-in/${newKey()}`);
    expect((await post(`/sign-in/${newKey()}`)).status).toBe(429);
    expect((await post(pathname)).status).toBe(200);
  });

  it('keeps people signed in while others behind the same address flood the issuer', async () => {
    const strict = await room.another({ rateLimits: { perOfficial: 1000, perAddress: 4 } });
    const { pathname } = new URL(await strict.issueSignInLink('qa-lead'));
    const signedIn = await room.anyone(strict).post(pathname).set('accept', 'application/json');
    const renew = (token: string) =>
      room
        .anyone(strict)
        .post('/oidc/token')
        .type('form')
        .send({ client_id: 'homeward-cli', grant_type: 'refresh_token', refresh_token: token });
    for (let asked = 0; asked < 6; asked += 1) await room.anyone(strict).get('/oidc/jwks');
    expect((await room.anyone(strict).get('/oidc/jwks')).status).toBe(429);
    expect((await renew('guessed')).status).toBe(429);
    expect((await renew((signedIn.body as { refresh_token: string }).refresh_token)).status).toBe(200);
  });

  it('counts callers by their own address only behind a proxy that an operator named', async () => {
    const limits = { rateLimits: { perOfficial: 1000, perAddress: 3 } };
    const ask = (api: RunningApi, address: string) =>
      room.anyone(api).get('/openapi.json').set('x-forwarded-for', address);
    const named = await room.another({ ...limits, trustProxy: 1 });
    const statuses = [];
    for (let asked = 0; asked < 5; asked += 1) statuses.push((await ask(named, '192.0.2.1')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await ask(named, '192.0.2.2')).status).toBe(200);
    // What a caller puts before the proxy's own entry is the caller's invention.
    expect((await ask(named, '192.0.2.9, 192.0.2.1')).status).toBe(429);
    const unnamed = await room.another(limits);
    for (let asked = 0; asked < 3; asked += 1) await ask(unnamed, `192.0.2.${asked}`);
    expect((await ask(unnamed, '192.0.2.77')).status).toBe(429);
  });

  it('limits every path that anybody may ask, those that are none included', async () => {
    const strict = await room.another({ rateLimits: { perOfficial: 1000, perAddress: 2 } });
    for (const path of [
      '/healthz',
      '/readyz',
      '/docs',
      '/docs/start.js',
      '/cases/7Q2M-4ZK9',
      '/nothing',
      '/oidc/jwks',
    ]) {
      const statuses = new Set<number>();
      for (let asked = 0; asked < 8; asked += 1) statuses.add((await room.anyone(strict).get(path)).status);
      expect([path, statuses.has(429)]).toEqual([path, true]);
    }
  });

  it('ends every session of an official who signs out everywhere, and none of anybody else', async () => {
    const api = await room.another({});
    const signIn = async (official: string): Promise<string> => {
      const { pathname } = new URL(await api.issueSignInLink(official));
      const answer = await room.anyone(api).post(pathname).set('accept', 'application/json').expect(200);
      return (answer.body as { access_token: string }).access_token;
    };
    const ask = async (token: string) =>
      (await room.anyone(api).get('/v1/inbox').set('authorization', `Bearer ${token}`)).status;
    const [here, stolen, colleague] = [
      await signIn('qa-lead'),
      await signIn('qa-lead'),
      await signIn('qa-reviewer'),
    ];
    expect([await ask(here), await ask(stolen), await ask(colleague)]).toEqual([200, 200, 200]);
    const signOut = (token: string) =>
      room.anyone(api).post('/sign-in/sign-out').set('authorization', `Bearer ${token}`);
    expect((await signOut('no-token')).status).toBe(401);
    expect((await signOut(here)).status).toBe(204);
    expect([await ask(here), await ask(stolen), await ask(colleague)]).toEqual([401, 401, 200]);
    expect((await signOut(stolen)).status).toBe(401);
    // Instants in tokens are whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await ask(await signIn('qa-lead'))).toBe(200);
  });

  it('never refuses a hold for asking too often, and refuses what can wait', async () => {
    const strict = await room.another({ rateLimits: { perOfficial: 2, perAddress: 1000 } });
    const holder = room.as('ru-official-1', strict);
    const path = `/v1/cases/${id}/commands`;
    for (let asked = 0; asked < 4; asked += 1) await holder.get('/v1/inbox');
    expect(refusalOf(await holder.post(path, { type: 'reportWhereabouts', evidence: [] }))).toEqual([
      429,
      'too-many-requests',
    ]);
    for (let asked = 0; asked < 4; asked += 1)
      expect((await holder.post(path, { type: 'placeHold', hold: 'h', reason: 'safety' })).status).toBe(200);
  });

  it('takes a hold at once while everything else waits for the record', async () => {
    const busy = await room.open();
    const free = await room.open();
    const blocker = createConnection({ connectionString: room.process.database.connectionString });
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('select id from cases where id = $1 for update', [busy]);
    const accept = { type: 'acceptFile' };
    let answered = 0;
    const waiting = Array.from({ length: 60 }, () =>
      room
        .as('qa-officer-1')
        .post(`/v1/cases/${busy}/commands`, accept)
        .then(() => (answered += 1)),
    );
    const path = `/v1/cases/${free}/commands`;
    const hold = { type: 'placeHold', hold: 'h', reason: 'safety' };
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await room.as('ru-official-1').post(path, hold)).status).toBe(200);
    expect(answered).toBe(0);
    await blocker.query('rollback');
    await blocker.end();
    await Promise.all(waiting);
  });
});

describe('the lane of what can wait', () => {
  it('works on as many at once as it has places, in order, and turns away what would wait too long', async () => {
    const lane = createLane(1, 1);
    const order: string[] = [];
    const leave = await lane.enter();
    const second = lane.enter().then((go) => {
      order.push('second');
      return go;
    });
    await expect(lane.enter()).rejects.toMatchObject({ code: 'overloaded' });
    expect(order).toEqual([]);
    leave();
    leave();
    (await second)();
    expect(order).toEqual(['second']);
    (await lane.enter())();
  });
});

/** A request line as it stands: clients tidy up paths. */
const rawGet = (api: RunningApi, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.once('end', () => resolve(answer));
    socket.once('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
