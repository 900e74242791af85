/** Browsers of officials whose office signs them in: a real OpenID provider, asked by authorization code. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type Provider from 'oidc-provider';
import pino from 'pino';
import request from 'supertest';
import { startApi } from '../../../src/api';
import type { ApiSettings, RunningApi } from '../../../src/api';
import { loadOidcProvider } from '../../../src/auth/oidc-provider';
import { openRecordRoom, sealKey } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { soon } from '../support/event-source';

const client = { clientId: 'homeward-console', clientSecret: 'a secret that only this test knows' };
const own = { 'sec-fetch-site': 'same-origin' };
const lines: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
const folder = mkdtempSync(join(tmpdir(), 'homeward-issuer-'));

/** Of the office: asks nobody for a password, and says of whoever comes that they are this account. */
let account = '';
let server: Server;
let issuer: string;
let room: RecordRoom;
let api: RunningApi;
const running: RunningApi[] = [];

async function startIssuer(): Promise<void> {
  const app = express();
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirects = [`${api.url}/session/callback`];
  const provider: Provider = new (await loadOidcProvider()).default(issuer, {
    clients: [
      { client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: redirects },
      {
        ...{ client_id: 'public', token_endpoint_auth_method: 'none', redirect_uris: redirects },
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@ministry.example`, email_verified: sub !== 'unverified' }),
    }),
    interactions: { url: (_context, { uid }) => `/office/${uid}` },
  });
  app.get('/office/:uid', async (asked, response) => {
    const { prompt, params } = await provider.interactionDetails(asked, response);
    if (account === 'refuses')
      return provider.interactionFinished(asked, response, { error: 'access_denied' });
    if (prompt.name === 'login')
      return provider.interactionFinished(asked, response, { login: { accountId: account } });
    const grant = new provider.Grant({ accountId: account, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    return provider.interactionFinished(asked, response, { consent: { grantId: await grant.save() } });
  });
  app.use(provider.callback());
}

const start = async (changes: Partial<ApiSettings> = {}): Promise<RunningApi> => {
  const started = await startApi({
    host: '127.0.0.1',
    port: 0,
    databaseUrl: room.database.connectionString,
    sealKey,
    temporal: { address: '127.0.0.1:1', namespace: 'none' },
    taskQueue: 'none',
    mechanism: room.mechanism.id,
    issuerFolder: folder,
    logger,
    ...changes,
  });
  running.push(started);
  return started;
};
/** The port is known before the issuer, which must know it, and the issuer before the API, which must know that. */
async function restartWith(settings: Partial<ApiSettings>): Promise<void> {
  const { port } = new URL(api.url);
  await api.stop();
  api = await start({ port: Number(port), ...settings });
}
beforeAll(async () => {
  // The provider advises whoever runs one for real.
  for (const told of ['info', 'warn'] as const) jest.spyOn(console, told).mockImplementation(() => undefined);
  room = await openRecordRoom();
  const { mechanism } = room;
  await room.record.saveMechanism({
    ...mechanism,
    version: mechanism.version + 1,
    officials: mechanism.officials.map((official) =>
      official.id === 'qa-officer-1' ? { ...official, subject: 'account-7' } : official,
    ),
  });
  api = await start();
  await startIssuer();
  await restartWith({ issuer: { url: issuer, audience: 'homeward', client } });
});
afterAll(async () => {
  for (const each of running) await each.stop();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  await room.close();
});

interface Visit {
  readonly status: number;
  readonly address: URL;
  readonly text: string;
}
/** Follows redirects over both origins, which have different cookies, and stops where it is told to. */
function createBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = ({ origin }: URL): Map<string, string> => {
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };
  const go = async (address: URL, stopAt?: string): Promise<Visit> => {
    const jar = jarOf(address);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie, accept: 'text/html', connection: 'close' },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) jar.set(name!, value);
      else jar.delete(name!);
    }
    const next = response.headers.get('location');
    const target = next === null ? undefined : new URL(next, address);
    if (!target || target.pathname === stopAt)
      return { status: response.status, address: target ?? address, text: await response.text() };
    return go(target, stopAt);
  };
  return { go, cookies: (url: string) => jarOf(new URL(url)) };
}
const begin = (to = '/inbox') => new URL(`/session/start?to=${encodeURIComponent(to)}`, api.url);
const whoIs = (cookies: Map<string, string>) =>
  request(api.url)
    .get('/v1/session')
    .set({ ...own, cookie: `homeward=${cookies.get('homeward') ?? ''}` });

describe('signing in at the issuer of an office with a browser', () => {
  it.each([['with a secret', client] as const, ['with PKCE alone', { clientId: 'public' }] as const])(
    'gives a session and leads to what was asked for, %s',
    async (_how, as) => {
      await restartWith({ issuer: { url: issuer, audience: 'homeward', client: as } });
      account = 'account-7';
      const browser = createBrowser();
      const { address } = await browser.go(begin('/cases/7Q2M-4ZK9?for=h1'), '/cases/7Q2M-4ZK9');
      expect(address.href).toBe(`${api.url}/cases/7Q2M-4ZK9?for=h1`);
      const session = await whoIs(browser.cookies(api.url)).expect(200);
      expect(session.body.official).toBe('qa-officer-1');
      // What was begun is done with, and no token is kept.
      expect([...browser.cookies(api.url).keys()]).toEqual(['homeward']);
      const { rows } = await room.pool.query<{ all: string }>(
        'select string_agg(sessions::text, chr(10)) as all from sessions',
      );
      expect(rows[0]!.all).not.toMatch(/eyJ|account-7/);
    },
  );

  it('asks by code, with PKCE, state and nonce, and for nothing of the person', async () => {
    const { address } = await createBrowser().go(begin(), '/auth');
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${api.url}/session/callback`,
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('says so to an account that is no official, and to the operator, and nobody reads which it was', async () => {
    account = 'stranger-4711';
    lines.length = 0;
    const browser = createBrowser();
    const page = await browser.go(begin());
    expect([page.status, page.address.pathname]).toEqual([403, '/session/callback']);
    expect(page.text).toContain('Homeward has no official with your account');
    expect(browser.cookies(api.url).has('homeward')).toBe(false);
    expect(lines.join()).toContain('subject-unknown');
    expect(page.text + lines.join()).not.toContain('4711');
  });

  it('is not finished by whoever refuses at their office', async () => {
    account = 'refuses';
    const page = await createBrowser().go(begin());
    expect([page.status, page.address.pathname]).toEqual([400, '/session/callback']);
    expect(page.text).toContain('The sign-in was not finished');
  });

  it('is not finished in another browser, nor twice, nor with an answer to another question', async () => {
    account = 'account-7';
    const browser = createBrowser();
    const { address } = await browser.go(begin(), '/session/callback');
    const stolen = await createBrowser().go(address);
    expect([stolen.status, stolen.text.includes('was not finished')]).toEqual([400, true]);
    const wrong = new URL(address);
    wrong.searchParams.set('state', 'x'.repeat(43));
    // Whatever the answer was, what was begun is over.
    expect((await browser.go(wrong)).status).toBe(400);
    expect((await browser.go(address)).status).toBe(400);
    const again = createBrowser();
    const back = await again.go(begin(), '/session/callback');
    await again.go(back.address, '/inbox');
    await whoIs(again.cookies(api.url)).expect(200);
    expect((await again.go(back.address)).status).toBe(400);
  });

  it('of an account that leaves the office ends, though the issuer still knows it', async () => {
    account = 'account-7';
    const browser = createBrowser();
    await browser.go(begin(), '/inbox');
    await whoIs(browser.cookies(api.url)).expect(200);
    const newest = (await room.record.latestMechanism(room.mechanism.id))!.mechanism;
    const withOfficer = (active: boolean, version: number) =>
      room.record.saveMechanism({
        ...newest,
        version,
        officials: newest.officials.map((official) =>
          official.id === 'qa-officer-1' ? { ...official, active } : official,
        ),
      });
    await withOfficer(false, newest.version + 1);
    await soon(async () => expect((await whoIs(browser.cookies(api.url))).status).toBe(401));
    expect((await createBrowser().go(begin())).status).toBe(403);
    await withOfficer(true, newest.version + 2);
    await soon(async () => expect((await createBrowser().go(begin(), '/inbox')).status).toBe(303));
  });

  it('goes by an address only where the mechanism says so, and only by one that the issuer has tried', async () => {
    const newest = (await room.record.latestMechanism(room.mechanism.id))!.mechanism;
    const subjects: Record<string, string> = {
      'qa-officer-1': 'olena@ministry.example',
      'qa-officer-2': 'unverified@ministry.example',
    };
    const officials = newest.officials.map((official) => {
      const subject = subjects[official.id];
      return subject === undefined ? official : { ...official, subject };
    });
    const version = newest.version + 1;
    await room.record.saveMechanism({ ...newest, version, officials, signIn: { claim: 'email' } });
    account = 'olena';
    await soon(async () => {
      const browser = createBrowser();
      const { address } = await browser.go(begin(), '/inbox');
      expect(address.pathname).toBe('/inbox');
      expect((await whoIs(browser.cookies(api.url))).body.official).toBe('qa-officer-1');
    });
    account = 'unverified';
    expect((await createBrowser().go(begin())).status).toBe(403);
    await room.record.saveMechanism({ ...newest, version: version + 1 });
    account = 'account-7';
    await soon(async () => expect((await createBrowser().go(begin(), '/inbox')).status).toBe(303));
  });

  it('ends everywhere too, where no token of ours is to be ended', async () => {
    account = 'account-7';
    const browser = createBrowser();
    await browser.go(begin(), '/inbox');
    const cookie = `homeward=${browser.cookies(api.url).get('homeward')}`;
    await request(api.url)
      .delete('/v1/sessions')
      .set({ ...own, cookie })
      .expect(204);
    expect((await whoIs(browser.cookies(api.url))).status).toBe(401);
  });

  it('says what is missing where no client is set up, and when the issuer does not answer', async () => {
    await restartWith({ issuer: { url: issuer, audience: 'homeward' } });
    const unset = await createBrowser().go(begin());
    expect([unset.status, unset.text.includes('OIDC_CLIENT_ID')]).toEqual([503, true]);
    expect((await createBrowser().go(new URL('/session/callback?code=x', api.url))).status).toBe(404);
    await restartWith({ issuer: { url: 'http://127.0.0.1:1', audience: 'homeward', client } });
    const away = await createBrowser().go(begin());
    expect([away.status, away.text.includes('does not answer')]).toEqual([503, true]);
  });
});
