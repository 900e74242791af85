/**
 * How often one official, or one address that has not signed in, may ask. Generous for people and for the
 * programs of an office; a loop gone wrong is stopped. Counted per process.
 */
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { Request, RequestHandler, Response } from 'express';
import type { Reader } from '../../auth/official-directory';
import { Problem } from '../problem';

/**
 * What anonymous requests are counted together, by address: one kind of them can't use up what another needs. Whoever
 * is signed in is counted by official and address instead.
 */
export type AnonymousLimit = 'probe' | 'page' | 'file' | 'sign-in' | 'issuer' | 'refused';

export interface RateLimits {
  /** Requests a minute of one official from one address. */
  readonly perOfficial: number;
  /** Of one address a minute, of each kind of anonymous request. */
  readonly perAddress: number;
}
export const defaultRateLimits: RateLimits = { perOfficial: 1200, perAddress: 300 };

const filesOfPage = 20;

/** An IPv6 sender has a whole network of addresses: the network counts. */
const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? 'unknown');

const createLimit = (limit: number, keyOf: (request: Request, response: Response) => string) =>
  rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The library warns of proxies on its own terms; ours are in HOMEWARD_TRUST_PROXY.
    validate: false,
    keyGenerator: keyOf,
    handler: (_request, response, next) => {
      const retryAfter = String(response.getHeader('retry-after') ?? 60);
      next(new Problem('too-many-requests', {}, { 'retry-after': retryAfter }));
    },
  });

export interface Limiters {
  readonly anonymous: Readonly<Record<AnonymousLimit, RequestHandler>>;
  /**
   * By official and address: a token used elsewhere does not use up what its owner needs. One that asks too often is
   * noted rather than refused, as a hold must get through and only the body tells one.
   */
  readonly noteOfficial: RequestHandler;
}

export function createLimiters({ perOfficial, perAddress }: RateLimits): Limiters {
  const ofAddress = (): RequestHandler => createLimit(perAddress, addressOf);
  const anonymous = {
    probe: ofAddress(),
    page: ofAddress(),
    // A page of the console is a dozen files, and costs no question.
    file: createLimit(perAddress * filesOfPage, addressOf),
    // A genuine link gets through whatever others behind the same address have tried.
    'sign-in': noting(ofAddress()),
    // Likewise a genuine refresh token.
    issuer: noting(ofAddress()),
    refused: ofAddress(),
  } satisfies Record<AnonymousLimit, RequestHandler>;
  const ofOfficial = createLimit(
    perOfficial,
    (request, response) => `${readerIn(response)?.official ?? ''} ${addressOf(request)}`,
  );
  return {
    anonymous,
    noteOfficial: noting(ofOfficial),
  };
}

/** Whoever handles the request refuses it, unless it must get through. */
const noting =
  (limit: RequestHandler): RequestHandler =>
  (request, response, next) =>
    limit(request, response, (problem?: unknown) => {
      response.locals.tooMany = problem;
      next();
    });

export const readerIn = (response: Response): Reader | undefined =>
  response.locals.reader as Reader | undefined;
