/**
 * A span for each statement sent to Postgres while something is being traced. Statements by name, never by text,
 * never with values.
 */
import type { Pool, PoolClient } from 'pg';
import { currentScope } from './scope';
import { markFailed } from './traces';
import type { Traces } from './traces';

/** Every connection that the pool makes from now on. */
export function traceQueries(pool: Pool, traces: Traces): void {
  pool.on('connect', (client) => wrap(client, traces));
}

type Query = (...args: readonly unknown[]) => unknown;

function wrap(client: PoolClient, traces: Traces): void {
  const query = client.query.bind(client) as Query;
  const traced: Query = (...args) => {
    // Loops that look for work are no part of anybody's request.
    if (currentScope().span === undefined) return query(...args);
    const name = statementName(args[0]);
    const span = traces.begin(`sql ${name}`.slice(0, 120), {
      kind: 'CLIENT',
      facts: { 'db.system.name': 'postgresql', 'db.operation.name': name },
    });
    const answer = query(...args);
    if (!(answer instanceof Promise)) {
      span.end();
      return answer;
    }
    answer.then(
      () => span.end(),
      (error: unknown) => {
        markFailed(span, error);
        span.end();
      },
    );
    return answer;
  };
  // pg's overloads all come down to this.
  client.query = traced as typeof client.query;
}

const verbs = /^\s*(begin|commit|rollback|select|insert|update|delete|with|set|listen|notify)\b/i;

/** Its own name; what a merged one is made of; else its verb. */
export function statementName(statement: unknown): string {
  const { name, parts, text } = (typeof statement === 'string' ? { text: statement } : (statement ?? {})) as {
    name?: string;
    parts?: string;
    text?: string;
  };
  return parts ?? name ?? verbs.exec(text ?? '')?.[1]?.toLowerCase() ?? 'statement';
}
