/**
 * Who is asking: a browser's session, or bearer token → account at the issuer; then the official of the mechanism who is
 * still in office.
 */
import type { Request } from 'express';
import type { Logger } from 'pino';
import { readerOf } from '../../auth/official-directory';
import type { TokenVerifier } from '../../auth/token-verifier';
import type { Binding } from '../../contracts/mechanism/subjects';
import { Problem, unavailable } from '../problem';
import { findSession } from '../session/session';
import type { SessionParts, SignedIn } from '../session/session';

export interface SignInParts extends SessionParts {
  readonly verifyToken: TokenVerifier;
  /** Whom the claims of a genuine token name. */
  readonly bindOfficial: (claims: Readonly<Record<string, unknown>>) => Promise<Binding>;
  readonly log: Logger;
}

/**
 * Undefined for whoever shows neither. A token that is there but does not count is refused, never ignored, and a session
 * that is over as well. `isUse`: whether the request is somebody's doing.
 */
export async function findSignedIn(
  request: Request,
  requestId: string,
  parts: SignInParts,
  isUse: boolean,
): Promise<SignedIn | undefined> {
  const authorization = request.get('authorization');
  if (authorization !== undefined) return findBearer(authorization, requestId, parts);
  const found = await findSession(parts, request, isUse);
  if (found === 'over') throw unauthenticated(parts.publicUrl);
  return found === 'none' ? undefined : found;
}

async function findBearer(authorization: string, requestId: string, parts: SignInParts): Promise<SignedIn> {
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1];
  const verdict = token === undefined ? { refused: 'invalid' as const } : await parts.verifyToken(token);
  if (token === undefined || 'refused' in verdict) {
    if ('refused' in verdict && verdict.refused === 'unreachable') throw unavailable('sign-in-unreachable');
    throw unauthenticated(parts.publicUrl, 'invalid_token');
  }
  const binding = await parts.bindOfficial(verdict.claims);
  if ('unbound' in binding) {
    // Which account it was is not written: whoever asks can read it in their own token.
    parts.log.warn({ requestId, reason: binding.unbound }, 'a genuine token that names no official');
    throw new Problem(binding.unbound);
  }
  const official = await parts.findOfficial(binding.official);
  if (!official || official.disabled) throw unauthenticated(parts.publicUrl, 'invalid_token');
  return { reader: readerOf(official), credential: { secret: token, expiresAt: verdict.expiresAt } };
}

/** RFC 6750 and RFC 9728: the challenge names the document that says where to sign in. */
export function unauthenticated(publicUrl: string, error?: 'invalid_token'): Problem {
  const metadata = `resource_metadata="${publicUrl}/.well-known/oauth-protected-resource"`;
  const challenge = error === undefined ? `Bearer ${metadata}` : `Bearer error="${error}", ${metadata}`;
  return new Problem('unauthenticated', {}, { 'www-authenticate': challenge });
}
