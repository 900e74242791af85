/**
 * Carries a trace across Temporal: the client puts it into the header of a message, the workflow hands it on to the
 * activity that brings this very command to the record (`workflows/trace-headers.ts`), and the activity goes on in
 * it. Only put in when traces are on.
 */
import type { Context } from '@temporalio/activity';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Headers } from '@temporalio/common';
import type { ActivityInterceptors, ActivityInterceptorsFactory } from '@temporalio/worker';
import { findCaseIdOf } from '../domain/model/ids';
import { parseTraceparent, traceparentOf } from '../telemetry/traces';
import type { SpanOptions, Traces } from '../telemetry/traces';
import { traceHeader } from '../../workflows/trace-header';
import { commandIn } from './activity-scope';

export function traceMessages(traces: Traces): WorkflowClientInterceptor {
  const sent = <Input extends { readonly headers: Headers }, Output>(
    message: string,
    workflowId: string | undefined,
    input: Input,
    next: (input: Input) => Promise<Output>,
  ): Promise<Output> =>
    traces.span(
      `temporal ${message}`,
      { kind: 'CLIENT', facts: { 'temporal.message': message, ...caseOf(workflowId) } },
      (span) =>
        next({ ...input, headers: { ...input.headers, [traceHeader]: payloadOf(traceparentOf(span)) } }),
    );
  return {
    signal: (input, next) => sent(input.signalName, input.workflowExecution.workflowId, input, next),
    signalWithStart: (input, next) => sent(input.signalName, input.options.workflowId, input, next),
    startWithDetails: (input, next) => sent(input.workflowType, input.options.workflowId, input, next),
  };
}

export const traceActivities =
  (traces: Traces): ActivityInterceptorsFactory =>
  ({ info }: Context): ActivityInterceptors => ({
    inbound: {
      execute(input, next) {
        const { activityType, attempt, workflowExecution } = info;
        const parent = parseTraceparent(textIn(input.headers[traceHeader]));
        const options: SpanOptions = {
          kind: 'SERVER',
          ...(parent && { parent }),
          facts: {
            'temporal.activity': activityType,
            'temporal.attempt': attempt,
            'homeward.command': commandIn(input.args).command,
            ...caseOf(workflowExecution?.workflowId),
          },
        };
        return traces.span(`activity ${activityType}`, options, () => next(input));
      },
    },
  });

const payloadOf = (traceparent: string) => defaultPayloadConverter.toPayload({ traceparent });

/** Anybody with access to Temporal can write a header; one that is not ours counts as none. */
function textIn(payload: Headers[string] | undefined): unknown {
  if (!payload) return undefined;
  try {
    return defaultPayloadConverter.fromPayload<{ traceparent?: unknown } | null>(payload)?.traceparent;
  } catch {
    return undefined;
  }
}

function caseOf(workflowId: string | undefined): { 'homeward.case'?: string } {
  const id = workflowId === undefined ? undefined : findCaseIdOf(workflowId);
  return id === undefined ? {} : { 'homeward.case': id };
}
