/** Where a browser signs in: the page for a link, or the way to the issuer of its office and back. */
import { Router } from 'express';
import { callbackPath, signInPath, startPath } from '../../auth/issuer-names';
import { askForLinkPage, failedPage, sendPage } from '../../auth/sign-in-pages';
import type { ApiParts } from '../api-parts';
import { createIssuerSignIn } from '../session/issuer-sign-in';
import { letIn } from '../session/session';
import { ownPathOf, setBegun, takeBegun } from '../session/session-cookies';

export function createSessionRouter(parts: ApiParts): Router {
  const { publicUrl, issuer, localIssuer, log } = parts;
  const router = Router({ caseSensitive: true, strict: true });
  const signIn = issuer.client && createIssuerSignIn(publicUrl, { url: issuer.url, ...issuer.client });

  router.get(startPath, async (request, response) => {
    const to = ownPathOf(request.query.to, publicUrl);
    if (localIssuer) {
      // A link to another language of this page asks for no other place.
      if (request.query.to !== undefined) setBegun(response, publicUrl, { to });
      sendPage(request, response, askForLinkPage(signInPath));
      return;
    }
    if (!signIn) {
      sendPage(request, response, failedPage('not-set-up'));
      return;
    }
    const begun = await signIn.begin(scopeFor((await parts.getMechanism()).signIn.claim));
    if (!begun) {
      sendPage(request, response, failedPage('unreachable'));
      return;
    }
    setBegun(response, publicUrl, { to, ...begun.proof });
    response.set('cache-control', 'no-store').redirect(303, begun.address);
  });

  if (signIn)
    router.get(callbackPath, async (request, response) => {
      const begun = takeBegun(request, response, publicUrl);
      const finished = await signIn.finish(new URL(request.originalUrl, publicUrl), begun);
      if ('failure' in finished) {
        sendPage(request, response, failedPage(finished.failure));
        return;
      }
      const binding = await parts.bindOfficial(finished.claims);
      if ('unbound' in binding) {
        const requestId = String(response.locals.requestId);
        log.warn({ requestId, reason: binding.unbound }, 'a genuine sign-in that names no official');
      }
      if ('unbound' in binding || !(await letIn(parts, request, response, binding.official, begun.to)))
        sendPage(request, response, failedPage('unbound'));
    });
  return router;
}

/** What an issuer must be asked for to say by its ID token who somebody is; Entra ID gives `oid` for `profile` only. */
const scopeFor = (claim: string): string =>
  claim === 'sub' ? 'openid' : claim === 'email' ? 'openid email' : 'openid profile';
