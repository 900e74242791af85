import { commandAnswerSchema, commandStatusSchema } from '../../src/contracts/http-answers';
import type { RunningApi } from '../../src/api';
import { acceptance, approvalBy, play, proposal, verification } from '../workflows/support/plain-return';
import { eventually } from '../workflows/support/process-room';
import { openDatabaseGate } from './support/database-gate';
import type { DatabaseGate } from './support/database-gate';
import { newKey, openApiRoom, opening, refusalOf } from './support/api-room';
import type { ApiRoom } from './support/api-room';

/** Nothing listens there: connections are refused at once. */
const nowhere = '127.0.0.1:1';

describe('while Temporal can’t be reached', () => {
  let room: ApiRoom;
  let cutOff: RunningApi;
  beforeAll(async () => {
    room = await openApiRoom('http-no-engine');
    const { namespace } = room.process;
    cutOff = await room.another({ temporal: { address: nowhere, namespace } });
  });
  afterAll(() => room.close());

  it('asks to repeat a command later, keeps nothing of it, and takes it then', async () => {
    const id = await room.open();
    const headers = { 'idempotency-key': newKey() };
    const send = (api?: RunningApi, more = {}) =>
      room
        .as('qa-officer-1', api)
        .post(`/v1/cases/${id}/commands`, { type: 'acceptFile' }, { ...headers, ...more });
    const refused = await send(cutOff);
    expect(refusalOf(refused)).toEqual([503, 'process-unreachable']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refusalOf(await send(cutOff, { prefer: 'respond-async' }))).toEqual([503, 'process-unreachable']);
    const command = `/v1/commands/qa-officer-1:${headers['idempotency-key']}`;
    expect(refusalOf(await room.as('qa-officer-1').get(command))).toEqual([404, 'not-found']);
    expect(commandAnswerSchema.parse((await send()).body).outcome).toBe('recorded');
  });

  it('takes holds and withdrawals all the same, once', async () => {
    const id = await room.open();
    await play(room.process, id, [...acceptance, ...verification, proposal, approvalBy('ua-decider')]);
    const headers = { 'idempotency-key': newKey() };
    const withdraw = (api?: RunningApi) =>
      room.as('ua-decider', api).post(`/v1/cases/${id}/commands`, { type: 'withdrawApproval' }, headers);
    const answers = [await withdraw(cutOff), await withdraw(cutOff), await withdraw()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [first, ...repeats] = answers.map(({ body }) => commandAnswerSchema.parse(body));
    expect(first?.outcome).toBe('recorded');
    for (const { outcome, receipt } of repeats)
      expect([outcome, receipt]).toEqual(['repeated', first?.receipt]);
    const asked = { prefer: 'respond-async' };
    const hold = { type: 'placeHold', hold: 'h', reason: 'safety', note: 'a warning came' };
    const held = await room.as('ru-official-1', cutOff).post(`/v1/cases/${id}/commands`, hold, asked);
    expect([held.status, commandAnswerSchema.parse(held.body).outcome]).toEqual([200, 'recorded']);
    // The process hears of it and goes on from there.
    await room.as('ru-official-1').does(id, { type: 'liftHold', hold: 'h' });
    const { decisions, holds } = await room.process.state(id);
    expect([decisions.ukraine?.act, holds]).toEqual(['withdraw', []]);
  });

  it('refuses a withdrawal of somebody who may not, here too', async () => {
    const id = await room.open();
    const refused = await room
      .as('em-host', cutOff)
      .post(`/v1/cases/${id}/commands`, { type: 'placeHold', hold: 'h', reason: 'safety' });
    expect(refusalOf(refused)).toEqual([404, 'case-not-found']);
    const foreign = await room
      .as('qa-lead', cutOff)
      .post(`/v1/cases/${id}/commands`, { type: 'withdrawApproval' });
    expect(refusalOf(foreign)).toEqual([403, 'not-your-command']);
  });

  it('keeps a case that is opened, and completes it when the request is repeated', async () => {
    const headers = { 'idempotency-key': newKey() };
    const refused = await room.as('ua-official-1', cutOff).post('/v1/cases', opening(), headers);
    expect(refusalOf(refused)).toEqual([503, 'process-unreachable']);
    const answer = await room.as('ua-official-1').post('/v1/cases', opening(), headers);
    const { case: id, outcome } = commandAnswerSchema.parse(answer.body);
    expect([answer.status, outcome]).toEqual([200, 'repeated']);
    expect((await room.process.handle(id).describe()).status.name).toBe('RUNNING');
  });

  it('goes on reading, and says that it is not whole', async () => {
    const id = await room.open();
    expect((await room.as('qa-lead', cutOff).get(`/v1/cases/${id}`)).status).toBe(200);
    const { status, body } = await room.anyone(cutOff).get('/readyz');
    expect([status, body]).toEqual([200, { status: 'degraded', record: 'ok', process: 'unreachable' }]);
  });
});

describe('while no worker runs', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-no-worker', {
      worker: false,
      settings: { answerWithinMilliseconds: 1_000 },
    });
  });
  afterAll(() => room.close());

  it('keeps a command, says where its fate will stand, and loses none', async () => {
    const id = await room.open();
    const officer = room.as('qa-officer-1');
    const waited = await officer.post(`/v1/cases/${id}/commands`, { type: 'acceptFile' });
    const asked = await officer.post(
      `/v1/cases/${id}/commands`,
      { type: 'flagDuplicate', other: await room.open() },
      { prefer: 'respond-async' },
    );
    expect([waited.status, asked.status]).toEqual([202, 202]);
    expect([waited, asked].map(({ headers }) => headers['preference-applied'])).toEqual([
      undefined,
      'respond-async',
    ]);
    const fateOf = async ({ headers }: typeof waited) =>
      commandStatusSchema.parse((await officer.get(headers.location!)).body).status;
    expect(await Promise.all([fateOf(waited), fateOf(asked)])).toEqual(['accepted', 'accepted']);

    // A hold waits for nobody.
    const hold = { type: 'placeHold', hold: 'h', reason: 'legal' };
    const held = await room.as('ru-official-1').post(`/v1/cases/${id}/commands`, hold);
    expect([held.status, commandAnswerSchema.parse(held.body).outcome]).toEqual([200, 'recorded']);

    const worker = await room.process.startWorker();
    await eventually(async () => {
      const fates = await Promise.all([fateOf(waited), fateOf(asked)]);
      return fates.every((fate) => fate === 'recorded') ? fates : undefined;
    });
    const { stage, holds, duplicates } = await room.process.state(id);
    expect([stage, holds.length, duplicates.length]).toEqual(['verification', 1, 1]);
    const events = await room.process.events(id);
    expect(events.filter(({ event }) => event.type === 'FileAccepted')).toHaveLength(1);
    await worker.stop();
  });
});

describe('while Postgres can’t be reached', () => {
  let room: ApiRoom;
  let gate: DatabaseGate;
  let api: RunningApi;
  beforeAll(async () => {
    room = await openApiRoom('http-no-record', { worker: false });
    gate = await openDatabaseGate(room.process.database.connectionString);
    api = await room.another({ databaseUrl: gate.connectionString });
  });
  afterAll(async () => {
    await room.close();
    await gate.shut();
  });

  it('answers 503 everywhere, alive but not ready, and is itself again afterwards', async () => {
    const id = await room.open();
    const lead = room.as('qa-lead', api);
    const hold = { type: 'placeHold', hold: 'h', reason: 'legal' };
    expect((await lead.get(`/v1/cases/${id}`)).status).toBe(200);
    await gate.shut();
    const refused = await lead.get(`/v1/cases/${id}`);
    expect(refusalOf(refused)).toEqual([503, 'record-unavailable']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    for (const answer of [
      await lead.get('/v1/cases'),
      await lead.get('/v1/inbox'),
      await lead.post(`/v1/cases/${id}/commands`, hold),
    ])
      expect(refusalOf(answer)).toEqual([503, 'record-unavailable']);
    expect((await room.anyone(api).get('/readyz')).status).toBe(503);
    expect((await room.anyone(api).get('/healthz')).status).toBe(200);
    expect((await room.anyone(api).get('/metrics')).text).toContain('homeward_http_requests_total');
    await gate.open();
    expect((await lead.get(`/v1/cases/${id}`)).status).toBe(200);
    expect((await lead.post(`/v1/cases/${id}/commands`, hold)).status).toBe(200);
  });
});
