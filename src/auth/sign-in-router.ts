/**
 * What a sign-in link leads to. A GET only shows a page, since mail scanners and chat previews open links;
 * the POST uses the link up. Asked for JSON, the POST answers with an access token, which is all that curl
 * needs, and a refresh token for programs; a browser gets a ticket for the authorization page that wants to know who is there.
 */
import { Router, urlencoded } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type Provider from 'oidc-provider';
import type { OfficialId } from '../domain/ids';
import { issuerPath, sessionCookie, signInPath, signOutPath } from './issuer-names';
import type { SignInLinks } from './sign-in-links';
import type { SignInTokens } from './sign-in-tokens';
import { askForLinkPage, confirmPage, deadLinkPage, signedInPage } from './sign-in-pages';

export interface SignInParts {
  readonly provider: Provider;
  /** What the provider says of its own addresses, whatever the caller's headers say. */
  readonly publicUrl: string;
  readonly links: SignInLinks;
  readonly maySignIn: (id: OfficialId) => Promise<boolean>;
  readonly beginSignIn: (official: OfficialId) => Promise<SignInTokens>;
  /** Ends every session of the official whose token it is; false for a token that does not count. */
  readonly signOutBy: (token: string) => Promise<boolean>;
}

const ticketCookie = 'homeward_ticket';
/** Under the issuer's path: what is asked with a secret. */
const provenPaths: readonly string[] = ['/token', '/token/revocation'];

export function createSignInRouter(parts: SignInParts): Router {
  const { provider, links, maySignIn, beginSignIn } = parts;
  const router = Router({ caseSensitive: true, strict: true });
  router.use([issuerPath, signInPath], saysPublicAddress(parts.publicUrl));
  const handle = provider.callback();
  router.use(issuerPath, (request, response) => {
    // There only the provider can tell who is genuine.
    if (!provenPaths.includes(request.path)) refuseTooMany(response);
    void handle(request, response);
  });

  /** Whose code it is, if they may still sign in. Uses the code up either way. */
  const redeem = async (code: string): Promise<OfficialId | undefined> => {
    const official = await links.redeem(code);
    return official !== undefined && (await maySignIn(official)) ? official : undefined;
  };

  /** The authorization page's question who is there. */
  router.get(`${signInPath}/page/:uid`, async (request, response) => {
    const details = await provider.interactionDetails(request, response).catch(() => undefined);
    if (!details) {
      sendPage(response, 410, deadLinkPage);
      return;
    }
    const ticket = cookieOf(request, ticketCookie);
    const official = ticket === undefined ? undefined : await links.redeemTicket(ticket);
    response.clearCookie(ticketCookie, { path: signInPath });
    if (official === undefined) {
      sendPage(response, 200, askForLinkPage);
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: official } });
  });
  router.post(`${signInPath}/page/:uid`, urlencoded({ limit: '4kb' }), async (request, response) => {
    const details = await provider.interactionDetails(request, response).catch(() => undefined);
    const { link } = (request.body ?? {}) as { link?: unknown };
    const code = typeof link === 'string' ? link.trim().split('/').at(-1) : undefined;
    const official = details && code ? await redeem(code) : undefined;
    if (official === undefined) {
      refuseTooMany(response);
      sendPage(response, 410, deadLinkPage);
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: official } });
  });

  router.post(signOutPath, async (request, response) => {
    refuseTooMany(response);
    const token = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const isDone = token !== undefined && (await parts.signOutBy(token));
    response
      .set('cache-control', 'no-store')
      .status(isDone ? 204 : 401)
      .end();
  });
  router.get(`${signInPath}/:code`, (_, response) => {
    refuseTooMany(response);
    sendPage(response, 200, confirmPage);
  });
  router.post(`${signInPath}/:code`, async (request, response) => {
    const official = await redeem(request.params.code);
    if (official === undefined) refuseTooMany(response);
    const wantsJson = request.accepts(['html', 'json']) === 'json';
    response.set('cache-control', 'no-store');
    if (official === undefined) {
      if (wantsJson) return void response.status(410).type('application/problem+json').send(deadLinkProblem);
      sendPage(response, 410, deadLinkPage);
      return;
    }
    if (wantsJson) {
      const { token, expiresIn, refreshToken } = await beginSignIn(official);
      const answer = {
        ...{ access_token: token, token_type: 'Bearer', expires_in: expiresIn, official },
        refresh_token: refreshToken,
      };
      return void response.json(answer);
    }
    // A session of whoever used this browser before must not answer for this official.
    for (const name of [sessionCookie, `${sessionCookie}.sig`]) response.clearCookie(name, { path: '/' });
    response.cookie(ticketCookie, await links.issueTicket(official), {
      httpOnly: true,
      sameSite: 'lax',
      path: signInPath,
      maxAge: 600_000,
    });
    sendPage(response, 200, signedInPage(official));
  });
  return router;
}

/**
 * The provider makes the addresses in its documents of the request's Host, or of a proxy's headers: anybody could have
 * a reader of a cached answer sign in elsewhere. So it is told the one address that is configured.
 */
function saysPublicAddress(publicUrl: string): RequestHandler {
  const { host, protocol } = new URL(publicUrl);
  return (request, _response, next) => {
    request.headers.host = host;
    request.headers['x-forwarded-host'] = host;
    request.headers['x-forwarded-proto'] = protocol.replace(':', '');
    next();
  };
}

/** The API's limit has noted an address that tries too often; a genuine link is taken from there all the same. */
function refuseTooMany(response: Response): void {
  if (response.locals.tooMany) throw response.locals.tooMany;
}

const deadLinkProblem = JSON.stringify({
  type: 'urn:homeward:problem:link-spent',
  title: 'This sign-in link was used before, has expired, or never existed.',
  status: 410,
  code: 'link-spent',
});

function sendPage(response: Response, status: number, html: string): void {
  response
    .status(status)
    .set('cache-control', 'no-store')
    // A secret in this page's address must not travel on.
    .set('referrer-policy', 'no-referrer')
    // After the form the browser is sent on to the CLI's port on the loopback address.
    .set(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:*; frame-ancestors 'none'",
    )
    .type('html')
    .send(html);
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value) return value;
  }
  return undefined;
}
