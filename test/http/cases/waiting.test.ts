import { figuresSchema, inboxEntrySchema, inboxSchema } from '../../../src/contracts/http/answers';
import { openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

interface Listed {
  readonly items: { case: string; waitingOn?: string[]; party?: string; kind?: string }[];
  readonly counts?: { total: number };
}

describe('inbox, board and figures over the API', () => {
  let room: ApiRoom;
  const ids: string[] = [];
  beforeAll(async () => {
    room = await openApiRoom('http-waiting', { worker: false });
    for (let count = 0; count < 3; count += 1) ids.push(await room.open());
    ids.sort();
    await room.process.pool.query(
      `update obligations set due = clock_timestamp() - interval '1 hour' where case_id = $1`,
      [ids[0]],
    );
    await room.process.pool.query(
      `update cases set lapses_at = clock_timestamp() + interval '5 days' where id = $1`,
      [ids[1]],
    );
  });
  afterAll(() => room.close());

  const casesOf = async (official: string, query: Record<string, string>): Promise<string[]> => {
    const { body } = await room.as(official).get('/v1/cases', query).expect(200);
    return (body as Listed).items.map((entry) => entry.case).sort();
  };

  it('answers an inbox as documented, counted on its first page, by scope and by filter', async () => {
    const officer = room.as('qa-officer-1');
    const whole = inboxSchema(inboxEntrySchema.strict()).parse((await officer.get('/v1/inbox')).body);
    expect(whole.counts?.total).toBe(whole.items.length);
    const page = (await officer.get('/v1/inbox', { limit: '1' })).body as Listed & { next: string };
    const second = (await officer.get('/v1/inbox', { limit: '1', cursor: page.next })).body as Listed;
    expect([page.counts?.total, second.counts]).toEqual([whole.items.length, undefined]);
    const found = async (query: Record<string, string>) =>
      ((await officer.get('/v1/inbox', query).expect(200)).body as Listed).items.map((entry) => entry.case);
    expect(new Set(await found({ overdue: 'true' }))).toEqual(new Set([ids[0]]));
    expect(await found({ case: ids[2]!, kind: 'acknowledge-case' })).toEqual([ids[2]]);
    expect(await found({ scope: 'delegated' })).toEqual([]);
    expect(await found({ paused: 'true' })).toEqual([]);
    expect(new Set(await found({ dueBefore: new Date().toISOString() }))).toEqual(new Set([ids[0]]));
    const party = ((await room.as('qa-reviewer').get('/v1/inbox', { scope: 'party' })).body as Listed).items;
    expect(party.length).toBeGreaterThan(0);
    expect(new Set(party.map((entry) => entry.party))).toEqual(new Set(['qatar']));
  });

  it('refuses a filter it does not know, and a cursor of another scope', async () => {
    const officer = room.as('qa-officer-1');
    for (const query of [{ scope: 'x' }, { kind: 'x' }, { overdue: 'yes' }, { dueBefore: 'soon' }] as Record<
      string,
      string
    >[])
      expect(refusalOf(await officer.get('/v1/inbox', query))).toEqual([422, 'invalid-request']);
    const { next } = (await officer.get('/v1/inbox', { limit: '1' })).body as { next: string };
    expect(refusalOf(await officer.get('/v1/inbox', { scope: 'party', cursor: next }))).toEqual([
      422,
      'invalid-request',
    ]);
    for (const query of [{ lapsingWithinDays: '-1' }, { waitingKind: 'x' }, { order: 'x' }] as Record<
      string,
      string
    >[])
      expect(refusalOf(await officer.get('/v1/cases', query))).toEqual([422, 'invalid-request']);
  });

  it('finds cases by what is owed, by whom, by what is late and by what lapses', async () => {
    expect(await casesOf('qa-lead', { overdue: 'true' })).toEqual([ids[0]]);
    expect(await casesOf('qa-lead', { overdue: 'false' })).toEqual(ids.slice(1));
    expect(await casesOf('qa-lead', { lapsingWithinDays: '7' })).toEqual([ids[1]]);
    expect(await casesOf('qa-lead', { lapsingWithinDays: '3' })).toEqual([]);
    expect(await casesOf('qa-lead', { waitingKind: 'acknowledge-case' })).toEqual(ids);
    expect(await casesOf('qa-lead', { waitingOnOfficial: 'qa-officer-1', order: 'waiting' })).toEqual(ids);
    expect(await casesOf('qa-lead', { waitingOnOfficial: 'ru-decider' })).toEqual([]);
  });

  it('says of another party’s official the same as of one who never was', async () => {
    const side = room.as('ru-official-1');
    const [theirs, nobody] = await Promise.all(
      ['ua-official-1', 'nobody-at-all'].map((waitingOnOfficial) =>
        side.get('/v1/cases', { waitingOnOfficial }),
      ),
    );
    const plain = ({ body }: { body: unknown }) => ({ ...(body as object), instance: '', requestId: '' });
    expect(refusalOf(theirs!)).toEqual([422, 'invalid-request']);
    expect(plain(theirs!)).toEqual(plain(nobody!));
  });

  it('gives figures to mediator, sides and observers only, and these see no small count', async () => {
    for (const official of ['em-host', 'es-dispatcher', 're-receiver'])
      expect(refusalOf(await room.as(official).get('/v1/figures'))).toEqual([403, 'not-permitted']);
    expect(refusalOf(await room.anyone().get('/v1/figures'))).toEqual([401, 'unauthenticated']);
    const all = figuresSchema.strict().parse((await room.as('qa-lead').get('/v1/figures')).body);
    expect(all.open).toMatchObject({ total: 3, overdue: 1 });
    const observer = room.as('ob-observer');
    const { text, body } = await observer.get('/v1/figures').expect(200);
    const hidden = figuresSchema.strict().parse(body);
    expect(hidden.open).toMatchObject({ total: null, overdue: null, stalled: 0 });
    expect(hidden.stages.map(({ open, openFor }) => [open, openFor])).toEqual([[null, undefined]]);
    for (const id of ids) expect(text).not.toContain(id);
  });

  it('takes of observers whole months that are over, so that no two periods differ by a day', async () => {
    const observer = room.as('ob-observer');
    expect((await observer.get('/v1/figures', { from: '2026-01-01' })).status).toBe(200);
    expect((await observer.get('/v1/figures', { from: '2026-01-01', to: '2026-02-01' })).status).toBe(200);
    for (const query of [
      { from: '2026-01-02' },
      { from: '2026-01-01', to: '2026-01-31' },
      { from: '2099-01-01' },
    ] as Record<string, string>[])
      expect(refusalOf(await observer.get('/v1/figures', query))).toEqual([422, 'invalid-request']);
    const lead = room.as('qa-lead');
    for (const query of [
      { from: 'yesterday' },
      { from: '2026-02-01', to: '2026-01-01' },
      { from: '1900-01-01' },
    ] as Record<string, string>[])
      expect(refusalOf(await lead.get('/v1/figures', query))).toEqual([422, 'invalid-request']);
  });
});
