/** Trouble on the road over HTTP: whose it is to answer, who is written to, and who reads what was done about it. */
import type { CaseId } from '../../../src/domain/model/ids';
import { caseAt, openRecordRoom } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

let room: ApiRoom;
let cases: RecordRoom;
let id: CaseId;
beforeAll(async () => {
  cases = await openRecordRoom({ capacity: 30 });
  room = await openApiRoom('incidents', {
    worker: false,
    database: cases.database,
    change: () => cases.mechanism,
  });
  id = await caseAt(cases, 'departed');
}, 120_000);
afterAll(async () => {
  await room.close();
  await cases.close();
});

const send = (official: string, body: object) => room.as(official).post(`/v1/cases/${id}/commands`, body);
const answer = (incident: string, note = 'The police were called.') => ({
  ...{ type: 'answerIncident', incident, note },
});
const owedTo = async (official: string) => {
  const { items } = (await room.as(official).get('/v1/inbox', { scope: 'party', limit: '100' }).expect(200))
    .body as { items: { case: string; kind: string; subject?: string; safety: boolean; about?: object }[] };
  return items.filter((item) => item.case === id && item.kind === 'answer-incident');
};
/** Who is written to, about what, at once or in the morning. */
const letters = async () => {
  const { rows } = await room.process.pool.query<{ notice: Record<string, unknown> }>(
    `select notice from outbox where case_id = $1 and notice ->> 'kind' = 'incident' order by notice ->> 'party'`,
    [id],
  );
  return rows.map(({ notice: { party, roles, safety, facts } }) => ({ party, roles, safety, facts }));
};

it('a delay is news: nobody owes anything, and nobody is written to', async () => {
  await send('es-escort-1', { type: 'reportIncident', kind: 'delay', note: 'A queue.' }).expect(200);
  expect([await owedTo('qa-duty'), await letters()]).toEqual([[], []]);
});

it('security is for the duty officer at once, by inbox and letter, without a word of what was written', async () => {
  await send('es-escort-1', { type: 'reportIncident', kind: 'security', note: 'Armed men.' }).expect(200);
  expect(await owedTo('qa-duty')).toMatchObject([
    { subject: 'security-1', safety: true, about: { incident: 'security' } },
  ]);
  const told = await letters();
  expect(told).toMatchObject([
    { party: 'escort', roles: ['dispatcher', 'duty-officer'], safety: true },
    { party: 'qatar', roles: ['duty-officer', 'lead'], safety: true },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/Armed|Kyrylo/);
  expect(told.map(({ facts }) => facts)).toEqual(
    told.map(() => ({ stage: 'transit', incident: 'security' })),
  );
});

it('is answered by the people on duty, with what is done about it, and by nobody else', async () => {
  for (const official of ['es-escort-1', 'es-dispatcher', 'qa-officer-1', 'ua-decider', 're-receiver'])
    expect([official, (await send(official, answer('security-1'))).status]).toEqual([official, 403]);
  expect((await send('qa-duty', { type: 'answerIncident', incident: 'security-1' })).status).toBe(422);
  expect((await send('qa-duty', answer('Kyrylo was seen'))).status).toBe(422);
  expect((await send('qa-duty', answer('vehicle-7'))).body).toMatchObject({ code: 'already-done' });
  await send('qa-duty', answer('security-1')).expect(200);
  expect(await owedTo('qa-duty')).toEqual([]);
  expect((await send('qa-lead', answer('security-1'))).body).toMatchObject({ code: 'already-done' });
});

it('is read by every party as the report is; what was done is a note of the mediator’s', async () => {
  const entryFor = async (official: string) => {
    const { body } = await room.as(official).get(`/v1/cases/${id}/timeline`).expect(200);
    const { items } = body as { items: { type: string; incident?: string; note?: string }[] };
    return items.find(({ type }) => type === 'IncidentAnswered');
  };
  for (const official of ['es-dispatcher', 'ua-decider', 'ru-decider', 'em-host', 're-receiver']) {
    const entry = await entryFor(official);
    expect([official, entry?.incident, entry?.note]).toEqual([official, 'security-1', undefined]);
  }
  expect(await entryFor('qa-lead')).toMatchObject({ note: 'The police were called.' });
});
