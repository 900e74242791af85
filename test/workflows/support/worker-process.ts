/**
 * A worker in a process of its own, to be killed: run by `node -r run-typescript.cjs` with its settings as JSON in
 * `WORKER`. `killAt` makes it kill itself with -9 around the record, at a step that an outsider could not hit.
 */
import { writeSync } from 'node:fs';
import { createPool } from '../../../src/record/postgres/database';
import { createRecord } from '../../../src/record/record';
import type { CaseRecord } from '../../../src/record/record';
import { createCaseProcesses } from '../../../src/temporal/case-processes';
import { connectWorker } from '../../../src/temporal/connection';
import { createWorker } from '../../../src/temporal/create-worker';
import { installRuntime } from '../../../src/temporal/runtime';
import pino from 'pino';

export interface WorkerProcessSettings {
  readonly databaseUrl: string;
  readonly sealKey: string;
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly codePath: string;
  /** Which call of the record, counting from 1 per kind, and on which side of it. */
  readonly killAt?: {
    readonly call: 'load' | 'catchUp' | 'submit';
    readonly type?: string;
    readonly side: 'before' | 'after';
  };
}

async function main(): Promise<void> {
  const settings = JSON.parse(process.env.WORKER ?? '{}') as WorkerProcessSettings;
  const logger = pino({ level: 'silent' });
  installRuntime(logger);
  const { connection, client, namespace } = await connectWorker(settings);
  const pool = createPool({ connectionString: settings.databaseUrl });
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue: settings.taskQueue,
    record: withDeath(createRecord({ pool, sealKey: settings.sealKey }), settings.killAt),
    dispatcher: { dispatchDue: () => Promise.resolve(0) },
    processes: createCaseProcesses(client, settings.taskQueue),
    logger,
    workflowBundle: { codePath: settings.codePath },
  });
  const running = worker.run();
  writeSync(1, 'ready\n');
  await running;
}

function withDeath(record: CaseRecord, killAt: WorkerProcessSettings['killAt']): CaseRecord {
  if (!killAt) return record;
  const around = async <Result>(isIt: boolean, call: () => Promise<Result>): Promise<Result> => {
    if (isIt && killAt.side === 'before') process.kill(process.pid, 'SIGKILL');
    const result = await call();
    if (isIt && killAt.side === 'after') process.kill(process.pid, 'SIGKILL');
    return result;
  };
  return {
    ...record,
    loadForProcess: (id) => around(killAt.call === 'load', () => record.loadForProcess(id)),
    catchUp: (id, version) => around(killAt.call === 'catchUp', () => record.catchUp(id, version)),
    submit: (envelope, options) =>
      around(killAt.call === 'submit' && envelope.command.type === killAt.type, () =>
        record.submit(envelope, options),
      ),
  };
}

void main();
