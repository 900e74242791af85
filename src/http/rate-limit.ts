/**
 * How often one official, or one address that has not signed in, may ask. Generous for people and for the
 * programs of an office; a loop gone wrong is stopped. Counted per process.
 */
import { rateLimit } from 'express-rate-limit';
import type { RequestHandler, Response } from 'express';
import type { Reader } from '../auth/official-directory';
import { Problem } from './problem';

export interface RateLimits {
  /** Requests of one official a minute. */
  readonly perOfficial: number;
  /** Sign-in attempts and unauthenticated requests of one address a minute. */
  readonly perAddress: number;
}
export const defaultRateLimits: RateLimits = { perOfficial: 1200, perAddress: 300 };

export const createRateLimit = (
  limit: number,
  keyOf: (response: Response) => string | undefined,
): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Our own key is an official's id; the library's check of addresses behind proxies does not apply.
    validate: false,
    keyGenerator: (request, response) => keyOf(response) ?? request.ip ?? 'unknown',
    handler: (_request, response, next) => {
      const retryAfter = String(response.getHeader('retry-after') ?? 60);
      next(new Problem('too-many-requests', {}, { 'retry-after': retryAfter }));
    },
  });

export const readerIn = (response: Response): Reader | undefined =>
  response.locals.reader as Reader | undefined;
