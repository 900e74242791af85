import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { createTokenVerifier, rememberVerdicts } from '../../src/auth/token-verifier';
import type { TokenVerifier } from '../../src/auth/token-verifier';

const issuer = 'https://id.mediator.example';
const audience = 'urn:homeward:api';
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let others: Awaited<ReturnType<typeof generateKeyPair>>;
let published: JSONWebKeySet;
let verify: TokenVerifier;

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true });
  others = await generateKeyPair('RS256');
  published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  verify = createTokenVerifier({ issuer, audience, keys: published });
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const claims = (): JWTPayload => ({ iss: issuer, aud: audience, sub: 'qa-officer-1', exp: inSeconds(60) });
const sign = (payload: JWTPayload, { kid = 'k1', key = keys.privateKey } = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('whose token counts', () => {
  it('takes a genuine one', async () => {
    expect(await verify(await sign(claims()))).toMatchObject({ claims: { sub: 'qa-officer-1' } });
  });

  const attacks: Record<string, () => Promise<string> | string> = {
    'an unsigned token': () => `${encode({ alg: 'none' })}.${encode(claims())}.`,
    'an unsigned token that names the key': () =>
      `${encode({ alg: 'none', kid: 'k1' })}.${encode(claims())}.`,
    'the public key used as a shared secret': async () => {
      const body = `${encode({ alg: 'HS256', kid: 'k1' })}.${encode(claims())}`;
      const secret = await exportSPKI(keys.publicKey);
      return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
    },
    'another audience': () => sign({ ...claims(), aud: 'urn:other:api' }),
    'no audience': () => sign({ ...claims(), aud: undefined }),
    'another issuer': () => sign({ ...claims(), iss: 'https://id.mediator.example.evil' }),
    'an issuer with a slash more': () => sign({ ...claims(), iss: `${issuer}/` }),
    'an expired one': () => sign({ ...claims(), exp: inSeconds(-10) }),
    'one without an end': () => sign({ ...claims(), exp: undefined }),
    'one for later': () => sign({ ...claims(), nbf: inSeconds(30) }),
    'one for nobody': () => sign({ ...claims(), sub: '' }),
    'another key under the same id': () => sign(claims(), { key: others.privateKey }),
    'an unknown key id': () => sign(claims(), { kid: 'k2' }),
    'a key of its own': async () => {
      const jwk = await exportJWK(others.publicKey);
      const header = { alg: 'RS256', jwk };
      return new SignJWT(claims()).setProtectedHeader(header).sign(others.privateKey);
    },
    'a swapped payload': async () => {
      const [header, , signature] = (await sign(claims())).split('.');
      return `${header}.${encode({ ...claims(), sub: 'qa-lead-1' })}.${signature}`;
    },
    'a critical extension nobody knows': async () => {
      const [, payload, signature] = (await sign(claims())).split('.');
      return `${encode({ alg: 'RS256', kid: 'k1', crit: ['x'], x: 1 })}.${payload}.${signature}`;
    },
    'an algorithm that does not fit the key': async () => {
      const [, payload, signature] = (await sign(claims())).split('.');
      return `${encode({ alg: 'ES256', kid: 'k1' })}.${payload}.${signature}`;
    },
    'three dots': () => '...',
    nothing: () => '',
    'a very long one': () => 'a'.repeat(50_000),
  };
  it.each(Object.entries(attacks))('refuses %s', async (_, make) => {
    expect(await verify(await make())).toEqual({ refused: 'invalid' });
  });

  it('forgives clocks that differ by a few seconds', async () => {
    expect(await verify(await sign({ ...claims(), exp: inSeconds(-2) }))).toMatchObject({
      claims: { sub: 'qa-officer-1' },
    });
  });
});

describe('an issuer elsewhere', () => {
  let server: Server;
  let answer: () => { status: number; body: string };
  beforeAll(async () => {
    server = createServer((_, response) => {
      const { status, body } = answer();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());
  const address = () => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);

  it('is believed by its published keys', async () => {
    answer = () => ({ status: 200, body: JSON.stringify(published) });
    const remote = createTokenVerifier({ issuer, audience, keys: address() });
    expect(await remote(await sign(claims()))).toMatchObject({ claims: { sub: 'qa-officer-1' } });
    expect(await remote(await sign(claims(), { kid: 'k2' }))).toEqual({ refused: 'invalid' });
  });

  it.each([
    ['answers with a fault', { status: 500, body: '' }],
    ['answers with a page', { status: 200, body: '<html>' }],
  ])('that %s says nothing of a token', async (_, fault) => {
    answer = () => fault;
    const remote = createTokenVerifier({ issuer, audience, keys: address() });
    expect(await remote(await sign(claims()))).toEqual({ refused: 'unreachable' });
  });

  it('that does not answer says nothing of a token', async () => {
    const remote = createTokenVerifier({ issuer, audience, keys: new URL('http://127.0.0.1:9/jwks') });
    expect(await remote(await sign(claims()))).toEqual({ refused: 'unreachable' });
  });
});

describe('a token that was genuine a moment ago', () => {
  const counting = () => {
    let asked = 0;
    const remembering = rememberVerdicts((token) => {
      asked += 1;
      return verify(token);
    });
    return { remembering, asked: () => asked };
  };
  afterEach(() => jest.useRealTimers());

  it('is not looked at again for a minute, and then it is', async () => {
    const { remembering, asked } = counting();
    const token = await sign({ ...claims(), exp: inSeconds(600) });
    for (let time = 0; time < 3; time += 1)
      expect(await remembering(token)).toMatchObject({ claims: { sub: 'qa-officer-1' } });
    expect(asked()).toBe(1);
    jest.useFakeTimers({ now: Date.now() + 61_000, doNotFake: ['nextTick', 'setImmediate'] });
    expect(await remembering(token)).toMatchObject({ claims: { sub: 'qa-officer-1' } });
    expect(asked()).toBe(2);
  });

  it('does not count beyond its end', async () => {
    const { remembering } = counting();
    const token = await sign({ ...claims(), exp: inSeconds(20) });
    expect(await remembering(token)).toMatchObject({ claims: { sub: 'qa-officer-1' } });
    jest.useFakeTimers({ now: Date.now() + 30_000, doNotFake: ['nextTick', 'setImmediate'] });
    expect(await remembering(token)).toEqual({ refused: 'invalid' });
  });

  it('is another one when a letter of it is another', async () => {
    const { remembering, asked } = counting();
    const token = await sign(claims());
    await remembering(token);
    expect(await remembering(`${token.slice(0, -6)}AAAAAA`)).toEqual({ refused: 'invalid' });
    expect(asked()).toBe(2);
  });
});
