import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import * as openid from 'openid-client';
import { createFileStore } from '../../src/auth/issuer-store';
import { cliClientId, docsClientId } from '../../src/auth/issuer-names';
import { createLocalIssuer } from '../../src/auth/local-issuer';
import type { LocalIssuer } from '../../src/auth/local-issuer';
import { overPlainHttp } from '../../src/auth/plain-http';
import type { KnownOfficial } from '../../src/auth/official-directory';
import { createTokenVerifier } from '../../src/auth/token-verifier';

const officials: Record<string, KnownOfficial> = {};
for (const id of ['qa-officer-1', 'ua-official-1', 'ru-official-1'])
  officials[id] = {
    id,
    mechanism: 'doha',
    mechanismVersion: 1,
    party: 'qatar',
    kind: 'mediator',
    roles: ['lead'],
    lent: [],
    disabled: false,
  };

const folder = mkdtempSync(join(tmpdir(), 'homeward-sign-in-'));
const store = createFileStore(folder);
const findOfficial = (id: string) => Promise.resolve(officials[id]);
let server: Server;
let url: string;
let issuer: LocalIssuer;

beforeAll(async () => {
  const app = express();
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer = await createLocalIssuer({ publicUrl: url, findOfficial, store });
  app.use(issuer.router);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const verify = (token: string) => createTokenVerifier(issuer)(token);
const exchange = (link: string) => fetch(link, { method: 'POST', headers: { accept: 'application/json' } });

describe('signing in by link', () => {
  it('gives a token for the link, by one POST', async () => {
    const response = await exchange(await issuer.issueSignInLink('qa-officer-1'));
    const answer = (await response.json()) as { access_token: string; expires_in: number };
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(answer).toMatchObject({ token_type: 'Bearer', official: 'qa-officer-1' });
    expect(await verify(answer.access_token)).toMatchObject({ claims: { sub: 'qa-officer-1' } });
  });

  it('works once only, also for two who try at the same moment', async () => {
    const link = await issuer.issueSignInLink('qa-officer-1');
    const statuses = await Promise.all([exchange(link), exchange(link), exchange(link)].map(statusOf));
    expect(statuses.sort()).toEqual([200, 410, 410]);
    expect(await statusOf(exchange(link))).toBe(410);
  });

  it('survives being opened by a mail scanner, which uses nothing up', async () => {
    const link = await issuer.issueSignInLink('qa-officer-1');
    const page = await fetch(link);
    expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
    expect(await statusOf(exchange(link))).toBe(200);
  });

  it('refuses a link after fifteen minutes', async () => {
    const link = await issuer.issueSignInLink('qa-officer-1');
    const late = jest.useFakeTimers({ now: Date.now() + 15 * 60_000 + 1, advanceTimers: true });
    try {
      expect(await statusOf(exchange(link))).toBe(410);
    } finally {
      late.useRealTimers();
    }
  });

  it('refuses unknown links, and people who were suspended after theirs was issued', async () => {
    expect(await statusOf(exchange(`${url}/sign-in/${'x'.repeat(43)}`))).toBe(410);
    const link = await issuer.issueSignInLink('ru-official-1');
    officials['ru-official-1'] = { ...officials['ru-official-1']!, disabled: true };
    expect(await statusOf(exchange(link))).toBe(410);
    await expect(issuer.issueSignInLink('ru-official-1')).rejects.toThrow('may not sign in');
    await expect(issuer.issueSignInLink('nobody')).rejects.toThrow('may not sign in');
  });

  it('keeps links hashed and everything unreadable for others', async () => {
    const code = (await issuer.issueSignInLink('qa-officer-1')).split('/').at(-1)!;
    for (const kind of readdirSync(folder))
      for (const name of readdirSync(join(folder, kind))) {
        const file = join(folder, kind, name);
        expect(`${name} ${readFileSync(file, 'utf8')}`).not.toContain(code);
        expect(statSync(file).mode & 0o077).toBe(0);
      }
  });

  it('keeps its keys over a restart, so that tokens stay good', async () => {
    const response = await exchange(await issuer.issueSignInLink('qa-officer-1'));
    const { access_token } = (await response.json()) as { access_token: string };
    const restarted = await createLocalIssuer({ publicUrl: url, findOfficial, store });
    expect(await createTokenVerifier(restarted)(access_token)).toMatchObject({
      claims: { sub: 'qa-officer-1' },
    });
    const fresh = createFileStore(join(folder, 'two-at-once'));
    const [one, other] = await Promise.all([
      createLocalIssuer({ publicUrl: url, findOfficial, store: fresh }),
      createLocalIssuer({ publicUrl: url, findOfficial, store: fresh }),
    ]);
    expect(one.keys).toEqual(other.keys);
  });
});

describe('staying signed in', () => {
  interface Tokens {
    readonly access_token: string;
    readonly refresh_token: string;
    readonly expires_in: number;
  }
  const signIn = async (official = 'qa-officer-1'): Promise<Tokens> =>
    (await (await exchange(await issuer.issueSignInLink(official))).json()) as Tokens;
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${url}/oidc${path}`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: cliClientId, ...fields }),
    });
  const renew = async (refreshToken: string): Promise<Tokens | string> => {
    const answer = await post('/token', { grant_type: 'refresh_token', refresh_token: refreshToken });
    const body = (await answer.json()) as Tokens & { error?: string };
    return answer.ok ? body : `${answer.status} ${body.error}`;
  };
  const renewed = async (refreshToken: string): Promise<Tokens> => {
    const tokens = await renew(refreshToken);
    if (typeof tokens === 'string') throw new Error(tokens);
    return tokens;
  };
  /** As the API asks: genuine, and of a sign-in that has not ended. */
  const counts = async (token: string): Promise<boolean> => {
    const verdict = await verify(token);
    return !('refused' in verdict) && !(await issuer.isSignedOut(verdict));
  };
  const later = async <Value>(minutes: number, act: () => Promise<Value>): Promise<Value> => {
    const clock = jest.useFakeTimers({ now: Date.now() + minutes * 60_000, advanceTimers: true });
    try {
      return await act();
    } finally {
      clock.useRealTimers();
    }
  };

  it('is by tokens of a quarter of an hour, each renewed by a refresh token', async () => {
    const first = await signIn();
    expect(first.expires_in).toBe(900);
    expect([await counts(first.access_token), await later(16, () => counts(first.access_token))]).toEqual([
      true,
      false,
    ]);
    await later(16, async () => {
      const next = await renewed(first.refresh_token);
      expect(next.expires_in).toBe(900);
      expect([await counts(next.access_token), next.refresh_token === first.refresh_token]).toEqual([
        true,
        false,
      ]);
    });
  });

  it('takes a refresh token once: shown again it ends the whole sign-in', async () => {
    const first = await signIn();
    const next = await renewed(first.refresh_token);
    expect(await renew(first.refresh_token)).toBe('400 invalid_grant');
    expect(await renew(next.refresh_token)).toBe('400 invalid_grant');
    await letAnAnswerAge();
    expect([await counts(first.access_token), await counts(next.access_token)]).toEqual([false, false]);
  });

  it('gives one new token to two who show the same at the same moment', async () => {
    const { refresh_token: token } = await signIn();
    const answers = await Promise.all([renew(token), renew(token), renew(token)]);
    expect(answers.filter((answer) => typeof answer !== 'string').length).toBeLessThanOrEqual(1);
  });

  it('ends after ten hours, however often it was renewed', async () => {
    let { refresh_token: token, access_token: last } = await signIn();
    for (const hours of [3, 6, 9.9])
      ({ refresh_token: token, access_token: last } = await later(hours * 60, () => renewed(token)));
    await later(601, async () => {
      expect([await renew(token), await counts(last)]).toEqual(['400 invalid_grant', false]);
    });
  });

  it('ends, with the tokens it gave, when its refresh token is revoked; other sign-ins go on', async () => {
    const [here, there] = [await signIn(), await signIn()];
    expect((await post('/token/revocation', { token: here.refresh_token })).status).toBe(200);
    await letAnAnswerAge();
    expect([await counts(here.access_token), await renew(here.refresh_token)]).toEqual([
      false,
      '400 invalid_grant',
    ]);
    expect(await counts(there.access_token)).toBe(true);
    await renewed(there.refresh_token);
  });

  it('ends everywhere by signing out everywhere', async () => {
    const [here, there, colleague] = [await signIn(), await signIn(), await signIn('ua-official-1')];
    await fetch(`${url}/sign-in/sign-out`, {
      method: 'POST',
      headers: { authorization: `Bearer ${here.access_token}` },
    });
    expect([await renew(here.refresh_token), await renew(there.refresh_token)]).toEqual([
      '400 invalid_grant',
      '400 invalid_grant',
    ]);
    expect([await counts(there.access_token), await counts(colleague.access_token)]).toEqual([false, true]);
    await renewed(colleague.refresh_token);
    // Instants in tokens are whole seconds.
    await letAnAnswerAge();
    await renewed((await signIn()).refresh_token);
  });

  it('ends for people who are suspended', async () => {
    const { refresh_token: token } = await signIn('ua-official-1');
    officials['ua-official-1'] = { ...officials['ua-official-1']!, disabled: true };
    expect(await renew(token)).toBe('400 invalid_grant');
    officials['ua-official-1'] = { ...officials['ua-official-1'], disabled: false };
  });

  it('is not for another client, and a refresh token is no access token', async () => {
    const { refresh_token: token } = await signIn();
    expect(await verify(token)).toEqual({ refused: 'invalid' });
    const stolen = await post('/token', {
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: docsClientId,
    });
    expect(stolen.ok).toBe(false);
  });
});

/** Who signed out is asked anew each second. */
const letAnAnswerAge = () => new Promise((resolve) => setTimeout(resolve, 1_100));

describe('signing in with a browser, for the command line', () => {
  it('asks for the link, and sends the browser back with a code that PKCE protects', async () => {
    const browser = createBrowser();
    const client = await discover();
    const login = await startLogin(client);
    const page = await browser.go(login.address);
    expect([page.status, page.address.pathname.startsWith('/sign-in/page/')]).toEqual([200, true]);
    const back = await browser.submit(page.address, { link: await issuer.issueSignInLink('ua-official-1') });
    const tokens = await finishLogin(client, back.address, login.verifier);
    expect(await verify(tokens.access_token)).toMatchObject({ claims: { sub: 'ua-official-1' } });
    const next = await openid.refreshTokenGrant(client, tokens.refresh_token!);
    expect(await verify(next.access_token)).toMatchObject({ claims: { sub: 'ua-official-1' } });
  });

  it('is a sign-in of its own each time: ending one leaves the other of the same browser', async () => {
    const browser = createBrowser();
    const client = await discover();
    await browser.submit(new URL(await issuer.issueSignInLink('qa-officer-1')), {});
    const signIn = async () => {
      const login = await startLogin(client);
      return finishLogin(client, (await browser.go(login.address)).address, login.verifier);
    };
    const [one, other] = [await signIn(), await signIn()];
    await openid.tokenRevocation(client, one.refresh_token!);
    await expect(openid.refreshTokenGrant(client, one.refresh_token!)).rejects.toThrow();
    await openid.refreshTokenGrant(client, other.refresh_token!);
  });

  it('needs no pasting once the link was opened in the same browser, and follows the newest link', async () => {
    const browser = createBrowser();
    const client = await discover();
    for (const official of ['qa-officer-1', 'ua-official-1']) {
      await browser.submit(new URL(await issuer.issueSignInLink(official)), {});
      for (const attempt of ['with the ticket', 'with the session']) {
        const login = await startLogin(client);
        const back = await browser.go(login.address);
        const tokens = await finishLogin(client, back.address, login.verifier);
        expect([attempt, await verify(tokens.access_token)]).toMatchObject([
          attempt,
          { claims: { sub: official } },
        ]);
      }
    }
  });

  it('gives no token for a code without its verifier, and none for an ID token', async () => {
    const browser = createBrowser();
    const client = await discover();
    await browser.submit(new URL(await issuer.issueSignInLink('qa-officer-1')), {});
    const login = await startLogin(client);
    const back = await browser.go(login.address);
    const stolen = finishLogin(client, back.address, openid.randomPKCECodeVerifier());
    await expect(stolen).rejects.toThrow();
    const again = await startLogin(client);
    const tokens = await finishLogin(client, (await browser.go(again.address)).address, again.verifier);
    expect(await verify(tokens.id_token!)).toEqual({ refused: 'invalid' });
  });

  it('refuses a redirect to any other machine', async () => {
    const login = await startLogin(await discover(), 'http://evil.example/callback');
    expect((await fetch(login.address, { redirect: 'manual' })).status).toBe(400);
  });
});

const statusOf = async (response: Promise<Response>) => (await response).status;

const discover = () =>
  openid.discovery(new URL(issuer.issuer), cliClientId, undefined, openid.None(), {
    execute: overPlainHttp(openid, issuer.issuer),
  });
async function startLogin(client: openid.Configuration, redirect = 'http://127.0.0.1:49152/callback') {
  const verifier = openid.randomPKCECodeVerifier();
  const address = openid.buildAuthorizationUrl(client, {
    redirect_uri: redirect,
    scope: 'openid homeward',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { verifier, address };
}
const finishLogin = (client: openid.Configuration, callback: URL, verifier: string) =>
  openid.authorizationCodeGrant(client, callback, { pkceCodeVerifier: verifier });

/** Follows redirects and keeps cookies, as far as the loopback redirect of the command line. */
function createBrowser() {
  const cookies = new Map<string, string>();
  const send = async (address: URL, init: RequestInit): Promise<{ status: number; address: URL }> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) cookies.set(name!, value);
      else cookies.delete(name!);
    }
    const next = response.headers.get('location');
    if (next === null) return { status: response.status, address };
    const target = new URL(next, address);
    if (target.pathname === '/callback') return { status: response.status, address: target };
    return send(target, {});
  };
  return {
    go: (address: URL) => send(address, {}),
    submit: (address: URL, form: Record<string, string>) =>
      send(address, { method: 'POST', body: new URLSearchParams(form) }),
  };
}
