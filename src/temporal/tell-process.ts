/**
 * Tells the process of a case what the record has taken. What the process says to it does not matter: the record has
 * answered already, and keeps the news until the process itself has read them.
 */
import { setTimeout } from 'node:timers/promises';
import { Client, Connection, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { ClientInterceptors, ConnectionOptions } from '@temporalio/client';
import type { Logger } from 'pino';
import type { CaseId } from '../domain/model/ids';
import type { News } from '../record/store/submission';
import { recordedSignal } from '../../workflows/child-return/messages';
import { processOf } from './start';

export interface Telling {
  readonly id: CaseId;
  /** Oldest first. */
  readonly news: readonly News[];
  /** Whether the record has the case as open: then a process must run, and is started. */
  readonly isOpen: boolean;
  readonly taskQueue: string;
}

/** False when no workflow runs, as the case is closed. */
export async function tellProcess(
  client: Client,
  { id, news, isOpen, taskQueue }: Telling,
): Promise<boolean> {
  const { workflowId, start: startProcess } = processOf(id);
  const start = () => startProcess(client, { taskQueue, news });
  if (isOpening(news)) return start();
  try {
    await client.workflow.getHandle(workflowId).signal(recordedSignal, news);
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return isOpen && start();
  }
}

/** It has no process yet. */
const isOpening = (news: readonly News[] = []): boolean =>
  ['openCase', 'draftGroup'].includes(news[0]?.command ?? '');

/** What the API is given (`http/api-parts.ts`), and may close. */
export interface ProcessNotifier {
  notify(news: News, isOpen: boolean): void;
  isReachable(): Promise<boolean>;
  /** Resolves when every signal under way has gone or failed. */
  settle(): Promise<void>;
  /** Ends the connection once every signal under way has gone or failed. */
  close(): Promise<void>;
}

export interface ProcessNotifierSettings extends ConnectionOptions {
  readonly namespace: string;
  readonly taskQueue: string;
  readonly logger: Logger;
  /** Of messages to processes; named apart from gRPC's, which the connection options hold. */
  readonly messageInterceptors?: ClientInterceptors;
}

/** Commands of one case that follow one another as quickly as a program sends them go in one signal. */
const lingerMs = 40;
/** A signal is one write on the server's side. */
const signalDeadlineMs = 3_000;
const probeDeadlineMs = 1_000;
/** More cases than this at once and Temporal does not keep up, or is away: the delivery sees to the rest. */
const maxCasesUnderWay = 200;
/** gRPC's UNAVAILABLE: nobody listens there, or the server is going down. */
const unavailableCode = 14;

/** Connects when the first call is made, so that an API comes up without Temporal. */
export function createProcessNotifier({
  namespace,
  taskQueue,
  logger,
  messageInterceptors = {},
  ...connectionOptions
}: ProcessNotifierSettings): ProcessNotifier {
  let closing = false;
  const usual = defaultGrpcRetryOptions();
  const connection = Connection.lazy({
    ...connectionOptions,
    interceptors: [
      makeGrpcRetryInterceptor({
        ...usual,
        // A retry that wakes up on a closed channel would end this process.
        retryableDecider: (attempt, status) =>
          !closing && (status.code as number) !== unavailableCode && usual.retryableDecider(attempt, status),
      }),
    ],
  });
  const client = new Client({ connection, namespace, interceptors: messageInterceptors });
  /** News of one case that came while others of it were under way: they go together, in order. */
  const waiting = new Map<CaseId, { news: News[]; isOpen: boolean }>();
  const underWay = new Map<CaseId, Promise<void>>();
  const within = <Result>(milliseconds: number, call: () => Promise<Result>): Promise<Result> =>
    connection.withDeadline(Date.now() + milliseconds, call);

  async function send(id: CaseId): Promise<void> {
    // A case that was just opened has no process yet: nothing to gather for.
    if (!isOpening(waiting.get(id)?.news)) await setTimeout(lingerMs);
    for (let next = waiting.get(id); next; next = waiting.get(id)) {
      waiting.delete(id);
      const telling = { id, ...next, taskQueue };
      try {
        await within(signalDeadlineMs, () => tellProcess(client, telling));
      } catch (error) {
        logger.debug({ case: id, fault: faultOf(error) }, 'a process could not be told yet');
      }
    }
    underWay.delete(id);
  }

  const settle = async (): Promise<void> => {
    await Promise.all(underWay.values());
  };

  return {
    notify(news, isOpen) {
      const id = news.case;
      if (closing || (!underWay.has(id) && underWay.size >= maxCasesUnderWay)) return;
      const before = waiting.get(id)?.news ?? [];
      waiting.set(id, { news: [...before, news], isOpen });
      if (!underWay.has(id)) underWay.set(id, send(id));
    },
    isReachable: () =>
      within(probeDeadlineMs, () => client.workflowService.getSystemInfo({})).then(
        () => true,
        () => false,
      ),
    settle,
    async close() {
      closing = true;
      await settle();
      await connection.close();
    },
  };
}

const faultOf = (error: unknown): string =>
  isGrpcServiceError(error) ? `grpc-${error.code}` : error instanceof Error ? error.name : 'unknown';
