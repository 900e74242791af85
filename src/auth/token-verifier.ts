/**
 * Is this access token genuine, for this API, and valid now? Any issuer that publishes a JWKS will do. Who
 * the subject is, and what they may do, is not asked here.
 */
import { createHash } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';

/** Asymmetric only: with an HMAC among them, the public key could be used as a shared secret. */
const algorithms = ['ES256', 'ES384', 'PS256', 'PS384', 'RS256', 'EdDSA', 'Ed25519'];
/** Clocks of two well-kept machines; more would let a token live on after its end. */
const clockToleranceSeconds = 5;

export interface TrustedIssuer {
  /** Compared exactly with `iss`. */
  readonly issuer: string;
  readonly audience: string;
  /** The keys themselves, or the address they are published at. */
  readonly keys: JSONWebKeySet | URL;
}

export interface GenuineToken {
  /** Those that may say whom it names; see `contracts/mechanism/subjects.ts`. */
  readonly claims: Readonly<Record<string, string | boolean>>;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Likewise; not every issuer says. */
  readonly issuedAt?: number;
}
/** `unreachable`: the issuer's keys could not be had, so nothing is known of the token. */
export type TokenVerdict = GenuineToken | { readonly refused: 'invalid' | 'unreachable' };
export type TokenVerifier = (token: string) => Promise<TokenVerdict>;

/** For an issuer known by its address only: asks it for its keys' address when the first token comes. */
export function createDiscoveringVerifier({
  issuer,
  audience,
}: Pick<TrustedIssuer, 'issuer' | 'audience'>): TokenVerifier {
  let discovered: TokenVerifier | undefined;
  return async (token) => {
    if (!discovered) {
      const keys = await findKeysAddress(issuer);
      if (!keys) return { refused: 'unreachable' };
      discovered = createTokenVerifier({ issuer, audience, keys });
    }
    return discovered(token);
  };
}

/** OpenID Connect Discovery 1.0, 4: a document that names another issuer is not this issuer's. */
async function findKeysAddress(issuer: string): Promise<URL | undefined> {
  try {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    const { issuer: named, jwks_uri: keys } = (await response.json()) as Record<string, unknown>;
    return named === issuer && typeof keys === 'string' ? new URL(keys) : undefined;
  } catch {
    return undefined;
  }
}

class KeysUnreachable extends Error {}
/** What looking for a key says of the token itself; any other fault there is the key source's. */
const tokenFaults: readonly string[] = [
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JOSENotSupported.code,
];

export function createTokenVerifier({ issuer, audience, keys }: TrustedIssuer): TokenVerifier {
  const keySet: JWTVerifyGetKey =
    keys instanceof URL ? createRemoteJWKSet(keys, { timeoutDuration: 5_000 }) : createLocalJWKSet(keys);
  const findKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await keySet(header, token);
    } catch (error) {
      if (error instanceof errors.JOSEError && tokenFaults.includes(error.code)) throw error;
      throw new KeysUnreachable();
    }
  };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, findKey, {
        issuer,
        audience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp'],
      });
      const { sub, exp, iat } = payload;
      if (!sub || !exp) return { refused: 'invalid' };
      return {
        ...{ claims: shortClaimsOf(payload), expiresAt: exp * 1_000 },
        ...(iat !== undefined && { issuedAt: iat * 1_000 }),
      };
    } catch (error) {
      return { refused: error instanceof KeysUnreachable ? 'unreachable' : 'invalid' };
    }
  };
}

/** Of thousands of remembered tokens, not the lists of groups that some issuers put into each. */
const shortClaimsOf = (payload: JWTPayload): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries(payload).filter(
      (entry): entry is [string, string | boolean] =>
        typeof entry[1] === 'boolean' || (typeof entry[1] === 'string' && entry[1].length <= 255),
    ),
  );

/** A person's program sends many requests with one token: its signature is looked at once a minute. */
const rememberedMs = 60_000;
/** Tokens of one API's officials; an unknown one costs a signature and no memory. */
const maxRemembered = 10_000;

/**
 * Remembers genuine tokens for a minute, never beyond their end. Whether the subject still is an official is asked at
 * each request all the same. Tokens are kept as their hashes.
 */
export function rememberVerdicts(verify: TokenVerifier): TokenVerifier {
  // A Map keeps the order of insertion: the first key is the oldest.
  const known = new Map<string, { verdict: TokenVerdict; until: number }>();
  return async (token) => {
    const key = createHash('sha256').update(token).digest('base64');
    const found = known.get(key);
    if (found && Date.now() < found.until) return found.verdict;
    known.delete(key);
    const verdict = await verify(token);
    if ('refused' in verdict) return verdict;
    known.set(key, { verdict, until: Math.min(Date.now() + rememberedMs, verdict.expiresAt) });
    const [oldest] = known.keys();
    if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest);
    return verdict;
  };
}
