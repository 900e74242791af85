/**
 * What one sign-in at the local issuer is given: a grant of its own, short access tokens under it, and for the command line
 * a refresh token. Ending the grant ends them all.
 */
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { OfficialId } from '../domain/model/ids';
import { cliClientId, localAudience, localScope as scope } from './issuer-names';

/** A token that got into other hands is worth so little; a program that stays signed in asks for the next one. */
export const tokenLifetimeSeconds = 15 * 60;
/** A working day: whoever acts on a child's case signs in anew each day, however often tokens were renewed. */
export const signInLifetimeSeconds = 10 * 3600;

export interface SignInTokens {
  readonly token: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
}

/** What oidc-provider is told of the API that its tokens are for. */
export const resource = {
  audience: localAudience,
  scope,
  accessTokenFormat: 'jwt',
  accessTokenTTL: tokenLifetimeSeconds,
  jwt: { sign: { alg: 'ES256' } },
} as const;

/** The tokens of one sign-in by link, as the provider itself gives them for a code. */
export async function beginSignIn(provider: Provider, official: OfficialId): Promise<SignInTokens> {
  const client = await provider.Client.find(cliClientId);
  if (!client) throw new Error('the command line is no client of the issuer');
  const grant = grantOf(provider, cliClientId, official);
  const given = {
    accountId: official,
    client,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope,
  };
  const refresh = new provider.RefreshToken({
    ...given,
    resource: localAudience,
    expiresWithSession: false,
  });
  const access = new provider.AccessToken({ ...given, expiresWithSession: false });
  access.resourceServer = new provider.ResourceServer(localAudience, resource);
  return {
    token: await access.save(),
    expiresIn: tokenLifetimeSeconds,
    refreshToken: await refresh.save(),
  };
}

/** Everything there is, anew for each sign-in: one that is ended takes no other with it. */
export async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = grantOf(provider, client.clientId, session.accountId);
  await grant.save();
  return grant;
}

function grantOf(provider: Provider, clientId: string, accountId: OfficialId) {
  const grant = new provider.Grant({ clientId, accountId });
  grant.addOIDCScope(`openid ${scope}`);
  grant.addResourceScope(localAudience, scope);
  return grant;
}
