/** Escorts and movements on a real Postgres, with many who set out at once: no escort is under way with two of them. */
import type { CaseId } from '../../src/domain/model/ids';
import { rulesOf } from '../../src/contracts/mechanism/mechanism';
import { auditRecord } from '../hardness/audit-record';
import { groupsOf } from './support/group-room';
import { byTwo, caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

describe('an escort', () => {
  let room: RecordRoom;
  let groups: ReturnType<typeof groupsOf>;
  const open = async (escortsEngagedOnce: boolean): Promise<void> => {
    room = await openRecordRoom({ capacity: 200, change: { escortsEngagedOnce } });
    groups = groupsOf(room);
  };
  afterEach(() => room.close());

  const ready = async (escort = 'es-escort-1', siblings: CaseId[] = []): Promise<CaseId> => {
    const id = await caseAt(room, 'ready', { siblings });
    if (escort !== 'es-escort-1') await room.act('es-dispatcher', id, { type: 'assignEscort', escort });
    return id;
  };
  const readyAll = async (escorts: readonly string[]): Promise<CaseId[]> => {
    const all: CaseId[] = [];
    for (const escort of escorts) all.push(await ready(escort));
    return all;
  };
  const leave = (id: CaseId, record = room.record) =>
    record.submit(room.envelope('qa-lead', id, { type: 'depart' }), { knownVersion: 0, route: 'process' });
  /** Back at the site before anybody took the child. */
  const back = (id: CaseId) =>
    byTwo(room, 'em-host', 'qa-duty', id, { type: 'recordArrival', site: 'moscow-residence' });
  const engaged = async () =>
    (
      await room.pool.query<{ case_id: CaseId; escort: string; movement: string }>(
        'select case_id, escort, movement from engagements order by escort, case_id',
      )
    ).rows;

  it('sets out with one of twenty who leave at the same moment, twenty times over, from two processes', async () => {
    await open(true);
    let waiting = await readyAll(Array.from({ length: 20 }, () => 'es-escort-1'));
    const second = room.another().record;
    while (waiting.length > 0) {
      const answers = await Promise.all(
        waiting.map((id, index) => leave(id, index % 2 ? second : room.record)),
      );
      const gone = waiting.filter((_, index) => answers[index]!.outcome === 'recorded');
      expect(gone).toHaveLength(1);
      expect(
        new Set(answers.flatMap(({ rejection }) => rejection ?? []).map((each) => JSON.stringify(each))),
      ).toEqual(
        waiting.length > 1
          ? new Set([JSON.stringify({ code: 'escort-engaged', blockers: [{ blocker: 'escort-engaged' }] })])
          : new Set(),
      );
      expect(await engaged()).toEqual([{ case_id: gone[0], escort: 'es-escort-1', movement: gone[0] }]);
      await back(gone[0]!);
      expect(await engaged()).toEqual([]);
      waiting = waiting.filter((id) => id !== gone[0]);
    }
  }, 120_000);

  it('takes siblings along: they are one movement, whoever leaves first', async () => {
    await open(true);
    const first = await ready();
    const second = await ready('es-escort-1', [first]);
    const other = await ready();
    await room.act('qa-lead', second, { type: 'depart' });
    await room.act('qa-lead', first, { type: 'depart' });
    expect(new Set((await engaged()).map(({ movement }) => movement))).toEqual(new Set([second]));
    expect((await leave(other)).rejection?.code).toBe('escort-engaged');
    // Until the last of them is back.
    await back(second);
    expect((await leave(other)).rejection?.code).toBe('escort-engaged');
    await back(first);
    expect((await leave(other)).outcome).toBe('recorded');
  });

  it('keeps a child of a group at the site while under way with another, and the rest goes', async () => {
    await open(true);
    const [away, kept, goes] = (await readyAll(['es-escort-1', 'es-escort-1', 'es-escort-2'])) as [
      CaseId,
      CaseId,
      CaseId,
    ];
    const group = await groups.at('go', [kept, goes]);
    await room.act('qa-lead', away, { type: 'depart' });
    // The go board says it before.
    const seen = (await room.record.groups.load(group))!.members;
    expect([kept, goes].map((id) => seen.get(id)?.blockers)).toEqual([[{ blocker: 'escort-engaged' }], []]);
    const { found } = await groups.depart(group);
    expect(found?.state.departure).toMatchObject({
      departed: [goes],
      left: [{ case: kept, reason: 'gate-closed', blockers: [{ blocker: 'escort-engaged' }] }],
    });
    expect(await engaged()).toEqual([
      { case_id: away, escort: 'es-escort-1', movement: away },
      { case_id: goes, escort: 'es-escort-2', movement: group },
    ]);
    expect((await room.record.selfCheck.round(1_000)).found).toEqual([]);
  });

  it('is never with two, though groups and single children with the same escorts leave together', async () => {
    await open(true);
    for (let round = 0; round < 5; round += 1) {
      const both = ['es-escort-1', 'es-escort-2'];
      const [one, other] = [await readyAll(both), await readyAll([...both].reverse())];
      const singles = await readyAll(both);
      const drafted = [await groups.at('go', one), await groups.at('go', other)];
      await Promise.all([...drafted.map((group) => groups.depart(group)), ...singles.map((id) => leave(id))]);
      const rows = await engaged();
      for (const escort of both)
        expect(
          new Set(rows.filter((row) => row.escort === escort).map(({ movement }) => movement)).size,
        ).toBe(1);
      expect(await auditRecord(room.database.connectionString, rulesOf(room.mechanism))).toEqual([]);
      for (const { case_id: id } of rows) await back(id);
    }
  }, 120_000);

  it('on the way takes over only who is free, and whoever gave the child away is', async () => {
    await open(true);
    const [one, other, third] = (await readyAll(['es-escort-1', 'es-escort-2', 'es-escort-1'])) as [
      CaseId,
      CaseId,
      CaseId,
    ];
    for (const id of [one, other]) await room.act('qa-lead', id, { type: 'depart' });
    await room.act('em-host', one, { type: 'giveIntoCare' });
    await room.act('es-escort-1', one, { type: 'takeIntoCare' });
    const takeOver = { type: 'assignEscort', escort: 'es-escort-2' } as const;
    expect((await room.send('es-dispatcher', one, takeOver)).rejection).toEqual({
      ...{ code: 'escort-engaged', field: 'escort' },
    });
    await back(other);
    await room.act('es-dispatcher', one, takeOver);
    // Both until the child has passed from the one to the other.
    expect((await engaged()).map(({ escort }) => escort)).toEqual(['es-escort-1', 'es-escort-2']);
    expect((await leave(third)).rejection?.code).toBe('escort-engaged');
    await room.act('es-escort-1', one, { type: 'giveIntoCare' });
    await room.act('es-escort-2', one, { type: 'takeIntoCare' });
    expect(await engaged()).toEqual([{ case_id: one, escort: 'es-escort-2', movement: one }]);
    expect((await leave(third)).outcome).toBe('recorded');
  });

  it('is free once the child was handed over, and the lists made anew say the same', async () => {
    await open(true);
    const home = await caseAt(room, 'handed-over');
    expect(await engaged()).toEqual([]);
    const [one, two] = (await readyAll(['es-escort-1', 'es-escort-2'])) as [CaseId, CaseId];
    for (const id of [one, two]) await room.act('qa-lead', id, { type: 'depart' });
    const before = await engaged();
    expect(before).toHaveLength(2);
    await room.pool.query('delete from engagements');
    await room.record.rebuildProjections();
    expect(await engaged()).toEqual(before);
    expect((await room.record.load(home))?.state.movement).toBeDefined();
  });

  it('can’t be with two by anybody who writes into the table, either', async () => {
    await open(true);
    const id = await ready();
    await room.act('qa-lead', id, { type: 'depart' });
    const add = (name: string, movement: string) =>
      room.pool.query(
        `insert into engagements (mechanism_id, case_id, escort, movement) values ('doha', $1, 'es-escort-1', $2)`,
        [name, movement],
      );
    await expect(add('0000-0001', '0000-0001')).rejects.toMatchObject({ code: '23P01' });
    await expect(add('0000-0001', id)).resolves.toBeDefined();
  });

  it('goes with any number where the mechanism does not ask', async () => {
    await open(false);
    const [one, other] = (await readyAll(['es-escort-1', 'es-escort-1'])) as [CaseId, CaseId];
    for (const id of [one, other]) expect((await leave(id)).outcome).toBe('recorded');
    expect(await engaged()).toEqual([]);
    expect((await room.record.load(one))?.state.movement).toBeUndefined();
  });
});
