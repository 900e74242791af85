/** One id per request: the caller's if it is harmless, else ours. It stands in the answer, the log, a problem. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const harmless = /^[A-Za-z0-9._-]{8,64}$/;

export const requestIdHeader = 'x-request-id';

export const takeRequestId: RequestHandler = (request, response, next) => {
  const given = request.get(requestIdHeader);
  const id = given !== undefined && harmless.test(given) ? given : randomUUID();
  response.locals.requestId = id;
  response.set(requestIdHeader, id);
  next();
};
