/** Who is asking: bearer token → account at the issuer → official of the mechanism who is still in office. */
import type { Request } from 'express';
import type { Logger } from 'pino';
import { readerOf } from '../auth/official-directory';
import type { FindOfficial, Reader } from '../auth/official-directory';
import type { TokenVerifier } from '../auth/token-verifier';
import type { Binding } from '../contracts/mechanism-subjects';
import { Problem, unavailable } from './problem';

export interface SignInParts {
  readonly verifyToken: TokenVerifier;
  /** Whom the claims of a genuine token name. */
  readonly bindOfficial: (claims: Readonly<Record<string, unknown>>) => Promise<Binding>;
  readonly findOfficial: FindOfficial;
  readonly publicUrl: string;
  readonly log: Logger;
}

/** Undefined without a token. A token that is there but does not count is refused, never ignored. */
export async function findReader(
  request: Request,
  requestId: string,
  parts: SignInParts,
): Promise<Reader | undefined> {
  const authorization = request.get('authorization');
  if (authorization === undefined) return undefined;
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1];
  const verdict = token === undefined ? { refused: 'invalid' as const } : await parts.verifyToken(token);
  if ('refused' in verdict) {
    if (verdict.refused === 'unreachable') throw unavailable('sign-in-unreachable');
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
  return readerOf(official);
}

/** RFC 6750 and RFC 9728: the challenge names the document that says where to sign in. */
export function unauthenticated(publicUrl: string, error?: 'invalid_token'): Problem {
  const metadata = `resource_metadata="${publicUrl}/.well-known/oauth-protected-resource"`;
  const challenge = error === undefined ? `Bearer ${metadata}` : `Bearer error="${error}", ${metadata}`;
  return new Problem('unauthenticated', {}, { 'www-authenticate': challenge });
}
