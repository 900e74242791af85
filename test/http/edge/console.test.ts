import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import request from 'supertest';
import { createApp } from '../../../src/http/app';
import { partsWithoutServers } from '../support/parts-without-servers';

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'homeward-console-'));

/** As `bootstrap.mjs` does it. */
const build = (): void => {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const words = ['build', '--config', join(root, 'console/vite.config.mts'), '--outDir', folder];
  execFileSync(process.execPath, [vite, ...words, '--emptyOutDir', '--logLevel', 'error'], { cwd: root });
};

describe('the console', () => {
  const app = createApp({ ...partsWithoutServers(), consoleFolder: folder });
  beforeAll(build, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  /** As it goes over the wire: an address nobody tidied, an answer nobody unpacked. */
  const raw = async (
    path: string,
    encoding = 'identity',
  ): Promise<{ headers: IncomingHttpHeaders; status: number; body: Buffer }> => {
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const asked = get({ port, path, headers: { 'accept-encoding': encoding } });
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      return { headers: answer.headers, status: answer.statusCode!, body: await buffer(answer) };
    } finally {
      server.close();
    }
  };
  const assets = () => readdirSync(join(folder, 'assets')).filter((name) => !/\.(br|gz)$/.test(name));
  const script = () => `/assets/${assets().find((name) => name.endsWith('.js'))}`;

  it.each([
    ...['/', '/inbox?scope=mine', '/cases', '/cases/7Q2M-4ZK9', '/cases/7Q2M-4ZK9/do/placeHold?for=h1'],
    ...['/groups/g1/board', '/hosting', '/journeys', '/road', '/figures', '/ledger', '/you', '/session/done'],
    '/cases/%3Cscript%3E',
  ])('is one page, at %s too', async (path) => {
    const page = await request(app).get(path).set('accept', 'text/html,*/*;q=0.8').expect(200);
    expect(page.type).toBe('text/html');
    expect(page.text).toBe(readFileSync(join(folder, 'index.html'), 'utf8'));
    expect(page.headers['cache-control']).toBe('no-cache');
  });

  it('is asked for anew cheaply', async () => {
    const { headers } = await request(app).get('/inbox').expect(200);
    await request(app).get('/cases').set('if-none-match', headers.etag!).expect(304);
  });

  it.each([
    '/elsewhere',
    '/inbox/',
    '/Inbox',
    '/cases/',
    '/index.html',
    '/.vite',
    '/assets/',
    '/assets/none.js',
  ])('is not at %s', async (path) => {
    const answer = await request(app).get(path).set('accept', 'text/html').expect(404);
    expect(answer.type).toBe('application/problem+json');
  });

  it('is no answer to a program, nor to anything but reading', async () => {
    await request(app).get('/inbox').set('accept', 'application/json').expect(404);
    await request(app).post('/inbox').expect(404);
    await request(app).put('/').expect(404);
    await request(app).head('/').expect(200);
  });

  it('keeps to our own files, by a policy that lets nothing else run or load', async () => {
    for (const path of ['/', '/cases/7Q2M-4ZK9', script(), '/sign-in.css']) {
      const { headers } = await request(app).get(path).expect(200);
      expect(headers['content-security-policy']!.split(';').sort()).toEqual(
        [
          ...[
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self'",
          ],
          ...["connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'"],
          ...["base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"],
          'trusted-types homeward',
        ].sort(),
      );
      expect(headers['permissions-policy']).toContain('geolocation=()');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<style|style="|<script(?![^>]*src="\/)|https?:/);
  });

  it('goes out compressed, and its files are kept for a year', async () => {
    const plain = readFileSync(join(folder, script()));
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync, identity: (content: Buffer) => content };
    for (const [encoding, open] of Object.entries(unpack)) {
      const { headers, body } = await raw(script(), encoding);
      expect(headers['content-encoding']).toBe(encoding === 'identity' ? undefined : encoding);
      expect(headers['content-type']).toBe('text/javascript');
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers.vary).toContain('Accept-Encoding');
      expect(open(body).equals(plain)).toBe(true);
    }
    for (const name of assets()) await request(app).get(`/assets/${name}`).expect(200);
    expect((await request(app).get('/sign-in.css').expect(200)).headers['cache-control']).toBe('no-cache');
    expect((await request(app).get('/icon.svg').expect(200)).type).toBe('image/svg+xml');
  });

  it('is not asked for in parts', async () => {
    for (const range of ['bytes=5-2', 'bytes=0-1', 'bytes=9999999-'])
      await request(app).get(script()).set('range', range).expect(200);
  });

  it('leads nowhere but into its folder', async () => {
    for (const path of [
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/index.html',
      '/assets/..',
      '/../package.json',
    ])
      expect([path, (await raw(path)).status]).toEqual([path, 404]);
  });

  it('is as it was built last, also when that was while the server ran', async () => {
    const [before, aside] = [script(), `${folder}.old`];
    await request(app).get(before).expect(200);
    renameSync(folder, aside);
    await request(app).get('/').expect(404);
    renameSync(aside, folder);
    await request(app).get('/').expect(200);
  });
});
