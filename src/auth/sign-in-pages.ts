/**
 * The few pages before the console: plain HTML without scripts, in the four languages. Nothing in them comes from a
 * request. Their sheet is the console's (`console/src/design/sign-in.css`).
 */
import type { Request, Response } from 'express';
import { languages } from '../contracts/mechanism/mechanism';
import type { Language } from '../contracts/mechanism/mechanism';
import { startPath } from './issuer-names';
import { signInTexts } from './sign-in-texts';
import type { SignInFailure, SignInTexts } from './sign-in-texts';

export interface SignInPage {
  readonly status: number;
  readonly title: (texts: SignInTexts) => string;
  /** HTML. */
  readonly body: (texts: SignInTexts) => string;
}

/** Opening the link shows this; only the button uses the link up. It is sent to the address of the page itself. */
export const confirmPage: SignInPage = {
  status: 200,
  title: ({ signIn }) => signIn,
  body: ({ once, signIn }) =>
    `<p>${once}</p>\n<form method="post"><button autofocus>${signIn}</button></form>`,
};

/** `action`: where the pasted link goes; the page's own address unless given. */
export const askForLinkPage = (action?: string): SignInPage => ({
  status: 200,
  title: ({ signIn }) => signIn,
  body: ({ pasteLink, whereLinksComeFrom, link, signIn }) => `<p>${pasteLink} ${whereLinksComeFrom}</p>
<form method="post"${action === undefined ? '' : ` action="${action}"`}>
<label for="link">${link}</label>
<input id="link" name="link" type="url" dir="ltr" autocomplete="off" required autofocus>
<button>${signIn}</button>
</form>`,
});

export const deadLinkPage: SignInPage = {
  status: 410,
  title: ({ deadTitle }) => deadTitle,
  body: ({ dead, anotherLink }) =>
    `<p>${dead}</p>\n<p><a class="button" href="${startPath}">${anotherLink}</a></p>`,
};

const statusOfFailure: Readonly<Record<SignInFailure, number>> = {
  ...{ 'not-finished': 400, unbound: 403, unreachable: 503, 'not-set-up': 503, elsewhere: 403 },
};
export const failedPage = (failure: SignInFailure): SignInPage => ({
  status: statusOfFailure[failure],
  title: ({ failedTitle }) => failedTitle,
  body: ({ failed, again }) =>
    `<p>${failed[failure]}</p>\n<p><a class="button" href="${startPath}">${again}</a></p>`,
});

/**
 * A form may lead on to the port of a command line that waits on the loopback address. The secret in an address must not
 * travel on.
 */
const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; " +
    "form-action 'self' http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'",
  vary: 'Accept-Language',
} as const;

export function sendPage(request: Request, response: Response, page: SignInPage): void {
  const language = languageOf(request);
  response
    .status(page.status)
    .set({ ...headers, 'content-language': language })
    .type('html')
    .send(pageOf(language, page));
}

/** A link to another language names it; else the browser says. */
function languageOf(request: Request): Language {
  const asked = languages.find((language) => language === request.query.lang);
  const accepted = request.acceptsLanguages(...languages);
  return asked ?? languages.find((language) => language === accepted) ?? 'en';
}

function pageOf(language: Language, { title, body }: SignInPage): string {
  const texts: SignInTexts = signInTexts[language];
  const others = languages
    .filter((each) => each !== language)
    .map(
      (each) => `<a href="?lang=${each}" lang="${each}" hreflang="${each}">${signInTexts[each].language}</a>`,
    );
  return `<!doctype html>
<html lang="${language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title(texts)} · Homeward</title>
<link rel="stylesheet" href="/sign-in.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<main>
<h1>${title(texts)}</h1>
${body(texts)}
</main>
<nav aria-label="${texts.otherLanguages}">${others.join(' ')}</nav>
</body>
</html>
`;
}
