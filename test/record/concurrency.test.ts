import { randomUUID } from 'node:crypto';
import { canonicalHash } from '../../src/contracts/seal';
import { gateBlockersOf } from '../../src/domain/facts/gate';
import { fold } from '../../src/domain/evolve/evolve';
import type { RecordedEvent } from '../../src/domain/model/events';
import { byTwo, caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

const all = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_unused, index) => work(index)));
const outcomes = (results: { outcome: string }[]): Record<string, number> =>
  results.reduce<Record<string, number>>(
    (counts, { outcome }) => ({ ...counts, [outcome]: (counts[outcome] ?? 0) + 1 }),
    {},
  );

describe('many at once on one record', () => {
  let room: RecordRoom;
  let second: RecordRoom['record'];
  beforeAll(async () => {
    room = await openRecordRoom();
    second = room.another().record;
  });
  afterAll(() => room.close());

  it('writes a command once, though fifty submit it from two processes', async () => {
    const { case: id } = await room.open();
    const envelope = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
    const results = await all(50, (index) =>
      (index % 2 ? second : room.record).submit(envelope, { knownVersion: 0, route: 'process' }),
    );
    expect(outcomes(results)).toEqual({ recorded: 1, repeated: 49 });
    expect(new Set(results.map(({ receipt }) => canonicalHash(receipt))).size).toBe(1);
    expect((await room.record.catchUp(id, 0)).version).toBe(2);
  });

  it('lets exactly one of two officials win who saw the same version', async () => {
    const { case: id } = await room.open();
    const results = await all(10, (index) =>
      (index % 2 ? second : room.record).submit(
        room.envelope(
          'qa-officer-1',
          id,
          { type: 'markUrgent', medicallyUrgent: true },
          { expectedVersion: 1 },
        ),
        { knownVersion: 1, route: 'process' },
      ),
    );
    expect(outcomes(results)).toEqual({ recorded: 1, refused: 9 });
    expect(new Set(results.flatMap(({ rejection }) => rejection?.code ?? []))).toEqual(
      new Set(['stale-version']),
    );
  });

  it('opens one case for one request sent twenty times at once, each under another reference', async () => {
    const commandId = `ua-official-1:${randomUUID()}`;
    const results = await all(20, () => room.open({ commandId }));
    expect(outcomes(results)).toEqual({ recorded: 1, repeated: 19 });
    expect(new Set(results.map((result) => result.case)).size).toBe(1);
    const { rows } = await room.pool.query('select distinct case_id from events where command_id = $1', [
      commandId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('gives one reference to one case, though twenty openings draw it at once', async () => {
    const reference = 'ZZZZ-0001';
    const results = await all(20, () => room.open({ case: reference }));
    expect(outcomes(results)).toEqual({ recorded: 1, refused: 19 });
    expect(new Set(results.flatMap(({ rejection }) => rejection?.code ?? []))).toEqual(
      new Set(['case-exists']),
    );
    expect((await room.record.catchUp(reference, 0)).version).toBe(1);
  });

  it('refuses a command id to the second of two cases that use it at once', async () => {
    const [first, other] = await Promise.all([room.open(), room.open()]);
    const commandId = `qa-officer-1:${randomUUID()}`;
    const results = await Promise.all(
      [first.case, other.case].map((id) =>
        room.send('qa-officer-1', id, { type: 'acknowledgeCase' }, { id: commandId }),
      ),
    );
    expect(outcomes(results)).toEqual({ recorded: 1, refused: 1 });
    expect(results.find(({ outcome }) => outcome === 'refused')?.rejection?.code).toBe('command-id-reused');
  });

  it('numbers events without gap or double, and never back in time, under a crowd of different commands', async () => {
    const id = await caseAt(room, 'agreed');
    await all(40, (index) =>
      room.send(index % 2 ? 'ua-official-1' : 'ru-official-1', id, {
        type: 'placeHold',
        hold: `h${index}`,
        reason: 'safety',
      }),
    );
    const { events } = await second.catchUp(id, 0);
    expect(events.map(({ version }) => version)).toEqual(events.map((_event, index) => index + 1));
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort());
    expect(fold(events)).toEqual((await room.record.load(id))!.state);
    expect(fold(events).holds).toHaveLength(40);
  });
});

describe('a withdrawal races with the departure', () => {
  let room: RecordRoom;
  beforeAll(async () => {
    room = await openRecordRoom({ capacity: 40 });
  });
  afterAll(() => room.close());

  /** Never-rule 1, asked of the record alone: the gate was open just before every departure. */
  const everyDepartureWasFree = (events: readonly RecordedEvent[]): boolean =>
    events.every((recorded, index) => {
      if (recorded.event.type !== 'Departed') return true;
      return gateBlockersOf(fold(events.slice(0, index)), rules(), recorded.at).length === 0;
    });
  const rules = () => loaded!.rules;
  let loaded: Awaited<ReturnType<RecordRoom['record']['load']>>;

  it('and whoever is first in the record wins, in every interleaving', async () => {
    const second = room.another().record;
    const rounds = 16;
    const seen = { departed: 0, stayed: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const id = await caseAt(room, 'ready');
      loaded = await room.record.load(id);
      const depart = room.envelope('qa-lead', id, { type: 'depart' });
      const withdraw = room.envelope('ru-decider', id, { type: 'withdrawApproval' });
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const submit = async (envelope: typeof depart, afterMs: number) => {
        await pause(afterMs);
        const { record } = envelope === depart ? room : { record: second };
        return record.submit(envelope, { knownVersion: 0, route: 'process' });
      };
      const [departure, withdrawal] = await Promise.all([
        submit(depart, Math.max(0, round - 8) / 2),
        submit(withdraw, Math.max(0, 8 - round) / 2),
      ]);
      expect(withdrawal.outcome).toBe('recorded');
      const { events } = await room.record.catchUp(id, 0);
      const types = events.map(({ event }) => event.type);
      expect(everyDepartureWasFree(events)).toBe(true);
      if (departure.outcome === 'recorded') {
        seen.departed += 1;
        expect(types.indexOf('Departed')).toBeLessThan(types.indexOf('ApprovalWithdrawn'));
        expect(types).toContain('RecallRaised');
      } else {
        seen.stayed += 1;
        expect(types).not.toContain('Departed');
      }
    }
    expect(seen.departed + seen.stayed).toBe(rounds);
    // Both orders must have come about, or the race was none.
    expect(seen.departed).toBeGreaterThan(0);
    expect(seen.stayed).toBeGreaterThan(0);
  });

  it('a child waits for a sibling that is linked from either side', async () => {
    const older = await caseAt(room, 'ready');
    const younger = await caseAt(room, 'agreed', { siblings: [older] });
    await expect(room.send('qa-lead', older, { type: 'depart' })).resolves.toMatchObject({
      outcome: 'refused',
      rejection: { code: 'gate-closed', blockers: [{ blocker: 'sibling-not-cleared', subject: younger }] },
    });
  });

  it('a sibling that is linked while the departure waits for its turn is waited for too', async () => {
    const older = await caseAt(room, 'ready');
    const younger = await caseAt(room, 'agreed');
    const client = await room.pool.connect();
    await client.query('begin');
    await client.query('select id from cases where id = $1 for update', [older]);
    const waiting = async (count: number): Promise<void> => {
      for (;;) {
        const { rowCount } = await room.pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        if (rowCount === count) return;
      }
    };
    const link = room.act('ua-official-1', younger, { type: 'linkSiblings', siblings: [older] });
    await waiting(1);
    const departure = room.send('qa-lead', older, { type: 'depart' });
    await waiting(2);
    await client.query('commit');
    client.release();
    await link;
    await expect(departure).resolves.toMatchObject({
      rejection: { code: 'gate-closed', blockers: [{ blocker: 'sibling-not-cleared', subject: younger }] },
    });
  });

  it('siblings that depart at the same instant both go, and neither waits for the other for ever', async () => {
    const older = await caseAt(room, 'ready');
    const younger = await caseAt(room, 'ready', { siblings: [older] });
    const results = await Promise.all(
      [older, younger].map((id) => room.send('qa-lead', id, { type: 'depart' })),
    );
    expect(outcomes(results)).toEqual({ recorded: 2 });
  });
});

describe('places at a hosting site', () => {
  let room: RecordRoom;
  beforeEach(async () => {
    room = await openRecordRoom({ capacity: 3 });
  });
  afterEach(() => room.close());
  const taken = async () =>
    (
      await room.pool.query<{ number: number; case_id: string }>(
        'select number, case_id from bookings where left_at is null order by number',
      )
    ).rows;

  it('are each given once, though twenty ask for three at the same time', async () => {
    const cases: string[] = [];
    for (let index = 0; index < 20; index += 1) cases.push(await caseAt(room, 'place-asked'));
    const second = room.another().record;
    const results = await Promise.all(
      cases.map((id, index) =>
        (index % 2 ? second : room.record).submit(room.envelope('em-host', id, { type: 'confirmPlace' }), {
          knownVersion: 0,
          route: 'process',
        }),
      ),
    );
    expect(outcomes(results)).toEqual({ recorded: 3, refused: 17 });
    expect(new Set(results.flatMap(({ rejection }) => rejection?.code ?? []))).toEqual(
      new Set(['no-place-free']),
    );
    expect(await taken()).toHaveLength(3);
    // Nothing of a refused confirmation stays behind.
    const refused = cases[results.findIndex(({ outcome }) => outcome === 'refused')]!;
    expect((await room.record.load(refused))!.state.stay).toBeUndefined();

    const lucky = cases[results.findIndex(({ outcome }) => outcome === 'recorded')]!;
    await room.act('ru-decider', lucky, { type: 'withdrawApproval' });
    expect(await taken()).toHaveLength(2);
    await room.act('em-host', refused, { type: 'confirmPlace' });
    expect(await taken()).toHaveLength(3);
  });

  it('are free again when the child has left', async () => {
    const id = await caseAt(room, 'hosted');
    expect(await taken()).toEqual([{ number: 1, case_id: id }]);
    await caseAt(room, 'departed');
    expect(await taken()).toEqual([{ number: 1, case_id: id }]);
  });

  it('never keep a child that has turned back out of the house, even when all are taken', async () => {
    const id = await caseAt(room, 'departed');
    for (let index = 0; index < 3; index += 1) await caseAt(room, 'hosted');
    await room.act('ru-decider', id, { type: 'withdrawApproval' });
    await room.act('qa-lead', id, { type: 'decideRecall', outcome: 'turn-back' });
    await byTwo(room, 'em-host', 'qa-lead', id, { type: 'recordArrival' });
    expect((await taken()).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    // The fourth is no place to be held for others.
    const waiting = await caseAt(room, 'place-asked');
    await expect(room.send('em-host', waiting, { type: 'confirmPlace' })).resolves.toMatchObject({
      rejection: { code: 'no-place-free' },
    });
  });
});
