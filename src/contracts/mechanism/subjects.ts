/**
 * Which account of the issuer is which official. An issuer tells who somebody is by a claim of the token; what the
 * claim must say stands in the mechanism, for all officials or for each.
 */
import type { Mechanism, MechanismOfficial } from './mechanism';

const sameCase = (claim: string, value: string): string => (claim === 'email' ? value.toLowerCase() : value);

/** What the claim must say for this official: their `subject`, else their address or their id. */
export const subjectOf = (claim: string, { id, email, subject }: MechanismOfficial): string =>
  sameCase(claim, subject ?? (claim === 'email' ? email : id));

/** `unbound`: why the token names no official. */
export type Binding =
  | { readonly official: string }
  | { readonly unbound: 'claim-missing' | 'email-unverified' | 'subject-unknown' };

/** Whom the claims of a genuine token name. Those who left the office are named by nothing. */
export function bindOfficial(
  { signIn: { claim }, officials }: Pick<Mechanism, 'signIn' | 'officials'>,
  claims: Readonly<Record<string, unknown>>,
): Binding {
  const value = claims[claim];
  if (typeof value !== 'string' || value === '') return { unbound: 'claim-missing' };
  // Some issuers let anybody enter any address; only an address that the issuer has tried is theirs.
  if (claim === 'email' && claims.email_verified !== true) return { unbound: 'email-unverified' };
  const subject = sameCase(claim, value);
  const found = officials.find((official) => official.active && subjectOf(claim, official) === subject);
  return found ? { official: found.id } : { unbound: 'subject-unknown' };
}
