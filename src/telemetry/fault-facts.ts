import { omitUndefined } from '../domain/model/omit-undefined';

/**
 * What may be told of an error: its name, its codes, and where in our code it arose. Never its message, which may
 * quote what was sent, a statement's values or an address.
 */
export interface FaultFacts {
  readonly name: string;
  /** Of Node, Postgres, SMTP or our own errors. */
  readonly code?: string;
  /** Of a Temporal failure. */
  readonly type?: string;
  /** Which rule of the database said no. */
  readonly constraint?: string;
  readonly stack?: readonly string[];
  readonly cause?: FaultFacts;
}

const word = /^[A-Za-z0-9][\w.:/-]{0,80}$/;
/** As V8 writes them; a message that spans lines does not end in a position. */
const frame = /^\s+at (?:[\w.$<>[\] #*]+ \()?[\w@./:-]+:\d+:\d+\)?$/;
const deepestCause = 3;

export function faultFactsOf(error: unknown, depth = 0): FaultFacts {
  if (typeof error !== 'object' || error === null) return { name: typeof error };
  const { name, code, type, constraint, stack, cause } = error as Record<string, unknown>;
  const frames = linesOf(stack).filter((line) => frame.test(line));
  const facts = { code: codeOf(code), type: codeOf(type), constraint: codeOf(constraint) };
  return {
    name: codeOf(name) ?? 'Error',
    ...omitUndefined(facts),
    ...(frames.length > 0 && { stack: frames.map((line) => line.trim()) }),
    ...(cause !== undefined && depth < deepestCause && { cause: faultFactsOf(cause, depth + 1) }),
  };
}

const codeOf = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && word.test(text) ? text : undefined;
};

function linesOf(stack: unknown): string[] {
  if (typeof stack === 'string') return stack.split('\n');
  // Facts that were taken of an error before.
  if (!Array.isArray(stack)) return [];
  return stack.filter((line) => typeof line === 'string').map((line) => `    ${line.trim()}`);
}
