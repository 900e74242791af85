/** What lists tell of a case beside its reference: the child, what it is about, on whom it waits; and a preview. */
import { inboxEntrySchema, inboxSchema, boardEntrySchema } from '../../src/contracts/http-answers';
import { previewSchema } from '../../src/contracts/http-preview';
import { partyWaitSchema, journeySchema } from '../../src/contracts/http-briefs';
import { openApiRoom } from './support/api-room';
import type { ApiRoom } from './support/api-room';

describe('lists for people', () => {
  let room: ApiRoom;
  let id: string;
  beforeAll(async () => {
    room = await openApiRoom('http-lists', { worker: false });
    id = await room.open();
  });
  afterAll(() => room.close());

  const inboxOf = async (official: string) =>
    inboxSchema(inboxEntrySchema.strict()).parse(
      (await room.as(official).get('/v1/inbox', { scope: 'all' }).expect(200)).body,
    ) as {
      items: { kind: string; child?: { names: object[]; age?: number }; about?: object; notYou?: string }[];
    };

  it('an inbox names the child, to whoever may read the name', async () => {
    const [task] = (await inboxOf('qa-officer-1')).items;
    expect(task?.child?.names.length).toBeGreaterThan(0);
    expect(task?.child?.age).toEqual(expect.any(Number));
  });

  it('the board names the child and on whom the case waits, with counts on its first page', async () => {
    const answer = await room.as('qa-officer-1').get('/v1/cases').expect(200);
    const { items, counts } = answer.body as { items: Record<string, unknown>[]; counts: { total: number } };
    const entry = boardEntrySchema.strict().parse(items[0]);
    expect(entry.waiting[0]).toMatchObject({ party: 'qatar', kind: 'acknowledge-case', overdue: false });
    expect(entry.child?.names.length).toBeGreaterThan(0);
    expect(counts).toMatchObject({ total: 1, overdue: 0, byStage: { intake: 1 } });
  });

  it('says for whom the cases of a party wait, itself left out', async () => {
    const items = async (official: string) =>
      ((await room.as(official).get('/v1/waiting').expect(200)).body as { items: unknown[] }).items.map(
        (item) => partyWaitSchema.parse(item),
      );
    expect(await items('ua-official-1')).toEqual([
      expect.objectContaining({ party: 'qatar', cases: 1, overdue: 0 }),
    ]);
    expect(await items('qa-officer-1')).toEqual([]);
  });

  it('shows no journey where nobody is on the road', async () => {
    const { items } = (await room.as('qa-officer-1').get('/v1/journeys').expect(200)).body as {
      items: unknown[];
    };
    expect(items.map((item) => journeySchema.parse(item))).toEqual([]);
    await room.as('es-escort-1').get('/v1/journeys', { mine: 'true' }).expect(200);
  });

  describe('a preview', () => {
    const preview = async (official: string, command: object) =>
      previewSchema.parse(
        (await room.as(official).post(`/v1/cases/${id}/preview`, command).expect(200)).body,
      );

    it('tells what would follow, and does nothing', async () => {
      const before = await room.as('qa-officer-1').get(`/v1/cases/${id}`);
      const foreseen = await preview('qa-officer-1', { type: 'acceptFile' });
      expect(foreseen.events.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['FileAccepted', 'StageEntered']),
      );
      expect(foreseen.stage).not.toBe('intake');
      expect(foreseen.waitingOn.length).toBeGreaterThan(0);
      const after = await room.as('qa-officer-1').get(`/v1/cases/${id}`);
      expect(after.headers.etag).toBe(before.headers.etag);
    });

    it('tells why it would be refused', async () => {
      expect((await preview('ua-official-1', { type: 'acceptFile' })).refusal?.code).toBe('not-your-command');
      expect((await preview('qa-lead', { type: 'depart' })).refusal?.code).toBe('wrong-stage');
    });

    it('keeps nothing of what was typed', async () => {
      await preview('qa-officer-1', {
        type: 'placeHold',
        hold: 'h1',
        reason: 'other',
        note: 'canary of a preview',
      });
      const { rows } = await room.process.pool.query(
        'select count(*)::int as n from notes where case_id = $1',
        [id],
      );
      expect(rows).toEqual([{ n: 0 }]);
    });

    it('of a hidden case is as of none', async () => {
      await room.as('em-host').post(`/v1/cases/${id}/preview`, { type: 'acceptFile' }).expect(404);
    });
  });
});
