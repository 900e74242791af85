/**
 * Hands a trace through the workflow: from the message that brought a command by hand to the activity that brings this
 * very command to the record (they meet by the command's id, because the workflow takes commands one by one), and from
 * the first news since the process last read to the activity that reads them.
 *
 * In the bundle only when traces are on. Headers are no commands, so histories replay with and without.
 */
import { defaultPayloadConverter } from '@temporalio/common';
import type { Headers, RawValue } from '@temporalio/common';
import type { WorkflowInterceptors, WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { traceHeader } from './trace-header';

type Trace = Headers[string];
/** As `child-return/messages.ts` and `activities/record` name them. */
const recordedSignalName = 'recorded';
const readActivity = 'catchUp';
/** Commands that wait at once are a handful; more are forgotten, oldest first, and go untraced. */
const most = 50;

export const interceptors: WorkflowInterceptorsFactory = (): WorkflowInterceptors => {
  const traces = new Map<string, Trace>();
  let news: Trace | undefined;

  function remember(headers: Headers, envelope: unknown): void {
    const trace = headers[traceHeader];
    const id = idOf(envelope);
    if (trace === undefined || id === undefined) return;
    traces.set(id, trace);
    const [oldest] = traces.keys();
    if (traces.size > most && oldest !== undefined) traces.delete(oldest);
  }

  return {
    inbound: [
      {
        // Of runs before view 3, see `child-return/before-view-3.ts`.
        handleUpdate(input, next) {
          remember(input.headers, input.args[0]);
          return next(input);
        },
        handleSignal(input, next) {
          if (input.signalName === recordedSignalName) news ??= input.headers[traceHeader];
          else if (input.headers[traceHeader] !== undefined) remember(input.headers, decoded(input.args[0]));
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleLocalActivity(input, next) {
          const read = input.activityType === readActivity ? news : undefined;
          if (read !== undefined) {
            news = undefined;
            return next({ ...input, headers: { ...input.headers, [traceHeader]: read } });
          }
          const id = idOf((input.args[0] as { envelope?: unknown } | null | undefined)?.envelope);
          const trace = id === undefined ? undefined : traces.get(id);
          if (id === undefined || trace === undefined) return next(input);
          return next({ ...input, headers: { ...input.headers, [traceHeader]: trace } });
        },
      },
    ],
  };
};

function idOf(envelope: unknown): string | undefined {
  const { id } = (envelope ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

/** Signals are taken as they came, see `child-return/handlers.ts`. */
function decoded(value: unknown): unknown {
  const { payload } = (value ?? {}) as Partial<RawValue>;
  try {
    return payload && defaultPayloadConverter.fromPayload(payload);
  } catch {
    return undefined;
  }
}
