/**
 * The API's way to the process: one command in, one answer or a plain statement that there was none. It turns
 * Temporal's errors into values and decides nothing.
 */
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  isGrpcServiceError,
  makeGrpcRetryInterceptor,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { ClientInterceptors, ConnectionOptions } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CommandEnvelope } from '../domain/commands';
import { workflowIdOf } from '../domain/ids';
import type { CaseId } from '../domain/ids';
import type { Rejection } from '../domain/rejections';
import { commandSignal, nudgeSignal, submitUpdate } from '../../workflows/child-return/messages';
import type { CommandAnswer } from '../../workflows/child-return/messages';
import { isRejectionCode } from './problem';

export type ProcessReply =
  | { readonly reply: 'answered'; readonly answer: CommandAnswer }
  | { readonly reply: 'refused'; readonly rejection: Rejection }
  /** The process took the command but the record could not, for a reason that will not pass. */
  | { readonly reply: 'faulted'; readonly fault: string }
  /** The engine is there, but nobody answered in time: the command may still be taken. */
  | { readonly reply: 'unanswered' }
  /** The engine can't be reached. */
  | { readonly reply: 'unreachable' }
  /** No process runs for this case. */
  | { readonly reply: 'not-running' };

export interface ProcessGate {
  submit(envelope: CommandEnvelope, withinMilliseconds: number): Promise<ProcessReply>;
  signal(envelope: CommandEnvelope): Promise<'sent' | 'not-running' | 'unreachable'>;
  start(id: CaseId): Promise<'running' | 'unreachable'>;
  /** Tells the process that the record moved on without it; never fails, as the upkeep tells it again. */
  nudge(id: CaseId): Promise<void>;
  isReachable(): Promise<boolean>;
  /** Ends the connection once every call has its answer. */
  close(): Promise<void>;
}

export interface ProcessGateSettings extends ConnectionOptions {
  readonly namespace: string;
  /** Starts a case's process unless it runs. */
  readonly start: (client: Client, id: CaseId) => Promise<unknown>;
  /** Of messages to processes; named apart from gRPC's, which the connection options hold. */
  readonly messageInterceptors?: ClientInterceptors;
}

/** Short, as a signal or a start is one write on the server's side. */
const shortDeadlineMilliseconds = 3_000;
const probeDeadlineMilliseconds = 1_000;
/** gRPC's UNAVAILABLE: nobody listens there, or the server is going down. */
const unavailableCodes: readonly number[] = [14];

/** Connects when the first call is made, so that an API comes up without the engine. */
export function openProcessGate({
  namespace,
  start,
  messageInterceptors = {},
  ...connectionOptions
}: ProcessGateSettings): ProcessGate {
  let closing = false;
  const usual = defaultGrpcRetryOptions();
  const connection = Connection.lazy({
    ...connectionOptions,
    interceptors: [
      makeGrpcRetryInterceptor({
        ...usual,
        // The caller is told within a second that the engine is away. And a retry that wakes up on a closed
        // channel would end this process.
        retryableDecider: (attempt, status) =>
          !closing &&
          !(unavailableCodes.includes(status.code) && attempt >= 3) &&
          usual.retryableDecider(attempt, status),
      }),
    ],
  });
  const client = new Client({ connection, namespace, interceptors: messageInterceptors });
  const underWay = new Set<Promise<unknown>>();

  const within = <Result>(milliseconds: number, call: () => Promise<Result>): Promise<Result> => {
    const answer = connection.withDeadline(Date.now() + milliseconds, call);
    const settled = answer
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
    return answer;
  };
  const isReachable = (): Promise<boolean> =>
    within(probeDeadlineMilliseconds, () => client.workflowService.getSystemInfo({})).then(
      () => true,
      () => false,
    );
  const handleOf = (id: CaseId) => client.workflow.getHandle(workflowIdOf(id));

  return {
    isReachable,
    async submit(envelope, milliseconds) {
      const { id, case: caseId } = envelope;
      try {
        const answer = await within(milliseconds, () =>
          handleOf(caseId).executeUpdate(submitUpdate, { args: [envelope], updateId: id }),
        );
        return { reply: 'answered', answer };
      } catch (error) {
        return replyOf(error) ?? ((await isReachable()) ? { reply: 'unanswered' } : { reply: 'unreachable' });
      }
    },
    async signal(envelope) {
      try {
        await within(shortDeadlineMilliseconds, () =>
          handleOf(envelope.case).signal(commandSignal, envelope),
        );
        return 'sent';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'not-running';
        if (isOutage(error)) return 'unreachable';
        throw error;
      }
    },
    async nudge(id) {
      await within(shortDeadlineMilliseconds, () => handleOf(id).signal(nudgeSignal)).catch(() => undefined);
    },
    async start(id) {
      try {
        await within(shortDeadlineMilliseconds, () => start(client, id));
        return 'running';
      } catch (error) {
        if (isOutage(error)) return 'unreachable';
        throw error;
      }
    },
    async close() {
      closing = true;
      await Promise.all(underWay);
      await connection.close();
    },
  };
}

/** Undefined when the error tells only that there was no answer. */
function replyOf(error: unknown): ProcessReply | undefined {
  if (error instanceof WorkflowNotFoundError) return { reply: 'not-running' };
  if (error instanceof WorkflowUpdateFailedError) {
    const { cause } = error;
    if (!(cause instanceof ApplicationFailure)) return { reply: 'unanswered' };
    const code = cause.type ?? 'unknown-fault';
    if (!isRejectionCode(code)) return { reply: 'faulted', fault: code };
    const [rejection] = cause.details ?? [];
    return { reply: 'refused', rejection: (rejection as Rejection | undefined) ?? { code } };
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isOutage(error)) return undefined;
  throw error;
}

/**
 * gRPC codes of an engine that is away or not itself: CANCELLED, UNKNOWN, DEADLINE_EXCEEDED,
 * RESOURCE_EXHAUSTED, FAILED_PRECONDITION (an update whose run ended under it), ABORTED, INTERNAL, UNAVAILABLE. The client wraps them in an error of its own.
 */
const outages = new Set([1, 2, 4, 8, 9, 10, 13, 14]);
function isOutage(error: unknown): boolean {
  const cause = error instanceof Error && !isGrpcServiceError(error) ? error.cause : error;
  return isGrpcServiceError(cause) && outages.has(cause.code);
}
