/** The few sign-in pages, plain HTML without scripts. Nothing in them comes from a request. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · Homeward</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem; }
  button, input { font: inherit; padding: .5rem .9rem; }
  input { width: 100%; box-sizing: border-box; margin-bottom: .8rem; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

/** Opening the link shows this; only the button uses the link up. */
export const confirmPage = page(
  'Sign in',
  '<p>This link signs you in once.</p><form method="post"><button autofocus>Sign in</button></form>',
);

export const askForLinkPage = page(
  'Sign in',
  `<p>Paste your sign-in link. The terminal in which Homeward runs prints one for each official.</p>
<form method="post"><label>Sign-in link <input name="link" autocomplete="off" required autofocus></label>
<button>Sign in</button></form>`,
);

export const deadLinkPage = page(
  'This link no longer works',
  '<p>It was used before, has expired, or never existed. Ask for a new one.</p>',
);

/** Ids of officials are checked when the mechanism is read: letters, digits, hyphens. */
export const signedInPage = (official: string): string =>
  page(
    'You are signed in',
    `<p>You act as <strong>${official}</strong>.</p>
<p>Go on to the <a href="/docs">API page</a> and press “Authorize”, or return to the terminal.</p>`,
  );
