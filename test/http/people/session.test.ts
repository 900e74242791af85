/** Browsers and their sessions, on a real record; Temporal is not needed to sign in. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { Response } from 'supertest';
import { startApi } from '../../../src/api';
import type { ApiSettings, RunningApi } from '../../../src/api';
import { sessionSchema } from '../../../src/contracts/http/session';
import { caseAt, openRecordRoom, sealKey } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { quiet } from '../../workflows/support/process-room';
import { newKey, refusalOf } from '../support/api-room';
import { listenTo, soon } from '../support/event-source';

const own = { 'sec-fetch-site': 'same-origin' };
const html = { accept: 'text/html' };

let room: RecordRoom;
let api: RunningApi;
const folder = mkdtempSync(join(tmpdir(), 'homeward-session-'));
const running: RunningApi[] = [];
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
    rateLimits: { perOfficial: 100_000, perAddress: 100_000 },
    logger: quiet,
    ...changes,
  });
  running.push(started);
  return started;
};
beforeAll(async () => {
  room = await openRecordRoom();
  api = await start();
});
afterAll(async () => {
  for (const each of running) await each.stop();
  rmSync(folder, { recursive: true, force: true });
  await room.close();
});

/** What a browser keeps of an answer: name=value of each cookie that was set and not cleared. */
const cookiesOf = (response: Response): string[] =>
  ((response.headers['set-cookie'] as unknown as string[] | undefined) ?? [])
    .filter((line) => !line.includes('Expires=Thu, 01 Jan 1970'))
    .map((line) => line.split(';')[0]!);
const lineOf = (response: Response, name: string): string | undefined =>
  ((response.headers['set-cookie'] as unknown as string[] | undefined) ?? []).find((line) =>
    line.startsWith(`${name}=`),
  );

async function signIn(official: string, cookies: readonly string[] = []): Promise<string> {
  const link = new URL(await api.issueSignInLink(official));
  const answer = await request(api.url)
    .post(link.pathname)
    .set({ ...html, ...own, cookie: cookies.join('; ') })
    .expect(303);
  return cookiesOf(answer).find((cookie) => cookie.startsWith('homeward='))!;
}
const ask = (cookie: string, path = '/v1/session', headers: object = own) =>
  request(api.url)
    .get(path)
    .set({ cookie, ...headers });
const shift = (official: string, { made = '0s', seen = '0s' }: { made?: string; seen?: string }) =>
  room.pool.query(
    `update sessions set made_at = made_at - $2::interval, ends_at = ends_at - $2::interval,
                         seen_at = seen_at - $3::interval where official = $1`,
    [official, made, seen],
  );

describe('a browser’s session', () => {
  it('begins with a link and its button, and leads to the console', async () => {
    const link = new URL(await api.issueSignInLink('qa-officer-1'));
    const page = await request(api.url).get(link.pathname).set(html).expect(200);
    expect(page.text).toContain('<form method="post">');
    const answer = await request(api.url)
      .post(link.pathname)
      .set({ ...html, ...own })
      .expect(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(lineOf(answer, 'homeward')).toMatch(/^homeward=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    await request(api.url)
      .post(link.pathname)
      .set({ ...html, ...own })
      .expect(410);
  });

  it('says who one is, until when, and the key of drafts', async () => {
    const cookie = await signIn('qa-officer-1');
    const { body, headers } = await ask(cookie).expect(200);
    const session = sessionSchema.strict().parse(body);
    const official = room.mechanism.officials.find(({ id }) => id === 'qa-officer-1')!;
    expect(session).toMatchObject({
      official: 'qa-officer-1',
      name: official.name,
      party: 'qatar',
      kind: 'mediator',
      roles: official.roles,
      lent: [],
      languages: official.languages,
    });
    expect(Date.parse(session.expiresAt) - Date.now()).toBeGreaterThan(59 * 60_000);
    expect(Date.parse(session.expiresAt) - Date.now()).toBeLessThan(61 * 60_000);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('has a key of drafts of its own, the same each time, and kept nowhere', async () => {
    const [one, two] = [await signIn('qa-officer-1'), await signIn('qa-officer-1')];
    const keyOf = async (cookie: string) => ((await ask(cookie)).body as { draftKey: string }).draftKey;
    expect(await keyOf(one)).toBe(await keyOf(one));
    expect(await keyOf(one)).not.toBe(await keyOf(two));
    const { rows } = await room.pool.query<{ all: string }>(
      'select string_agg(sessions::text, chr(10)) as all from sessions',
    );
    for (const cookie of [one, two]) {
      expect(rows[0]!.all).not.toContain(cookie.split('=')[1]);
      expect(rows[0]!.all).not.toContain(await keyOf(cookie));
    }
  });

  it('counts on every route like a token, writes too', async () => {
    const cookie = await signIn('ua-official-1');
    const { case: id } = await room.open();
    await ask(cookie, `/v1/cases/${id}`).expect(200);
    const hold = { type: 'placeHold', hold: 'h-1', reason: 'legal' };
    await request(api.url)
      .post(`/v1/cases/${id}/commands`)
      .set({ cookie, ...own, 'idempotency-key': newKey() })
      .send(hold)
      .expect(200);
  });

  it('is told uncompressed, as it holds a secret; lists are compressed', async () => {
    const cookie = await signIn('ua-official-1');
    const encodingOf = async (path: string) =>
      (await ask(cookie, path, own).expect(200)).headers['content-encoding'];
    expect([await encodingOf('/v1/session'), await encodingOf('/v1/mechanism')]).toEqual([undefined, 'gzip']);
  });

  it('answers a page of another who was signed in here before as if nobody were', async () => {
    const cookie = await signIn('ua-official-1');
    const by = (official: string) => ask(cookie, '/v1/inbox', { ...own, 'homeward-official': official });
    await by('ua-official-1').expect(200);
    await by('ua-decider').expect(401);
    await by('').expect(401);
  });

  it('does not count for what a page elsewhere makes the browser send, reading or writing', async () => {
    const cookie = await signIn('ua-official-1');
    const { case: id } = await room.open();
    const elsewhere = [
      ...['cross-site', 'same-site', 'none'].map((site) => ({ 'sec-fetch-site': site })),
      { 'sec-fetch-site': 'cross-site', origin: api.url },
      { origin: 'http://evil.example' },
      { origin: 'null' },
      {},
    ];
    for (const headers of elsewhere) {
      expect(refusalOf(await ask(cookie, `/v1/cases/${id}`, headers))).toEqual([401, 'unauthenticated']);
      const written = await request(api.url)
        .post(`/v1/cases/${id}/commands`)
        .set({ cookie, ...headers, 'idempotency-key': newKey() })
        .send({ type: 'placeHold', hold: 'h-1', reason: 'legal' });
      expect(refusalOf(written)).toEqual([401, 'unauthenticated']);
      expect(
        refusalOf(
          await request(api.url)
            .delete('/v1/session')
            .set({ cookie, ...headers }),
        ),
      ).toEqual([401, 'unauthenticated']);
    }
    // A browser that does not say the site says at least the origin.
    await ask(cookie, `/v1/cases/${id}`, { origin: api.url }).expect(200);
  });

  it('does not let a token that is wrong pass because there is a cookie', async () => {
    const cookie = await signIn('ua-official-1');
    const answer = await ask(cookie, '/v1/session', { ...own, authorization: 'Bearer nonsense' });
    expect(refusalOf(answer)).toEqual([401, 'unauthenticated']);
  });

  it.each(['', 'homeward=', 'homeward=x', `homeward=${'A'.repeat(43)}`, 'homeward=%00', 'other=1'])(
    'is none with the cookie %j',
    async (cookie) => {
      expect(refusalOf(await ask(cookie))).toEqual([401, 'unauthenticated']);
    },
  );

  it('ends after an hour without use, and is prolonged by use', async () => {
    const cookie = await signIn('qa-reviewer');
    await shift('qa-reviewer', { seen: '55 minutes' });
    await ask(cookie).expect(200);
    await shift('qa-reviewer', { seen: '55 minutes' });
    await ask(cookie).expect(200);
    await shift('qa-reviewer', { seen: '61 minutes' });
    expect(refusalOf(await ask(cookie))).toEqual([401, 'unauthenticated']);
  });

  it('ends ten hours after it began, however much it is used', async () => {
    const cookie = await signIn('qa-interviewer');
    await shift('qa-interviewer', { made: '9 hours 50 minutes' });
    const { expiresAt } = (await ask(cookie).expect(200)).body as { expiresAt: string };
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThan(10 * 60_000 + 1_000);
    await shift('qa-interviewer', { made: '11 minutes' });
    expect(refusalOf(await ask(cookie))).toEqual([401, 'unauthenticated']);
  });

  it('of an escort whose child has set out ends after 72 hours only, and is kept on the telephone', async () => {
    const link = new URL(await api.issueSignInLink('es-escort-1'));
    const answer = await request(api.url)
      .post(link.pathname)
      .set({ ...html, ...own });
    expect(lineOf(answer, 'homeward')).toContain('Max-Age=259200');
    const cookie = cookiesOf(answer).find((each) => each.startsWith('homeward='))!;
    const other = await signIn('es-escort-2');
    const id = await caseAt(room, 'ready');
    await shift('es-escort-1', { made: '2 hours', seen: '2 hours' });
    await shift('es-escort-2', { made: '2 hours', seen: '2 hours' });
    // Named, and not under way yet.
    expect((await ask(cookie)).status).toBe(401);
    await room.act('qa-lead', id, { type: 'depart' });
    const { expiresAt } = (await ask(cookie).expect(200)).body as { expiresAt: string };
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(69 * 3_600_000);
    // A colleague who travels with no child.
    expect((await ask(other)).status).toBe(401);
    await shift('es-escort-1', { made: '69 hours', seen: '69 hours' });
    await ask(cookie).expect(200);
    await shift('es-escort-1', { made: '2 hours' });
    expect((await ask(cookie)).status).toBe(401);
  });

  it('of an escort is as any other once the child is handed over', async () => {
    const cookie = await signIn('es-escort-1');
    await shift('es-escort-1', { made: '11 hours', seen: '2 hours' });
    await ask(cookie).expect(200);
    const { rows } = await room.pool.query<{ id: string }>(`select id from cases where stage = 'transit'`);
    for (const { id } of rows) {
      await room.act('es-escort-1', id, { type: 'arrive' });
      await room.act('qa-officer-1', id, { type: 'identifyChild', how: 'photograph', matches: true });
      await room.act('qa-interviewer', id, {
        type: 'recordHearing',
        recipient: 'recipient-1',
        answer: 'willing',
      });
      await ask(cookie).expect(200);
      const documentHash = '0'.repeat(64);
      await room.act('re-receiver', id, { type: 'checkRecipientIdentity', matches: true, documentHash });
      await room.act('re-receiver', id, { type: 'confirmHandover' });
      await room.act('es-escort-1', id, { type: 'confirmHandover' });
    }
    expect((await ask(cookie)).status).toBe(401);
  });

  it('is removed from the record when it can count no more', async () => {
    await signIn('ru-official-1');
    await shift('ru-official-1', { made: '73 hours' });
    await signIn('ua-official-1');
    const { rows } = await room.pool.query(`select from sessions where official = 'ru-official-1'`);
    expect(rows).toHaveLength(0);
  });

  it('ends when its owner signs out, with all that the browser keeps', async () => {
    const [cookie, elsewhere] = [await signIn('qa-officer-1'), await signIn('qa-officer-1')];
    const out = await request(api.url)
      .delete('/v1/session')
      .set({ cookie, ...own })
      .expect(204);
    expect(out.headers['clear-site-data']).toBe('"cookies", "storage", "cache"');
    expect(lineOf(out, 'homeward')).toContain('Expires=Thu, 01 Jan 1970');
    expect((await ask(cookie)).status).toBe(401);
    await ask(elsewhere).expect(200);
  });

  it('ends everywhere when its owner says so, tokens as well, and nobody else’s', async () => {
    const another = await start();
    const [one, two, other] = [
      await signIn('qa-officer-1'),
      await signIn('qa-officer-1'),
      await signIn('qa-officer-2'),
    ];
    const token = await tokenOf('qa-officer-1');
    await request(api.url)
      .delete('/v1/sessions')
      .set({ cookie: one, ...own })
      .expect(204);
    for (const cookie of [one, two]) expect((await ask(cookie)).status).toBe(401);
    // In every process.
    expect(
      (
        await request(another.url)
          .get('/v1/session')
          .set({ cookie: two, ...own })
      ).status,
    ).toBe(401);
    await soon(async () => expect((await withToken(token)).status).toBe(401));
    await ask(other).expect(200);
  });

  it('ends when its owner signs out everywhere from a terminal', async () => {
    const cookie = await signIn('qa-officer-2');
    const token = await tokenOf('qa-officer-2');
    await request(api.url).post('/sign-in/sign-out').set('authorization', `Bearer ${token}`).expect(204);
    expect((await ask(cookie)).status).toBe(401);
  });

  it('gives way to the next that begins in the same browser', async () => {
    const first = await signIn('qa-officer-1');
    const second = await signIn('ua-official-1', [first]);
    expect((await ask(first)).status).toBe(401);
    expect((await ask(second)).body.official).toBe('ua-official-1');
  });

  it('ends its stream when it ends, and an open stream does not prolong it', async () => {
    const cookie = await signIn('qa-duty');
    const listening = await listenTo(`${api.url}/v1/inbox/stream`, undefined, { cookie, ...own });
    expect(listening.status).toBe(200);
    await shift('qa-duty', { seen: '30 minutes' });
    const seenAt = async () =>
      (
        await room.pool.query<{ at: string }>(
          `select seen_at::text as at from sessions where official = 'qa-duty'`,
        )
      ).rows[0]!.at;
    const before = await seenAt();
    // It asks every ten seconds.
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(await seenAt()).toBe(before);
    await shift('qa-duty', { seen: '31 minutes' });
    await listening.ended;
  }, 40_000);

  it('of somebody who left the office counts no more', async () => {
    const cookie = await signIn('ru-decider');
    await ask(cookie).expect(200);
    const newest = (await room.record.latestMechanism(room.mechanism.id))!.mechanism;
    await room.record.saveMechanism({
      ...newest,
      version: newest.version + 1,
      officials: newest.officials.map((official) =>
        official.id === 'ru-decider' ? { ...official, active: false } : official,
      ),
    });
    await soon(async () => expect(refusalOf(await ask(cookie))).toEqual([401, 'unauthenticated']));
  });

  it('is told to a program with a token as well', async () => {
    const token = await tokenOf('ua-official-1');
    const session = sessionSchema.strict().parse((await withToken(token).expect(200)).body);
    expect(session.official).toBe('ua-official-1');
    expect(Date.parse(session.expiresAt)).toBeGreaterThan(Date.now());
  });
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
const tokenOf = async (official: string): Promise<string> => {
  const link = new URL(await api.issueSignInLink(official));
  const answer = await request(api.url).post(link.pathname).set('accept', 'application/json').expect(200);
  return (answer.body as { access_token: string }).access_token;
};
const withToken = (token: string) =>
  request(api.url).get('/v1/session').set('authorization', `Bearer ${token}`);

describe('the pages to sign in at', () => {
  const begin = (to: string) => request(api.url).get('/session/start').query({ to }).set(html).expect(200);

  it.each([
    ['en', 'ltr', 'Paste your sign-in link.'],
    ['uk', 'ltr', 'Вставте своє посилання для входу.'],
    ['ru', 'ltr', 'Вставьте свою ссылку для входа.'],
    ['ar', 'rtl', 'ألصق رابط تسجيل الدخول الخاص بك.'],
  ])('are in %s', async (language, direction, sentence) => {
    const page = await request(api.url)
      .get('/session/start')
      .set({ ...html, 'accept-language': `${language}-XX,${language};q=0.9` })
      .expect(200);
    expect(page.text).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(page.text).toContain(sentence);
    expect(page.headers['content-language']).toBe(language);
    const link = new URL(await api.issueSignInLink('qa-officer-1'));
    const confirm = await request(api.url).get(`${link.pathname}?lang=${language}`).expect(200);
    expect(confirm.text).toContain(`<html lang="${language}" dir="${direction}">`);
    const dead = await request(api.url)
      .post(`/sign-in/none?lang=${language}`)
      .set({ ...html, ...own })
      .expect(410);
    expect(dead.text).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(dead.text).toContain('href="/session/start"');
  });

  it('run no script and load only our sheet', async () => {
    const page = await begin('/');
    expect(page.text).not.toMatch(/<script|<img|style="|<style|https?:\/\//);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; style-src 'self'");
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('take a pasted link and lead to what was asked for', async () => {
    const page = await begin('/cases/7Q2M-4ZK9?for=h1#now');
    expect(lineOf(page, 'homeward-start')).toMatch(/Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax/);
    for (const pasted of [(link: string) => ` ${link}\n`, (link: string) => link.split('/').at(-1)!]) {
      const link = await api.issueSignInLink('qa-officer-1');
      const answer = await request(api.url)
        .post('/sign-in')
        .set({ ...html, ...own, cookie: cookiesOf(page).join('; ') })
        .type('form')
        .send({ link: pasted(link) })
        .expect(303);
      expect(answer.headers.location).toBe('/cases/7Q2M-4ZK9?for=h1#now');
      await ask(cookiesOf(answer).find((cookie) => cookie.startsWith('homeward='))!).expect(200);
    }
  });

  it.each([
    ...[
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
    ],
    ...['/\t/evil.example', '/..//evil.example', '/%0d%0aset-cookie:a=b\r\n', 'inbox', ''],
  ])('lead nowhere but to a path of ours, not to %j', async (to) => {
    const page = await begin(to);
    const link = new URL(await api.issueSignInLink('qa-officer-1'));
    const answer = await request(api.url)
      .post(link.pathname)
      .set({ ...html, ...own, cookie: cookiesOf(page).join('; ') })
      .expect(303);
    const { location } = answer.headers;
    expect(new URL(location!, api.url).origin).toBe(api.url);
    expect(location).toBe('/');
  });

  it('lead to no path that is longer than any of ours', async () => {
    expect(lineOf(await begin(`/${'x'.repeat(2_000)}`), 'homeward-start')!.length).toBeLessThan(200);
  });

  it('pass over a cookie that somebody has written themselves', async () => {
    for (const value of [
      'nonsense',
      Buffer.from('{"to":"//evil.example"}').toString('base64url'),
      Buffer.from('null').toString('base64url'),
      Buffer.from('{"to":7}').toString('base64url'),
    ]) {
      const link = new URL(await api.issueSignInLink('qa-officer-1'));
      const answer = await request(api.url)
        .post(link.pathname)
        .set({ ...html, ...own, cookie: `homeward-start=${value}` })
        .expect(303);
      expect(answer.headers.location).toBe('/');
    }
  });

  it('use up no link for a form that another site sent', async () => {
    const link = new URL(await api.issueSignInLink('qa-officer-1'));
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example' }]) {
      const answer = await request(api.url)
        .post(link.pathname)
        .set({ ...html, ...headers })
        .expect(403);
      expect(cookiesOf(answer)).toEqual([]);
    }
    await request(api.url)
      .post(link.pathname)
      .set({ ...html, ...own })
      .expect(303);
  });

  it('bind the cookie to this host where there is TLS', async () => {
    const port = await freePort();
    const secure = await start({ port, publicUrl: 'https://homeward.example' });
    const link = new URL(await secure.issueSignInLink('qa-officer-1'));
    const answer = await request(`http://127.0.0.1:${port}`)
      .post(link.pathname)
      .set({ ...html, ...own })
      .expect(303);
    expect(lineOf(answer, '__Host-homeward')).toMatch(
      /^__Host-homeward=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });
});
