import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { absenceSchema } from '../../../src/contracts/http/officials';
import { newKey, openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

type Absence = z.infer<typeof absenceSchema>;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

describe('absences', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-absences');
  });
  afterAll(() => room.close());
  afterEach(async () => {
    for (const { id, declaredBy } of await room.process.record.absences.current('doha'))
      await end(declaredBy, id);
  });

  const declare = (official: string, body: object, headers = {}) =>
    room.as(official).post('/v1/absences', { until: inDays(5), ...body }, headers);
  const declared = async (official: string, body: object): Promise<Absence> =>
    absenceSchema.strict().parse((await declare(official, body).expect(201)).body);
  const end = (official: string, id: string, headers = {}) =>
    room.as(official).post(`/v1/absences/${id}/end`, {}, headers);
  const acknowledge = (official: string, id: string) =>
    room.as(official).post(`/v1/cases/${id}/commands`, { type: 'acknowledgeCase' });
  const rolesOf = async (official: string): Promise<string[]> =>
    ((await room.as(official).get('/v1/mechanism')).body as { you: { roles: string[] } }).you.roles;
  /** An API hears of it within two seconds. */
  const settled = async (official: string, isSo: (roles: string[]) => boolean): Promise<void> => {
    const until = Date.now() + 3_000;
    while (!isSo(await rolesOf(official))) {
      if (Date.now() > until) throw new Error(`${official} has ${String(await rolesOf(official))}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  it('are declared for oneself, and once for a repeated request', async () => {
    const headers = { 'idempotency-key': newKey() };
    const body = { deputy: 'qa-officer-2', until: '2099-01-01T00:00:00+03:00' };
    expect(refusalOf(await declare('qa-officer-1', body, headers))).toEqual([422, 'absence-too-long']);
    const until = inDays(3);
    const first = await declare('qa-officer-1', { ...body, until }, headers);
    expect([first.status, first.body]).toMatchObject([
      201,
      {
        official: 'qa-officer-1',
        deputy: 'qa-officer-2',
        party: 'qatar',
        declaredBy: 'qa-officer-1',
        until,
        running: true,
      },
    ]);
    const again = await declare('qa-officer-1', { ...body, until }, headers);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(refusalOf(await declare('qa-officer-1', { ...body, until: inDays(4) }, headers))).toEqual([
      422,
      'command-id-reused',
    ]);
    // The same key of somebody else is another request.
    expect((await declare('es-escort-1', { deputy: 'es-escort-2' }, headers)).status).toBe(201);
  });

  it('are the party’s own to see: who, until when, declared and ended by whom', async () => {
    const { id } = await declared('qa-lead', { official: 'qa-officer-1', deputy: 'qa-duty' });
    const seen = await room.as('qa-reviewer').get('/v1/absences').expect(200);
    const items = (seen.body as { items: Absence[] }).items.filter((each) => each.id === id);
    expect(items).toMatchObject([{ official: 'qa-officer-1', declaredBy: 'qa-lead', running: true }]);
    const others = (await room.as('ru-official-1').get('/v1/absences').expect(200)).body as {
      items: Absence[];
    };
    expect(others.items.filter(({ party }) => party !== 'russia')).toEqual([]);
    const ended = await end('qa-officer-1', id).expect(200);
    expect(absenceSchema.strict().parse(ended.body)).toMatchObject({
      id,
      endedBy: 'qa-officer-1',
      running: false,
    });
  });

  it.each<[string, string, object, [number, string], object]>([
    ['without a deputy', 'qa-lead', {}, [422, 'invalid-request'], { errors: [{ pointer: '/deputy' }] }],
    ['with a field unknown', 'qa-lead', { deputy: 'qa-duty', why: 'x' }, [422, 'invalid-request'], {}],
    [
      'with a local time',
      'qa-lead',
      { deputy: 'qa-duty', until: '2026-01-01T00:00' },
      [422, 'invalid-request'],
      {},
    ],
    [
      'that is past',
      'qa-lead',
      { deputy: 'qa-duty', until: inDays(-1) },
      [422, 'date-past'],
      { field: 'until' },
    ],
    ['with oneself as deputy', 'qa-lead', { deputy: 'qa-lead' }, [422, 'own-deputy'], {}],
    [
      'with a deputy of elsewhere',
      'qa-lead',
      { deputy: 'ua-official-1' },
      [422, 'unknown-official'],
      { field: 'deputy' },
    ],
    [
      'of one of elsewhere',
      'qa-lead',
      { official: 'ua-decider', deputy: 'qa-duty' },
      [422, 'unknown-official'],
      {},
    ],
    [
      'of a colleague above',
      'qa-duty',
      { official: 'qa-lead', deputy: 'qa-officer-1' },
      [403, 'not-permitted'],
      {},
    ],
    [
      'with a deputy who lacks what is not lent',
      'ua-official-1',
      { deputy: 'ua-official-2' },
      [422, 'deputy-lacks-role'],
      {
        field: 'deputy',
        errors: [{ pointer: '/deputy', code: 'role-missing', facts: { role: 'interviewer' } }],
      },
    ],
  ])('are refused %s', async (_what, official, body, refusal, facts) => {
    const refused = await declare(official, body);
    expect(refusalOf(refused)).toEqual(refusal);
    expect(refused.body).toMatchObject(facts);
  });

  it('are refused beside one that makes a chain of them', async () => {
    await declared('qa-officer-1', { deputy: 'qa-officer-2' });
    expect(refusalOf(await declare('qa-officer-1', { deputy: 'qa-duty' }))).toEqual([
      409,
      'absence-overlaps',
    ]);
    expect(refusalOf(await declare('qa-lead', { deputy: 'qa-officer-1' }))).toEqual([409, 'deputy-absent']);
    expect(refusalOf(await declare('qa-officer-2', { deputy: 'qa-duty' }))).toEqual([
      409,
      'deputised-meanwhile',
    ]);
  });

  it('never form a cycle, though both are asked for at once', async () => {
    const answers = await Promise.all([
      declare('qa-officer-1', { deputy: 'qa-officer-2' }),
      declare('qa-officer-2', { deputy: 'qa-officer-1' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('end once, for whoever may declare them, and are hidden from other parties', async () => {
    const { id } = await declared('qa-officer-1', { deputy: 'qa-officer-2' });
    expect(refusalOf(await end('ru-official-1', id))).toEqual([404, 'not-found']);
    expect(refusalOf(await end('qa-lead', randomUUID()))).toEqual([404, 'not-found']);
    expect(refusalOf(await end('qa-lead', 'no-id'))).toEqual([404, 'not-found']);
    expect(refusalOf(await end('qa-duty', id))).toEqual([403, 'not-permitted']);
    const headers = { 'idempotency-key': newKey() };
    const first = await end('qa-lead', id, headers).expect(200);
    expect((await end('qa-lead', id, headers).expect(200)).body).toEqual(first.body);
    expect(refusalOf(await end('qa-lead', id))).toEqual([409, 'absence-over']);
  });

  it('let the deputy act for the time of it, in their own name, and never after', async () => {
    const [one, two, three] = [await room.open(), await room.open(), await room.open()];
    expect(refusalOf(await acknowledge('qa-duty', one))).toEqual([403, 'not-your-command']);
    const { id } = await declared('qa-officer-1', { deputy: 'qa-duty' });
    await settled('qa-duty', (roles) => roles.includes('case-officer'));
    expect((await acknowledge('qa-duty', one)).status).toBe(200);
    const [recorded] = (await room.process.events(one)).filter(
      ({ event }) => event.type === 'CaseAcknowledged',
    );
    expect(recorded?.actor).toMatchObject({ official: 'qa-duty' });
    // Holidays end early: who is away may act all the same.
    expect((await acknowledge('qa-officer-1', two)).status).toBe(200);

    await end('qa-officer-1', id).expect(200);
    await settled('qa-duty', (roles) => !roles.includes('case-officer'));
    expect(refusalOf(await acknowledge('qa-duty', three))).toEqual([403, 'not-your-command']);
  });

  it('lend nothing before they begin, and nothing from the instant they end', async () => {
    const from = new Date(Date.now() + 3_000).toISOString();
    const until = new Date(Date.now() + 6_000).toISOString();
    await declared('qa-officer-1', { deputy: 'qa-duty', from, until });
    const seen: [string, boolean][] = [];
    while (Date.now() < Date.parse(until) + 500) {
      const before = new Date().toISOString();
      const has = (await rolesOf('qa-duty')).includes('case-officer');
      const after = new Date().toISOString();
      // Between two looks at the clock that agree.
      const inside = (at: string): boolean => from <= at && at < until;
      if (inside(before) === inside(after)) seen.push([inside(before) ? 'during' : 'outside', has]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(seen.filter(([when, has]) => (when === 'during') !== has)).toEqual([]);
    expect(new Set(seen.map(([when]) => when))).toEqual(new Set(['during', 'outside']));
  });

  it('do not let one person be two: nobody reviews their own finding or confirms their own relay as a deputy', async () => {
    const id = await room.open();
    await room.as('qa-officer-1').does(id, { type: 'acknowledgeCase' });
    await room.as('qa-officer-1').does(id, { type: 'acceptFile' });
    await room.as('qa-interviewer').does(id, {
      type: 'attestFacet',
      facet: 'childs-view',
      finding: 'confirmed',
      evidence: ['doc-1'],
    });
    await declared('qa-lead', { deputy: 'qa-interviewer' });
    await settled('qa-interviewer', (roles) => roles.includes('lead'));
    const own = await room.as('qa-interviewer').post(`/v1/cases/${id}/commands`, {
      type: 'reviewAttestation',
      facet: 'childs-view',
      verdict: 'upheld',
    });
    expect(refusalOf(own)).toEqual([403, 'own-attestation']);

    await declared('qa-officer-2', { deputy: 'qa-officer-1' });
    const relay = {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'russia',
      decision: { act: 'withdraw' },
      source: { channel: 'letter', reference: '1', dated: '2026-01-02', documentHash: 'b'.repeat(64) },
    } as const;
    const entered = await room.as('qa-officer-1').post(`/v1/cases/${id}/commands`, relay);
    expect([entered.status, (entered.body as { code?: string }).code]).toEqual([200, undefined]);
    const confirmed = await room
      .as('qa-officer-1')
      .post(`/v1/cases/${id}/commands`, { type: 'confirmRelay', relay: 'relay-1' });
    expect(refusalOf(confirmed)).toEqual([403, 'own-relay']);
  });

  it('put no lent role into a command that is sealed for later', async () => {
    const id = await room.open();
    await declared('qa-officer-1', { deputy: 'qa-duty' });
    await settled('qa-duty', (roles) => roles.includes('case-officer'));
    const sealed = await room
      .as('qa-duty')
      .post(`/v1/cases/${id}/sealed-commands`, { type: 'acknowledgeCase' });
    expect(refusalOf(sealed)).toEqual([403, 'not-your-command']);
  });
});
