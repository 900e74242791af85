import { Client } from 'pg';
import { commandAnswerSchema } from '../../../src/contracts/http/answers';
import type { RunningApi } from '../../../src/api';
import { eventually } from '../../workflows/support/process-room';
import { openDatabaseGate } from '../support/database-gate';
import type { DatabaseGate } from '../support/database-gate';
import { figuresOf, newKey, openApiRoom, opening, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

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

  it('takes every command all the same, once, and the process follows when it can', async () => {
    const id = await room.open();
    const headers = { 'idempotency-key': newKey() };
    const send = (api?: RunningApi) =>
      room.as('qa-officer-1', api).post(`/v1/cases/${id}/commands`, { type: 'acceptFile' }, headers);
    const answers = [await send(cutOff), await send(cutOff), await send()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [first, ...repeats] = answers.map(({ body }) => commandAnswerSchema.parse(body));
    expect(first?.outcome).toBe('recorded');
    for (const { outcome, receipt } of repeats)
      expect([outcome, receipt]).toEqual(['repeated', first?.receipt]);
    // The checks are the process's part: they come once it has been told.
    await room.process.deliverNews();
    await room.process.until(id, ({ checks }) => checks !== undefined);
  });

  it('plays a whole agreement without Temporal', async () => {
    const id = await room.open();
    const act = async (official: string, body: object) => {
      const answer = await room.as(official, cutOff).post(`/v1/cases/${id}/commands`, body);
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ outcome: 'recorded' })]);
    };
    await act('qa-officer-1', { type: 'acceptFile' });
    await act('ru-official-1', { type: 'placeHold', hold: 'h', reason: 'legal', note: 'a warning came' });
    await act('ru-official-1', { type: 'liftHold', hold: 'h' });
    const { body } = await room.as('qa-lead', cutOff).get(`/v1/cases/${id}`);
    expect(body).toMatchObject({ stage: 'verification', holds: [] });
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

  it('opens a case, whose process starts when Temporal is there', async () => {
    const headers = { 'idempotency-key': newKey() };
    const opened = await room.as('ua-official-1', cutOff).post('/v1/cases', opening(), headers);
    expect(opened.status).toBe(201);
    const { case: id } = commandAnswerSchema.parse(opened.body);
    expect(await room.process.unreadNews(id)).toBe(1);
    const again = await room.as('ua-official-1').post('/v1/cases', opening(), headers);
    expect([again.status, commandAnswerSchema.parse(again.body).outcome]).toEqual([200, 'repeated']);
    await room.process.deliverNews();
    await eventually(async () => (await room.process.unreadNews(id)) === 0 || undefined);
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
    room = await openApiRoom('http-no-worker', { worker: false });
  });
  afterAll(() => room.close());

  it('answers all the same; what the process has to do waits for one', async () => {
    const id = await room.open();
    const accepted = await room.as('qa-officer-1').post(`/v1/cases/${id}/commands`, { type: 'acceptFile' });
    const hold = { type: 'placeHold', hold: 'h', reason: 'legal' };
    const held = await room.as('ru-official-1').post(`/v1/cases/${id}/commands`, hold);
    expect([accepted.status, held.status]).toEqual([200, 200]);
    expect(await room.process.unreadNews(id)).toBe(3);
    const worker = await room.process.startWorker();
    const state = await room.process.until(id, ({ checks }) => checks !== undefined);
    expect([state.stage, state.holds.length]).toEqual(['verification', 1]);
    await eventually(async () => (await room.process.unreadNews(id)) === 0 || undefined);
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
    expect(await figuresOf(api)).toContain('homeward_http_requests_total');
    await gate.open();
    expect((await lead.get(`/v1/cases/${id}`)).status).toBe(200);
    expect((await lead.post(`/v1/cases/${id}/commands`, hold)).status).toBe(200);
  });
});

describe('while Postgres answers and can’t write', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-unwritable', { worker: false });
  });
  afterAll(() => room.close());

  it.each([
    // No test may fill a disk; without room for temporary files Postgres says the same of the same folder.
    ['the disk is full', 'temp_file_limit = 0', 'temp_file_limit'],
    ['it was set read-only', 'default_transaction_read_only = on', 'default_transaction_read_only'],
  ])('is not ready when %s, and is again when that is over', async (_what, fault, setting) => {
    const { name, superuserUrl } = room.process.database;
    const client = new Client({ connectionString: superuserUrl });
    await client.connect();
    await client.query(`alter database ${name} set ${fault}`);
    const unwritable = await room.another({});
    const { status, body } = await room.anyone(unwritable).get('/readyz');
    expect([status, body]).toMatchObject([503, { status: 'unready', record: 'unwritable' }]);
    await client.query('set default_transaction_read_only = off');
    await client.query(`alter database ${name} reset ${setting}`);
    await client.end();
    expect((await room.anyone(await room.another({})).get('/readyz')).status).toBe(200);
  });
});
