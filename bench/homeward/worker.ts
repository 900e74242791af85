/** Homeward's own worker, whole: with the dispatcher of mails and the upkeep that run beside the cases. */
import pino from 'pino';
import { startWorker } from '../../src/worker';
import { workerSettings, type RunningWorker, type Surroundings } from '../way';
import { serveOrders } from '../worker-process';

const startHomewardWorker = (surroundings: Surroundings): Promise<RunningWorker> => {
  const { address, namespace, databaseUrl, sealKey, taskQueue, smtpUrl } = surroundings;
  return startWorker({
    temporal: { address, namespace },
    databaseUrl,
    sealKey,
    taskQueue,
    smtpUrl,
    mailFrom: 'bench@localhost',
    publicUrl: 'http://127.0.0.1',
    ...workerSettings,
    logger: pino({ level: 'warn' }),
  });
};

serveOrders(startHomewardWorker);
