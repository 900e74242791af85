/** The silent alarm: an escort writes the word they have chosen, and nobody near them is told anything. */
import type { CaseId } from '../../../src/domain/model/ids';
import { groupsOf } from '../../record/support/group-room';
import { caseAt, openRecordRoom } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

let room: ApiRoom;
let cases: RecordRoom;
beforeAll(async () => {
  cases = await openRecordRoom({ capacity: 30 });
  room = await openApiRoom('duress', {
    worker: false,
    database: cases.database,
    change: () => cases.mechanism,
  });
}, 120_000);
afterAll(async () => {
  await room.close();
  await cases.close();
});

const word = '/v1/duress-word';
const choose = (official: string, chosen: unknown) => room.as(official).put(word, { word: chosen });
const commands = (id: string) => `/v1/cases/${id}/commands`;
const owedTo = async (official: string, id: CaseId): Promise<string[]> => {
  const { items } = (await room.as(official).get('/v1/inbox', { scope: 'party', limit: '100' }).expect(200))
    .body as {
    items: { case: string; kind: string }[];
  };
  return items.filter((item) => item.case === id).map(({ kind }) => kind);
};
const alarms = async (id: CaseId): Promise<number> =>
  (
    await room.process.pool.query<{ count: number }>(
      `select count(*)::int as count from events where case_id = $1 and type = 'DuressSignalled'`,
      [id],
    )
  ).rows[0]!.count;
/** All that a party could find it in. */
const seenBy = async (official: string, id: CaseId): Promise<string> =>
  JSON.stringify([
    (await room.as(official).get(`/v1/cases/${id}`)).body,
    (await room.as(official).get(`/v1/cases/${id}/timeline`)).body,
    (await room.as(official).get('/v1/inbox', { scope: 'party' })).body,
    (await room.as(official).get('/v1/cases', { limit: '100' })).body,
    (await room.as(official).get('/v1/journeys')).body,
    (await room.as(official).get('/v1/waiting')).body,
  ]);

it('is one word of the escort’s own, which nobody can read again', async () => {
  for (const bad of ['four', 'two words', '', 'semi;colon', 7])
    expect((await choose('es-escort-1', bad)).status).toBe(422);
  for (const official of ['qa-lead', 'em-host', 'ua-decider', 'ob-observer'])
    expect((await choose(official, 'chamomile')).status).toBe(403);
  expect((await choose('es-escort-1', 'Chamomile ')).status).toBe(204);
  const { rows } = await room.process.pool.query('select * from duress_words');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/chamomile/i);
});

it('calls the mediator for the child, and answers the escort as if nothing were said', async () => {
  const [under, calm] = [await caseAt(cases, 'departed'), await caseAt(cases, 'departed')];
  await choose('es-escort-1', 'chamomile');
  const escort = room.as('es-escort-1');
  const before = await seenBy('es-dispatcher', under);
  const say = (id: CaseId, note: string, key: string) =>
    escort.post(commands(id), { type: 'checkIn', note }, { 'idempotency-key': key });
  // Said of one child, it is said of all who are with the same escort.
  const quiet = (await say(calm, 'Tea with milk, all is well.', 'calm').expect(200)).body as object;
  expect(await alarms(calm)).toBe(0);
  const told = (await say(under, 'Tea with CHAMOMILE, all is well.', 'under').expect(200)).body as object;
  expect(Object.keys(told).sort()).toEqual(Object.keys(quiet).sort());
  expect(JSON.stringify(told)).not.toMatch(/duress/i);
  expect([await alarms(under), await alarms(calm)]).toEqual([1, 1]);

  expect(await owedTo('qa-duty', under)).toContain('answer-duress');
  for (const official of [
    'es-escort-1',
    'es-dispatcher',
    'ua-decider',
    'ru-decider',
    'em-host',
    're-receiver',
  ])
    expect(await seenBy(official, under)).not.toMatch(/duress/i);
  // Nor does the number of what they may read say that something is missing.
  const version = (text: string) => (JSON.parse(text) as [{ version: number }])[0].version;
  expect(version(await seenBy('es-dispatcher', under))).toBe(version(before) + 1);

  // Sent again by a telephone that never heard the answer: the same alarm, also after its end.
  const answer = { type: 'answerDuress', official: 'es-escort-1', outcome: 'safe-now' };
  expect((await escort.post(commands(under), answer)).status).toBe(403);
  await room.as('qa-duty').post(commands(under), answer).expect(200);
  expect(await owedTo('qa-duty', under)).not.toContain('answer-duress');
  await say(under, 'Tea with CHAMOMILE, all is well.', 'under').expect(200);
  expect(await alarms(under)).toBe(1);
  // Written anew it is another.
  await say(under, 'chamomile', 'anew').expect(200);
  expect(await alarms(under)).toBe(2);
});

it('counts also where the command itself is refused, and not any more once there is no word', async () => {
  const id = await caseAt(cases, 'departed');
  await choose('es-escort-1', 'chamomile');
  const escort = room.as('es-escort-1');
  const nowhere = { type: 'checkIn', place: 'nowhere', note: 'chamomile' };
  expect((await escort.post(commands(id), nowhere)).status).toBe(422);
  expect(await alarms(id)).toBe(1);
  const later = await caseAt(cases, 'departed');
  await choose('es-escort-1', null);
  await escort.post(commands(later), { type: 'checkIn', note: 'chamomile' }).expect(200);
  expect(await alarms(later)).toBe(0);
});

it('is heard for every child of a group by one word, and not from somebody else who writes it', async () => {
  const groups = groupsOf(cases);
  const members: CaseId[] = [await caseAt(cases, 'ready', {}), await caseAt(cases, 'ready', {})];
  const group = await groups.at('go', members);
  await groups.depart(group);
  for (const id of members) {
    await cases.act('em-host', id, { type: 'giveIntoCare' });
    await cases.act('es-escort-1', id, { type: 'takeIntoCare' });
  }
  await choose('es-escort-1', 'chamomile');
  await room.as('es-escort-2').post(commands(members[0]!), { type: 'checkIn', note: 'chamomile' });
  expect(await alarms(members[0]!)).toBe(0);
  const said = { type: 'checkIn', note: 'We drink chamomile.' };
  await room.as('es-escort-1').post(`/v1/groups/${group}/commands`, said).expect(200);
  for (const id of members) expect(await alarms(id)).toBe(1);
});
