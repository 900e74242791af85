/** Loads oidc-provider without its advice on Node versions, which no reader of our terminal can act on. */
import type * as OidcProvider from 'oidc-provider';

/* eslint-disable no-console -- the package speaks to the console, and this is where it is quietened */
export async function loadOidcProvider(): Promise<typeof OidcProvider> {
  const { warn } = console;
  // It says so once, while it is loaded, on Node 20 that it does run on. See docs/decisions/http-sign-in.md.
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
