import { Writable } from 'node:stream';
import ICAL from 'ical.js';
import pino from 'pino';
import type { RunningApi } from '../../../src/api';
import { calendarLinkSchema } from '../../../src/contracts/http/officials';
import type { CaseId } from '../../../src/domain/model/ids';
import { newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

describe('the calendar of an official’s due dates', () => {
  let room: ApiRoom;
  let id: CaseId;
  beforeAll(async () => {
    room = await openApiRoom('http-calendar', {
      worker: false,
      change: (mechanism) => ({
        ...mechanism,
        officials: mechanism.officials.map((official) => ({
          ...official,
          languages: official.id === 'qa-lead' ? ['ar', 'en'] : ['en'],
        })),
      }),
    });
    id = await room.open();
  });
  afterAll(() => room.close());

  /** Path of a new link. */
  const link = async (official: string, headers = {}): Promise<string> => {
    const answer = await room.as(official).post('/v1/calendar-feed', {}, headers).expect(201);
    const { link: address } = calendarLinkSchema.strict().parse(answer.body);
    expect(address.startsWith(`${room.api.url}/v1/calendar/`)).toBe(true);
    return new URL(address).pathname;
  };
  const read = (path: string, headers: Record<string, string> = {}, api?: RunningApi) =>
    room.anyone(api).get(path).set(headers);
  const eventsIn = (body: string): ICAL.Event[] =>
    new ICAL.Component(ICAL.parse(body) as string)
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each));
  const act = async (official: string, of: CaseId, command: Parameters<typeof room.process.envelope>[2]) =>
    room.process.record.submit(room.process.envelope(official, of, command), {
      knownVersion: 0,
      route: 'process',
    });

  it('holds what the office owes, by reference and deed, and no one’s name', async () => {
    const answer = await read(await link('qa-officer-1')).expect(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    const body = answer.text;
    const mine = eventsIn(body).filter(({ summary }) => summary.includes(id));
    expect(mine.map(({ summary }) => summary)).toContain(`Case ${id}: acknowledge the case`);
    const { rows } = await room.process.pool.query<{ due: string }>(
      `select due from obligations where case_id = $1 and kind = 'acknowledge-case'`,
      [id],
    );
    const [event] = mine.filter(({ summary }) => summary.endsWith('acknowledge the case'));
    expect(event?.startDate.toJSDate().getTime()).toBe(Math.floor(Date.parse(rows[0]!.due) / 1000) * 1000);
    expect(event?.component.getFirstPropertyValue('url')).toBe(`${room.api.url}/cases/${id}`);
    expect(event?.component.getFirstPropertyValue('class')).toBe('PRIVATE');
    for (const canary of ['Кирило', 'Hadanyi', 'A town', '2012-07-16', 'qa-officer-1', '@homeward.example'])
      expect(body).not.toContain(canary);
  });

  it('speaks the official’s language', async () => {
    const body = (await read(await link('qa-lead')).expect(200)).text;
    expect(body).toContain('X-WR-CALNAME:Homeward: المواعيد');
    for (const { summary } of eventsIn(body)) expect(summary).toMatch(/[\u0600-\u06ff]/);
  });

  it('keeps an event byte for byte while the case moves on, and makes another of a date that has moved', async () => {
    const moving = await room.open();
    const path = await link('qa-officer-2');
    const eventOf = async () =>
      eventsIn((await read(path)).text).find(({ summary }) => summary.includes(`${moving}: accept`));
    const before = await eventOf();
    await act('qa-officer-1', moving, { type: 'acknowledgeCase' });
    const now = await eventOf();
    expect(now?.component.toString()).toBe(before?.component.toString());
    await room.process.pool.query(`update obligations set due = due + interval '1 day' where case_id = $1`, [
      moving,
    ]);
    expect((await eventOf())?.uid).not.toBe(before?.uid);
    await act('qa-officer-1', moving, { type: 'acceptFile' });
    expect(await eventOf()).toBeUndefined();
  });

  it('is not sent again while nothing has changed', async () => {
    const path = await link('qa-reviewer');
    const first = await read(path).expect(200);
    const etag = String(first.headers.etag);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await read(path, { 'if-none-match': tag });
      expect([again.status, again.headers.etag, again.text]).toEqual([304, etag, '']);
    }
    await read(path, { 'if-none-match': '"other"' }).expect(200);
  });

  it('is of one link at a time, the same for a repeated request, and of none once it is revoked', async () => {
    const headers = { 'idempotency-key': newKey() };
    const first = await link('ua-official-1', headers);
    await expect(link('ua-official-1', headers)).resolves.toBe(first);
    const second = await link('ua-official-1');
    expect(refusalOf(await read(first))).toEqual([404, 'not-found']);
    const revived = await room.as('ua-official-1').post('/v1/calendar-feed', {}, headers);
    expect(refusalOf(revived)).toEqual([422, 'command-id-reused']);
    await read(second).expect(200);
    await room.as('ua-official-1').delete('/v1/calendar-feed').expect(204);
    await room.as('ua-official-1').delete('/v1/calendar-feed').expect(204);
    expect(refusalOf(await read(second))).toEqual([404, 'not-found']);
  });

  it('is nobody’s without the whole link', async () => {
    const path = await link('ua-official-1');
    const cut = path.replace('.ics', '');
    for (const other of [
      `${cut.slice(0, -1)}${cut.endsWith('A') ? 'B' : 'A'}.ics`,
      `${cut.slice(0, -1)}.ics`,
      cut,
      '/v1/calendar/.ics',
      `/v1/calendar/${'A'.repeat(43)}.ics`,
      '/v1/calendar/%00.ics',
    ])
      expect(refusalOf(await read(other))[0]).toBe(404);
  });

  it('holds what a deputy sees to, for the time of the absence', async () => {
    const path = await link('qa-duty');
    const kinds = async () => eventsIn((await read(path)).text).map(({ summary }) => summary);
    expect((await kinds()).filter((summary) => summary.includes('acknowledge the case'))).toEqual([]);
    await room
      .as('qa-officer-1')
      .post('/v1/absences', { deputy: 'qa-duty', until: inDays(2) })
      .expect(201);
    const until = Date.now() + 3_000;
    while (!(await kinds()).includes(`Case ${id}: acknowledge the case`)) {
      if (Date.now() > until) throw new Error(String(await kinds()));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  it('is gone when its official has left', async () => {
    const path = await link('ru-official-1');
    await read(path).expect(200);
    const { mechanism } = room.process;
    const officials = mechanism.officials.map((official) =>
      official.id === 'ru-official-1' ? { ...official, active: false } : official,
    );
    await room.process.record.saveMechanism({ ...mechanism, version: mechanism.version + 1, officials });
    const fresh = await room.another({});
    expect(refusalOf(await read(path, {}, fresh))).toEqual([404, 'not-found']);
  });

  it('leaves its link in no log', async () => {
    let log = '';
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        log += chunk.toString();
        done();
      },
    });
    const api = await room.another({ logger: pino({ level: 'trace' }, sink) });
    const answer = await room.as('qa-interviewer', api).post('/v1/calendar-feed', {}).expect(201);
    const { link: address } = calendarLinkSchema.parse(answer.body);
    const { pathname } = new URL(address);
    await read(pathname, {}, api).expect(200);
    await room.as('qa-interviewer', api).delete('/v1/calendar-feed').expect(204);
    await read(pathname, {}, api).expect(404);
    const until = Date.now() + 2_000;
    while (log.split('getCalendar').length < 3 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log.split('"route":"getCalendar"')).toHaveLength(3);
    expect(log).not.toContain(pathname.split('/').at(-1)!.replace('.ics', ''));
  });

  it('can’t be guessed at: whoever tries too often is stopped', async () => {
    const strict = await room.another({ rateLimits: { perOfficial: 1000, perAddress: 3 } });
    const statuses = [];
    for (let tries = 0; tries < 5; tries += 1)
      statuses.push((await read(`/v1/calendar/${'B'.repeat(43)}.ics`, {}, strict)).status);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
  });
});
