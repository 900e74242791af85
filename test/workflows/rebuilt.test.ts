import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import pino from 'pino';
import { tasksFailing } from '../../activities/deps';
import { workflowIdOf } from '../../src/domain/model/ids';
import type { CaseId } from '../../src/domain/model/ids';
import { childReturnType } from '../../workflows/child-return/messages';
import { searchAttributes } from '../../workflows/child-return/search-attributes';
import { bundleFrom } from '../support/workflow-bundle';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import { acceptance, play } from './support/plain-return';

/** What the worker wrote for those who audit. */
interface AuditLine {
  readonly audit?: string;
  readonly case?: string;
  readonly run?: string;
  readonly cause?: string;
}

describe('a run that ended from outside is rebuilt from the record, and it is said so', () => {
  let room: ProcessRoom;
  const lines: AuditLine[] = [];
  const audit = pino(
    { level: 'warn' },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(JSON.parse(chunk.toString()) as AuditLine);
        done();
      },
    }),
  );
  const runIdOf = async (id: CaseId): Promise<string> => (await room.handle(id).describe()).runId;
  const listed = (id: CaseId, status: string) =>
    eventually(async () => {
      const query = `WorkflowId = '${workflowIdOf(id)}' AND ExecutionStatus = '${status}'`;
      return (await room.client.workflow.count(query)).count > 0 ? true : undefined;
    });
  /** Everything an operator sees of it. */
  const seen = async (id: CaseId) => {
    const handle = room.handle(id);
    const [details, { typedSearchAttributes: attributes }] = await Promise.all([
      handle.query<string>('__temporal_workflow_metadata').then((metadata) => JSON.stringify(metadata)),
      handle.describe(),
    ]);
    return { details, attributes };
  };
  const saidOf = (id: CaseId) =>
    lines.filter((line) => line.audit === 'process-restarted' && line.case === id);

  beforeAll(async () => {
    room = await openProcessRoom('rebuilt');
    await room.startWorker({ logger: audit });
  });
  afterAll(() => room.close());

  it('when an operator terminated it: in the audit log, the figures, the details and the views', async () => {
    const id = await room.open();
    await play(room, id, acceptance);
    // A signal that comes later would start the process before the upkeep does.
    await room.followed(id);
    const run = await runIdOf(id);
    await listed(id, 'Running');
    await room.handle(id).terminate('by hand');
    await listed(id, 'Terminated');
    await room.runUpkeep();
    expect(await runIdOf(id)).not.toBe(run);
    // What came before the end stands in the record, and the new run knows it.
    await room.until(id, ({ stage }) => stage === 'verification');
    const { details, attributes } = await seen(id);
    expect(details).toContain('because: terminated');
    expect(attributes.get(searchAttributes.rebuilt)).toBe('terminated');
    await eventually(async () => {
      const marks = (await room.handle(id).describe()).typedSearchAttributes.get(searchAttributes.marks);
      return marks?.includes('rebuilt-within-a-day') ? true : undefined;
    });
    // Later rounds see the same ended run and say nothing more.
    await room.runUpkeep();
    expect(saidOf(id)).toMatchObject([{ run, cause: 'terminated' }]);
    expect(await room.record.operations.countRestarts(60_000)).toMatchObject({ terminated: 1 });
  });

  it('when it timed out', async () => {
    const id = await room.open({ started: false });
    await room.client.workflow.start(childReturnType, {
      workflowId: workflowIdOf(id),
      taskQueue: room.taskQueue,
      args: [{ case: id, view: 2 }],
      workflowRunTimeout: '1 second',
    });
    const run = await runIdOf(id);
    await listed(id, 'TimedOut');
    await room.runUpkeep();
    expect(saidOf(id)).toMatchObject([{ run, cause: 'timed-out' }]);
    expect((await seen(id)).details).toContain('because: timed-out');
  });

  it('when it was reset: the run goes on, is told to catch up, and shows why', async () => {
    const id = await room.open();
    for (const step of acceptance) {
      await play(room, id, [step]);
      await room.followed(id);
    }
    await room.until(id, ({ checks }) => checks !== undefined);
    const run = await runIdOf(id);
    const { events } = await room.handle(id).fetchHistory();
    const early = (events ?? []).filter(({ workflowTaskCompletedEventAttributes: done }) => done)[1]!;
    await room.client.workflowService.resetWorkflowExecution({
      namespace: room.namespace,
      workflowExecution: { workflowId: workflowIdOf(id), runId: run },
      reason: 'by hand',
      requestId: randomUUID(),
      workflowTaskFinishEventId: early.eventId!,
    });
    await listed(id, 'Terminated');
    await listed(id, 'Running');
    await room.runUpkeep();
    await room.runUpkeep();
    expect(saidOf(id)).toMatchObject([{ run, cause: 'reset' }]);
    await eventually(async () => {
      const { details, attributes } = await seen(id);
      return details.includes('because: reset') && attributes.get(searchAttributes.rebuilt) === 'reset'
        ? true
        : undefined;
    });
  });

  it('when the engine has never heard of a case that has long been open; but not for one just opened', async () => {
    const [old, young] = [await room.open({ started: false }), await room.open({ started: false })];
    await room.pool.query(`update cases set opened_at = opened_at - interval '1 hour' where id = $1`, [old]);
    await room.runUpkeep();
    expect(saidOf(old)).toMatchObject([{ run: 'none', cause: 'missing' }]);
    expect(saidOf(young)).toEqual([]);
    expect((await seen(young)).details).not.toContain('Rebuilt');
  });

  it('a note sent by hand can’t put a name before operators', async () => {
    const id = await room.open();
    await room.handle(id).signal('nudge', { cause: 'Олена Коваленко', at: new Date().toISOString() });
    await room.handle(id).signal('nudge', { cause: 'terminated', at: 'Olena' });
    await room.submit('qa-officer-1', id, { type: 'acknowledgeCase' });
    const { details, attributes } = await seen(id);
    expect(details).not.toMatch(/Rebuilt|Olena|Олена/);
    expect(attributes.get(searchAttributes.rebuilt)).toBeUndefined();
  });

  it('tasks that fail again and again are found; the case is rebuilt once, then waits for a release that works', async () => {
    const other = await openProcessRoom('failing-release');
    try {
      const faulty = await other.startWorker({
        code: await bundleFrom(require.resolve('./support/failing-release')),
      });
      const id = await other.open();
      const first = (await other.handle(id).describe()).runId;
      const upkeep = () => other.runUpkeep();
      await eventually(async () => {
        const { raw } = await other.handle(id).describe();
        return (raw.pendingWorkflowTask?.attempt ?? 0) >= 3 ? true : undefined;
      }, 60_000);
      await upkeep();
      expect(await other.record.operations.listStuck()).toMatchObject([{ case: id, runId: first }]);
      const second = await other.handle(id).describe();
      expect(second.runId).not.toBe(first);
      expect(second.typedSearchAttributes.get(searchAttributes.trouble)).toBe(tasksFailing);
      await eventually(async () => {
        const { raw } = await other.handle(id).describe();
        return (raw.pendingWorkflowTask?.attempt ?? 0) >= 3 ? true : undefined;
      }, 60_000);
      await upkeep();
      expect((await other.handle(id).describe()).runId).toBe(second.runId);

      await faulty.stop();
      await other.startWorker();
      await eventually(async () => {
        const { typedSearchAttributes: shown } = await other.handle(id).describe();
        return shown.get(searchAttributes.trouble) === undefined && shown.get(searchAttributes.stage)
          ? true
          : undefined;
      }, 60_000);
      await upkeep();
      expect(await other.record.operations.listStuck()).toEqual([]);
    } finally {
      await other.close();
    }
    // The engine waits ten seconds for each task that fails.
  }, 180_000);
});
