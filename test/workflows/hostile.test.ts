import { randomUUID } from 'node:crypto';
import { NativeConnection, Worker } from '@temporalio/worker';
import { workflowIdOf } from '../../src/domain/model/ids';
import type { CaseId } from '../../src/domain/model/ids';
import { childReturnType, currentView } from '../../workflows/child-return/messages';
import { uniqueTaskQueue } from '../support/temporal';
import { bundleFrom } from '../support/workflow-bundle';
import { eventually, openProcessRoom } from './support/process-room';
import type { ProcessRoom } from './support/process-room';
import { acceptance, play } from './support/plain-return';

/** Who holds Temporal holds no answer: the record answers, and each case gets its process back. */
describe('somebody with access to Temporal', () => {
  let room: ProcessRoom;
  let evil: { queue: string; worker: Worker; running: Promise<void>; connection: NativeConnection };
  beforeAll(async () => {
    room = await openProcessRoom('hostile');
    await room.startWorker();
    const connection = await NativeConnection.connect({ address: room.address });
    const queue = uniqueTaskQueue('evil');
    const worker = await Worker.create({
      connection,
      namespace: room.namespace,
      taskQueue: queue,
      workflowBundle: await bundleFrom(require.resolve('./support/look-alikes')),
    });
    evil = { queue, worker, running: worker.run(), connection };
  });
  afterAll(async () => {
    evil.worker.shutdown();
    await evil.running;
    await evil.connection.close();
    await room.close();
  });

  interface LookAlike {
    readonly type: string;
    readonly queue: string;
    readonly args?: unknown[];
    readonly startDelay?: string;
  }
  /** Ends the real process and puts another workflow under its id. */
  const squat = async (id: CaseId, { type, queue, args = [], startDelay }: LookAlike): Promise<string> => {
    await room
      .handle(id)
      .terminate('by somebody')
      .catch(() => undefined);
    const handle = await room.client.workflow.start(type, {
      workflowId: workflowIdOf(id),
      taskQueue: queue,
      args,
      ...(startDelay !== undefined && { startDelay: startDelay }),
    });
    return handle.firstExecutionRunId;
  };
  const causesOf = async (id: CaseId): Promise<string[]> => {
    const { rows } = await room.pool.query<{ cause: string }>(
      'select cause from process_restarts where case_id = $1 order by at',
      [id],
    );
    return rows.map(({ cause }) => cause);
  };
  const isOurs = async (id: CaseId): Promise<true | undefined> => {
    const { status, type, taskQueue } = await room.handle(id).describe();
    return (
      (status.name === 'RUNNING' && type === childReturnType && taskQueue === room.taskQueue) || undefined
    );
  };
  const isRead = (id: CaseId) => room.followed(id);
  const hold = (name: string) => ({ type: 'placeHold', hold: name, reason: 'legal' }) as const;

  const lookAlikes: Record<string, () => LookAlike> = {
    'of our type, that swallows everything on a queue of its own': () => ({
      type: childReturnType,
      queue: evil.queue,
    }),
    'of another type': () => ({ type: 'anotherType', queue: evil.queue }),
    'of another type on a queue that nobody serves': () => ({
      type: 'anotherType',
      queue: uniqueTaskQueue('dead'),
    }),
    'of another type on our own queue': () => ({ type: 'anotherType', queue: room.taskQueue }),
    'that is a new run each second': () => ({ type: 'restless', queue: evil.queue }),
  };

  it.each(Object.keys(lookAlikes))(
    'who starts a workflow %s under a case’s id changes no answer, and it is noticed and replaced',
    async (name) => {
      const id = await room.open();
      await play(room, id, acceptance);
      await isRead(id);
      await squat(id, lookAlikes[name]!());
      const answer = await room.submit('ru-official-1', id, hold('h1'));
      expect(answer).toMatchObject({ outcome: 'recorded', receipt: { case: id } });
      expect((await room.state(id)).holds).toHaveLength(1);
      await expect(room.refusal('qa-lead', id, { type: 'depart' })).resolves.toMatchObject({
        code: 'wrong-stage',
      });

      await eventually(async () => {
        await room.deliverNews();
        // The ended run's last step may have read the news for nobody: then the comparison finds the look-alike.
        await room.runUpkeep();
        return isOurs(id);
      }, 30_000);
      expect(await causesOf(id)).toContain('foreign');
      await isRead(id);
    },
  );

  it('who puts our own workflow off for a year does not keep it from its news', async () => {
    const id = await room.open();
    await isRead(id);
    await squat(id, {
      type: childReturnType,
      queue: room.taskQueue,
      args: [{ case: id }],
      startDelay: '365 days',
    });
    await room.submit('ru-official-1', id, hold('h1'));
    await eventually(async () => {
      await room.deliverNews();
      return (await room.unreadNews(id)) === 0 || undefined;
    });
    expect(await isOurs(id)).toBe(true);
  });

  it('who does so while nobody sends a command is found by the upkeep', async () => {
    const id = await room.open();
    await isRead(id);
    await squat(id, { type: 'anotherType', queue: evil.queue });
    await eventually(async () => {
      await room.runUpkeep();
      return isOurs(id);
    });
    expect(await causesOf(id)).toContain('foreign');
  });

  it('who has a workflow of theirs complete under the id of an open case does not keep the process from it', async () => {
    const id = await room.open();
    await isRead(id);
    await squat(id, { type: 'obedient', queue: evil.queue });
    await expect(room.handle(id).result()).resolves.toEqual({ outcome: 'reunited' });
    await room.submit('ru-official-1', id, hold('h1'));
    await eventually(async () => {
      await room.deliverNews();
      return (await room.unreadNews(id)) === 0 || undefined;
    });
    expect(await isOurs(id)).toBe(true);
  });

  it('who has the upkeep run several times at once makes it do nothing twice', async () => {
    const id = await room.open();
    await isRead(id);
    const { runId } = await room.handle(id).describe();
    await room.handle(id).terminate('by somebody');
    await eventually(async () => {
      await Promise.all([1, 2, 3, 4].map(() => room.runUpkeep()));
      return isOurs(id);
    });
    const { rows } = await room.pool.query<{ run_id: string }>(
      'select run_id from process_restarts where case_id = $1',
      [id],
    );
    expect(rows).toEqual([{ run_id: runId }]);
  });

  it('who starts our own workflow with arguments nobody can read gets it rebuilt', async () => {
    const id = await room.open();
    await room.handle(id).terminate('by somebody');
    await room.client.workflowService.startWorkflowExecution({
      namespace: room.namespace,
      workflowId: workflowIdOf(id),
      workflowType: { name: childReturnType },
      taskQueue: { name: room.taskQueue },
      requestId: randomUUID(),
      input: {
        payloads: [{ metadata: { encoding: Buffer.from('binary/nonsense') }, data: Buffer.from('\u0001') }],
      },
    });
    await room.submit('ru-official-1', id, hold('h1'));
    await eventually(async () => {
      await room.runUpkeep();
      return (await room.unreadNews(id)) === 0 || undefined;
    }, 60_000);
    expect((await room.handle(id).describe()).status.name).toBe('RUNNING');
  }, 90_000);

  it('who starts our own workflow for another case than its id says gets nothing by it', async () => {
    const [id, other] = [await room.open(), await room.open()];
    await squat(id, {
      type: childReturnType,
      queue: room.taskQueue,
      args: [{ case: other, view: currentView }],
    });
    await expect(room.handle(id).result()).rejects.toMatchObject({ cause: { type: 'unknown-case' } });
    await room.submit('ru-official-1', id, hold('h1'));
    await eventually(async () => {
      await room.deliverNews();
      return (await room.unreadNews(id)) === 0 || undefined;
    });
    expect(await isOurs(id)).toBe(true);
  });

  it('who starts our own workflow with odd arguments gets a process like any other', async () => {
    const id = await room.open();
    await squat(id, {
      type: childReturnType,
      queue: room.taskQueue,
      args: [
        { case: id, view: currentView, continueAfter: 1, carried: [null, 7, { id: 'x' }], restarted: 'Ivan' },
      ],
    });
    await play(room, id, acceptance);
    await room.until(id, ({ checks }) => checks !== undefined);
    const { events } = await room.handle(id).fetchHistory();
    expect(JSON.stringify(events?.slice(1))).not.toContain('Ivan');
  });

  it('who has our worker read a case’s news in a workflow of their own is refused, and the process hears of it', async () => {
    const id = await room.open();
    await isRead(id);
    await room.enter('ru-official-1', id, hold('h1'));
    const theft = room.client.workflow.execute('thief', {
      workflowId: `thief-${randomUUID()}`,
      taskQueue: evil.queue,
      args: [{ case: id, taskQueue: room.taskQueue }],
    });
    await expect(theft).rejects.toThrow();
    expect(await room.unreadNews(id)).toBe(1);
  });

  it('who signs false news by hand changes nothing that is recorded', async () => {
    const id = await room.open();
    const { version } = await room.state(id);
    await room.handle(id).signal('recorded', [
      { case: id, version: 77, command: 'approvePlan', party: 'russia' },
      { case: id, version: 78, command: 'Ivan Petrovych', party: 'a name' },
    ]);
    await room.submit('ru-official-1', id, hold('h1'));
    await isRead(id);
    expect(await room.state(id)).toMatchObject({ version: version + 1, decisions: {} });
  });

  it('who deletes a case’s workflow, history and all, gets it started again', async () => {
    const id = await room.open();
    await play(room, id, acceptance);
    await room.client.workflowService.deleteWorkflowExecution({
      namespace: room.namespace,
      workflowExecution: { workflowId: workflowIdOf(id) },
    });
    await eventually(async () => {
      await room.runUpkeep();
      return isOurs(id).catch(() => undefined);
    });
    await play(room, id, [
      { by: 'ru-official-1', command: hold('h1') },
      { by: 'ru-official-1', command: { type: 'liftHold', hold: 'h1' } },
    ]);
    await isRead(id);
  });
});
