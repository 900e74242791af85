/** A sign-in of the command line goes on by itself, and ends when its official says so. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliClientId } from '../../src/auth/issuer-names';
import { openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { startHomeward } from './support/run-homeward';

interface Kept {
  official: string;
  token: string;
  expiresAt: string;
  issuer: string;
  refreshToken?: string;
}

describe('a sign-in of the command line', () => {
  let room: ApiRoom;
  let home: string;
  beforeAll(async () => {
    room = await openApiRoom('cli-signed-in', { worker: false });
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'homeward-signed-in-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));
  afterAll(() => room.close());

  const homeward = (...words: string[]) =>
    startHomeward(words, { XDG_CONFIG_HOME: home, HOMEWARD_PUBLIC_URL: room.api.url }).ended;
  const signIn = async (official = 'qa-officer-1'): Promise<Kept> => {
    const { code, complaint } = await homeward('sign-in', await room.api.issueSignInLink(official));
    expect([code, complaint]).toEqual([0, '']);
    return kept(official)!;
  };
  const file = (): string =>
    join(
      home,
      'homeward',
      readdirSync(join(home, 'homeward')).find((name) => /^session-.*\.json$/.test(name))!,
    );
  const read = () => JSON.parse(readFileSync(file(), 'utf8')) as { officials: Record<string, Kept> };
  const kept = (official = 'qa-officer-1'): Kept | undefined => read().officials[official];
  const change = (fields: Partial<Kept>, official = 'qa-officer-1'): void => {
    const sessions = read();
    sessions.officials[official] = { ...sessions.officials[official]!, ...fields };
    writeFileSync(file(), JSON.stringify(sessions));
  };
  const letItRunOut = () => change({ expiresAt: new Date(Date.now() + 5_000).toISOString() });

  const statusWith = async (token: string): Promise<number> =>
    (await room.anyone().get('/v1/mechanism').set('authorization', `Bearer ${token}`)).status;
  const renewing = async (refreshToken: string): Promise<number> =>
    (
      await room
        .anyone()
        .post('/oidc/token')
        .type('form')
        .send({ client_id: cliClientId, grant_type: 'refresh_token', refresh_token: refreshToken })
    ).status;

  it('is renewed in silence when the token is about to end, and when the API refuses it', async () => {
    const first = await signIn();
    letItRunOut();
    expect(await homeward('whoami')).toMatchObject({ code: 0, complaint: '' });
    const second = kept()!;
    expect([second.token === first.token, second.refreshToken === first.refreshToken]).toEqual([
      false,
      false,
    ]);
    expect(statSync(file()).mode & 0o077).toBe(0);
    change({ token: `${second.token.slice(0, -8)}AAAAAAAA` });
    expect(await homeward('whoami')).toMatchObject({ code: 0, complaint: '' });
    expect(await statusWith(kept()!.token)).toBe(200);
  });

  it('is lost to nobody when several commands find its token spent at once', async () => {
    await signIn();
    for (let round = 0; round < 2; round += 1) {
      letItRunOut();
      const ended = await Promise.all([1, 2, 3, 4].map(() => homeward('whoami')));
      expect(ended.map(({ code, complaint }) => [code, complaint])).toEqual(
        Array.from({ length: 4 }, () => [0, '']),
      );
    }
    letItRunOut();
    expect((await homeward('whoami')).code).toBe(0);
  });

  it('is held up by nothing that a killed command left behind', async () => {
    await signIn();
    letItRunOut();
    // No process has this id on Linux.
    writeFileSync(`${file()}.lock`, '4194305');
    expect((await homeward('whoami')).code).toBe(0);
    expect(readdirSync(join(home, 'homeward'))).toEqual([expect.stringMatching(/^session-\w+\.json$/)]);
  });

  it('says that it has ended when its refresh token counts no more', async () => {
    await signIn();
    change({ token: 'spent', refreshToken: 'unknown' });
    const { code, complaint } = await homeward('whoami');
    expect([code, complaint]).toEqual([3, expect.stringContaining('Your session has ended')]);
  });

  it('ends on sign-out: neither the token nor the refresh token counts afterwards', async () => {
    const elsewhere = await signIn();
    const [here, colleague] = [await signIn(), await signIn('ua-official-1')];
    const { code, out } = await homeward('sign-out');
    expect([code, out]).toEqual([0, expect.stringContaining('qa-officer-1: ended')]);
    expect(out).toContain('ua-official-1: ended');
    await aSecond();
    for (const { token, refreshToken } of [here, colleague])
      expect([await statusWith(token), await renewing(refreshToken!)]).toEqual([401, 400]);
    // Signed in twice on this machine: the first one was replaced, and is a sign-in of its own.
    expect(await statusWith(elsewhere.token)).toBe(200);
    expect((await homeward('whoami')).code).toBe(3);
  });

  it('ends everywhere when asked to, with a token that had to be renewed for it', async () => {
    const elsewhere = await signIn();
    await signIn();
    letItRunOut();
    expect((await homeward('sign-out', '--everywhere')).code).toBe(0);
    await aSecond();
    expect([await statusWith(elsewhere.token), await renewing(elsewhere.refreshToken!)]).toEqual([401, 400]);
  });

  it('is forgotten, and said not to be ended, when its issuer is away', async () => {
    const { token } = await signIn();
    change({ issuer: 'http://127.0.0.1:9/oidc' });
    const { code, out, complaint } = await homeward('sign-out');
    expect([code, out]).toEqual([4, expect.stringContaining('does not answer')]);
    expect(complaint).toContain('homeward sign-out --everywhere');
    expect((await homeward('whoami')).code).toBe(3);
    expect(await statusWith(token)).toBe(200);
  });

  it.each([
    ['that renews no more when asked', '/revoke', 'renews this sign-in no more'],
    ['that ends nothing', undefined, 'Homeward can’t end what'],
  ])('of an issuer elsewhere %s says what counts on', async (_issuer, revocation, told) => {
    const revoked: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => revoked.push(text));
      request.on('end', () =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            issuer,
            jwks_uri: `${issuer}/certs`,
            ...(revocation !== undefined && { revocation_endpoint: `${issuer}${revocation}` }),
          }),
        ),
      );
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await signIn();
    const claims = Buffer.from(JSON.stringify({ sub: 'x', iss: issuer, aud: 'homeward' }));
    change({ issuer, token: `e30.${claims.toString('base64url')}.x`, refreshToken: 'theirs' });
    const { code, out } = await homeward('sign-out');
    expect([code, out]).toEqual([0, expect.stringContaining(told)]);
    expect(out).toMatch(/counts until \d{4}-\d\d-\d\dT\d\d:\d\dZ/);
    expect(revoked.join()).toEqual(revocation === undefined ? '' : expect.stringContaining('token=theirs'));
    server.close();
  });
});

/** So soon every process of the API hears of it. */
const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));
