/**
 * The local issuer's own keys: made once, kept in its store, so that tokens outlive a restart. Two processes
 * that start at once on one store end with the same keys: those of the first.
 */
import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import type { IssuerStore } from './issuer-store';

export interface IssuerKeys {
  /** ES256 with its private part, `kid` being its thumbprint. */
  readonly signing: JWK;
  /** Signs the cookies of the sign-in pages. */
  readonly cookie: string;
}

export async function getIssuerKeys(store: IssuerStore): Promise<IssuerKeys> {
  const kept = (await store.find('keys', 'issuer')) as IssuerKeys | undefined;
  if (kept) return kept;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const signing: JWK = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' };
  const made: IssuerKeys = { signing, cookie: randomBytes(32).toString('base64url') };
  return (await store.keepFirst('keys', 'issuer', made)) as IssuerKeys;
}

export const publicPartOf = ({ d: _private, ...key }: JWK): JWK => key;
