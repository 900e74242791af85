/** The Express application: what every request passes, in order. */
import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import helmet from 'helmet';
import { isTextIn } from '../contracts/utf8';
import { RecordError } from '../record/postgres/record-error';
import { faultFactsOf } from '../telemetry/fault-facts';
import type { ApiParts } from './api-parts';
import { createConsoleRouter } from './pages/console';
import { createDocsRouter } from './pages/docs-page';
import { compressAnswers } from './middleware/compress-answers';
import { logRequests } from './middleware/log-requests';
import { mountRoutes } from './mount-routes';
import { openPaths } from './policy';
import { detailsOf, Problem, unavailable } from './problem';
import { createLimiters } from './middleware/rate-limit';
import { takeRequestId } from './middleware/request-id';
import { createSessionRouter } from './pages/session-pages';

export function createApp(parts: ApiParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Who is believed about a caller's address, whose requests are counted: nobody unless an operator names them.
  app.set('trust proxy', parts.trustProxy ?? false);
  // The table of routes knows one writing of each path; another is another path, of which there is nothing.
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.set('query parser', 'simple');
  app.use(takeRequestId);
  app.use(answerWorkersPaths);
  app.use(logRequests(parts));
  app.use((_request, response, next) => {
    response.setHeaders(securityHeaders);
    next();
  });
  app.use(assertAddressIsText);
  app.use(warnOfUnnamedProxy(parts));
  const limiters = createLimiters(parts.rateLimits);
  for (const [path, limit] of Object.entries(openPaths)) app.use(path, limiters.anonymous[limit]);
  app.use(createDocsRouter(parts));
  app.use(createConsoleRouter(parts, limiters));
  app.use('/v1', compressAnswers);
  app.use(createSessionRouter(parts));
  if (parts.localIssuer) app.use(parts.localIssuer.router);
  app.use((_request, response, next) => {
    // What a case holds must not stay in a cache between here and its reader.
    response.set('cache-control', 'no-store');
    next();
  });
  mountRoutes(app, parts, limiters);
  app.use(limiters.anonymous.page, () => {
    throw new Problem('not-found');
  });
  app.use(refuse(parts));
  return app;
}

/** The same for every answer, so they are made once. */
const securityHeaders = headersOf(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    // The embedded default is plain HTTP on loopback; whoever puts TLS before it sets this there.
    strictTransportSecurity: false,
  }),
);

function headersOf(middleware: ReturnType<typeof helmet>): Map<string, string> {
  const headers = new Map<string, string>();
  const response = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  middleware({} as never, response as never, () => undefined);
  return headers;
}

/** Behind a proxy that nobody named, all callers are one address, and one of them can use up the limit of all. */
function warnOfUnnamedProxy({ trustProxy, log }: ApiParts): RequestHandler {
  let warned = trustProxy !== undefined;
  return (request, _response, next) => {
    if (!warned && request.get('x-forwarded-for') !== undefined) {
      warned = true;
      log.warn('requests come through a proxy that HOMEWARD_TRUST_PROXY does not name');
    }
    next();
  };
}

/** The worker's older names of the same two questions, so that one probe fits every process. */
const answerWorkersPaths: RequestHandler = (request, _response, next) => {
  if (request.url === '/health') request.url = '/healthz';
  else if (request.url === '/ready') request.url = '/readyz';
  next();
};

const refuse =
  (parts: ApiParts): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    const requestId = String(response.locals.requestId);
    if (problem.code === 'internal')
      parts.log.error({ requestId, fault: faultFactsOf(error) }, 'request failed');
    response
      .status(problem.status)
      .set({ ...problem.headers })
      .type('application/problem+json')
      .send(JSON.stringify(detailsOf(problem, requestId)));
  };

/** A query whose bytes are not UTF-8 would be searched for as something else; in a path they lead nowhere. */
const assertAddressIsText: RequestHandler = (request, _response, next) => {
  if (!isTextIn(request.url.slice(request.path.length))) throw new Problem('not-utf-8');
  next();
};

/** Body-parser's own errors, by their documented `type`. */
const bodyFaults: Readonly<Record<string, Problem['code']>> = {
  'entity.parse.failed': 'malformed-json',
  'entity.too.large': 'body-too-large',
  'not-utf-8': 'not-utf-8',
  'encoding.unsupported': 'unsupported-media-type',
  'charset.unsupported': 'unsupported-media-type',
  'request.aborted': 'malformed-request',
  'request.size.invalid': 'malformed-request',
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof RecordError) {
    if (error.transient) return unavailable('record-unavailable');
    return new Problem(error.code === 'unstorable' ? 'invalid-request' : 'internal');
  }
  // An address with a broken percent sign.
  if (error instanceof URIError) return new Problem('not-found');
  const { type } = (error ?? {}) as { type?: unknown };
  const code = typeof type === 'string' ? bodyFaults[type] : undefined;
  return new Problem(code ?? 'internal');
}
