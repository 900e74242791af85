/** Homeward's own API in a process of its own, as in every topology but `npm start`. */
import pino from 'pino';
import { startApi } from '../../src/api';
import type { RunningWorker, Surroundings } from '../way';
import { serveOrders } from '../worker-process';
import { rateLimits } from './rate-limits';

const startBenchApi = (surroundings: Surroundings): Promise<RunningWorker> => {
  const { address, namespace, databaseUrl, sealKey, taskQueue, mechanism, issuerFolder } = surroundings;
  if (mechanism === undefined || issuerFolder === undefined) throw new Error('the API serves a mechanism');
  return startApi({
    host: '127.0.0.1',
    port: 0,
    databaseUrl,
    sealKey,
    temporal: { address, namespace },
    taskQueue,
    mechanism,
    issuerFolder,
    rateLimits,
    logger: pino({ level: 'warn' }),
  });
};

serveOrders(startBenchApi);
