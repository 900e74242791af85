import pino from 'pino';
import type { CaseId } from '../../src/domain/model/ids';
import { raiseAlarms, startAlarmGuard } from '../../src/temporal/alarm-guard';
import { ensureUpkeepSchedule, upkeepScheduleId } from '../../src/temporal/upkeep-schedule';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import {
  approvalBy,
  acceptance,
  departure,
  playInRecord,
  preparation,
  proposal,
  verification,
} from './support/plain-return';

/** Days as seconds: a check-in that is missed raises its alarm within moments. No worker runs: Temporal does nothing here. */
describe('the part of the upkeep that keeps children safe, when nothing in Temporal runs', () => {
  let room: ProcessRoom;
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'warn' },
    { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  beforeAll(async () => {
    room = await openProcessRoom('alarm-guard', { mechanism: 'fast' });
  });
  afterAll(() => room.close());

  /** A child on the way, whose escort says nothing. */
  const onTheWay = async (): Promise<CaseId> => {
    const id = await room.open({ started: false });
    const bySystem = (command: object) =>
      room.record.submit(
        { id: `test:${Math.random()}`, case: id, actor: { system: 'process' }, command: command as never },
        { knownVersion: 0, route: 'system' },
      );
    await playInRecord(room, id, [...acceptance, ...verification, proposal]);
    const { plan } = await room.state(id);
    await bySystem({ type: 'putPlanToSides', planVersion: plan!.version });
    await playInRecord(room, id, [approvalBy('ua-decider'), approvalBy('ru-decider')]);
    await bySystem({ type: 'requestPlace', planVersion: plan!.version });
    await bySystem({ type: 'requestEscort', planVersion: plan!.version });
    await playInRecord(room, id, [...preparation, ...departure]);
    return id;
  };
  const alarmsOf = async (id: CaseId) =>
    (await room.events(id)).filter(
      ({ event }) => event.type === 'LadderStepTaken' && event.kind === 'check-in',
    );

  it('raises the alarm of a missed check-in, once, however many look', async () => {
    const id = await onTheWay();
    const parts = { record: room.record, logger, overdueMs: 0 };
    await eventually(async () => {
      await Promise.all([raiseAlarms(parts), raiseAlarms(parts), raiseAlarms(parts)]);
      return (await alarmsOf(id)).length > 0 || undefined;
    }, 30_000);
    const told = (await alarmsOf(id)).map(({ event }) => JSON.stringify(event));
    expect(new Set(told).size).toBe(told.length);
    const { rows } = await room.pool.query('select safety from outbox where case_id = $1 and safety', [id]);
    expect(rows.length).toBeGreaterThan(0);
    expect(lines.some(({ audit, case: of }) => audit === 'alarm-without-process' && of === id)).toBe(true);
  }, 60_000);

  it('does nothing in a case in which no alarm is due', async () => {
    const id = await room.open({ started: false });
    const before = await room.state(id);
    await raiseAlarms({ record: room.record, logger, overdueMs: 0 });
    expect((await room.state(id)).version).toBe(before.version);
  });

  it.each(['paused', 'deleted'])(
    'notices that the schedule of the upkeep was %s, says so, and puts it back',
    async (how) => {
      await ensureUpkeepSchedule(room.client, room.taskQueue, { every: '1 hour' });
      const schedule = room.client.schedule.getHandle(upkeepScheduleId(room.taskQueue));
      if (how === 'paused') await schedule.pause('by somebody');
      else await schedule.delete();
      lines.length = 0;
      const guard = startAlarmGuard({
        record: room.record,
        logger,
        everyMs: 100,
        silentAfterMs: 500,
        restoreSchedule: () =>
          ensureUpkeepSchedule(room.client, room.taskQueue, { every: '1 hour', resume: true }),
      });
      try {
        await eventually(async () => {
          const { state } = await schedule.describe().catch(() => ({ state: undefined }));
          return state?.paused === false || undefined;
        });
        expect(lines.some(({ audit }) => audit === 'upkeep-silent')).toBe(true);
      } finally {
        await guard.stop();
        await schedule.delete();
      }
    },
  );

  it('is quiet while the upkeep reports', async () => {
    lines.length = 0;
    let restored = 0;
    const guard = startAlarmGuard({
      record: room.record,
      logger,
      everyMs: 50,
      silentAfterMs: 5_000,
      restoreSchedule: () => Promise.resolve((restored += 1)),
    });
    for (let round = 0; round < 5; round += 1) {
      await room.record.operations.noteRound('reconcile', 1, {});
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await guard.stop();
    expect([restored, lines.filter(({ audit }) => audit === 'upkeep-silent')]).toEqual([0, []]);
  });
});
