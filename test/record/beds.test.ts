/** Beds and nights on a real Postgres, with many writers at once. Never-rule 5. */
import { addDays } from '../../src/domain/facts/days';
import { siteDayOf } from '../../src/domain/facts/beds';
import { rulesOf } from '../../src/contracts/mechanism/mechanism';
import type { CaseId } from '../../src/domain/model/ids';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { createTestDatabase } from '../support/postgres';
import { movableClock } from '../support/movable-clock';
import { approve, byTwo, caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

type Site = Mechanism['sites'][number];
const outcomes = (results: { outcome: string }[]): Record<string, number> =>
  results.reduce<Record<string, number>>(
    (counts, { outcome }) => ({ ...counts, [outcome]: (counts[outcome] ?? 0) + 1 }),
    {},
  );

describe('beds at a hosting site', () => {
  let room: RecordRoom;
  const roomWith = async (site: Partial<Site> & { capacity: number }): Promise<void> => {
    room = await openRecordRoom({ site });
  };
  afterEach(() => room.close());

  const today = (): string => {
    const rules = rulesOf(room.mechanism);
    return siteDayOf(rules.sites[0], new Date().toISOString(), rules);
  };
  const inDays = (days: number): string => addDays(today(), days);
  const asked = async (count: number): Promise<CaseId[]> => {
    const cases: CaseId[] = [];
    for (let index = 0; index < count; index += 1) cases.push(await caseAt(room, 'place-asked'));
    return cases;
  };
  const confirm = (id: CaseId, nights: object = {}) =>
    room.send('em-host', id, { type: 'confirmPlace', ...nights });
  const standing = async () =>
    (
      await room.pool.query<{
        number: number;
        case_id: CaseId;
        nights: string;
        occupied: boolean;
        sleeper: string;
      }>(
        'select number, case_id, sleeper, nights::text as nights, occupied from bookings where left_at is null order by number, nights',
      )
    ).rows;
  const dump = async () =>
    (
      await room.pool.query<{ row: string }>(
        `select b::text as row from bookings b union all select p::text from places p order by row`,
      )
    ).rows;
  const family = async (count: number): Promise<CaseId[]> => {
    const cases: CaseId[] = [];
    for (let index = 0; index < count; index += 1)
      cases.push(await caseAt(room, 'place-asked', { siblings: [...cases] }));
    return cases;
  };

  it('are each given once, though fifty want the last three at the same time, from two processes', async () => {
    await roomWith({ capacity: 3 });
    const cases = await asked(50);
    const second = room.another().record;
    const results = await Promise.all(
      cases.map((id, index) =>
        (index % 2 ? second : room.record).submit(room.envelope('em-host', id, { type: 'confirmPlace' }), {
          knownVersion: 0,
          route: 'process',
        }),
      ),
    );
    expect(outcomes(results)).toEqual({ recorded: 3, refused: 47 });
    expect(new Set(results.flatMap(({ rejection }) => rejection?.code ?? []))).toEqual(
      new Set(['no-place-free']),
    );
    expect((await standing()).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('are given again for other nights, and never twice for one', async () => {
    await roomWith({ capacity: 1 });
    const [one, other, third] = (await asked(3)) as [CaseId, CaseId, CaseId];
    await room.act('em-host', one, { type: 'confirmPlace', firstNight: inDays(2), leavesOn: inDays(5) });
    await room.act('em-host', other, { type: 'confirmPlace', firstNight: inDays(5) });
    expect(await confirm(third, { firstNight: inDays(4), leavesOn: inDays(6) })).toMatchObject({
      rejection: { code: 'no-place-free' },
    });
    expect(await confirm(third, { leavesOn: inDays(2) })).toMatchObject({ outcome: 'recorded' });
    expect((await standing()).map(({ nights }) => nights)).toEqual([
      `[${today()},${inDays(2)})`,
      `[${inDays(2)},${inDays(5)})`,
      `[${inDays(5)},)`,
    ]);
  });

  it('can’t be given twice for a night by anybody who writes into the table, either', async () => {
    await roomWith({ capacity: 1 });
    const [one] = (await asked(1)) as [CaseId];
    await room.act('em-host', one, { type: 'confirmPlace' });
    await expect(
      room.pool.query(`insert into bookings (mechanism_id, site, number, case_id, nights, occupied, since)
                       select mechanism_id, site, number, 'another', nights, occupied, since from bookings`),
    ).rejects.toMatchObject({ code: '23P01' });
  });

  it('for three siblings are held by one word, in one room where there is one', async () => {
    const bed = (id: string, roomName?: string) => ({
      id,
      kind: 'usual' as const,
      ...(roomName && { room: roomName }),
    });
    await roomWith({
      capacity: 6,
      beds: [
        bed('b1', 'small'),
        bed('b2', 'small'),
        bed('b3'),
        bed('b4', 'large'),
        bed('b5', 'large'),
        bed('b6', 'large'),
      ],
    });
    const [first, ...others] = (await family(3)) as [CaseId, ...CaseId[]];
    await room.act('em-host', first, { type: 'confirmPlace', together: others, leavesOn: inDays(9) });
    const rows = await standing();
    expect(rows.map(({ number }) => number)).toEqual([4, 5, 6]);
    expect(new Set(rows.map(({ nights }) => nights))).toEqual(new Set([`[${today()},${inDays(9)})`]));
    for (const id of [first, ...others])
      expect((await room.record.load(id))!.state.stay).toMatchObject({ status: 'held', leavesOn: inDays(9) });
  });

  it('are held for no sibling where three want two that are free, and nothing of it stays behind', async () => {
    await roomWith({ capacity: 2 });
    const [first, ...others] = (await family(3)) as [CaseId, ...CaseId[]];
    const versions = () =>
      Promise.all([first, ...others].map(async (id) => (await room.record.load(id))!.state.version));
    const before = await versions();
    expect(await confirm(first, { together: others })).toMatchObject({
      rejection: { code: 'no-place-free', field: 'together' },
    });
    expect(await standing()).toEqual([]);
    expect(await versions()).toEqual(before);
    expect(await confirm(first, { together: [others[0]] })).toMatchObject({ outcome: 'recorded' });
  });

  it('are held together only with siblings, and only with such as wait', async () => {
    await roomWith({ capacity: 5 });
    const [one, stranger] = (await asked(2)) as [CaseId, CaseId];
    expect(await confirm(one, { together: [stranger] })).toMatchObject({
      rejection: { code: 'unknown-case', field: 'together' },
    });
    const held = await caseAt(room, 'hosted', { siblings: [one] });
    expect(await confirm(one, { together: [held] })).toMatchObject({ rejection: { field: 'together' } });
    expect(await standing()).toHaveLength(1);
  });

  it('two families of two that want three beds at once get two or none, and never half', async () => {
    await roomWith({ capacity: 3 });
    const families = [await family(2), await family(2), await family(2)] as [CaseId, CaseId][];
    const results = await Promise.all(families.map(([one, other]) => confirm(one, { together: [other] })));
    expect(outcomes(results)).toEqual({ recorded: 1, refused: 2 });
    const lucky = families[results.findIndex(({ outcome }) => outcome === 'recorded')]!;
    expect((await standing()).map(({ case_id: id }) => id).sort()).toEqual([...lucky].sort());
  });

  it('that a case gave back are free at once, though the clock is set back by a day then; others are not', async () => {
    const database = await createTestDatabase();
    const clock = await movableClock(database);
    room = await openRecordRoom({ database, capacity: 1 });
    try {
      const id = await caseAt(room, 'may-leave');
      const [one, other] = (await asked(2)) as [CaseId, CaseId];
      // What is over hinders nobody: as if the child had slept there up to a day that the clock has yet to reach again.
      await room.pool.query(`update bookings set nights = daterange($1::date, null)`, [inDays(-3)]);
      await room.act('em-host', id, { type: 'giveIntoCare' });
      await room.act('es-escort-1', id, { type: 'takeIntoCare' });
      await clock.set('-30 hours');
      expect(await confirm(one)).toMatchObject({ outcome: 'recorded' });
      expect(await confirm(other)).toMatchObject({ rejection: { code: 'no-place-free' } });
      await clock.set('0');
      expect(await confirm(other)).toMatchObject({ rejection: { code: 'no-place-free' } });
      expect((await standing()).map(({ case_id: holder }) => holder)).toEqual([one]);
      const { rows } = await room.pool.query('select nights::text from bookings where case_id = $1', [id]);
      expect(rows).toEqual([{ nights: `[${inDays(-3)},${today()})` }]);
    } finally {
      await clock.close();
    }
  });

  it('in which somebody still lies who should have left are not given for tonight', async () => {
    await roomWith({ capacity: 1 });
    const hosted = await caseAt(room, 'hosted');
    await room.pool.query(`update bookings set nights = daterange($1::date, $2::date)`, [
      inDays(-3),
      inDays(-1),
    ]);
    const [waiting] = (await asked(1)) as [CaseId];
    expect(await confirm(waiting)).toMatchObject({ rejection: { code: 'no-place-free' } });
    expect(await confirm(waiting, { firstNight: inDays(3) })).toMatchObject({ outcome: 'recorded' });
    expect((await standing()).map(({ case_id: id }) => id)).toEqual([hosted, waiting]);
  });

  it('are taken on in time where a stay goes on, another one where that is promised, or it is refused', async () => {
    await roomWith({ capacity: 2 });
    const [staying, next] = (await asked(2)) as [CaseId, CaseId];
    await room.act('em-host', staying, { type: 'confirmPlace', leavesOn: inDays(3) });
    await room.act('em-host', staying, { type: 'recordArrival' });
    await room.act('em-host', next, { type: 'confirmPlace', firstNight: inDays(3), leavesOn: inDays(8) });
    const bedOf = async (id: CaseId) => (await standing()).find((row) => row.case_id === id);
    expect([(await bedOf(staying))?.number, (await bedOf(next))?.number]).toEqual([1, 1]);
    // Bed 1 is promised from the third day on; bed 2 is free.
    await room.act('em-host', staying, { type: 'extendStay', leavesOn: inDays(6) });
    expect(await bedOf(staying)).toMatchObject({
      number: 2,
      nights: `[${today()},${inDays(6)})`,
      occupied: true,
    });
    const [third] = (await asked(1)) as [CaseId];
    await room.act('em-host', third, { type: 'confirmPlace', firstNight: inDays(6), leavesOn: inDays(9) });
    expect(await room.send('em-host', staying, { type: 'extendStay', leavesOn: inDays(8) })).toMatchObject({
      rejection: { code: 'no-place-free' },
    });
    expect(await bedOf(staying)).toMatchObject({ number: 2, nights: `[${today()},${inDays(6)})` });
  });

  it('of a kind that the child does not need, and those of a site that is shut, are not given', async () => {
    await roomWith({
      capacity: 3,
      beds: [
        { id: 'cot', kind: 'cot' },
        { id: 'sofa', kind: 'carer' },
        { id: 'later', kind: 'usual', opens: '2190-01-01' },
      ],
      closures: [{ from: '2150-01-01', to: '2150-02-01' }],
    });
    const [child, infant] = (await asked(2)) as [CaseId, CaseId];
    expect(await confirm(child)).toMatchObject({ rejection: { code: 'no-place-free' } });
    expect(await confirm(infant, { bed: 'cot', leavesOn: '2150-01-15' })).toMatchObject({
      rejection: { code: 'closed-for-new', field: 'firstNight' },
    });
    expect(await confirm(infant, { bed: 'cot' })).toMatchObject({ outcome: 'recorded' });
    expect((await standing()).map(({ number }) => number)).toEqual([1]);
  });

  it('are kept until the escort has the child, and are free in the moment in which it has', async () => {
    await roomWith({ capacity: 1 });
    const id = await caseAt(room, 'may-leave');
    const [waiting] = (await asked(1)) as [CaseId];
    expect(await confirm(waiting)).toMatchObject({ rejection: { code: 'no-place-free' } });
    await room.act('em-host', id, { type: 'giveIntoCare' });
    await room.act('es-escort-1', id, { type: 'takeIntoCare' });
    expect(await confirm(waiting)).toMatchObject({ outcome: 'recorded' });
  });

  describe('for a relative who comes to fetch the child', () => {
    /** By a plan that lets care pass at the site. */
    const fetched = async (milestone: 'place-asked' | 'hosted' = 'place-asked'): Promise<CaseId> => {
      const id = await caseAt(room, milestone);
      await room.act('qa-officer-1', id, {
        type: 'proposePlan',
        terms: {
          ...{ recipient: 'recipient-1', window: { from: inDays(-1), to: inDays(20) }, modality: 'road' },
          ...{ site: 'moscow-residence', handoverPlace: 'kyiv', escortParty: 'escort' },
          ...{ receivingParty: 'reception', companions: ['escort', 'recipient'] },
          carePasses: { where: 'at-site', wayIn: 'border-crossing', wayOut: 'border-crossing' },
        },
      });
      for (const decider of ['ua-decider', 'ru-decider']) await approve(room, id, decider);
      return id;
    };
    const keep = (id: CaseId, nights: { firstNight?: string; leavesOn: string }) =>
      room.send('em-host', id, { type: 'holdCarerBed', ...nights });

    it('are theirs beside the child’s, never twice for a night, and no child is given them', async () => {
      await roomWith({ capacity: 3, beds: [{ id: 'sofa', kind: 'carer' }] });
      const [one, other] = [await fetched('hosted'), await fetched('hosted')];
      expect(await keep(one, { leavesOn: inDays(3) })).toMatchObject({ outcome: 'recorded' });
      // The two usual beds have children in them.
      const answers = await Promise.all([
        keep(other, { firstNight: inDays(2), leavesOn: inDays(4) }),
        keep(other, { firstNight: inDays(2), leavesOn: inDays(4) }),
      ]);
      for (const answer of answers) expect(answer).toMatchObject({ rejection: { code: 'no-place-free' } });
      expect(await keep(other, { firstNight: inDays(3), leavesOn: inDays(4) })).toMatchObject({
        outcome: 'recorded',
      });
      expect((await standing()).map(({ number, case_id: id, occupied }) => [number, id, occupied])).toEqual([
        [1, one, false],
        [1, other, false],
        [2, one, true],
        [3, other, true],
      ]);
      const nights = await room.record.sites.nights({
        ...{ mechanism: room.mechanism.id, site: 'moscow-residence', carerBeds: [1] },
        ...{ from: today(), to: inDays(10), today: today() },
      });
      expect(nights).toEqual([{ date: today(), occupied: 2, held: 0 }]);
    });

    it('are the same bed when they stay longer, though a better one is free by then', async () => {
      await roomWith({ capacity: 4, beds: [{ id: 'sofa', kind: 'carer' }] });
      const [one, other] = [await fetched(), await fetched()];
      await keep(one, { leavesOn: inDays(3) });
      await keep(other, { leavesOn: inDays(3) });
      const carerOf = async (id: CaseId) =>
        (await standing()).find((row) => row.case_id === id && row.sleeper === 'carer')?.number;
      expect([await carerOf(one), await carerOf(other)]).toEqual([1, 2]);
      await room.act('em-host', one, { type: 'releaseCarerBed' });
      await keep(other, { leavesOn: inDays(6) });
      expect(await carerOf(other)).toBe(2);
      const before = await dump();
      await room.record.rebuildProjections();
      expect(await dump()).toEqual(before);
    });

    it('are for other nights when it is said again, free when given back, and gone with the child’s place', async () => {
      await roomWith({ capacity: 2, beds: [{ id: 'sofa', kind: 'carer' }] });
      const id = await fetched();
      await keep(id, { leavesOn: inDays(3) });
      await keep(id, { firstNight: inDays(5), leavesOn: inDays(8) });
      expect((await standing()).map(({ number, nights }) => [number, nights])).toEqual([
        [1, `[${inDays(5)},${inDays(8)})`],
      ]);
      await room.act('em-host', id, { type: 'releaseCarerBed' });
      expect(await standing()).toEqual([]);
      await keep(id, { leavesOn: inDays(3) });
      const before = await dump();
      await room.record.rebuildProjections();
      expect(await dump()).toEqual(before);
      await room.act('ru-decider', id, { type: 'withdrawApproval' });
      expect((await room.record.load(id))!.state).toMatchObject({ stage: 'agreement', carerBed: undefined });
      expect(await standing()).toEqual([]);
    });
  });

  it('and all that became of them are the same when they are made anew from the events', async () => {
    await roomWith({ capacity: 3, beds: [{ id: 'small', kind: 'usual', room: 'one' }] });
    const [first, ...others] = (await family(2)) as [CaseId, ...CaseId[]];
    await room.act('em-host', first, { type: 'confirmPlace', together: others, leavesOn: inDays(4) });
    await room.act('em-host', first, { type: 'recordArrival' });
    await room.act('em-host', first, { type: 'extendStay', leavesOn: inDays(20) });
    await room.act('ru-decider', others[0]!, { type: 'withdrawApproval' });
    const [late] = (await asked(1)) as [CaseId];
    await room.act('em-host', late, { type: 'confirmPlace', firstNight: inDays(2), leavesOn: inDays(3) });
    await room.act('em-host', late, { type: 'recordArrival' });
    const home = await caseAt(room, 'departed');
    await room.act('ru-decider', home, { type: 'withdrawApproval' });
    await room.act('qa-lead', home, { type: 'decideRecall', outcome: 'turn-back' });
    await byTwo(room, 'em-host', 'qa-lead', home, { type: 'recordArrival' });
    const before = await dump();
    expect(before.length).toBeGreaterThan(5);
    await room.record.rebuildProjections();
    expect(await dump()).toEqual(before);
  });
});
