/**
 * A record and a Temporal task queue of a suite's own, workers on it, and officials who act through it: real
 * Postgres, real Temporal, the very workflow code that production bundles.
 */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Worker, WorkflowBundle } from '@temporalio/worker';
import pino from 'pino';
import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { Mechanism } from '../../../src/contracts/mechanism/mechanism';
import { canonicalHash, sealEnvelope } from '../../../src/contracts/seal';
import type { Command, CommandEnvelope } from '../../../src/domain/model/commands';
import type { RecordedEvent } from '../../../src/domain/model/events';
import { workflowIdOf } from '../../../src/domain/model/ids';
import type { CaseId } from '../../../src/domain/model/ids';
import type { OfficialActor } from '../../../src/domain/model/parties';
import type { Rejection } from '../../../src/domain/model/rejections';
import type { ReturnCase } from '../../../src/domain/model/case';
import type { Dispatcher } from '../../../src/notify/send/dispatcher';
import { createPool } from '../../../src/record/postgres/database';
import { createRecord } from '../../../src/record/record';
import type { CaseRecord } from '../../../src/record/record';
import type { Submitted } from '../../../src/record/store/submission';
import { createCaseProcesses } from '../../../src/temporal/case-processes';
import { connectClient } from '../../../src/temporal/connection';
import { createWorker } from '../../../src/temporal/create-worker';
import { createOperatorSetup } from '../../../src/temporal/operator-setup';
import type { Traces } from '../../../src/telemetry/traces';
import { installRuntime } from '../../../src/temporal/runtime';
import { deliverNews } from '../../../src/temporal/news-delivery';
import { startChildReturn } from '../../../src/temporal/start';
import type { StartOptions } from '../../../src/temporal/start';
import { createProcessNotifier } from '../../../src/temporal/tell-process';
import { upkeepType } from '../../../workflows/upkeep/upkeep-type';
import { commandSignal } from '../../../workflows/child-return/messages';
import { aDossier, mechanismFile, newReference, sealKey } from '../../record/support/record-room';
import { createTestDatabase } from '../../support/postgres';
import type { TestDatabase } from '../../support/postgres';
import { testTemporal, uniqueTaskQueue } from '../../support/temporal';
import { workflowBundle } from '../../support/workflow-bundle';

export const quiet = pino({ level: process.env.LOG_LEVEL ?? 'silent' });

export interface RunningTestWorker {
  readonly worker: Worker;
  /** Drains it. */
  stop(): Promise<void>;
}

export interface ProcessRoom {
  readonly database: TestDatabase;
  readonly pool: Pool;
  readonly record: CaseRecord;
  readonly mechanism: Mechanism;
  readonly client: Client;
  readonly taskQueue: string;
  readonly address: string;
  readonly namespace: string;
  startWorker(options?: {
    dispatcher?: Pick<Dispatcher, 'dispatchDue'>;
    record?: CaseRecord;
    /** Of another release. */
    code?: WorkflowBundle;
    logger?: Logger;
    /** Another than the cases'. */
    taskQueue?: string;
    traces?: Traces;
  }): Promise<RunningTestWorker>;
  /** Opens a case in the record and starts its process. */
  open(options?: StartOptions & { started?: boolean; whereaboutsKnown?: boolean }): Promise<CaseId>;
  handle(id: CaseId): WorkflowHandle;
  envelope(official: string, id: CaseId, command: Command, extra?: Partial<CommandEnvelope>): CommandEnvelope;
  /** As the API does it: the record answers, then the process is told. Throws `Refused`. */
  submit(
    official: string,
    id: CaseId,
    command: Command,
    extra?: Partial<CommandEnvelope>,
  ): Promise<Submitted>;
  /** The same, by an API that dies before it tells the process. */
  enter(official: string, id: CaseId, command: Command): Promise<Submitted>;
  /** The rejection that a command's sender is given. */
  refusal(
    official: string,
    id: CaseId,
    command: Command,
    extra?: Partial<CommandEnvelope>,
  ): Promise<Rejection>;
  signal(
    official: string,
    id: CaseId,
    command: Command,
    extra?: Partial<CommandEnvelope>,
  ): Promise<CommandEnvelope>;
  state(id: CaseId): Promise<ReturnCase>;
  events(id: CaseId): Promise<readonly RecordedEvent[]>;
  /** Waits until the record shows it. */
  until(id: CaseId, isSo: (state: ReturnCase) => boolean, withinMs?: number): Promise<ReturnCase>;
  /** Signals again what no process has read, as if its time had come; gives the number of cases. */
  deliverNews(): Promise<number>;
  unreadNews(id: CaseId): Promise<number>;
  /** Waits until the process has been told everything, and has read it. */
  followed(id: CaseId): Promise<void>;
  /** One round of the upkeep, whole. */
  runUpkeep(): Promise<unknown>;
  historyTypes(id: CaseId, runId?: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface RoomOptions {
  /** `doha` has real deadlines, `doha-fast` has days as seconds. */
  readonly mechanism?: 'doha' | 'fast';
  readonly change?: (mechanism: Mechanism) => Mechanism;
  /** One that holds cases already; whoever made it drops it. */
  readonly database?: TestDatabase;
}

export async function openProcessRoom(suite: string, options: RoomOptions = {}): Promise<ProcessRoom> {
  const { mechanism: file = 'doha', change = (unchanged: Mechanism) => unchanged } = options;
  const [database, { address, namespace }] = await Promise.all([
    options.database ?? createTestDatabase(),
    testTemporal(),
  ]);
  installRuntime(quiet);
  const pool = createPool({ connectionString: database.connectionString });
  const record = createRecord({ pool, sealKey });
  const mechanism = change(mechanismFile(file));
  await record.saveMechanism(mechanism);
  const taskQueue = uniqueTaskQueue(suite);
  const { client, connection: clientConnection } = await connectClient({ address, namespace });
  await createOperatorSetup(client, quiet);
  const connection = await NativeConnection.connect({ address });
  const workers = new Set<RunningTestWorker>();
  const notifier = createProcessNotifier({ address, namespace, taskQueue, logger: quiet });
  const processes = createCaseProcesses(client, taskQueue);
  async function take(envelope: CommandEnvelope): Promise<Submitted> {
    const { party } = envelope.actor as OfficialActor;
    const result = await record.take(envelope, { asker: { mechanism: mechanism.id, party } });
    if (result.rejection) throw new Refused(result.rejection);
    return result;
  }

  const room: ProcessRoom = {
    database,
    pool,
    record,
    mechanism,
    client,
    taskQueue,
    address,
    namespace,
    async startWorker({
      dispatcher = { dispatchDue: () => Promise.resolve(0) },
      record: other = record,
      code,
      traces,
      logger = quiet,
      taskQueue: queue = taskQueue,
    } = {}) {
      const worker = await createWorker({
        connection,
        namespace,
        taskQueue: queue,
        record: other,
        dispatcher,
        processes,
        logger,
        ...(traces && { traces }),
        workflowBundle: code ?? (await workflowBundle()),
        shutdownGraceTime: '2 seconds',
      });
      const running = worker.run();
      const started: RunningTestWorker = {
        worker,
        async stop() {
          if (!workers.delete(started)) return;
          if (worker.getState() === 'RUNNING') worker.shutdown();
          await running;
        },
      };
      workers.add(started);
      return started;
    },
    async open({ started = true, whereaboutsKnown = true, ...start } = {}) {
      const id = newReference();
      await record.openCase({
        envelope: room.envelope('ua-official-1', id, {
          type: 'openCase',
          requestingParty: 'ukraine',
          holdingParty: 'russia',
          dossier: { version: 1, hash: canonicalHash(aDossier) },
          recipient: 'recipient-1',
          whereaboutsKnown,
          medicallyUrgent: false,
          siblings: [],
        }),
        dossier: aDossier,
        notes: [],
        mechanism: { id: mechanism.id, version: mechanism.version },
      });
      if (started) await startChildReturn(client, id, { taskQueue, ...start });
      return id;
    },
    handle: (id) => client.workflow.getHandle(workflowIdOf(id)),
    envelope(official, id, command, extra = {}) {
      const found = mechanism.officials.find((entry) => entry.id === official);
      if (!found) throw new Error(`no official ${official}`);
      const actor = { official, party: found.party, roles: found.roles };
      return sealEnvelope({ id: `${official}:${randomUUID()}`, case: id, actor, command, ...extra }, sealKey);
    },
    async submit(official, id, command, extra) {
      const result = await take(room.envelope(official, id, command, extra));
      if (result.news && result.found) notifier.notify(result.news, result.found.state.stage !== 'closed');
      return result;
    },
    enter: (official, id, command) => take(room.envelope(official, id, command)),
    async refusal(official, id, command, extra) {
      try {
        await room.submit(official, id, command, extra);
      } catch (error) {
        if (error instanceof Refused) return error.rejection;
        throw error;
      }
      throw new Error(`${command.type} was taken`);
    },
    async signal(official, id, command, extra) {
      const envelope = room.envelope(official, id, command, extra);
      await room.handle(id).signal(commandSignal, envelope);
      return envelope;
    },
    async state(id) {
      return (await record.load(id))!.state;
    },
    async events(id) {
      return (await record.catchUp(id, 0)).events;
    },
    until: (id, isSo, withinMs = 15_000) =>
      eventually(async () => {
        const state = await room.state(id);
        return isSo(state) ? state : undefined;
      }, withinMs),
    async deliverNews() {
      await pool.query('update news set next_at = clock_timestamp()');
      return deliverNews({ record, processes, logger: quiet });
    },
    async unreadNews(id) {
      const { rows } = await pool.query<{ number: number }>(
        'select count(*)::integer as number from news where case_id = $1',
        [id],
      );
      return rows[0]?.number ?? 0;
    },
    async followed(id) {
      await notifier.settle();
      await eventually(async () => (await room.unreadNews(id)) === 0 || undefined);
    },
    runUpkeep: () => client.workflow.execute(upkeepType, { workflowId: `upkeep-${randomUUID()}`, taskQueue }),
    async historyTypes(id, runId) {
      const { events } = await client.workflow.getHandle(workflowIdOf(id), runId).fetchHistory();
      return (events ?? []).map(
        (event) => Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? '',
      );
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.stop()));
      await terminateAll(client, taskQueue);
      await notifier.close();
      await connection.close();
      await clientConnection.close();
      await pool.end();
      if (!options.database) await database.drop();
    },
  };
  return room;
}

export class Refused extends Error {
  constructor(readonly rejection: Rejection) {
    super(JSON.stringify(rejection));
  }
}

/**
 * Polls until something is there; throws when it does not come in time. A process that the worker has not
 * begun yet is one that is not there yet: the record answers before its process follows.
 */
export async function eventually<Value>(
  look: () => Promise<Value | undefined> | Value | undefined,
  withinMs = 15_000,
): Promise<Value> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await unlessNotBegun(look);
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`not so within ${withinMs} ms: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function unlessNotBegun<Value>(
  look: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** So that later suites on the same server are not slowed down by what this one left behind. */
async function terminateAll(client: Client, taskQueue: string): Promise<void> {
  const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    await client.workflow
      .getHandle(workflowId, runId)
      .terminate('end of the suite')
      .catch(() => undefined);
  }
}
