/**
 * What the work at hand is about: the request, the case, the command. Carried along by Node through everything
 * that is awaited, so that a log line or a span deep down can say it without being told.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';

export interface Scope {
  readonly requestId?: string;
  readonly case?: string;
  readonly command?: string;
  readonly activity?: string;
  readonly attempt?: number;
  /** The span that whatever happens now belongs to; absent with traces off. */
  readonly span?: Span;
}

const storage = new AsyncLocalStorage<Scope>();
const nowhere: Scope = {};

/** Adds to what holds outside; gone again when the work is done. */
export const inScope = <Result>(facts: Scope, work: () => Result): Result =>
  storage.run({ ...storage.getStore(), ...facts }, work);

/** For what is learnt on the way, e.g. the case once it is known to be the reader's. Nothing outside a scope. */
export function noteInScope(facts: Omit<Scope, 'span'>): void {
  const scope = storage.getStore();
  if (scope) Object.assign(scope, facts);
}

export const currentScope = (): Scope => storage.getStore() ?? nowhere;
