/**
 * Single-use sign-in links, the local issuer's way in: no password exists. A link is a secret of 256 bits;
 * only its hash is kept, and it is worth one sign-in within fifteen minutes.
 */
import { randomBytes } from 'node:crypto';
import type { OfficialId } from '../domain/model/ids';
import { signInPath } from './issuer-names';
import type { IssuerStore } from './issuer-store';

/** Long enough to copy a link from the terminal, short enough that one left in a scroll-back is worthless. */
const linkLifetimeMinutes = 15;
/** Between opening a link in a browser and the page that asked for the sign-in. */
const ticketLifetimeMinutes = 10;

export interface SignInLinks {
  /** Path and secret of a new link, to be put after the public address. */
  issue(official: OfficialId): Promise<string>;
  /** Whose link it is; undefined when unknown, used or expired. The link is used by this. */
  redeem(code: string): Promise<OfficialId | undefined>;
  /** A browser that redeemed a link holds a ticket until the authorization page asks for it. */
  issueTicket(official: OfficialId): Promise<string>;
  redeemTicket(ticket: string): Promise<OfficialId | undefined>;
}

export function createSignInLinks(store: IssuerStore): SignInLinks {
  const issueAs = async (kind: string, official: OfficialId, minutes: number): Promise<string> => {
    const secret = randomBytes(32).toString('base64url');
    await store.put(kind, secret, official, new Date(Date.now() + minutes * 60_000));
    return secret;
  };
  const redeemAs = async (kind: string, secret: string): Promise<OfficialId | undefined> =>
    (await store.take(kind, secret)) as OfficialId | undefined;
  return {
    issue: async (official) =>
      `${signInPath}/${await issueAs('sign-in-link', official, linkLifetimeMinutes)}`,
    redeem: (code) => redeemAs('sign-in-link', code),
    issueTicket: (official) => issueAs('sign-in-ticket', official, ticketLifetimeMinutes),
    redeemTicket: (ticket) => redeemAs('sign-in-ticket', ticket),
  };
}

/** Issues a link from another process on the same store, e.g. the operator's command line. */
export const issueLinkFrom = async (
  store: IssuerStore,
  publicUrl: string,
  official: OfficialId,
): Promise<string> => `${publicUrl}${await createSignInLinks(store).issue(official)}`;
