/**
 * Where the links in mails lead while there is no console: how to sign in here, and the command that shows what the
 * mail was about. Known to anyone, so it says nothing of a case, not even whether there is one.
 */
import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { Request, Response } from 'express';
import helmet from 'helmet';
import { findReference } from '../contracts/reference';
import { languages } from '../contracts/mechanism';
import type { Language } from '../contracts/mechanism';
import type { ApiParts } from './api-parts';
import { entryTexts } from './entry-texts';
import type { EntryTexts } from './entry-texts';

const style = `body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 10vh auto; padding: 0 1rem;
  color: #1b1b1b; background: #fff; }
code { direction: ltr; unicode-bidi: isolate; display: inline-block; padding: .1rem .5rem; background: #eee; }
nav a { margin-inline-end: 1rem; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } code { background: #333; } a { color: #9cf; } }`;
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

type EntryParts = Pick<ApiParts, 'issuer' | 'localIssuer' | 'publicUrl'>;

export function createEntryRouter(parts: EntryParts): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const security = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: [styleHash],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  });
  router.get('/cases/:reference', security, (request: Request<{ reference: string }>, response, next) => {
    const reference = findReference(request.params.reference);
    // Whatever else stands there is not repeated.
    if (reference !== undefined) sendPage(request, response, parts, reference);
    else next();
  });
  router.get('/inbox', security, (request, response) => {
    sendPage(request, response, parts);
  });
  return router;
}

function sendPage(request: Request, response: Response, parts: EntryParts, reference?: string): void {
  const language = languageOf(request);
  response
    .set({ 'cache-control': 'no-store', 'content-language': language, vary: 'Accept-Language' })
    .type('html')
    .send(pageOf(language, parts, reference));
}

/** A link to another language names it; else the browser says. */
function languageOf(request: Request): Language {
  const asked = languages.find((language) => language === request.query.lang);
  const accepted = request.acceptsLanguages(...languages);
  return asked ?? languages.find((language) => language === accepted) ?? 'en';
}

/** Nothing in it comes from the request but a reference of the right form. */
function pageOf(
  language: Language,
  { issuer, localIssuer, publicUrl }: EntryParts,
  reference?: string,
): string {
  const texts: EntryTexts = entryTexts[language];
  const title = reference === undefined ? texts.inboxTitle : texts.caseTitle;
  const signIn = localIssuer
    ? `<p>${texts.firstSignIn} <code>homeward --api ${escapeHtml(publicUrl)} sign-in LINK</code></p>
<p>${texts.byLink}</p>`
    : `<p>${texts.byIssuer} <a href="${escapeHtml(issuer.url)}">${escapeHtml(issuer.url)}</a></p>
<p>${texts.firstSignIn} <code>homeward --api ${escapeHtml(publicUrl)} sign-in</code></p>`;
  const [then, command] =
    reference === undefined ? [texts.thenInbox, 'inbox'] : [texts.thenCase, `show ${reference}`];
  const others = languages
    .filter((each) => each !== language)
    .map(
      (each) => `<a href="?lang=${each}" lang="${each}" hreflang="${each}">${entryTexts[each].language}</a>`,
    );
  return `<!doctype html>
<html lang="${language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title} · Homeward</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${signIn}
<p>${then} <code>homeward ${command}</code></p>
<p>${texts.orPage} <a href="/docs">${texts.apiPage}</a></p>
<p>${texts.why}</p>
</main>
<nav aria-label="${texts.otherLanguages}">${others.join(' ')}</nav>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (symbol) => entities[symbol] ?? '');
