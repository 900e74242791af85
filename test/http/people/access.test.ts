import type { Express } from 'express';
import { generateKeyPair, SignJWT } from 'jose';
import { createApp } from '../../../src/http/app';
import { openPaths, routePolicy } from '../../../src/http/policy';
import { routes } from '../../../src/http/routes';
import { commandTable } from '../../../src/domain/model/command-table';
import { newKey, openApiRoom, opening, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';
import { partsWithoutServers } from '../support/parts-without-servers';

type Layer = { route?: { path: string; methods: Record<string, boolean> }; name: string };

describe('who may use which route', () => {
  let room: ApiRoom;
  let id: string;
  beforeAll(async () => {
    // A slow mechanism and no worker: nothing here needs a process.
    room = await openApiRoom('http-access', {
      worker: false,
      change: (mechanism) => ({
        ...mechanism,
        officials: mechanism.officials.map((official) =>
          official.id === 'ru-official-2' ? { ...official, active: false } : official,
        ),
      }),
    });
    id = await room.open();
  });
  afterAll(() => room.close());

  const addressOf = (path: string): string => path.replace('{id}', id);
  const guarded = routes.filter((route) => routePolicy[route.id].who !== 'anyone');
  const open = routes.filter((route) => routePolicy[route.id].who === 'anyone');

  it('opens nothing that is not in the table', () => {
    const paths = new Set<string>(routes.map((route) => route.path.replaceAll(/\{(\w+)\}/g, ':$1')));
    const found = layersOf(createApp(partsWithoutServers())).flatMap(({ route }) =>
      route ? [route.path] : [],
    );
    expect(new Set(found)).toEqual(paths);
    expect(Object.keys(openPaths).sort()).toEqual([
      '/docs',
      '/oidc',
      '/openapi.json',
      '/session',
      '/sign-in',
    ]);
  });

  // Whoever has the link of a calendar may ask for it; what it answers stands in calendar.test.ts.
  it.each(open.filter(({ id: of }) => of !== 'getCalendar').map((route) => [route.path]))(
    'lets anyone ask %s',
    async (path) => {
      expect((await room.anyone().get(path)).status).toBe(200);
    },
  );

  it.each(guarded.map((route) => [route.method, route.path]))(
    'asks whoever wants %s %s to sign in first',
    async (method, path) => {
      const refused = await room.anyone()[method](addressOf(path));
      expect(refusalOf(refused)).toEqual([401, 'unauthenticated']);
      expect(refused.headers['www-authenticate']).toContain('/.well-known/oauth-protected-resource');
    },
  );

  it('does not take a token that is not for it, nor anything that is no token', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const claims = { iss: `${room.api.url}/oidc`, aud: 'urn:homeward:api', sub: 'qa-lead' };
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256' })
      .setExpirationTime('1h')
      .sign(privateKey);
    const genuine = await room.token('qa-lead');
    const [header, payload] = genuine.split('.');
    for (const authorization of [
      `Bearer ${foreign}`,
      `Bearer ${header}.${payload}.`,
      `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
      'Bearer ',
      'Bearer a b',
      `Basic ${Buffer.from('qa-lead:').toString('base64')}`,
      genuine,
    ]) {
      const refused = await room.anyone().get('/v1/inbox').set('authorization', authorization);
      expect(refusalOf(refused)).toEqual([401, 'unauthenticated']);
    }
    expect((await room.anyone().get('/v1/inbox').set('authorization', `bearer ${genuine}`)).status).toBe(200);
  });

  it('does not know officials who left the office', async () => {
    await expect(room.token('ru-official-2')).rejects.toThrow('may not sign in');
  });

  it('hides a case from everyone whom it does not concern, on every route', async () => {
    const caseRoutes = guarded.filter(({ id }) => 'caseOf' in routePolicy[id] || id === 'sendCommand');
    expect(caseRoutes.map((route) => route.id).sort()).toEqual([
      'getCase',
      'getTimeline',
      'previewCommand',
      'putDossier',
      'sealCommand',
      'sendCommand',
    ]);
    for (const official of ['em-host', 'es-escort-1', 're-receiver', 'ob-observer'])
      for (const { method, path, id: routeId } of caseRoutes) {
        const token = await room.token(official);
        const sent = room.anyone()[method](addressOf(path)).set('authorization', `Bearer ${token}`);
        const body = routeId === 'sendCommand' || routeId === 'previewCommand' ? { type: 'acceptFile' } : {};
        const refused = await (method === 'get' ? sent : sent.set('idempotency-key', newKey()).send(body));
        // Whoever may revise no dossier at all is told so before any case is looked for.
        const expected = routeId === 'putDossier' ? [403, 'not-permitted'] : [404, 'case-not-found'];
        expect([official, routeId, refusalOf(refused)]).toEqual([official, routeId, expected]);
      }
  });

  it('says the same of a hidden case and of one that never was, whatever is sent to it', async () => {
    const hidden = await room.open();
    for (const body of [{ type: 'acceptFile' }, { type: 'recordArrival' }, { type: 'nonsense' }, {}, []]) {
      const [one, other] = await Promise.all(
        [hidden, 'ZZZZ-ZZZZ'].map(async (id) => {
          const answer = await room.as('em-host').post(`/v1/cases/${id}/commands`, body);
          return { ...(answer.body as object), status: answer.status, instance: '' };
        }),
      );
      expect(one).toEqual(other);
    }
  });

  it('says the same of a case that never was, of other words, and of a path that is none', async () => {
    const officer = room.as('qa-officer-1');
    for (const path of ['ZZZZ-ZZZZ', 'zzzz-zzzz', '..%2F..', '%00', 'a'.repeat(300), "' or 1=1--"])
      expect(refusalOf(await officer.get(`/v1/cases/${path}`))[0]).toBe(404);
    expect(refusalOf(await officer.get('/v1/cases/%E0%A4%A'))).toEqual([404, 'not-found']);
    expect(refusalOf(await officer.get('/v2/cases'))).toEqual([404, 'not-found']);
  });

  it('lets only the offices of the table open a case or revise a dossier', async () => {
    const kinds = commandTable.openCase.by.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['mediator', 'requesting']);
    const mayOpen = async (official: string): Promise<number> =>
      (await room.as(official).post('/v1/cases', opening({ recipient: 'not-a-ref' }))).status;
    // 422 instead of 403: the office was let in, the body was not.
    expect(await Promise.all(['ua-official-1', 'ua-decider', 'qa-officer-1'].map(mayOpen))).toEqual([
      422, 422, 422,
    ]);
    const outside = [
      'ru-official-1',
      'qa-reviewer',
      'em-host',
      'es-dispatcher',
      're-receiver',
      'ob-observer',
    ];
    expect(new Set(await Promise.all(outside.map(mayOpen)))).toEqual(new Set([403]));
  });

  it('shows observers no board, and an inbox and a mechanism without anything of others', async () => {
    const observer = room.as('ob-observer');
    expect(refusalOf(await observer.get('/v1/cases'))).toEqual([403, 'not-permitted']);
    expect((await observer.get('/v1/inbox')).body).toMatchObject({ items: [], counts: { total: 0 } });
    const { body } = await observer.get('/v1/mechanism');
    const { officials, you } = body as { officials: { party: string }[]; you: { kind: string } };
    expect(new Set(officials.map(({ party }) => party))).toEqual(new Set(['observer']));
    expect(you.kind).toBe('observer');
    expect(JSON.stringify(body)).not.toContain('@');
  });

  it('says which methods an address takes', async () => {
    const refused = await room.as('qa-lead').put('/v1/cases', {});
    expect(refusalOf(refused)).toEqual([405, 'method-not-allowed']);
    expect(refused.headers.allow).toBe('POST, GET');
  });

  it('stops an official who asks too often, and nobody else', async () => {
    const strict = await room.another({ rateLimits: { perOfficial: 3, perAddress: 1000 } });
    const ask = (official: string) => room.as(official, strict).get('/v1/inbox');
    const statuses = [];
    for (let asked = 0; asked < 5; asked += 1) statuses.push((await ask('qa-lead')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await ask('qa-lead');
    expect(refusalOf(refused)).toEqual([429, 'too-many-requests']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('qa-officer-1')).status).toBe(200);
    expect((await room.anyone(strict).get('/readyz')).status).toBe(200);
  });

  it('stops an address that guesses sign-in links or tokens', async () => {
    const strict = await room.another({ rateLimits: { perOfficial: 1000, perAddress: 4 } });
    const guess = () => room.anyone(strict).post(`/sign-in/${newKey()}`).set('accept', 'application/json');
    const statuses = [];
    for (let asked = 0; asked < 6; asked += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([410, 410, 410, 410, 429, 429]);
    const tries = [];
    for (let asked = 0; asked < 6; asked += 1)
      tries.push((await room.anyone(strict).get('/v1/inbox').set('authorization', 'Bearer x')).status);
    expect(tries).toEqual([401, 401, 401, 401, 429, 429]);
  });

  it('gives no permission to pages of other origins, and keeps answers out of caches', async () => {
    const answer = await room.as('qa-lead').get('/v1/inbox').set('origin', 'https://evil.example');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('carries the request’s id through, unless it could do harm', async () => {
    const id1 = await room.anyone().get('/healthz').set('x-request-id', 'trace-12345678');
    expect(id1.headers['x-request-id']).toBe('trace-12345678');
    const odd = await room.anyone().get('/v1/inbox').set('x-request-id', '"><script>');
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((odd.body as { instance: string }).instance).toBe(
      `urn:homeward:request:${odd.headers['x-request-id']}`,
    );
  });
});

const layersOf = (app: Express): Layer[] => (app.router as unknown as { stack: Layer[] }).stack;
