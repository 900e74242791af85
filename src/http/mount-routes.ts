/**
 * The one way from a request to a route's handler: who asks, may they, is the case theirs, is what they sent
 * well-formed. A handler runs only when all of that holds.
 */
import { json } from 'express';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { findText } from '../contracts/utf8';
import type { EdgeCommand } from '../contracts/commands';
import type { Adjustment } from '../contracts/nearest-form';
import { isUrgent } from '../domain/model/commands';
import { noteInScope } from '../telemetry/scope';
import type { ApiParts } from './api-parts';
import { findSignedIn, unauthenticated } from './middleware/authenticate';
import type { Reader } from '../auth/official-directory';
import type { Answer, Granted, RequestHeaders, RouteDefinition } from './define-route';
import { commandIdOf, keyOf } from './commands/derived-ids';
import { openEventStream } from './stream/event-stream';
import { getCaseFor } from './find-case';
import { createLane } from './middleware/ordinary-lane';
import { mayUse, routePolicy } from './policy';
import type { Access } from './policy';
import { invalidRequest, Problem } from './problem';
import { readerIn } from './middleware/rate-limit';
import type { Limiters } from './middleware/rate-limit';
import { readHeaders } from './middleware/request-headers';
import { routes } from './routes';
import type { Credential } from './session/session';
import type { RouteId } from './routes';

/** A dossier of many documents is 40 KB; nobody needs more. */
const bodyLimit = '64kb';
/** Says that the process lives, whatever waits. */
const outOfLane: readonly RouteId[] = ['getHealth'];
/** Whether it stops a child from departing is only in its body: read before a limit counts. */
const mayBeUrgent: readonly RouteId[] = ['sendCommand', 'sealCommand'];

export function mountRoutes(app: Express, parts: ApiParts, limiters: Limiters): void {
  const parseBody = json({
    limit: bodyLimit,
    strict: true,
    inflate: false,
    type: 'application/json',
    verify: assertIsText,
  });
  const lane = createLane();
  const limit: RequestHandler = (request, response, next) =>
    (readerIn(response) ? limiters.noteOfficial : limiters.anonymous.refused)(request, response, next);

  for (const route of routes as readonly RouteDefinition<RouteId>[]) {
    const access: Access = routePolicy[route.id];
    const steps: RequestHandler[] = [nameRoute(route.id)];
    if (access.who === 'anyone') steps.push(limiters.anonymous[access.limit]);
    else steps.push(authenticate(parts), limit, permit(access, parts));
    if (!mayBeUrgent.includes(route.id)) steps.push(refuseTooMany);
    if (mayBeUrgent.includes(route.id)) steps.push(parseAnyway);
    else if (route.body) steps.push(requireJson, parseBody);
    steps.push(async (request, response) => {
      const urgent = mayBeUrgent.includes(route.id) && isUrgentBody(request.body);
      if (!urgent) refuseTooMany(request, response, () => undefined);
      if (!urgent && mayBeUrgent.includes(route.id)) refuseForm(request);
      const leave = urgent || outOfLane.includes(route.id) ? undefined : await lane.enter();
      try {
        const granted = await grant(access, parts, request, response);
        const answer = await call(route, parts, granted, request);
        if (answer.stream) answer.stream(openEventStream(request, response, parts));
        else send(response, answer);
      } finally {
        leave?.();
      }
    });
    app[route.method](expressPathOf(route.path), ...steps);
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allow = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    app.all(expressPathOf(path), () => {
      throw new Problem('method-not-allowed', {}, { allow: allow.join(', ') });
    });
  }
}

/** What the parser would decode leniently. Its error is mapped by `type` with the parser's own. */
function assertIsText(_request: unknown, _response: unknown, bytes: Buffer, charset: string): void {
  const type = charset !== 'utf-8' ? 'charset.unsupported' : findText(bytes) === undefined ? 'not-utf-8' : '';
  if (type !== '') throw Object.assign(new Error(type), { type });
}
/** Requests whose body is longer than an ordinary one may be. */
const tooLong = new WeakSet<object>();
/** Much longer than whatever can be kept of it. */
const urgentLimit = '1mb';
const ordinaryLength = 65_536;

/** Length and declared type are held against a command only once it is known not to be a hold. */
const parseAnyway: RequestHandler = (request, response, next) => {
  readAnyway(request, response, (error: unknown) => {
    if (error && !request.is('application/json')) next(new Problem('unsupported-media-type'));
    else next(error);
  });
};
const readAnyway: RequestHandler = json({
  limit: urgentLimit,
  strict: true,
  inflate: false,
  type: () => true,
  verify: (request, response, bytes, charset) => {
    assertIsText(request, response, bytes, charset);
    if (bytes.length > ordinaryLength) tooLong.add(request);
  },
});

function refuseForm(request: Request): void {
  if (!request.is('application/json')) throw new Problem('unsupported-media-type');
  if (tooLong.has(request)) throw new Problem('body-too-large');
}

const refuseTooMany: RequestHandler = (_request, response, next) => {
  if (response.locals.tooMany) throw response.locals.tooMany;
  next();
};

/** Not checked yet: one that is not well-formed is refused by its schema all the same. */
const isUrgentBody = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && isUrgent(body as EdgeCommand);

const expressPathOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

const nameRoute =
  (id: RouteId): RequestHandler =>
  (_request, response, next) => {
    response.locals.route = id;
    next();
  };

/** A failed sign-in is counted against the address, by the limit that follows. */
const authenticate =
  (parts: ApiParts): RequestHandler =>
  async (request, response, next) => {
    try {
      const found = await findSignedIn(request, String(response.locals.requestId), parts, true);
      response.locals.reader = found?.reader;
      response.locals.credential = found?.credential;
    } catch (error) {
      response.locals.refusal = error;
    }
    next();
  };

const permit =
  (access: Access, parts: ApiParts): RequestHandler =>
  (_request, response, next) => {
    if (response.locals.refusal) throw response.locals.refusal;
    const reader = readerIn(response);
    if (!reader) throw unauthenticated(parts.publicUrl);
    if (!mayUse(access, reader)) throw new Problem('not-permitted');
    next();
  };

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  if (!request.is('application/json')) throw new Problem('unsupported-media-type');
  next();
}

async function grant(
  access: Access,
  parts: ApiParts,
  request: Request,
  response: Response,
): Promise<Partial<Granted>> {
  const reader = readerIn(response);
  if (!reader || access.who === 'anyone') return {};
  const credential = response.locals.credential as Credential;
  if (access.caseOf === undefined) return { reader, credential };
  const found = await getCaseFor(reader, String(request.params.id), parts);
  noteInScope({ case: found.state.id });
  return { reader, credential, found };
}

async function call(
  route: RouteDefinition,
  parts: ApiParts,
  granted: Partial<Granted>,
  request: Request,
): Promise<Answer> {
  const adjusted: Adjustment[] = [];
  const isTakenAnyway = route.nearest !== undefined && isUrgentBody(request.body);
  const given = readHeaders(request, route, isTakenAnyway ? adjusted : undefined);
  const headers = await withCodedKey(parts, granted.reader, given);
  const params = route.params?.safeParse(request.params);
  if (params && !params.success) throw new Problem('not-found');
  const query = route.query?.safeParse(request.query);
  if (query && !query.success) throw invalidRequest(query.error);
  const body = route.body?.safeParse(request.body);
  const nearest = body && !body.success ? route.nearest?.(request.body) : undefined;
  if (body && !body.success && !nearest) throw invalidRequest(body.error);
  return route.handle(
    {
      parts,
      params: params?.data,
      query: query?.data,
      body: nearest?.command ?? body?.data,
      headers,
      adjusted: [...adjusted, ...(nearest?.adjusted ?? [])],
    },
    // The row in the policy says what is there; a handler reads no more than its row establishes.
    granted as Granted,
  );
}

/** A request that a release before this took under its own key is recognised when it is repeated. */
async function withCodedKey(
  { record, sealKey }: ApiParts,
  reader: Reader | undefined,
  headers: RequestHeaders,
): Promise<RequestHeaders> {
  if (!reader || headers.idempotencyKey === '') return headers;
  const idempotencyKey = keyOf(sealKey, headers.idempotencyKey);
  if (idempotencyKey === headers.idempotencyKey) return headers;
  const earlier = await record.findCommand(commandIdOf(reader, headers.idempotencyKey));
  return earlier ? headers : { ...headers, idempotencyKey };
}

function send(response: Response, { status, body, headers, type }: Answer): void {
  response.status(status).set({ ...headers });
  if (body === undefined) response.end();
  else if (type === undefined) response.json(body);
  else response.type(type).send(body);
}
