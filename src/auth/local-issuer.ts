/**
 * The embedded default's own OpenID provider: authorization code with PKCE for the CLI and the API's page,
 * and single-use links to sign in with. It has no passwords, no registration and no consent screens, and it
 * knows of people only whether they may sign in.
 */
import type { Response, Router } from 'express';
import type { JSONWebKeySet } from 'jose';
import type Provider from 'oidc-provider';
import type { Configuration, interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import type { OfficialId } from '../domain/model/ids';
import { createIssuerAdapter } from './issuer-adapter';
import { getIssuerKeys, publicPartOf } from './issuer-keys';
import type { IssuerKeys } from './issuer-keys';
import {
  cliClientId,
  docsClientId,
  docsRedirectPath,
  issuerPath,
  localAudience,
  localScope as scope,
  sessionCookie,
  signInPath,
} from './issuer-names';
import type { IssuerStore } from './issuer-store';
import type { FindOfficial } from './official-directory';
import { loadOidcProvider } from './oidc-provider';
import { createSignInLinks } from './sign-in-links';
import { createSignInRouter } from './sign-in-router';
import type { LetIn } from './sign-in-router';
import {
  beginSignIn,
  grantEverything,
  resource,
  signInLifetimeSeconds,
  tokenLifetimeSeconds,
} from './sign-in-tokens';
import { createSignOuts } from './sign-outs';
import type { SignOuts } from './sign-outs';
import { createTokenVerifier } from './token-verifier';
import type { GenuineToken } from './token-verifier';

export interface LocalIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Public keys, for the verifier in the same process. */
  readonly keys: JSONWebKeySet;
  /** Sign-in pages and the provider; mounted at the root, before any body is parsed. */
  readonly router: Router;
  /** Whether the sign-in that a genuine token is of has ended: there, everywhere, or by a stolen refresh token. */
  isSignedOut(token: GenuineToken): Promise<boolean>;
  /** Ends every token of this official. */
  signOut(official: OfficialId): Promise<void>;
  /** A new single-use link, good for fifteen minutes. Throws for someone who may not sign in. */
  issueSignInLink(official: OfficialId): Promise<string>;
}

export interface LocalIssuerParts {
  /** Where browsers and the CLI reach the API, e.g. `http://localhost:8080`. */
  readonly publicUrl: string;
  readonly findOfficial: FindOfficial;
  readonly store: IssuerStore;
  /** What a browser gets that came with a link; without one it is only sent on. */
  readonly letIn?: LetIn;
  /** Told when somebody signs out everywhere with a token. */
  readonly onSignOut?: (official: OfficialId) => Promise<void>;
}

const sendOn: LetIn = (_request, response) => {
  response.redirect(303, '/');
  return Promise.resolve(true);
};

export async function createLocalIssuer({
  publicUrl,
  findOfficial,
  store,
  letIn = sendOn,
  onSignOut,
}: LocalIssuerParts): Promise<LocalIssuer> {
  const issuer = `${publicUrl}${issuerPath}`;
  await store.sweep();
  const keys = await getIssuerKeys(store);
  const links = createSignInLinks(store);
  const signOuts = createSignOuts(store, signInLifetimeSeconds);
  const maySignIn = async (id: OfficialId): Promise<boolean> => {
    const official = await findOfficial(id);
    return official !== undefined && !official.disabled;
  };
  const oidc = await loadOidcProvider();
  // Both clients are Homeward's own, and one scope is all there is: nobody is asked for consent.
  const policy = oidc.interactionPolicy.base();
  policy.remove('consent');
  const adapter = createIssuerAdapter(store, oidc.errors);
  const configuration = configurationOf({ publicUrl, keys, adapter, maySignIn, signOuts, policy });
  const provider = new oidc.default(issuer, configuration);
  // The headers it then reads are written by the router, from the configured address.
  provider.proxy = true;

  refuseTooManyFailures(provider);

  const publicKeys = { keys: [publicPartOf(keys.signing)] };
  const isSignedOut = async ({ claims, issuedAt }: GenuineToken): Promise<boolean> =>
    (await signOuts.isOver(String(claims.sub), issuedAt ?? 0)) ||
    !(await signOuts.stands(String(claims.sid)));
  const verify = createTokenVerifier({ issuer, audience: localAudience, keys: publicKeys });
  /** Of whoever shows a token that counts. */
  const signOutBy = async (token: string): Promise<boolean> => {
    const verdict = await verify(token);
    if ('refused' in verdict) return false;
    if (await isSignedOut(verdict)) return false;
    const official = String(verdict.claims.sub);
    await signOuts.signOut(official);
    await onSignOut?.(official);
    return true;
  };

  return {
    issuer,
    audience: localAudience,
    keys: publicKeys,
    isSignedOut,
    router: createSignInRouter({
      ...{ provider, publicUrl, links, maySignIn, signOutBy, letIn },
      beginSignIn: (official) => beginSignIn(provider, official),
    }),
    signOut: (official) => signOuts.signOut(official),
    async issueSignInLink(official) {
      if (!(await maySignIn(official))) throw new Error(`${official} may not sign in`);
      return `${publicUrl}${await links.issue(official)}`;
    },
  };
}

interface ConfigurationParts {
  readonly publicUrl: string;
  readonly keys: IssuerKeys;
  readonly adapter: ReturnType<typeof createIssuerAdapter>;
  readonly maySignIn: (id: OfficialId) => Promise<boolean>;
  readonly signOuts: SignOuts;
  readonly policy: interactionPolicy.DefaultPolicy;
}

function configurationOf({
  publicUrl,
  keys,
  adapter,
  maySignIn,
  signOuts,
  policy,
}: ConfigurationParts): Configuration {
  const publicClient = {
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    scope: `openid ${scope}`,
  } as const;
  return {
    adapter,
    jwks: { keys: [keys.signing] },
    clients: [
      {
        ...publicClient,
        client_id: cliClientId,
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        // RFC 8252, 7.3: any port of the loopback address is the same redirect address.
        redirect_uris: ['http://127.0.0.1/callback'],
      },
      {
        ...publicClient,
        client_id: docsClientId,
        redirect_uris: [`${publicUrl}${docsRedirectPath}`],
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    scopes: ['openid', scope],
    pkce: { required: () => true },
    // The API's own page is of this origin, and the command line is no page.
    clientBasedCORS: (_, origin) => origin === new URL(publicUrl).origin,
    // A page signs in again, by the session its browser has; the command line stays signed in.
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // The session is of whoever signed in last in that browser; a sign-in is the command line's own.
    expiresWithSession: () => false,
    // By which the API knows whether the sign-in still stands.
    extraTokenClaims: (_, token) => ('grantId' in token ? { sid: token.grantId } : undefined),
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => localAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => resource,
      },
    },
    cookies: {
      keys: [keys.cookie],
      names: {
        session: sessionCookie,
        interaction: 'homeward_interaction',
        resume: 'homeward_resume',
      },
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    interactions: { policy, url: (_, { uid }) => `${signInPath}/page/${uid}` },
    ttl: {
      AccessToken: tokenLifetimeSeconds,
      AuthorizationCode: 60,
      // Without its grant no token counts; one given by a browser's session ends with that session's day.
      Grant: (ctx: KoaContextWithOIDC | undefined) =>
        Math.max(1, signInLifetimeSeconds - secondsSince(ctx?.oidc.session?.loginTs)),
      IdToken: tokenLifetimeSeconds,
      Interaction: 900,
      RefreshToken: signInLifetimeSeconds,
      Session: signInLifetimeSeconds,
    },
    findAccount: async (ctx, id, token) => {
      // Seconds; a browser's session and a refresh token end with the sign-out, too.
      const since = token && 'iiat' in token ? Number(token.iiat) : (token?.iat ?? ctx.oidc.session?.loginTs);
      if (since !== undefined && (await signOuts.isOver(id, since * 1_000))) return undefined;
      if (secondsSince(since) >= signInLifetimeSeconds) return undefined;
      return (await maySignIn(id)) ? { accountId: id, claims: () => ({ sub: id }) } : undefined;
    },
    loadExistingGrant: grantEverything,
    renderError(ctx, { error }) {
      // The description may repeat what was sent; the code is from a fixed list.
      ctx.type = 'json';
      ctx.body = { error };
    },
  };
}

const secondsSince = (then = Date.now() / 1000): number => Math.floor(Date.now() / 1000 - then);

/** Of an address that asks too often, only what is genuine is answered: others behind it must stay signed in. */
function refuseTooManyFailures(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const { locals } = ctx.res as Partial<Response>;
    if (!locals?.tooMany || ctx.status < 400) return;
    ctx.status = 429;
    ctx.body = { error: 'too_many_requests' };
  });
}
