/** The escort’s one sign of life for a whole group, over HTTP, and how the road shows whose it is. */
import { groupViewSchema } from '../../../src/contracts/http/groups';
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
  room = await openApiRoom('group-road', {
    worker: false,
    database: cases.database,
    change: () => cases.mechanism,
  });
}, 120_000);
afterAll(async () => {
  await room.close();
  await cases.close();
});

it('is one word for all of them, sent again with the same answer, and shown with the children each may know', async () => {
  const groups = groupsOf(cases);
  const members: CaseId[] = [await caseAt(cases, 'ready', {}), await caseAt(cases, 'ready', {})];
  const group = await groups.at('go', members);
  await groups.depart(group);
  for (const id of members) {
    await cases.act('em-host', id, { type: 'giveIntoCare' });
    await cases.act('es-escort-1', id, { type: 'takeIntoCare' });
  }
  const escort = room.as('es-escort-1');
  const { items } = (await escort.get('/v1/journeys', { mine: 'true' }).expect(200)).body as {
    items: { group?: string; cases: { case: string }[] }[];
  };
  const ofGroup = items.filter((item) => item.group === group);
  expect(ofGroup.flatMap((item) => item.cases.map((each) => each.case)).sort()).toEqual([...members].sort());
  const at = new Date().toISOString();
  const path = `/v1/groups/${group}/commands`;
  const body = { type: 'checkIn', at, except: [members[1]] };
  const headers = { 'idempotency-key': 'taken-without-a-connection' };
  expect((await escort.post(path, body, headers).expect(200)).body).toMatchObject({ outcome: 'recorded' });
  expect((await escort.post(path, body, headers).expect(200)).body).toMatchObject({ outcome: 'repeated' });
  const told = async (official: string) =>
    groupViewSchema
      .parse((await room.as(official).get(`/v1/groups/${group}`).expect(200)).body)
      .events.filter(({ type }) => type === 'CheckedIn');
  for (const official of ['qa-lead', 'ua-decider', 'es-escort-1'])
    expect(await told(official)).toMatchObject([{ cases: [members[0]] }]);
  expect((await escort.post(path, { ...body, type: 'checkIn', place: 'nowhere' })).body).toMatchObject({
    code: 'unknown-place',
  });
  expect((await room.as('em-host').post(path, { type: 'checkIn' })).body).toMatchObject({
    code: 'not-your-command',
  });

  // What else is said of all is a command of each, and of the group one line.
  const forAll = { type: 'sayForAll', act: { type: 'pauseJourney', kind: 'vehicle' }, note: 'a flat tyre' };
  const key = { 'idempotency-key': 'a-flat-tyre' };
  expect((await escort.post(path, forAll, key).expect(200)).body).toMatchObject({
    ...{ outcome: 'recorded', saidOf: members },
  });
  expect((await escort.post(path, forAll, key).expect(200)).body).toMatchObject({ outcome: 'repeated' });
  for (const id of members) {
    const { state } = (await cases.record.load(id))!;
    expect(state.journey?.paused).toMatchObject({ kind: 'vehicle' });
    const events = await cases.record.listEvents(id, 1_000);
    expect(events.filter(({ event }) => event.type === 'JourneyPaused')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ actor: { official: 'es-escort-1' } });
  }
  expect((await cases.record.selfCheck.round(1_000)).found).toEqual([]);
  const view = groupViewSchema.parse((await escort.get(`/v1/groups/${group}`).expect(200)).body);
  expect(view.events.at(-1)).toMatchObject({ type: 'SaidForAll', act: 'pauseJourney', cases: members });
  // Again under another key: it is so already, of each of them.
  expect((await escort.post(path, forAll)).body).toMatchObject({ code: 'already-done' });
  expect((await escort.post(path, { type: 'sayForAll', act: { type: 'giveIntoCare' } })).body).toMatchObject({
    code: 'invalid-request',
  });
});
