/** Officials who sign in at an issuer of their own: a real one over HTTP, as Keycloak and its kin publish themselves. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pino from 'pino';
import type { RunningApi } from '../../../src/api';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

const audience = 'homeward';
const account = '7d3b1c52-6f0a-4e0e-9a53-0f4f1e2d9c11';
const lines: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let server: Server;
let issuer: string;
let room: ApiRoom;
let api: RunningApi;

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  server = createServer(({ url }, response) => {
    const body = url === '/realms/returns/certs' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/certs` };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/returns`;
  room = await openApiRoom('issuer-elsewhere', { worker: false });
  const { mechanism, record } = room.process;
  await record.saveMechanism({
    ...mechanism,
    version: mechanism.version + 1,
    officials: mechanism.officials.map((official) =>
      official.id === 'qa-officer-1' ? { ...official, subject: account } : official,
    ),
  });
  api = await room.another({ issuer: { url: issuer, audience }, logger });
});
afterAll(async () => {
  await room.close();
  server.close();
});

const tokenOf = (claims: object) =>
  new SignJWT({ typ: 'Bearer', azp: 'homeward', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer(issuer)
    .setAudience([audience, 'account'])
    .setExpirationTime('5m')
    .sign(keys.privateKey);
const ask = async (claims: object) =>
  room
    .anyone(api)
    .get('/v1/mechanism')
    .set('authorization', `Bearer ${await tokenOf(claims)}`);

describe('an official of an issuer elsewhere', () => {
  it('is who the mechanism binds the account to', async () => {
    const answer = await ask({ sub: account, preferred_username: 'qa-lead' });
    expect([answer.status, answer.body.you?.official]).toEqual([200, 'qa-officer-1']);
    expect(answer.text).not.toContain(account);
  });

  it('hears that nobody is bound to the account, and so does the operator; nobody reads which it was', async () => {
    lines.length = 0;
    const unknown = 'f2a0c7de-1111-4222-8333-444455556666';
    const answer = await ask({
      sub: unknown,
      email: 'olena@ministry.example',
      preferred_username: 'qa-lead',
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'subject-unknown']);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ reason: 'subject-unknown', msg: 'a genuine token that names no official' }),
    ]);
    expect(answer.text + lines.join()).not.toMatch(/f2a0c7de|olena|qa-lead/);
  });

  it('is not who shares an id with the account’s name, nor who is bound to another account', async () => {
    expect((await ask({ sub: 'qa-officer-1' })).body.code).toBe('subject-unknown');
    expect((await ask({ sub: 'qa-lead' })).status).toBe(200);
  });
});
