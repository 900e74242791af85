import { randomUUID } from 'node:crypto';
import { ensureUpkeepSchedule, upkeepScheduleId } from '../../src/temporal/upkeep-schedule';
import { createOperatorSetup } from '../../src/temporal/operator-setup';
import { bodyHash } from '../../src/contracts/seal';
import { workflowIdOf } from '../../src/domain/model/ids';
import type { CaseId } from '../../src/domain/model/ids';
import { nudgeSignal } from '../../workflows/child-return/messages';
import type { ChildReturnInput } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { bundleFrom } from '../support/workflow-bundle';
import { eventually, openProcessRoom, quiet } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import {
  acceptance,
  approvalBy,
  plainReturn,
  play,
  playInRecord,
  proposal,
  verification,
} from './support/plain-return';

describe('what an operator may do to a workflow, and what happens by itself', () => {
  let room: ProcessRoom;
  beforeAll(async () => {
    room = await openProcessRoom('operator');
    await room.startWorker();
  });
  afterAll(() => room.close());

  const runIdOf = async (id: CaseId): Promise<string> => (await room.handle(id).describe()).runId;
  /** Visibility is eventually consistent: what the upkeep compares must first be there. */
  const isListed = (query: string) =>
    eventually(async () => ((await room.client.workflow.count(query)).count > 0 ? true : undefined));
  const withStatus = (id: CaseId, status: string): Promise<true> =>
    isListed(`WorkflowId = '${workflowIdOf(id)}' AND ExecutionStatus = '${status}'`);

  it('a terminated case is started again by the upkeep and goes on where the record is', async () => {
    const id = await room.open();
    await play(room, id, [...acceptance, ...verification, proposal, approvalBy('ua-decider')]);
    await room.followed(id);
    const before = await runIdOf(id);
    await room.handle(id).terminate('by hand');
    await withStatus(id, 'Terminated');
    await room.runUpkeep();
    expect(await runIdOf(id)).not.toBe(before);
    await play(room, id, [approvalBy('ru-decider')]);
    await room.until(id, ({ stage }) => stage === 'preparation');
    expect((await room.state(id)).decisions.ukraine?.sequence).toBe(1);
  });

  it('a case opened while the engine was away is started by the upkeep', async () => {
    const id = await room.open({ started: false });
    await room.runUpkeep();
    await expect(room.submit('qa-officer-1', id, { type: 'acknowledgeCase' })).resolves.toMatchObject({
      version: 2,
    });
  });

  it('a reset case catches up with the record by the upkeep, and goes on', async () => {
    const id = await room.open();
    for (const step of [...acceptance, ...verification]) {
      await play(room, id, [step]);
      await room.followed(id);
    }
    const { events } = await room.handle(id).fetchHistory();
    const early = (events ?? []).filter(({ workflowTaskCompletedEventAttributes: done }) => done)[1]!;
    const before = await room.state(id);
    const run = await runIdOf(id);
    await room.client.workflowService.resetWorkflowExecution({
      namespace: room.namespace,
      workflowExecution: { workflowId: workflowIdOf(id), runId: run },
      reason: 'by hand',
      requestId: randomUUID(),
      workflowTaskFinishEventId: early.eventId!,
    });
    await withStatus(id, 'Terminated');
    await withStatus(id, 'Running');
    expect(await runIdOf(id)).not.toBe(run);
    await room.runUpkeep();
    await isListed(`WorkflowId = '${workflowIdOf(id)}' AND HomewardStage = 'agreement'`);
    await play(room, id, [proposal, approvalBy('ua-decider'), approvalBy('ru-decider')]);
    const after = await room.until(id, ({ stage }) => stage === 'preparation');
    expect(after.facets).toEqual(before.facets);
  });

  it('a command that release 0.1 accepted for a later answer gets its answer', async () => {
    const id = await room.open();
    const envelope = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
    await room.pool.query(
      `insert into commands (id, case_id, status, body_hash, envelope) values ($1, $2, 'accepted', $3, $4)`,
      [envelope.id, id, bodyHash(envelope), JSON.stringify(envelope)],
    );
    await room.runUpkeep();
    expect((await room.state(id)).acknowledgedAt).toBeDefined();
    await expect(room.record.findCommand(envelope.id)).resolves.toMatchObject({ status: 'recorded' });
  });

  it('a long history is continued in a new run in the middle of the journey, with nothing lost on the way', async () => {
    const id = await room.open({ continueAfter: 40 });
    const runs = new Set([await runIdOf(id)]);
    const holds: string[] = [];
    const steps = plainReturn(room);
    for (const [index, step] of steps.entries()) {
      // Signals in between may arrive at any moment of the change from run to run.
      if (index > 2 && index < 12) {
        holds.push(`h${index}`);
        await room.signal('ru-official-1', id, { type: 'placeHold', hold: `h${index}`, reason: 'legal' });
        await room.signal('ru-official-1', id, { type: 'liftHold', hold: `h${index}` });
      }
      await play(room, id, [step]);
      await room.followed(id);
      runs.add(await runIdOf(id));
    }
    await expect(room.handle(id).result()).resolves.toMatchObject({ outcome: 'reunited' });
    expect(runs.size).toBeGreaterThan(2);
    const lifted = (await room.events(id)).flatMap(({ event }) =>
      event.type === 'HoldLifted' ? [event.hold] : [],
    );
    expect(lifted).toEqual(holds);
    const { typedSearchAttributes: shown } = await room.handle(id).describe();
    expect(shown.get(searchAttributes.stage)).toBe('closed');
    expect(shown.get(searchAttributes.waitingOn) ?? undefined).toBeUndefined();
  });

  it('carries commands that have not reached the record into the next run', async () => {
    const id = await room.open({ continueAfter: 25 });
    const sent = Array.from({ length: 30 }, (_unused, index) => `h${index + 1}`);
    // Faster than the record takes them, so that some are still waiting when the run is long enough.
    await Promise.all(
      sent.map((hold) => room.signal('ru-official-1', id, { type: 'placeHold', hold, reason: 'safety' })),
    );
    const { holds } = await room.until(id, (state) => state.holds.length === sent.length, 30_000);
    const carried = await eventually(async () => {
      const query = `WorkflowId = '${workflowIdOf(id)}'`;
      for await (const { runId } of room.client.workflow.list({ query })) {
        const { events } = await room.client.workflow.getHandle(workflowIdOf(id), runId).fetchHistory();
        const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
        const given = JSON.parse(Buffer.from(input?.data ?? []).toString()) as ChildReturnInput;
        if (given.carried) return given.carried;
      }
      return undefined;
    });
    expect(carried.length).toBeGreaterThan(0);
    expect(holds.map((hold) => hold.id).sort()).toEqual([...sent].sort());
  });

  it('a closed case’s workflow completes and says how; what comes later finds no process', async () => {
    const id = await room.open();
    await room.submit('ua-official-1', id, { type: 'withdrawRequest' });
    await room.submit('qa-officer-1', id, { type: 'closeCase', outcome: 'withdrawn' });
    await expect(room.handle(id).result()).resolves.toMatchObject({ case: id, outcome: 'withdrawn' });
    await expect(room.refusal('qa-officer-1', id, { type: 'acknowledgeCase' })).resolves.toMatchObject({
      code: 'case-closed',
    });
    await withStatus(id, 'Completed');
    await room.runUpkeep();
    expect((await room.handle(id).describe()).status.name).toBe('COMPLETED');
  });

  it('a process that still runs for a case closed past it finds out and completes', async () => {
    const id = await room.open();
    await withStatus(id, 'Running');
    for (const [official, command] of [
      ['ua-official-1', { type: 'withdrawRequest' }],
      ['qa-officer-1', { type: 'closeCase', outcome: 'withdrawn' }],
    ] as const) {
      await room.record.submit(room.envelope(official, id, command), { knownVersion: 0, route: 'process' });
    }
    await room.runUpkeep();
    await expect(room.handle(id).result()).resolves.toMatchObject({ outcome: 'withdrawn' });
  });

  it('a history that this release can’t follow ends its run, and the case goes on from the record', async () => {
    const other = await openProcessRoom('other-release');
    try {
      const earlier = await other.startWorker({
        code: await bundleFrom(require.resolve('./support/other-release')),
      });
      const id = await other.open();
      await playInRecord(other, id, acceptance);
      await eventually(async () =>
        (await other.historyTypes(id)).includes('timerFiredEventAttributes') ? true : undefined,
      );
      await earlier.stop();
      await other.startWorker();
      await other.handle(id).signal(nudgeSignal);
      await eventually(async () => {
        const { status } = await other.handle(id).describe();
        return status.name === 'FAILED' ? status : undefined;
      }, 30_000);
      await eventually(async () => {
        await other.runUpkeep();
        const { status } = await other.handle(id).describe();
        return status.name === 'RUNNING' ? status : undefined;
      });
      await play(other, id, verification);
      await other.until(id, ({ stage }) => stage === 'agreement');
    } finally {
      await other.close();
    }
  });

  it('the schedule of the upkeep is made once, and renewed without undoing an operator’s pause', async () => {
    await ensureUpkeepSchedule(room.client, room.taskQueue, { every: '1 hour' });
    const schedule = room.client.schedule.getHandle(upkeepScheduleId(room.taskQueue));
    await schedule.pause('by hand');
    await Promise.all(
      [1, 2, 3].map(() => ensureUpkeepSchedule(room.client, room.taskQueue, { every: '2 hours' })),
    );
    const { state, spec, policies } = await schedule.describe();
    expect({ paused: state.paused, every: spec.intervals?.[0]?.every, overlap: policies.overlap }).toEqual({
      paused: true,
      every: 7_200_000,
      overlap: 'SKIP',
    });
    await schedule.delete();
  });

  it('the namespace keeps histories for a year at least and knows the search attributes, however often it is set up', async () => {
    await Promise.all([1, 2, 3].map(() => createOperatorSetup(room.client, quiet)));
    const { config } = await room.client.workflowService.describeNamespace({ namespace: room.namespace });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBeGreaterThanOrEqual(365 * 86_400);
  });
});
