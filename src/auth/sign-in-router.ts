/**
 * What a sign-in link leads to. A GET only shows a page, since mail scanners and chat previews open links;
 * the POST uses the link up. Asked for JSON, the POST answers with an access token, which is all that curl
 * needs, and a refresh token for programs; a browser gets a session, and a ticket for the authorization page that
 * wants to know who is there.
 */
import { Router, urlencoded } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type Provider from 'oidc-provider';
import type { OfficialId } from '../domain/model/ids';
import { issuerPath, sessionCookie, signInPath, signOutPath } from './issuer-names';
import type { SignInLinks } from './sign-in-links';
import { askedFrom } from './asked-from';
import { askForLinkPage, confirmPage, deadLinkPage, failedPage, sendPage } from './sign-in-pages';
import type { SignInTokens } from './sign-in-tokens';

export interface SignInParts {
  readonly provider: Provider;
  /** What the provider says of its own addresses, whatever the caller's headers say. */
  readonly publicUrl: string;
  readonly links: SignInLinks;
  readonly maySignIn: (id: OfficialId) => Promise<boolean>;
  readonly beginSignIn: (official: OfficialId) => Promise<SignInTokens>;
  /** Ends every session of the official whose token it is; false for a token that does not count. */
  readonly signOutBy: (token: string) => Promise<boolean>;
  readonly letIn: LetIn;
}
/** Gives the browser a session and sends it on to where it wanted to go; false for somebody who may not sign in. */
export type LetIn = (request: Request, response: Response, official: OfficialId) => Promise<boolean>;

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

  async function enter(request: Request, response: Response, code: string): Promise<void> {
    // A page elsewhere could have somebody work under its own author's name.
    if (askedFrom(request.headers, parts.publicUrl) === 'elsewhere') {
      sendPage(request, response, failedPage('elsewhere'));
      return;
    }
    const official = await redeem(code);
    if (official === undefined) {
      refuseTooMany(response);
      sendPage(request, response, deadLinkPage);
      return;
    }
    // A session of whoever used this browser before must not answer for this official.
    for (const name of [sessionCookie, `${sessionCookie}.sig`]) response.clearCookie(name, { path: '/' });
    response.cookie(ticketCookie, await links.issueTicket(official), {
      httpOnly: true,
      sameSite: 'lax',
      path: signInPath,
      maxAge: 600_000,
    });
    if (!(await parts.letIn(request, response, official))) sendPage(request, response, deadLinkPage);
  }

  /** The authorization page's question who is there. */
  router.get(`${signInPath}/page/:uid`, async (request, response) => {
    const details = await provider.interactionDetails(request, response).catch(() => undefined);
    if (!details) {
      sendPage(request, response, deadLinkPage);
      return;
    }
    const ticket = cookieOf(request, ticketCookie);
    const official = ticket === undefined ? undefined : await links.redeemTicket(ticket);
    response.clearCookie(ticketCookie, { path: signInPath });
    if (official === undefined) {
      sendPage(request, response, askForLinkPage());
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: official } });
  });
  router.post(`${signInPath}/page/:uid`, urlencoded({ limit: '4kb' }), async (request, response) => {
    const details = await provider.interactionDetails(request, response).catch(() => undefined);
    const official = details && (await redeem(codeIn(request.body)));
    if (official === undefined) {
      refuseTooMany(response);
      sendPage(request, response, deadLinkPage);
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
  /** The form of the page that a browser begins at. */
  router.post(signInPath, urlencoded({ limit: '4kb' }), async (request, response) => {
    await enter(request, response, codeIn(request.body));
  });
  router.get(`${signInPath}/:code`, (request, response) => {
    refuseTooMany(response);
    sendPage(request, response, confirmPage);
  });
  router.post(`${signInPath}/:code`, async (request, response) => {
    if (request.accepts(['html', 'json']) !== 'json') return enter(request, response, request.params.code);
    const official = await redeem(request.params.code);
    response.set('cache-control', 'no-store');
    if (official === undefined) {
      refuseTooMany(response);
      response.status(410).type('application/problem+json').send(deadLinkProblem);
      return;
    }
    const { token, expiresIn, refreshToken } = await beginSignIn(official);
    response.json({
      ...{ access_token: token, token_type: 'Bearer', expires_in: expiresIn, official },
      refresh_token: refreshToken,
    });
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

/** Of what somebody pasted, which may be the code alone. Without one nothing is redeemed by it. */
function codeIn(body: unknown): string {
  const { link } = (body ?? {}) as { link?: unknown };
  const pasted = typeof link === 'string' ? link.trim() : '';
  return pasted.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value) return value;
  }
  return undefined;
}
