/** Loads oidc-provider without its advice on Node versions, which no reader of our terminal can act on. */
export async function loadOidcProvider(): Promise<typeof import('oidc-provider')> {
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
