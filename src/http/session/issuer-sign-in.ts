/**
 * Signing in at an issuer elsewhere with a browser: authorization code with PKCE, state and nonce (RFC 9700; OpenID
 * Connect Core 1.0, 3.1). Of what the issuer answers nothing is kept: its ID token says who is there, and that is all.
 */
import * as openid from 'openid-client';
import { callbackPath } from '../../auth/issuer-names';
import { overPlainHttp } from '../../auth/plain-http';
import type { BegunSignIn } from './session-cookies';

export interface IssuerClient {
  /** Compared exactly with the `issuer` of its metadata. */
  readonly url: string;
  readonly clientId: string;
  /** Without one the client is public, and PKCE alone proves that it is the same. */
  readonly clientSecret?: string;
}

export interface IssuerSignIn {
  /** Where to send the browser, and what it must bring back. Undefined while the issuer can't be reached. */
  begin(scope: string): Promise<{ address: string; proof: Omit<BegunSignIn, 'to'> } | undefined>;
  /** The claims of the genuine answer to what was begun here. */
  finish(
    returned: URL,
    begun: BegunSignIn,
  ): Promise<{ claims: Readonly<Record<string, unknown>> } | { failure: 'not-finished' | 'unreachable' }>;
}

export function createIssuerSignIn(publicUrl: string, client: IssuerClient): IssuerSignIn {
  let known: openid.Configuration | undefined;
  const configuration = async (): Promise<openid.Configuration | undefined> => {
    known ??= await discover(client).catch(() => undefined);
    return known;
  };
  return {
    async begin(scope) {
      const found = await configuration();
      if (!found) return undefined;
      const [verifier, state, nonce] = [
        openid.randomPKCECodeVerifier(),
        openid.randomState(),
        openid.randomNonce(),
      ];
      const address = openid.buildAuthorizationUrl(found, {
        redirect_uri: `${publicUrl}${callbackPath}`,
        ...{ scope, state, nonce },
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, proof: { state, nonce, verifier } };
    },
    async finish(returned, { state, nonce, verifier }) {
      if (state === undefined || nonce === undefined || verifier === undefined)
        return { failure: 'not-finished' };
      const found = await configuration();
      if (!found) return { failure: 'unreachable' };
      try {
        const tokens = await openid.authorizationCodeGrant(found, returned, {
          ...{
            pkceCodeVerifier: verifier,
            expectedState: state,
            expectedNonce: nonce,
            idTokenExpected: true,
          },
        });
        return { claims: { ...tokens.claims() } };
      } catch (error) {
        // What the issuer said itself, or what it sent was not as it must be.
        const isAnswer = error instanceof Error && !/fetch failed|timed out|aborted/i.test(error.message);
        return { failure: isAnswer ? 'not-finished' : 'unreachable' };
      }
    },
  };
}

async function discover({ url, clientId, clientSecret }: IssuerClient): Promise<openid.Configuration> {
  const found = await openid.discovery(
    new URL(url),
    clientId,
    clientSecret,
    clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret),
    {
      timeout: 5,
      execute: overPlainHttp(openid, url),
    },
  );
  // The signature too, not only the connection that the token came by.
  openid.enableNonRepudiationChecks(found);
  return found;
}
