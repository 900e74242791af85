/** The span of a request, named for its route; who asks may bring the trace it is part of. */
import { SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { Request } from 'express';
import { parseTraceparent } from '../../telemetry/traces';
import type { Traces } from '../../telemetry/traces';
import type { Scope } from '../../telemetry/scope';

/** Asked every few seconds by machines; nobody looks for these. */
const untraced: readonly string[] = ['/healthz', '/readyz'];

export function beginRequestSpan(
  traces: Traces | undefined,
  request: Request,
  requestId: string,
): Span | undefined {
  if (!traces || untraced.includes(request.path)) return undefined;
  const parent = parseTraceparent(request.get('traceparent'));
  return traces.begin('http', {
    kind: 'SERVER',
    ...(parent && { parent }),
    facts: { 'http.request.method': request.method, 'homeward.request': requestId },
  });
}

export function endRequestSpan(span: Span, route: string, status: number, about: Scope): void {
  span.updateName(`http ${route}`);
  span.setAttributes({ 'http.route': route, 'http.response.status_code': status });
  if (about.case !== undefined) span.setAttribute('homeward.case', about.case);
  if (about.command !== undefined) span.setAttribute('homeward.command', about.command);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
