/**
 * The API's way to the process: one command in, one answer or a plain statement that there was none. It turns
 * Temporal's errors into values and decides nothing.
 */
import type { Client } from '@temporalio/client';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
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
}

/** Short, as a signal or a start is one write on the server's side. */
const shortDeadlineMilliseconds = 3_000;
/** From then on an update without answer makes one ask whether the engine is there at all. */
const probeAfterMilliseconds = 500;
const probeDeadlineMilliseconds = 1_000;

/** `start` starts a case's process unless it runs: `startChildReturn` with client and task queue given. */
export function createProcessGate(client: Client, start: (id: CaseId) => Promise<unknown>): ProcessGate {
  const { connection } = client;
  const within = <Result>(milliseconds: number, call: () => Promise<Result>): Promise<Result> =>
    connection.withDeadline(Date.now() + milliseconds, call);
  const isReachable = (): Promise<boolean> =>
    within(probeDeadlineMilliseconds, () => client.workflowService.getSystemInfo({})).then(
      () => true,
      () => false,
    );

  const update = async (envelope: CommandEnvelope, milliseconds: number): Promise<ProcessReply> => {
    const handle = client.workflow.getHandle(workflowIdOf(envelope.case));
    try {
      const answer = await within(milliseconds, () =>
        handle.executeUpdate(submitUpdate, { args: [envelope], updateId: envelope.id }),
      );
      return { reply: 'answered', answer };
    } catch (error) {
      return replyOf(error) ?? ((await isReachable()) ? { reply: 'unanswered' } : { reply: 'unreachable' });
    }
  };

  return {
    isReachable,
    async submit(envelope, milliseconds) {
      const probe = createProbe(isReachable);
      try {
        return await Promise.race([update(envelope, milliseconds), probe.engineGone]);
      } finally {
        probe.stop();
      }
    },
    async signal(envelope) {
      const handle = client.workflow.getHandle(workflowIdOf(envelope.case));
      try {
        await within(shortDeadlineMilliseconds, () => handle.signal(commandSignal, envelope));
        return 'sent';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'not-running';
        if (isOutage(error)) return 'unreachable';
        throw error;
      }
    },
    async nudge(id) {
      const handle = client.workflow.getHandle(workflowIdOf(id));
      await within(shortDeadlineMilliseconds, () => handle.signal(nudgeSignal)).catch(() => undefined);
    },
    async start(id) {
      try {
        await within(shortDeadlineMilliseconds, () => start(id));
        return 'running';
      } catch (error) {
        if (isOutage(error)) return 'unreachable';
        throw error;
      }
    },
  };
}

/** The client would try on for its whole deadline; a caller need not wait for that when the engine is away. */
function createProbe(isReachable: () => Promise<boolean>) {
  let timer: NodeJS.Timeout | undefined;
  const engineGone = new Promise<ProcessReply>((resolve) => {
    timer = setTimeout(() => {
      void isReachable().then((reachable) => {
        if (!reachable) resolve({ reply: 'unreachable' });
      });
    }, probeAfterMilliseconds);
  });
  return { engineGone, stop: () => clearTimeout(timer) };
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
 * RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE. The client wraps them in an error of its own.
 */
const outages = new Set([1, 2, 4, 8, 10, 13, 14]);
function isOutage(error: unknown): boolean {
  const cause = error instanceof Error && !isGrpcServiceError(error) ? error.cause : error;
  return isGrpcServiceError(cause) && outages.has(cause.code);
}
