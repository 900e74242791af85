/** A group over HTTP, with its process: from candidates to the last child safe, as mediator, sides, host and escorts see it. */
import { z } from 'zod';
import {
  candidatesSchema,
  groupAnswerSchema,
  groupListSchema,
  groupViewSchema,
  inboxGroupEntrySchema,
} from '../../../src/contracts/http/groups';
import type { GroupView } from '../../../src/contracts/http/groups';
import { groupWorkflowIdOf, listTerms } from '../../../src/domain/group/group';
import type { CaseId } from '../../../src/domain/model/ids';
import { searchAttributes } from '../../../workflows/child-return/search-attributes';
import { inHours } from '../../record/support/group-room';
import { caseAt, newReference, openRecordRoom } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { eventually } from '../../workflows/support/process-room';
import { openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';
import { listenTo, soon } from '../support/event-source';
import type { Listening } from '../support/event-source';

const capacity = 100;
let room: ApiRoom;
let cases: RecordRoom;
beforeAll(async () => {
  room = await openApiRoom('groups', {
    change: (mechanism) => ({ ...mechanism, sites: mechanism.sites.map((site) => ({ ...site, capacity })) }),
  });
  cases = await openRecordRoom({ capacity, database: room.process.database });
}, 120_000);
afterAll(async () => {
  await cases.close().catch(() => undefined);
  await room.close();
});

const ready = (siblings: CaseId[] = []): Promise<CaseId> => caseAt(cases, 'ready', { siblings });
const viewOf = async (official: string, group: string): Promise<GroupView> =>
  groupViewSchema.parse((await room.as(official).get(`/v1/groups/${group}`).expect(200)).body);
const send = (official: string, group: string, body: object) =>
  room.as(official).post(`/v1/groups/${group}/commands`, body);
async function does(official: string, group: string, body: object) {
  const answer = await send(official, group, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return groupAnswerSchema.parse(answer.body);
}
async function draft(members: CaseId[]): Promise<string> {
  const body = { members, departAt: inHours(1), place: 'kyiv', route: 'road' };
  const answer = await room.as('qa-officer-1').post('/v1/groups', body).expect(201);
  return groupAnswerSchema.parse(answer.body).group;
}
const groupOf = async (official: string, id: CaseId): Promise<string | undefined> =>
  ((await room.as(official).get(`/v1/cases/${id}`).expect(200)).body as { group?: string }).group;
const listOf = async (group: string) => {
  const { version, hash } = (await viewOf('qa-lead', group)).list;
  return { version, hash };
};
const sayers = ['ua-decider', 'ru-decider', 'em-host', 'es-dispatcher'];
async function confirmAll(group: string): Promise<void> {
  for (const official of sayers)
    await does(official, group, { type: 'confirmTerms', ...(await listOf(group)), terms: listTerms });
}
async function sayGo(group: string): Promise<void> {
  for (const official of ['ua-decider', 'ru-decider', 'qa-lead'])
    await does(official, group, { type: 'sayGo', ...(await listOf(group)) });
}
const owed = ({ duties }: GroupView): string[] => duties.map(({ kind, party }) => `${kind} ${party}`);

it('goes from candidates to home: the list, each term for itself, go, departure, the last child safe', async () => {
  const first = await ready();
  const members = [first, await ready([first])];
  const found = await room.as('qa-officer-1').get('/v1/groups/candidates', { seats: '10' }).expect(200);
  const proposed = candidatesSchema.parse(found.body).lists[0]!.members.map((each) => each.case);
  expect(proposed).toEqual(expect.arrayContaining(members));
  const { lists, children } = candidatesSchema.parse(found.body);
  expect(lists[0]!.members.find((each) => each.case === first)).toMatchObject({ siblings: [members[1]] });
  expect(children.find((each) => each.case === first)?.child).toMatchObject({
    names: [{}, { given: 'Kyrylo' }],
  });
  await room.as('ua-decider').get('/v1/groups/candidates').expect(403);

  const group = await draft(members);
  await room.as('ua-decider').get(`/v1/groups/${group}`).expect(404);
  expect([await groupOf('qa-officer-1', first), await groupOf('ua-decider', first)]).toEqual([
    group,
    undefined,
  ]);
  expect((await send('ua-decider', group, { type: 'sayNoGo' })).status).toBe(404);
  await does('qa-officer-1', group, { type: 'proposeList' });
  expect(await viewOf('ua-decider', group)).toMatchObject({
    state: 'proposed',
    embargo: { active: true },
    children: [{ case: first, child: { names: [{}, { given: 'Kyrylo' }] } }, {}],
  });
  expect(await groupOf('ua-decider', first)).toBe(group);
  await does('qa-officer-1', group, { type: 'freezeList', version: 1 });
  expect(owed(await viewOf('qa-lead', group)).sort()).toEqual(
    ['embassy', 'escort', 'russia', 'ukraine'].map((party) => `confirm-list ${party}`),
  );
  expect(owed(await viewOf('em-host', group))).toEqual(['confirm-list embassy']);

  // All but the place is a state with an owner.
  const list = await listOf(group);
  await does('ru-decider', group, {
    type: 'confirmTerms',
    ...list,
    terms: ['names', 'date', 'order', 'route'],
  });
  await does('ru-decider', group, {
    type: 'disputeTerms',
    ...list,
    terms: ['place'],
    note: 'Not at this crossing',
  });
  expect(owed(await viewOf('qa-lead', group))).toContain('settle-terms qatar');
  expect((await viewOf('em-host', group)).stands.find(({ party }) => party === 'russia')).toMatchObject({
    terms: {
      names: 'confirmed',
      date: 'confirmed',
      place: 'disputed',
      order: 'confirmed',
      route: 'confirmed',
    },
  });
  const line = (view: GroupView) =>
    view.checklist.find((each) => each.line === 'terms' && each.party === 'russia');
  expect(line(await viewOf('ua-decider', group))).toMatchObject({ state: 'no', terms: ['place'] });
  const noteIn = (view: GroupView) => view.events.find(({ type }) => type === 'TermsDisputed')?.note;
  expect(noteIn(await viewOf('qa-lead', group))).toBe('Not at this crossing');
  expect(noteIn(await viewOf('ua-decider', group))).toBeUndefined();

  // A change after the freeze is a new version, to be confirmed again.
  await does('qa-officer-1', group, {
    type: 'changeList',
    members,
    departAt: inHours(1),
    place: 'moscow',
    route: 'road',
  });
  expect(
    (await send('ru-decider', group, { type: 'confirmTerms', ...list, terms: ['place'] })).body,
  ).toMatchObject({
    code: 'stale-list',
    version: 2,
  });
  await confirmAll(group);
  expect(
    (await send('qa-lead', group, { type: 'departGroup', ...(await listOf(group)) })).body,
  ).toMatchObject({
    code: 'wrong-group-state',
    groupState: 'confirming',
  });
  await sayGo(group);
  expect((await viewOf('es-escort-1', group)).checklist.every(({ state }) => state === 'yes')).toBe(true);
  expect((await send('ua-decider', group, { type: 'departGroup', ...(await listOf(group)) })).status).toBe(
    403,
  );
  const departed = await does('qa-lead', group, { type: 'departGroup', ...(await listOf(group)) });
  expect(departed.departure).toMatchObject({ departed: members, left: [] });

  const handle = room.process.client.workflow.getHandle(groupWorkflowIdOf(group));
  await eventually(async () => {
    const { typedSearchAttributes } = await handle.describe();
    return typedSearchAttributes.get(searchAttributes.stage) === 'departed' || undefined;
  });
  for (const id of members) {
    await cases.act('em-host', id, { type: 'giveIntoCare' });
    await cases.act('es-escort-1', id, { type: 'takeIntoCare' });
    await cases.act('es-escort-1', id, { type: 'arrive' });
    await cases.act('re-receiver', id, { type: 'placeInInterimCare', kind: 'hospital', place: 'kyiv' });
  }
  await room.process.deliverNews();
  expect(await handle.result()).toMatchObject({ group, state: 'completed' });
  expect(await viewOf('re-receiver', group)).toMatchObject({
    state: 'completed',
    embargo: { active: false },
  });
}, 60_000);

it('drops a child whose approval is withdrawn after the freeze, by its process, with the sibling', async () => {
  const first = await ready();
  const [sibling, other] = [await ready([first]), await ready()];
  const group = await draft([first, sibling, other]);
  await does('qa-officer-1', group, { type: 'proposeList' });
  await does('qa-officer-1', group, { type: 'freezeList', version: 1 });
  await confirmAll(group);
  await room.as('ua-decider').does(first, { type: 'withdrawApproval' });
  const view = await eventually(async () => {
    const seen = await viewOf('qa-lead', group);
    return seen.dropped.length === 2 ? seen : undefined;
  });
  expect(view.dropped).toMatchObject([
    { case: first, reason: 'no-longer-agreed' },
    { case: sibling, reason: 'sibling' },
  ]);
  // The rest goes on as it was confirmed.
  await sayGo(group);
  expect((await viewOf('qa-lead', group)).foreseen).toEqual({ departed: [other], left: [] });
  expect((await viewOf('ua-decider', group)).foreseen).toBeUndefined();
  const { departure } = await does('qa-lead', group, { type: 'departGroup', ...(await listOf(group)) });
  expect(departure?.departed).toEqual([other]);
}, 60_000);

it('lets a party say no to one child, a decider say no go, and the lead call it off', async () => {
  const [first, second] = [await ready(), await ready()];
  const group = await draft([first, second]);
  await does('qa-officer-1', group, { type: 'proposeList' });
  await does('ru-decider', group, { type: 'refuseMember', member: first, reason: 'security', note: 'Later' });
  expect((await viewOf('ua-decider', group)).dropped).toMatchObject([
    { case: first, reason: 'refused', party: 'russia' },
  ]);
  await does('qa-officer-1', group, { type: 'freezeList', version: 1 });
  await confirmAll(group);
  await sayGo(group);
  await does('ua-decider', group, { type: 'sayNoGo', note: 'The road is closed' });
  expect(owed(await viewOf('qa-lead', group))).toContain('weigh-no-go qatar');
  expect(
    (await send('qa-lead', group, { type: 'departGroup', ...(await listOf(group)) })).body,
  ).toMatchObject({
    code: 'wrong-group-state',
  });
  await does('qa-lead', group, { type: 'abortGroup', reason: 'route-closed' });
  const handle = room.process.client.workflow.getHandle(groupWorkflowIdOf(group));
  expect(await eventually(() => handle.result())).toMatchObject({ state: 'aborted' });
  expect(await groupOf('qa-lead', first)).toBeUndefined();
  // Both are free for another group.
  expect(await draft([first, second])).toMatch(/^G-/);
}, 60_000);

it('is started again when its process is gone', async () => {
  const group = await draft([await ready()]);
  const handle = room.process.client.workflow.getHandle(groupWorkflowIdOf(group));
  await eventually(async () => (await handle.describe()).status.name === 'RUNNING' || undefined);
  await handle.terminate('by hand');
  await room.process.runUpkeep();
  await eventually(async () => (await handle.describe()).status.name === 'RUNNING' || undefined);
}, 60_000);

it('lists for each party its own groups, and drafts for the mediator alone', async () => {
  const group = await draft([await ready()]);
  const listed = async (official: string): Promise<string[]> =>
    groupListSchema
      .parse((await room.as(official).get('/v1/groups').expect(200)).body)
      .items.map(({ id }) => id);
  expect(await listed('qa-duty')).toContain(group);
  expect(await listed('ua-official-1')).not.toContain(group);
  await does('qa-officer-1', group, { type: 'proposeList' });
  expect(await listed('ua-official-1')).toContain(group);
});

it('is in the inboxes of who owes it, and a stream tells each step to whom it concerns, and to nobody else', async () => {
  const group = await draft([await ready(), await ready()]);
  const owedIn = async (official: string): Promise<string[]> => {
    const { body } = await room.as(official).get('/v1/inbox').expect(200);
    const entries = z.array(inboxGroupEntrySchema).parse((body as { groups: unknown }).groups);
    return entries.filter((entry) => entry.group === group).map(({ kind, party }) => `${kind} ${party}`);
  };
  const streams = new Map<string, Listening>();
  for (const official of ['qa-lead', 'ua-official-1', 'em-host', 'ob-observer'])
    streams.set(official, await listenTo(`${room.api.url}/v1/inbox/stream`, await room.token(official)));
  const heard = (official: string) =>
    streams
      .get(official)!
      .heard.filter(({ event }) => event === 'group')
      .map(({ data }) => data as unknown as { group: string; version?: number; entries: { kind: string }[] })
      .filter((told) => told.group === group);
  await does('qa-officer-1', group, { type: 'proposeList' });
  await soon(() => expect(heard('qa-lead').length).toBeGreaterThan(0));
  await soon(() => expect(heard('ua-official-1').at(-1)).toEqual({ group, entries: [] }));
  expect(await owedIn('em-host')).toEqual([]);
  await does('qa-officer-1', group, { type: 'freezeList', version: 1 });
  expect(await owedIn('em-host')).toEqual(['confirm-list embassy']);
  expect(await owedIn('qa-lead')).toEqual([]);
  await soon(() =>
    expect(
      heard('em-host')
        .at(-1)
        ?.entries.map(({ kind }) => kind),
    ).toEqual(['confirm-list']),
  );
  await soon(() =>
    expect(streams.get('em-host')!.heard.findLast(({ event }) => event === 'counts')?.data).toMatchObject({
      total: expect.any(Number) as number,
    }),
  );
  const told = heard('ua-official-1').length;
  await does('em-host', group, { type: 'confirmTerms', ...(await listOf(group)), terms: listTerms });
  await soon(() => expect(heard('em-host').at(-1)?.entries).toEqual([]));
  // What another confirms is in the group that they read.
  await soon(() => expect(heard('ua-official-1').length).toBeGreaterThan(told));
  expect(heard('qa-lead').at(-1)?.version).toBeGreaterThan(2);
  expect(heard('em-host').every((each) => each.version === undefined)).toBe(true);
  expect(streams.get('ob-observer')!.text()).not.toContain(group);
  for (const stream of streams.values()) stream.close();
}, 60_000);

it('answers a draft that is sent again with the first group, and what is not well-formed with where and why', async () => {
  const body = { members: [await ready()], departAt: inHours(1), place: 'kyiv', route: 'road' };
  const headers = { 'idempotency-key': 'the-same-draft' };
  const first = await room.as('qa-officer-1').post('/v1/groups', body, headers).expect(201);
  const again = await room.as('qa-officer-1').post('/v1/groups', body, headers).expect(200);
  expect(again.body.group).toBe(first.body.group);
  const status = await room
    .as('qa-officer-1')
    .get(`/v1/commands/${first.body.receipt.commandId}`)
    .expect(200);
  expect(status.body).toMatchObject({ case: first.body.group, status: 'recorded' });
  const bad = async (changes: object) =>
    (await room.as('qa-officer-1').post('/v1/groups', { ...body, ...changes })).body as object;
  expect(await bad({ members: [] })).toMatchObject({
    code: 'invalid-request',
    errors: [{ pointer: '/members' }],
  });
  expect(await bad({ members: [newReference()] })).toMatchObject({ code: 'unknown-case', field: 'members' });
  expect(await bad({ departAt: inHours(-1) })).toMatchObject({ code: 'date-past', field: 'departAt' });
  expect(await bad({ place: 'nowhere' })).toMatchObject({ code: 'unknown-place' });
});

it('tells whoever owes something once for the group, and no more of it once it is met', async () => {
  const group = await draft([await ready(), await ready()]);
  await does('qa-officer-1', group, { type: 'proposeList' });
  await does('qa-officer-1', group, { type: 'freezeList', version: 1 });
  const notices = async () => {
    const { rows } = await room.process.pool.query<{
      kind: string;
      party: string;
      status: string;
      safety: boolean;
    }>(
      `select notice ->> 'kind' as kind, party, status, safety from outbox where case_id = $1 order by party, kind`,
      [group],
    );
    return rows.map(
      ({ kind, party, status, safety }) => `${kind} ${party} ${status}${safety ? ' at once' : ''}`,
    );
  };
  expect(await notices()).toEqual(
    ['embassy', 'escort', 'russia', 'ukraine'].map((party) => `group-waiting ${party} pending at once`),
  );
  await does('em-host', group, { type: 'confirmTerms', ...(await listOf(group)), terms: listTerms });
  expect(await notices()).toContain('group-waiting embassy silenced at once');
  await does('ua-decider', group, { type: 'reportBreach', note: 'A channel has their names' });
  expect(await notices()).toContain('embargo-broken qatar pending at once');
});
