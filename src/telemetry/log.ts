/**
 * The log of a process: one JSON line per fact. Everything passes one gate: fields by the list in `log-fields.ts`,
 * messages as they stand in our source, never filled in, never an error's own.
 */
import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { onlyKnown } from './log-fields';
import { currentScope } from './scope';

export interface LogSettings {
  readonly name: string;
  /** `info` unless given. */
  readonly level?: string;
  /** Standard output unless given. */
  readonly destination?: DestinationStream;
}

export function createLog({ name, level = 'info', destination }: LogSettings): Logger {
  const options: pino.LoggerOptions = {
    name,
    level,
    mixin: scopeFacts,
    // What a line says of itself wins over what is around it.
    mixinMergeStrategy: (line, around) => ({ ...around, ...line }),
    // The gate gives errors their form; pino's own would write the message.
    serializers: { err: (value: unknown) => value },
    formatters: { log: onlyKnown, bindings: onlyKnown },
    hooks: {
      logMethod(given, method) {
        const [facts, message] = plainLine(given);
        method.apply(this, [facts, message]);
      },
    },
  };
  return gateBindings(destination ? pino(options, destination) : pino(options));
}

/** Pino asks the gate for the bindings of a logger, not for those of its children. These inherit what is put here. */
function gateBindings(log: Logger): Logger {
  // Without pino's generics of custom levels, of which we have none.
  const plain = log as unknown as Record<
    'child' | 'setBindings',
    (this: Logger, ...given: object[]) => unknown
  >;
  const { child, setBindings } = plain;
  plain.child = function (bindings, ...options) {
    return child.call(this, onlyKnown({ ...bindings }), ...options);
  };
  plain.setBindings = function (bindings) {
    setBindings.call(this, onlyKnown({ ...bindings }));
  };
  return log;
}

/** An error on its own, a missing message and `%s` all end with values in the message, were pino to decide. */
function plainLine(given: readonly unknown[]): [object, string] {
  const [first, second] = given;
  if (typeof first === 'string') return [{}, first];
  const message = typeof second === 'string' ? second : 'no message';
  if (first instanceof Error) return [{ err: first }, message];
  return [typeof first === 'object' && first !== null ? first : {}, message];
}

function scopeFacts(): object {
  const { span, ...facts } = currentScope();
  return span ? { ...facts, traceId: span.spanContext().traceId } : facts;
}
