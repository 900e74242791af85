/** openid-client speaks plain HTTP only when told to: with the issuer on loopback, or with one that is configured so. */
import type * as OpenIdClient from 'openid-client';

export const overPlainHttp = (openid: typeof OpenIdClient, issuer: string) =>
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the library marks what is insecure as deprecated
  new URL(issuer).protocol === 'http:' ? [openid.allowInsecureRequests] : [];
