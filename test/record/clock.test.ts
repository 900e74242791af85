import { randomUUID } from 'node:crypto';
import { clockToleranceMs, createOwnClock } from '../../src/record/postgres/bounded-time';
import { createRecord } from '../../src/record/record';
import type { CaseRecord } from '../../src/record/record';
import { planRouting } from '../../src/notify/routing/route-notices';
import type { CaseId } from '../../src/domain/model/ids';
import { createTestDatabase } from '../support/postgres';
import { movableClock } from '../support/movable-clock';
import type { MovableClock } from '../support/movable-clock';
import { approve, aDossier, caseAt, openRecordRoom, sealKey } from './support/record-room';
import type { RecordRoom } from './support/record-room';
import { eventually } from '../workflows/support/process-room';

const minutes = 60_000;
const days = 24 * 60 * minutes;

describe('when the clock of Postgres runs ahead for a while', () => {
  let room: RecordRoom;
  let clock: MovableClock;
  beforeAll(async () => {
    const database = await createTestDatabase();
    clock = await movableClock(database);
    room = await openRecordRoom({ capacity: 50, database });
  });
  afterEach(() => clock.set('0'));
  afterAll(async () => {
    await clock.close();
    await room.close();
  });
  const during = async <Result>(ahead: string, work: () => Promise<Result>): Promise<Result> => {
    await clock.set(ahead);
    try {
      return await work();
    } finally {
      await clock.set('0');
    }
  };
  const fromNow = (instant: string): number => Date.parse(instant) - Date.now();
  const states = async (id: CaseId) => (await room.record.load(id))!.state;

  it('is really what the record reads: its own clock says another day', async () => {
    const { pool } = room.another();
    await clock.set('200 days');
    const { rows } = await pool.query<{ now: string }>('select clock_timestamp() as now');
    expect(fromNow(rows[0]!.now)).toBeGreaterThan(199 * days);
  });

  it('an approval is not prolonged by more than the tolerance', async () => {
    const id = await caseAt(room, 'verified');
    await room.act('qa-officer-1', id, {
      type: 'proposePlan',
      terms: {
        recipient: 'recipient-1',
        window: { from: new Date().toISOString().slice(0, 10), to: '2099-01-01' },
        modality: 'road',
        site: 'moscow-residence',
        handoverPlace: 'kyiv',
        escortParty: 'escort',
        receivingParty: 'reception',
        companions: ['escort'],
      },
    });
    await during('200 days', () => approve(room, id, 'ua-decider'));
    const { expiresAt } = (await states(id)).decisions.ukraine!;
    expect(fromNow(expiresAt!)).toBeLessThanOrEqual(90 * days + clockToleranceMs);
    expect(fromNow(expiresAt!)).toBeGreaterThan(90 * days - minutes);
  });

  it('no step of a ladder is taken before its time, and none is put off', async () => {
    const id = await caseAt(room, 'departed');
    await during('200 days', async () => {
      await room.act('es-escort-1', id, { type: 'checkIn' });
      await room.act({ system: 'process' }, id, { type: 'observeTime' });
    });
    const { journey, ladderSteps } = await states(id);
    expect(fromNow(journey!.lastSignAt)).toBeLessThanOrEqual(clockToleranceMs);
    expect(Object.keys(ladderSteps).filter((key) => key.startsWith('check-in'))).toEqual([]);
    const { rows } = await room.pool.query<{ due: string }>(
      `select due from obligations where case_id = $1 and kind = 'check-in'`,
      [id],
    );
    // Every two hours at most, by the mechanism.
    expect(fromNow(rows[0]!.due)).toBeLessThan(2 * 60 * minutes + clockToleranceMs);
  });

  it('an alarm that is written, made into letters, tried and refused meanwhile is tried again within minutes', async () => {
    const id = await caseAt(room, 'verified');
    const letters = await during('200 days', async () => {
      await room.act('ru-official-1', id, { type: 'reportMedicalEmergency' });
      while ((await room.record.outbox.route(500, planRouting(room.record.absences.current))).routed > 0);
      const claimed = await room.record.letters.claim('first', 50, 60_000);
      const [refused] = claimed;
      // The others are in the hands of a worker that dies with them.
      await room.record.letters.markFailed(refused!, {
        code: 'smtp-450',
        fault: 'passing',
        address: 'a@b',
        retryInMs: 5_000,
      });
      return claimed.filter((letter) => letter.notices.some((notice) => notice.case === id));
    });
    expect(letters.length).toBeGreaterThan(1);
    const { rows } = await room.pool.query<{ next: string; sent: string }>(
      `select next_attempt_at as next, send_at as sent from letters where id = any ($1)`,
      [letters.map((letter) => letter.id)],
    );
    for (const { next, sent } of rows) {
      expect(fromNow(next)).toBeLessThanOrEqual(clockToleranceMs + minutes);
      expect(fromNow(sent)).toBeLessThanOrEqual(clockToleranceMs);
    }
  });

  it('nothing that is written meanwhile, anywhere in the record, has an instant of that other time', async () => {
    const id = await caseAt(room, 'verified');
    const { mechanism } = room;
    await during('20 years', async () => {
      await caseAt(room, 'handed-over');
      await room.record.stageDossier(id, { ...aDossier, documents: [] });
      await room.record.saveMechanism({ ...mechanism, version: mechanism.version + 1 });
      await room.record.absences.declare({
        ...{ mechanism: mechanism.id, by: 'qa-lead', official: 'qa-officer-1', deputy: 'qa-officer-2' },
        until: new Date(Date.now() + 5 * days).toISOString(),
        request: randomUUID(),
      });
      await room.record.webhookSecrets.raise({
        ...{ mechanism: mechanism.id, party: 'qatar', by: 'qa-lead', request: randomUUID() },
      });
      await room.record.calendarFeeds.link({ mechanism: mechanism.id, official: 'qa-lead' }, randomUUID());
      await room.record.calendarFeeds.revoke({ mechanism: mechanism.id, official: 'qa-lead' });
      await room.record.depositNotes([
        { id: randomUUID(), case: id, party: 'qatar', official: 'qa-lead', text: 'a note' },
      ]);
      await room.record.operations.noteRound('reconcile', 5, {});
      await room.record.operations.noteRestarts([{ case: id, runId: randomUUID(), cause: 'terminated' }]);
      await room.record.operations.noteStuck([{ case: id, runId: randomUUID(), attempt: 4 }], []);
      while ((await room.record.outbox.route(500, planRouting(room.record.absences.current))).routed > 0);
      for (const lane of ['first', 'alarm', 'mail', 'webhook'] as const) {
        const [first, second, third] = await room.record.letters.claim(lane, 3, 60_000);
        if (first)
          await room.record.letters.markFailed(first, {
            code: 'smtp-450',
            fault: 'passing',
            address: 'a@b',
            retryInMs: 1,
          });
        if (second)
          await room.record.letters.markFailed(second, {
            code: 'smtp-550',
            fault: 'address',
            address: 'a@b',
          });
        if (third) await room.record.letters.markSent(third, { shown: [], address: 'a@b' });
      }
      await room.record.deadLetters.resend('all', 'qa-lead');
      await room.record.clock.measure();
    });
    const year = new Date().getUTCFullYear() + 20;
    const { rows: tables } = await room.pool.query<{ name: string; filled: boolean }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const { rows } = await room.pool.query(
        `select row_to_json(t) as row from ${name} t where row_to_json(t)::text ~ $1`,
        [`"(${year - 1}|${year}|${year + 1})-\\d\\d-\\d\\d`],
      );
      expect([name, rows]).toEqual([name, []]);
    }
  });
});

describe('a difference between the clocks', () => {
  let room: RecordRoom;
  let clock: MovableClock;
  const told: number[] = [];
  let record: CaseRecord;
  beforeAll(async () => {
    const database = await createTestDatabase();
    clock = await movableClock(database);
    room = await openRecordRoom({ database });
    const { pool } = room.another();
    record = createRecord({ pool, sealKey, onClockDifference: (seconds) => told.push(seconds) });
  });
  afterAll(async () => {
    await clock.close();
    await room.close();
  });

  it('is none while both are right', async () => {
    await record.clock.measure();
    expect(Math.abs(record.clock.difference)).toBeLessThan(1);
    expect(told).toEqual([]);
    expect((await record.systemStatus()).clockDifference).toBeNull();
  });

  it('is seen by whoever looks for letters each second, told once a minute, and kept when the clock is right again', async () => {
    await clock.set('200 days');
    for (let look = 0; look < 5; look += 1) await record.letters.look();
    await clock.set('0');
    await record.letters.look();
    expect(told).toHaveLength(1);
    expect(told[0]! / 86_400).toBeCloseTo(200, 2);
    // A page of figures is asked for once in a while: it still shows it.
    expect(record.clock.difference / 86_400).toBeCloseTo(200, 2);
    await eventually(async () => ((await record.systemStatus()).clockDifference === null ? undefined : true));
    const { clockDifference } = await record.systemStatus();
    expect(clockDifference!.seconds / 86_400).toBeCloseTo(200, 2);
    expect(clockDifference!.ageSeconds).toBeLessThan(60);
  });

  it('is measured behind, too; then time stands still in a case instead of going back', async () => {
    const { case: id } = await room.open();
    const { openedAt } = (await room.record.load(id))!.state;
    await clock.set('-3 hours');
    expect(await record.clock.measure()).toBeCloseTo(-3 * 3_600, -1);
    const { receipt } = await room.act('qa-officer-1', id, { type: 'acceptFile' });
    await clock.set('0');
    expect(receipt!.at).toBe(openedAt);
  });
});

describe('the clock of a process', () => {
  const clockWith = () => {
    const times = { wall: 1_000_000, steady: 50 };
    const own = createOwnClock({ wall: () => times.wall, steady: () => times.steady });
    const pass = (ms: number, { wall = ms } = {}): number => {
      times.steady += ms;
      times.wall += wall;
      return own();
    };
    return { pass };
  };

  it('is the machine’s, also when that is set by minutes or set back', () => {
    const { pass } = clockWith();
    expect(pass(1_000)).toBe(1_001_000);
    expect(pass(0, { wall: clockToleranceMs })).toBe(1_121_000);
    expect(pass(1_000, { wall: -500_000 })).toBe(621_000);
  });

  it('does not follow a leap of 200 days that lasts for five seconds', () => {
    const { pass } = clockWith();
    expect(pass(1_000, { wall: 1_000 + 200 * days })).toBe(1_001_000);
    expect(pass(4_000)).toBe(1_005_000);
    expect(pass(1_000, { wall: 1_000 - 200 * days })).toBe(1_006_000);
    // Nor does it remember one for the next.
    expect(pass(59_000, { wall: 59_000 + 200 * days })).toBe(1_065_000);
    expect(pass(2_000)).toBe(1_067_000);
  });

  it('follows one that stays: a machine that slept is right', () => {
    const { pass } = clockWith();
    expect(pass(1_000, { wall: 1_000 + 8 * 60 * minutes })).toBe(1_001_000);
    expect(pass(60_000)).toBe(1_061_000 + 8 * 60 * minutes);
  });
});
