/** What is owed to groups lies in the same inboxes as what is owed in cases, and only in those of who owes it. */
import { migrateToLatest } from '../../src/record/migrations/migrate';
import type { InboxScope } from '../../src/record/reads/inbox-entries';
import type { InboxFilter } from '../../src/record/reads/inbox';
import type { CaseReader } from '../../src/record/store/reader';
import { groupsOf } from './support/group-room';
import { caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

describe('what is owed to a group', () => {
  let room: RecordRoom;
  let groups: ReturnType<typeof groupsOf>;
  beforeAll(async () => {
    room = await openRecordRoom({ capacity: 30 });
    groups = groupsOf(room);
  });
  afterAll(() => room.close());

  const reader = (official: string, lent: CaseReader['roles'] = []): CaseReader => {
    const { party, roles } = room.actor(official);
    const { kind } = room.mechanism.parties.find(({ id }) => id === party)!;
    return { mechanism: room.mechanism.id, party, kind, roles: [...roles, ...lent], lent };
  };
  const inboxOf = (official: string, filter: InboxFilter = {}) =>
    room.record.inbox(reader(official), { limit: 50 }, filter);
  const owed = async (official: string, group: string, filter: InboxFilter = {}): Promise<string[]> =>
    ((await inboxOf(official, filter)).groups ?? [])
      .filter((entry) => entry.group === group)
      .map(({ kind }) => kind);

  it('lies in the inbox of the party and the roles that owe it, and of nobody else', async () => {
    const members = [await caseAt(room, 'ready'), await caseAt(room, 'ready')];
    const group = await groups.at('drafting', members);
    expect(await owed('qa-officer-1', group)).toEqual(['propose-list']);
    expect(await owed('qa-reviewer', group)).toEqual([]);
    expect(await owed('qa-reviewer', group, { scope: 'party' })).toEqual(['propose-list']);
    expect(await owed('ua-decider', group, { scope: 'party' })).toEqual([]);
    await groups.act('qa-officer-1', group, { type: 'proposeList' });
    await groups.act('qa-officer-1', group, { type: 'freezeList', version: 1 });
    expect(await owed('qa-officer-1', group, { scope: 'party' })).toEqual([]);
    for (const official of ['ua-decider', 'ru-decider', 'em-host', 'es-dispatcher'])
      expect([official, await owed(official, group)]).toEqual([official, ['confirm-list']]);
    expect(await owed('ua-official-1', group)).toEqual([]);
    const { groups: shown = [] } = await inboxOf('em-host');
    expect(shown.find((entry) => entry.group === group)).toMatchObject({
      ...{ state: 'frozen', children: 2, party: 'embassy', overdue: false },
      commands: ['confirmTerms', 'disputeTerms'],
    });
    const list = await groups.listOf(group);
    await groups.act('em-host', group, {
      ...{ type: 'confirmTerms', ...list, terms: ['names', 'date', 'place', 'order', 'route'] },
    });
    expect(await owed('em-host', group)).toEqual([]);
    await groups.act('ru-decider', group, { type: 'disputeTerms', ...list, terms: ['place'] });
    const { groups: settle = [] } = await inboxOf('qa-officer-1');
    expect(settle.find((entry) => entry.group === group)).toMatchObject({
      kind: 'settle-terms',
      subject: 'russia',
    });
  });

  it('is counted with the rest, and left out where one asks for cases', async () => {
    const group = await groups.at('drafting', [await caseAt(room, 'ready')]);
    const before = (await inboxOf('em-host', { scope: 'mine' })).counts!;
    await groups.act('qa-officer-1', group, { type: 'proposeList' });
    await groups.act('qa-officer-1', group, { type: 'freezeList', version: 1 });
    const after = (await inboxOf('em-host', { scope: 'mine' })).counts!;
    expect([after.total - before.total, after.dueThisWeek - before.dueThisWeek]).toEqual([1, 1]);
    const audiences = (['mine', 'delegated'] as const).map((scope: InboxScope) => {
      const { mechanism, party, roles } = reader('em-host');
      return { mechanism, party, roles, lent: [], scope };
    });
    const [mine, delegated] = await room.record.changes.counts(audiences);
    expect([mine?.total, delegated?.total]).toEqual([after.total, 0]);
    // Whoever stands in for the host has it as lent.
    const { party, mechanism, kind } = reader('em-host');
    const deputy = { party, mechanism, kind, roles: ['host'], lent: ['host'] } as const;
    const lent = await room.record.inbox(deputy, { limit: 50 }, { scope: 'delegated' });
    expect(lent.groups?.map((entry) => entry.group)).toContain(group);
    expect(lent.counts?.delegated).toBeGreaterThan(0);
    const asked: InboxFilter[] = [
      ...[{ kind: 'confirm-handover' }, { stage: 'hosting' }, { safety: true }, { paused: true }],
      ...[{ stalled: true }, { case: 'AAAA-AAAA' }, { overdue: true }],
    ] as InboxFilter[];
    for (const filter of asked) expect([filter, await owed('em-host', group, filter)]).toEqual([filter, []]);
    const shift = (by: string) =>
      room.pool.query(`update group_duties set due = due + $2::interval where group_id = $1`, [group, by]);
    await shift('-2 days');
    expect(await owed('em-host', group, { overdue: true })).toEqual(['confirm-list']);
    expect((await inboxOf('em-host', { scope: 'mine' })).counts!.overdue).toBe(before.overdue + 1);
    await shift('2 days');
  });

  it('stands in the digest by the group’s reference, whose reminder is then not told twice', async () => {
    const group = await groups.at('frozen', [await caseAt(room, 'ready')]);
    const waiting = async (official: string) =>
      room.record.findWaiting({ ...reader(official), officers: [], reviewsStalled: false }, 100);
    const { now, nowTotal, keys } = await waiting('em-host');
    expect(now.filter((each) => each.case === group)).toMatchObject([
      { kind: 'confirm-list', safety: false },
    ]);
    expect(nowTotal).toBe(now.length);
    expect(keys.map((each) => each.case)).toContain(group);
    expect((await waiting('ua-official-1')).now.map((each) => each.case)).not.toContain(group);
  });

  it('is what it is by the events, though four parties speak at once from two processes', async () => {
    const group = await groups.at('drafting', [await caseAt(room, 'ready'), await caseAt(room, 'ready')]);
    await groups.act('qa-officer-1', group, { type: 'proposeList' });
    await groups.act('qa-officer-1', group, { type: 'freezeList', version: 1 });
    const list = await groups.listOf(group);
    const { record } = room.another();
    const terms = ['names', 'date', 'place', 'order', 'route'] as const;
    const says = ['ua-decider', 'ru-decider', 'em-host', 'es-dispatcher'].flatMap((by) =>
      terms.map((term) => ({ by, term, isNo: by === 'em-host' && term === 'place' })),
    );
    const answers = await Promise.all(
      says.map(({ by, term, isNo }, index) =>
        groups.send(
          by,
          group,
          { type: isNo ? 'disputeTerms' : 'confirmTerms', ...list, terms: [term] },
          { on: index % 2 ? record : room.record },
        ),
      ),
    );
    expect(answers.flatMap(({ rejection }) => rejection ?? [])).toEqual([]);
    const rows = async () =>
      (
        await room.pool.query<{ row: string }>(
          'select d::text as row from group_duties d where group_id = $1 order by 1',
          [group],
        )
      ).rows;
    const written = await rows();
    expect(await owed('qa-officer-1', group)).toEqual(['settle-terms']);
    expect(await owed('ua-decider', group)).toEqual([]);
    await room.record.rebuildProjections();
    expect(await rows()).toEqual(written);
  });

  it('is there again when every list is made anew, in a database of before, too', async () => {
    for (const milestone of ['drafting', 'frozen', 'confirmed', 'go'] as const)
      await groups.at(milestone, [await caseAt(room, 'ready')]);
    const rows = async () =>
      (await room.pool.query<object>('select * from group_duties order by group_id, key')).rows;
    const before = await rows();
    expect(before.length).toBeGreaterThan(8);
    await room.pool.query('delete from group_duties');
    await room.pool.query('update projections_version set version = 9');
    await migrateToLatest({ ...room.database, say: () => undefined });
    expect(await rows()).toEqual(before);
  });
});
