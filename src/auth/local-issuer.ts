/**
 * The embedded default's own OpenID provider: authorization code with PKCE for the CLI and the API's page,
 * and single-use links to sign in with. It has no passwords, no registration and no consent screens, and it
 * knows of people only whether they may sign in.
 */
import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { importJWK, SignJWT } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { Configuration, interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import type { OfficialId } from '../domain/ids';
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
import { createSignOuts } from './sign-outs';
import type { SignOuts } from './sign-outs';
import { createTokenVerifier } from './token-verifier';

/** A working day: whoever acts on a child's case signs in anew each day. */
const tokenLifetimeSeconds = 10 * 3600;

export interface LocalIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Public keys, for the verifier in the same process. */
  readonly keys: JSONWebKeySet;
  /** Sign-in pages and the provider; mounted at the root, before any body is parsed. */
  readonly router: Router;
  /** Whether a token of this official that ends then was given before they signed out everywhere. */
  isSignedOut(official: OfficialId, expiresAt: number): Promise<boolean>;
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
  const signOuts = createSignOuts(store, tokenLifetimeSeconds);
  const maySignIn = async (id: OfficialId): Promise<boolean> => {
    const official = await findOfficial(id);
    return official !== undefined && !official.disabled;
  };
  const oidc = await loadOidcProvider();
  // Both clients are Homeward's own, and one scope is all there is: nobody is asked for consent.
  const policy = oidc.interactionPolicy.base();
  policy.remove('consent');
  const configuration = configurationOf({ publicUrl, keys, store, maySignIn, signOuts, policy });
  const provider = new oidc.default(issuer, configuration);
  // The headers it then reads are written by the router, from the configured address.
  provider.proxy = true;

  const mintToken = async (official: OfficialId): Promise<{ token: string; expiresIn: number }> => {
    const { signing } = keys;
    const token = await new SignJWT({ scope, client_id: cliClientId })
      .setProtectedHeader({ alg: 'ES256', kid: String(signing.kid), typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(localAudience)
      .setSubject(official)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${tokenLifetimeSeconds}s`)
      .sign(await importJWK(signing, 'ES256'));
    return { token, expiresIn: tokenLifetimeSeconds };
  };

  const publicKeys = { keys: [publicPartOf(keys.signing)] };
  const isSignedOut = (official: OfficialId, expiresAt: number): Promise<boolean> =>
    signOuts.isOver(official, expiresAt - tokenLifetimeSeconds * 1_000);
  const verify = createTokenVerifier({ issuer, audience: localAudience, keys: publicKeys });
  /** Of whoever shows a token that counts. */
  const signOutBy = async (token: string): Promise<boolean> => {
    const verdict = await verify(token);
    if ('refused' in verdict) return false;
    const official = String(verdict.claims.sub);
    if (await isSignedOut(official, verdict.expiresAt)) return false;
    await signOuts.signOut(official);
    await onSignOut?.(official);
    return true;
  };

  return {
    issuer,
    audience: localAudience,
    keys: publicKeys,
    isSignedOut,
    router: createSignInRouter({ provider, publicUrl, links, maySignIn, mintToken, signOutBy, letIn }),
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
  readonly store: IssuerStore;
  readonly maySignIn: (id: OfficialId) => Promise<boolean>;
  readonly signOuts: SignOuts;
  readonly policy: interactionPolicy.DefaultPolicy;
}

function configurationOf({
  publicUrl,
  keys,
  store,
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
  const resource = {
    audience: localAudience,
    scope,
    accessTokenFormat: 'jwt',
    accessTokenTTL: tokenLifetimeSeconds,
    jwt: { sign: { alg: 'ES256' } },
  } as const;
  return {
    adapter: createIssuerAdapter(store),
    jwks: { keys: [keys.signing] },
    clients: [
      {
        ...publicClient,
        client_id: cliClientId,
        application_type: 'native',
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
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
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
      Grant: tokenLifetimeSeconds,
      IdToken: tokenLifetimeSeconds,
      Interaction: 900,
      Session: tokenLifetimeSeconds,
    },
    findAccount: async (ctx, id) => {
      // Seconds; a browser's session ends with the sign-out, too.
      const { loginTs } = ctx.oidc.session ?? {};
      if (loginTs !== undefined && (await signOuts.isOver(id, loginTs * 1_000))) return undefined;
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

/** What both clients may: everything there is. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider, result } = oidc;
  if (!client || !session?.accountId) return undefined;
  const existing = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const found = existing ? await provider.Grant.find(existing) : undefined;
  if (found) return found;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(`openid ${scope}`);
  grant.addResourceScope(localAudience, scope);
  await grant.save();
  return grant;
}
