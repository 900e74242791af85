/** One line per request, made of what is listed here and nothing else: no address, query, header or body. */
import type { Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { RequestHandler } from 'express';
import type { ApiParts } from './api-parts';
import { readerIn } from './rate-limit';
import type { RouteId } from './routes';

const quiet: readonly string[] = ['getHealth', 'getReadiness', 'getMetrics'];

export function logRequests({ log, metrics }: Pick<ApiParts, 'log' | 'metrics'>): RequestHandler {
  const writeLine = pinoHttp({
    logger: log,
    genReqId: (_request, response) => String((response as Response).locals.requestId),
    customAttributeKeys: { reqId: 'requestId' },
    // Once, at the end: what is bound at the beginning would stand there again with what was not yet known.
    customSuccessObject: (_request, response, line: object) => ({
      ...line,
      ...factsOf(response as Response),
    }),
    customErrorObject: (_request, response, _error, line: object) => ({
      ...line,
      ...factsOf(response as Response),
    }),
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'failed',
    autoLogging: true,
    customLogLevel: (_request, response) =>
      quiet.includes(routeOf(response as Response))
        ? 'silent'
        : response.statusCode >= 500
          ? 'error'
          : 'info',
    quietReqLogger: true,
  });
  return (request, response, next) => {
    const started = process.hrtime.bigint();
    response.on('finish', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      metrics.request(routeOf(response), response.statusCode, seconds);
    });
    writeLine(request, response);
    next();
  };
}

const factsOf = (response: Response): object => ({
  route: routeOf(response),
  official: readerIn(response)?.official,
  status: response.statusCode,
});

const routeOf = (response: Response): RouteId | 'none' =>
  (response.locals.route as RouteId | undefined) ?? 'none';
