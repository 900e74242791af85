/** What lists tell of a case beside its reference: the child, what it is about, on whom it waits; and a preview. */
import {
  boardEntrySchema,
  caseViewSchema,
  inboxEntrySchema,
  inboxSchema,
} from '../../../src/contracts/http/answers';
import { previewSchema } from '../../../src/contracts/http/preview';
import { partyWaitSchema, journeySchema } from '../../../src/contracts/http/briefs';
import { acceptance, playInRecord, proposal, verification } from '../../workflows/support/plain-return';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';
import { today } from '../../support/days';

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
    expect(entry.waiting).toMatchObject([
      { party: 'qatar', kind: 'assign-officer', overdue: false },
      { party: 'qatar', kind: 'acknowledge-case', overdue: false },
      {},
    ]);
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

  it('say what a relay is about to the mediator alone, and to who entered it that it is not theirs', async () => {
    const relayed = await room.open();
    await playInRecord(room.process, relayed, [...acceptance, ...verification, proposal]);
    const { plan } = (await room.process.record.load(relayed))!.state;
    const reference = 'canary 12/34';
    await room.as('qa-officer-1').does(relayed, {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'russia',
      decision: { act: 'approve', planVersion: plan!.version, planHash: plan!.hash, conditions: [] },
      source: {
        channel: 'letter',
        reference,
        dated: today(),
        documentHash: 'a'.repeat(64),
      },
    });
    const taskOf = async (official: string) =>
      (await inboxOf(official)).items.find(({ kind }) => kind === 'confirm-relay');
    const about = { party: 'russia', act: 'approve', channel: 'letter', reference };
    expect(await taskOf('qa-officer-1')).toMatchObject({ about, notYou: 'own-relay' });
    const others = await taskOf('qa-officer-2');
    expect(others).toMatchObject({ about: { ...about, enteredBy: 'qa-officer-1' } });
    expect(others).not.toHaveProperty('notYou');
    const offersOf = async (official: string) =>
      caseViewSchema
        .parse((await room.as(official).get(`/v1/cases/${relayed}`)).body)
        .offers.find(({ type }) => type === 'confirmRelay');
    expect(await offersOf('qa-officer-1')).toBeUndefined();
    expect(await offersOf('qa-officer-2')).toEqual({ type: 'confirmRelay', subjects: ['relay-1'] });
    for (const official of ['ua-decider', 'ua-official-1', 'em-host', 'ob-observer'])
      for (const path of [
        ...['/v1/inbox?scope=party', '/v1/cases', '/v1/waiting', '/v1/journeys'],
        ...[`/v1/cases/${relayed}`, `/v1/cases/${relayed}/timeline?order=newest`],
      ])
        expect([official, path, (await room.as(official).get(path)).text.includes(reference)]).toEqual([
          official,
          path,
          false,
        ]);
    const foreseen = await room
      .as('ua-decider')
      .post(`/v1/cases/${relayed}/preview`, { type: 'withdrawApproval', note: 'x' });
    expect(foreseen.text).not.toMatch(/canary|qa-officer/);
  });

  it('a timeline read from its newest entry is the same, turned round, page by page', async () => {
    for (const official of ['qa-officer-1', 'ua-official-1']) {
      const pages = async (order: string): Promise<object[]> => {
        const all: object[] = [];
        let cursor: string | undefined;
        do {
          const query = { order, limit: '3', ...(cursor !== undefined && { cursor }) };
          const { body } = await room.as(official).get(`/v1/cases/${id}/timeline`, query).expect(200);
          const page = body as { items: object[]; next?: string };
          all.push(...page.items);
          cursor = page.next;
        } while (cursor !== undefined);
        return all;
      };
      await room.as('qa-officer-1').post(`/v1/cases/${id}/commands`, { type: 'acknowledgeCase' });
      for (let holds = 0; holds < 3; holds += 1)
        await room.as('ua-official-1').does(id, { type: 'placeHold', hold: `h${holds}`, reason: 'legal' });
      const oldest = await pages('oldest');
      expect(oldest.length).toBeGreaterThan(3);
      expect(await pages('newest')).toEqual(oldest.reverse());
    }
    const first = await room.as('qa-officer-1').get(`/v1/cases/${id}/timeline`, { limit: '1' });
    const { next } = first.body as { next: string };
    await room
      .as('qa-officer-1')
      .get(`/v1/cases/${id}/timeline`, { order: 'newest', cursor: next })
      .expect(422);
  });

  it('a case has its way, what was reminded of it, and what its reader may do about what', async () => {
    const { body } = await room.as('qa-officer-1').get(`/v1/cases/${id}`).expect(200);
    const { stages, obligations, offers } = caseViewSchema.parse(body);
    expect(stages.map(({ stage }) => stage)).toEqual(['intake']);
    expect(obligations.every(({ reminders }) => reminders.next > new Date().toISOString())).toBe(true);
    expect(offers.map(({ type }) => type)).toEqual(expect.arrayContaining(['acceptFile', 'placeHold']));
    expect(offers.map(({ type }) => type)).not.toContain('confirmRelay');
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
