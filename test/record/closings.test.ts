/** What a later version of a mechanism closes or opens counts for the open cases of every version, once each has heard of it. */
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import type { CaseId } from '../../src/domain/model/ids';
import { obligationsOf } from '../../src/domain/obligations/obligations';
import { groupDutiesOf } from '../../src/domain/group/duties';
import { createPool } from '../../src/record/postgres/database';
import { groupsOf } from './support/group-room';
import { caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

const system = { system: 'upkeep' } as const;
const long = '2020-01-01';

describe('what a later version closes', () => {
  let room: RecordRoom;
  let latest: Mechanism;
  beforeEach(async () => {
    room = await openRecordRoom({ capacity: 20 });
    latest = room.mechanism;
  });
  afterEach(() => room.close());

  const follow = async (change: Partial<Mechanism>, { record } = room): Promise<number> => {
    latest = { ...latest, ...change, version: latest.version + 1 };
    await record.saveMechanism(latest);
    return latest.version;
  };
  const closing = (place: string, closed: string | undefined): Partial<Mechanism> => ({
    places: latest.places.map(({ closed: before, ...one }) => ({
      ...one,
      ...(one.id === place ? closed !== undefined && { closed } : before !== undefined && { closed: before }),
    })),
  });
  /** A round of the upkeep. */
  const hear = async (): Promise<CaseId[]> => {
    const due = await room.record.listClosings();
    for (const { case: id, mechanismVersion } of due)
      await room.act(system, id, { type: 'noteClosings', mechanismVersion });
    return due.map((each) => each.case);
  };
  const owed = async (id: CaseId): Promise<string[]> => {
    const { state, rules } = (await room.record.load(id))!;
    const kinds = ['avoid-closed-place', 'rehouse-child'];
    return obligationsOf(state, rules, new Date().toISOString())
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ kind, subject, party }) => [kind, subject, party].filter(Boolean).join(' '));
  };
  const inboxOf = async (id: CaseId): Promise<string[]> => {
    const { rows } = await room.pool.query<{ kind: string }>(
      `select kind from obligations where case_id = $1 and kind in ('avoid-closed-place', 'rehouse-child') order by kind`,
      [id],
    );
    return rows.map(({ kind }) => kind);
  };

  it('is heard once by each open case that it concerns, also by one on the way, and nothing lapses', async () => {
    const [waiting, travelling] = [await caseAt(room, 'ready'), await caseAt(room, 'departed')];
    const over = await caseAt(room, 'verified');
    await room.act('ua-decider', over, { type: 'withdrawRequest' });
    expect(await hear()).toEqual([]);
    const version = await follow(closing('kyiv', long));
    expect((await hear()).sort()).toEqual([waiting, travelling, over].sort());
    expect(await hear()).toEqual([]);

    for (const id of [waiting, travelling]) {
      const { state, rules } = (await room.record.load(id))!;
      expect(state).toMatchObject({ mechanism: room.mechanism.id && { version: room.mechanism.version } });
      expect(state.closings?.version).toBe(version);
      expect(state.plan?.lapsed).toBeUndefined();
      expect([rules.version, rules.placesClosed]).toEqual([room.mechanism.version, { kyiv: long }]);
    }
    expect(await owed(waiting)).toEqual(['avoid-closed-place kyiv qatar']);
    expect(await owed(travelling)).toEqual(['avoid-closed-place kyiv escort']);
    expect(await inboxOf(waiting)).toEqual(['avoid-closed-place']);
    expect(await inboxOf(travelling)).toEqual(['avoid-closed-place']);
    // Whoever must change what is told at once.
    for (const [id, party] of [
      [waiting, 'qatar'],
      [travelling, 'escort'],
    ] as const) {
      const { rows } = await room.pool.query<{ party: string }>(
        `select party from outbox where case_id = $1 and notice -> 'about' ->> 'kind' = 'avoid-closed-place'
            or case_id = $1 and obligation like 'avoid-closed-place%'`,
        [id],
      );
      expect([id, rows.map((row) => row.party)]).toEqual([id, [party]]);
    }
  });

  it('goes with the next version that opens it again, and a version that changes nothing of it tells nobody', async () => {
    const id = await caseAt(room, 'ready');
    await follow(closing('kyiv', long));
    await hear();
    await follow({ approvalNotice: 'P1D' });
    expect(await hear()).toEqual([]);
    expect(await owed(id)).not.toEqual([]);
    await follow(closing('kyiv', undefined));
    expect(await hear()).toEqual([id]);
    expect(await owed(id)).toEqual([]);
    expect(await inboxOf(id)).toEqual([]);
  });

  it('is asked where something new is named, in cases of an earlier version', async () => {
    const id = await caseAt(room, 'verified');
    await follow(closing('kyiv', long));
    await hear();
    const { state } = (await room.record.load(id))!;
    const terms = {
      ...{
        recipient: 'recipient-1',
        window: { from: '2030-01-01', to: '2030-01-20' },
        modality: 'road' as const,
      },
      ...{
        site: 'moscow-residence',
        handoverPlace: 'kyiv',
        escortParty: 'escort',
        receivingParty: 'reception',
      },
      companions: ['escort' as const],
    };
    expect(state.stage).toBe('agreement');
    expect((await room.send('qa-officer-1', id, { type: 'proposePlan', terms })).rejection).toEqual({
      code: 'closed-for-new',
      field: 'handoverPlace',
    });
  });

  it('of a site gives the child that is there another place to be found', async () => {
    const id = await caseAt(room, 'hosted');
    await follow({ sites: latest.sites.map((site) => ({ ...site, closed: long })) });
    await hear();
    expect(await owed(id)).toEqual(['rehouse-child qatar']);
  });

  it('comes with the rules to a process that follows the case', async () => {
    const id = await caseAt(room, 'ready');
    const { version } = (await room.record.load(id))!.state;
    await follow(closing('kyiv', long));
    await hear();
    const { rules, events } = await room.record.catchUp(id, version);
    expect(events.map(({ event }) => event.type)).toEqual(['ClosingsNoted']);
    expect(rules?.placesClosed).toEqual({ kyiv: long });
    expect((await room.record.catchUp(id, version + 1)).rules).toBeUndefined();
  });

  it('is the case’s own once it is moved there', async () => {
    const id = await caseAt(room, 'hosted');
    const version = await follow(closing('kyiv', long));
    await room.act('qa-lead', id, { type: 'moveMechanism', version });
    expect(await hear()).toEqual([]);
    expect((await room.record.load(id))!.rules.placesClosed).toEqual({ kyiv: long });
  });

  it('counts only if the record vouches for that version, and nobody departs on one that is no more vouched for', async () => {
    const groups = groupsOf(room);
    const [id, alone, untold] = [
      await caseAt(room, 'ready'),
      await caseAt(room, 'ready'),
      await caseAt(room, 'ready'),
    ];
    const group = await groups.at('go', [id, untold]);
    const mechanismVersion = await follow(closing('border-crossing', long));
    for (const each of [id, alone]) await room.act(system, each, { type: 'noteClosings', mechanismVersion });
    const forged = { ...latest, ...closing('kyiv', long), version: mechanismVersion + 1 };
    await room.pool.query(
      `insert into mechanisms (id, version, content, hash, saved_at) values ($1, $2, $3, 'none', now())`,
      [forged.id, forged.version, JSON.stringify(forged)],
    );
    expect(await room.record.listClosings()).toEqual([{ case: untold, mechanismVersion }]);

    const owner = createPool({ connectionString: room.database.superuserUrl, max: 1 });
    await owner.query('alter table mechanisms disable trigger all');
    await owner.query(
      `update mechanisms set content = jsonb_set(content, '{stalledAfter,usual}', '"P99D"') where version = $1`,
      [mechanismVersion],
    );
    await owner.end();
    // What was read before is kept in memory: another process reads it now.
    const { record } = room.another();
    const departure = room.envelope('qa-lead', alone, { type: 'depart' });
    expect((await record.submit(departure, { knownVersion: 0, route: 'process' })).rejection?.code).toBe(
      'record-in-doubt',
    );
    expect((await groups.depart(group, { on: record })).found?.state.departure?.left).toContainEqual(
      expect.objectContaining({
        case: id,
        reason: 'record-in-doubt',
      }),
    );
  });

  it('is the same after a rebuild of what follows from the events', async () => {
    const id = await caseAt(room, 'hosted');
    await follow({
      ...closing('kyiv', long),
      sites: latest.sites.map((site) => ({ ...site, closed: long })),
    });
    await hear();
    const before = await inboxOf(id);
    expect(before).toContain('rehouse-child');
    await room.record.rebuildProjections();
    expect(await inboxOf(id)).toEqual(before);
  });

  it('hinders a frozen list whose place it closes: the mediator owes its mending, until the place is another', async () => {
    const groups = groupsOf(room);
    const group = await groups.at('frozen', [await caseAt(room, 'ready')]);
    const duties = async () => {
      const loaded = (await room.record.loadGroupForProcess(group))!;
      return groupDutiesOf(loaded.group, loaded.rules).map(({ kind }) => kind);
    };
    expect(await duties()).not.toContain('mend-list');
    const { place } = (await room.record.loadGroupForProcess(group))!.group.list;
    await follow(closing(place, long));
    const news = async () => (await room.pool.query('select from news where case_id = $1', [group])).rowCount;
    expect(await news()).toBe(0);
    await hear();
    // Its process is told, and looks.
    expect(await news()).toBe(1);
    await groups.observe(group);
    expect(await duties()).toContain('mend-list');
    await follow(closing(place, undefined));
    await groups.observe(group);
    expect(await duties()).not.toContain('mend-list');
  });
});
