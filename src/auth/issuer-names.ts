/** Names and paths of the local issuer that its parts, the API's page and the CLI share. */
export const issuerPath = '/oidc';
export const signInPath = '/sign-in';
/** Where a browser begins to sign in, whoever the issuer is. */
export const startPath = '/session/start';
/** Where an issuer elsewhere sends the browser back to. */
export const callbackPath = '/session/callback';
export const signOutPath = '/sign-in/sign-out';
/** Names this API in tokens; not an address, so that it is the same wherever the API is reached. */
export const localAudience = 'urn:homeward:api';
export const localScope = 'homeward';
/** Public clients: they prove themselves by PKCE alone. */
export const cliClientId = 'homeward-cli';
export const docsClientId = 'homeward-docs';
export const docsRedirectPath = '/docs/oauth2-redirect.html';
export const sessionCookie = 'homeward_session';
