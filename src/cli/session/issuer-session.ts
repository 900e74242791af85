/**
 * A session of the command line at the issuer that gave it: renewed by its refresh token, and ended. Packages are loaded
 * here only when they are needed, as a token lasts for many commands.
 */
import type { Configuration } from 'openid-client';
import { cliClientId, localAudience } from '../../auth/issuer-names';
import { overPlainHttp } from '../../auth/plain-http';
import { CliError } from '../cli-error';
import type { Session } from './session-store';

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Seconds. */
  readonly expires_in?: number;
}

/** Without an issuer's name, its own as the token has it. */
export async function sessionOf(tokens: Tokens, named?: string): Promise<Session> {
  const { access_token: token, refresh_token: refreshToken, expires_in: expiresIn = 3600 } = tokens;
  const { decodeJwt } = await import('jose');
  const { sub, exp, iss } = decodeJwt(token);
  const ends = exp === undefined ? Date.now() + expiresIn * 1000 : exp * 1000;
  const issuer = named ?? iss;
  return {
    ...{ official: sub ?? 'unknown', token, expiresAt: new Date(ends).toISOString() },
    ...(issuer !== undefined && { issuer }),
    ...(refreshToken !== undefined && { refreshToken }),
  };
}

/** Other commands wait for it meanwhile. */
const answerWithinSeconds = 10;

export async function discoverIssuer(issuer: string): Promise<Configuration> {
  const openid = await import('openid-client');
  return openid
    .discovery(new URL(issuer), cliClientId, undefined, openid.None(), {
      timeout: answerWithinSeconds,
      execute: overPlainHttp(openid, issuer),
    })
    .catch(() => {
      throw unreachable(issuer);
    });
}

/** Undefined when the sign-in is over: it was ended, or has lasted its time. */
export async function askForNext(kept: Session): Promise<Session | undefined> {
  const { issuer, refreshToken, official } = kept;
  if (issuer === undefined || refreshToken === undefined) return undefined;
  const client = await discoverIssuer(issuer);
  const openid = await import('openid-client');
  try {
    const tokens = await openid.refreshTokenGrant(client, refreshToken);
    // One that is not said to be replaced stays good (RFC 6749, 6).
    return { ...(await sessionOf({ refresh_token: refreshToken, ...tokens }, issuer)), official };
  } catch (error) {
    // Too many at once, or a fault there, says nothing of the sign-in.
    if (error instanceof openid.ResponseBodyError && [400, 401].includes(error.status)) return undefined;
    throw unreachable(issuer);
  }
}

/**
 * `ended`: neither token counts any more. `token-counts-on`: the issuer ended what would have got further tokens, the one
 * there is counts until its end. `not-ours`: the issuer ends nothing for us.
 */
export type SignOutEnd = 'ended' | 'token-counts-on' | 'not-ours';

/** Ends one session at its issuer. Throws `unreachable`. */
export async function endSession({ issuer, refreshToken, token }: Session): Promise<SignOutEnd> {
  if (issuer === undefined) return 'not-ours';
  const isLocal = await isOfLocalIssuer(token);
  // Of a release that gave none: the API takes none of its tokens any more.
  if (refreshToken === undefined) return isLocal ? 'ended' : 'not-ours';
  const client = await discoverIssuer(issuer);
  if (client.serverMetadata().revocation_endpoint === undefined) return 'not-ours';
  const openid = await import('openid-client');
  await openid.tokenRevocation(client, refreshToken, { token_type_hint: 'refresh_token' }).catch(() => {
    throw unreachable(issuer);
  });
  return isLocal ? 'ended' : 'token-counts-on';
}

/** Homeward's own issuer asks its record of sign-ins at each request; the tokens of others are only looked at. */
async function isOfLocalIssuer(token: string): Promise<boolean> {
  const { decodeJwt } = await import('jose');
  return decodeJwt(token).aud === localAudience;
}

const unreachable = (issuer: string): CliError =>
  new CliError('unreachable', `${issuer} does not answer as it should.`, 'Try again in a few seconds.');
