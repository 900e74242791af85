/**
 * One line per request, made of what is listed here and nothing else: no address, query, header or body. Whatever
 * is logged on the request's way carries its id, and its case from the moment the case is known to be the reader's.
 */
import { AsyncResource } from 'node:async_hooks';
import type { RequestHandler, Response } from 'express';
import { currentScope, inScope } from '../../telemetry/scope';
import type { ApiParts } from '../api-parts';
import { readerIn } from './rate-limit';
import type { RouteId } from '../routes';
import { beginRequestSpan, endRequestSpan } from './trace-requests';

/** Asked every few seconds by machines. */
const quiet: readonly string[] = ['getHealth', 'getReadiness'];
/** Open for as long as somebody listens: how long says nothing of how fast, and its reader ends it. */
const streams: readonly string[] = ['streamInbox'];

export const logRequests =
  ({ log, metrics, traces }: Pick<ApiParts, 'log' | 'metrics' | 'traces'>): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    const { requestId } = response.locals as { requestId: string };
    const span = beginRequestSpan(traces, request, requestId);
    inScope({ requestId, ...(span && { span }) }, () => {
      // Bound to the scope, as a response is closed by the socket, which knows of no request.
      response.once('close', AsyncResource.bind(end));
      next();
    });

    function end(): void {
      const milliseconds = performance.now() - started;
      const { statusCode: status, writableFinished } = response;
      const route = routeOf(response);
      const isStream = streams.includes(route) && status === 200;
      if (!isStream) metrics.request(route, status, milliseconds / 1_000);
      if (span) endRequestSpan(span, route, status, currentScope());
      if (quiet.includes(route)) return;
      const facts = {
        requestId,
        route,
        case: currentScope().case,
        official: readerIn(response)?.official,
        status,
        responseTime: Math.round(milliseconds),
      };
      if (!writableFinished && !isStream) log.warn(facts, 'broken off');
      else if (status >= 500) log.error(facts, 'failed');
      else log.info(facts, 'answered');
    }
  };

const routeOf = (response: Response): RouteId | 'none' =>
  (response.locals.route as RouteId | undefined) ?? 'none';
