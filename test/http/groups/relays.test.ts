/** What a side said of a list by note, over HTTP: entered, confirmed by a second, disowned; and who may read how it came. */
import { groupAnswerSchema, groupViewSchema } from '../../../src/contracts/http/groups';
import type { GroupView } from '../../../src/contracts/http/groups';
import { listTerms } from '../../../src/domain/group/group';
import type { CaseId } from '../../../src/domain/model/ids';
import { inHours } from '../../record/support/group-room';
import { caseAt, openRecordRoom } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { today } from '../../support/days';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

let room: ApiRoom;
let cases: RecordRoom;
beforeAll(async () => {
  cases = await openRecordRoom({ capacity: 30 });
  room = await openApiRoom('group-relays', {
    worker: false,
    database: cases.database,
    change: () => cases.mechanism,
  });
}, 120_000);
afterAll(async () => {
  await room.close();
  await cases.close();
});

const viewOf = async (official: string, group: string): Promise<GroupView> =>
  groupViewSchema.parse((await room.as(official).get(`/v1/groups/${group}`).expect(200)).body);
const send = (official: string, group: string, body: object) =>
  room.as(official).post(`/v1/groups/${group}/commands`, body);
async function does(official: string, group: string, body: object) {
  const answer = await send(official, group, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return groupAnswerSchema.parse(answer.body);
}
async function frozen(): Promise<string> {
  const members: CaseId[] = [await caseAt(cases, 'ready', {})];
  const body = { members, departAt: inHours(1), place: 'kyiv', route: 'road' };
  const answer = await room.as('qa-officer-1').post('/v1/groups', body).expect(201);
  const { group } = groupAnswerSchema.parse(answer.body);
  await does('qa-officer-1', group, { type: 'proposeList' });
  await does('qa-officer-1', group, { type: 'freezeList', version: 1 });
  return group;
}
const listOf = async (group: string) => {
  const { version, hash } = (await viewOf('qa-lead', group)).list;
  return { version, hash };
};
const reference = '№ 77/ДСП';
const documentHash = 'c'.repeat(64);
const relay = (word: object, id = 'relay-1') => ({
  ...{ type: 'relayWord', relay: id, party: 'russia', word },
  source: { channel: 'letter', reference, dated: today(), documentHash },
});
const canaries = ['77/ДСП', documentHash, 'letter', 'Слово сторони'];

it('counts with a second mediator, is shown as relayed to all, and how it came to that side and the mediator alone', async () => {
  const group = await frozen();
  const list = await listOf(group);
  const entered = await does(
    'qa-officer-1',
    group,
    relay({ type: 'confirmTerms', ...list, terms: listTerms }),
  );
  expect(entered.allowed).not.toContain('confirmRelay');
  expect((await send('qa-officer-1', group, { type: 'confirmRelay', relay: 'relay-1' })).body).toMatchObject({
    code: 'own-relay',
  });
  const waiting = await viewOf('qa-lead', group);
  expect(waiting.pendingRelays).toMatchObject([
    { id: 'relay-1', party: 'russia', source: { reference, documentHash }, word: { type: 'confirmTerms' } },
  ]);
  expect(waiting.duties).toContainEqual(
    expect.objectContaining({ kind: 'confirm-relay', party: 'qatar', subject: 'russia' }),
  );
  expect((await viewOf('ru-decider', group)).pendingRelays).toMatchObject([
    { source: { reference }, enteredBy: { party: 'qatar' } },
  ]);
  await does('qa-lead', group, { type: 'confirmRelay', relay: 'relay-1' });
  const stand = (view: GroupView) => view.stands.find(({ party }) => party === 'russia');
  for (const official of ['qa-lead', 'ua-decider', 'em-host', 'es-dispatcher', 'ru-decider'])
    expect(stand(await viewOf(official, group))).toMatchObject({
      terms: { names: 'confirmed' },
      relayed: listTerms,
    });
});

it('tells nobody else the reference, the fingerprint, the channel or the words of another side’s paper', async () => {
  const group = await frozen();
  const list = await listOf(group);
  await does('qa-officer-1', group, relay({ type: 'confirmTerms', ...list, terms: ['names'] }));
  await does(
    'qa-officer-1',
    group,
    relay({ type: 'disputeTerms', ...list, terms: ['place'], note: 'Слово сторони' }, 'relay-2'),
  );
  const told = async (official: string) => JSON.stringify(await viewOf(official, group));
  for (const official of ['ua-decider', 'ua-official-1', 'em-host', 'es-dispatcher', 're-receiver'])
    for (const canary of canaries)
      expect([official, await told(official)]).not.toEqual([official, expect.stringContaining(canary)]);
  // Nor by what is refused, nor by who may enter, confirm or disown one.
  for (const body of [
    { type: 'confirmRelay', relay: 'relay-1' },
    { type: 'rejectRelay', relay: 'relay-1' },
    relay({ type: 'sayNoGo' }, 'relay-3'),
  ])
    expect((await send('ua-decider', group, body)).body).toMatchObject({ code: 'not-your-command' });
  const known = await send('ua-decider', group, { type: 'repudiateRelay', relay: 'relay-1' });
  const unknown = await send('ua-decider', group, { type: 'repudiateRelay', relay: 'relay-9' });
  expect(known.body.code).toBe('unknown-relay');
  expect({ ...known.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
  for (const official of ['qa-lead', 'ru-decider'])
    for (const canary of canaries) expect(await told(official)).toContain(canary);
});

it('is disowned by the side, and keeps no words that a sender makes up as an id', async () => {
  const group = await frozen();
  const list = await listOf(group);
  await does(
    'qa-officer-1',
    group,
    relay({ type: 'confirmTerms', ...list, terms: listTerms }, 'kyrylo-petrenko'),
  );
  await does('qa-lead', group, { type: 'confirmRelay', relay: 'kyrylo-petrenko' });
  const { relays, allowed } = await viewOf('ru-decider', group);
  expect(relays).toEqual([{ id: expect.stringMatching(/^x-[0-9a-f]{16}$/), party: 'russia' }]);
  expect(allowed).toContain('repudiateRelay');
  await does('ru-decider', group, { type: 'repudiateRelay', relay: relays[0]!.id });
  const view = await viewOf('qa-lead', group);
  expect(view.stands.find(({ party }) => party === 'russia')?.terms).toEqual({});
  expect(view.events.map(({ type }) => type).slice(-4)).toEqual([
    'WordRelayed',
    'TermsConfirmed',
    'RelayConfirmed',
    'RelayRepudiated',
  ]);
});

it('counts once when two mediators confirm it at the same instant', async () => {
  const group = await frozen();
  await does(
    'qa-officer-1',
    group,
    relay({ type: 'confirmTerms', ...(await listOf(group)), terms: listTerms }),
  );
  const answers = await Promise.all(
    ['qa-lead', 'qa-officer-2', 'qa-lead', 'qa-officer-2'].map((official) =>
      send(official, group, { type: 'confirmRelay', relay: 'relay-1' }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
});
