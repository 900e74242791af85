/**
 * The two cookies of a browser: its session, and for ten minutes what a sign-in that was begun must remember. With TLS
 * their names bind them to this very host (RFC 6265bis, `__Host-`).
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https:');
const nameOf = (publicUrl: string, name: string): string => (isSecure(publicUrl) ? `__Host-${name}` : name);
const optionsOf = (publicUrl: string): CookieOptions => ({
  httpOnly: true,
  secure: isSecure(publicUrl),
  path: '/',
});

const secretForm = /^[\w-]{43}$/;
/** 256 bits. */
export const drawSecret = (): string => randomBytes(32).toString('base64url');
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * By which the page seals what is typed and not sent (AES-256-GCM, base64url). It follows from the secret of the sign-in,
 * so it is another for each, is nowhere kept, and can't be had once the secret is gone.
 */
export const draftKeyOf = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'homeward draft', 32)).toString('base64url');

export function sessionSecretIn(request: Request, publicUrl: string): string | undefined {
  const value = cookieIn(request, nameOf(publicUrl, 'homeward'));
  return value !== undefined && secretForm.test(value) ? value : undefined;
}

/** `keptForMs`: how long the browser keeps it after it was closed; not at all unless given. */
export function setSession(response: Response, publicUrl: string, secret: string, keptForMs?: number): void {
  response.cookie(nameOf(publicUrl, 'homeward'), secret, {
    ...optionsOf(publicUrl),
    // Not even a link from elsewhere brings it along; the pages themselves need none.
    sameSite: 'strict',
    ...(keptForMs !== undefined && { maxAge: keptForMs }),
  });
}
/** As a header's value, for answers that are not made with Express's own means. */
export const forgottenSession = (publicUrl: string): string =>
  `${nameOf(publicUrl, 'homeward')}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict${
    isSecure(publicUrl) ? '; Secure' : ''
  }`;

/** What was begun at `/session/start`. */
export interface BegunSignIn {
  /** Where to go then: a path of ours. */
  readonly to: string;
  /** At an issuer elsewhere: what proves that its answer is to our question. */
  readonly state?: string;
  readonly nonce?: string;
  readonly verifier?: string;
}
const begunForMs = 600_000;
const begunName = 'homeward-start';

export function setBegun(response: Response, publicUrl: string, begun: BegunSignIn): void {
  response.cookie(nameOf(publicUrl, begunName), Buffer.from(JSON.stringify(begun)).toString('base64url'), {
    ...optionsOf(publicUrl),
    // The issuer sends the browser back from another site.
    sameSite: 'lax',
    maxAge: begunForMs,
  });
}
export function takeBegun(request: Request, response: Response, publicUrl: string): BegunSignIn {
  const name = nameOf(publicUrl, begunName);
  const value = cookieIn(request, name);
  if (value !== undefined) response.clearCookie(name, { ...optionsOf(publicUrl), sameSite: 'lax' });
  const { to, state, nonce, verifier } = jsonIn(value);
  return {
    to: ownPathOf(to, publicUrl),
    ...(typeof state === 'string' && { state }),
    ...(typeof nonce === 'string' && { nonce }),
    ...(typeof verifier === 'string' && { verifier }),
  };
}

function jsonIn(value = ''): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(Buffer.from(value, 'base64url').toString());
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const maxPathLength = 1_000;
/** A path of this very origin, whatever was asked for; else `/`. */
export function ownPathOf(to: unknown, publicUrl: string): string {
  if (typeof to !== 'string' || to.length > maxPathLength || !/^\/(?![/\\])[\x20-\x7e]*$/.test(to))
    return '/';
  const { origin } = new URL(publicUrl);
  if (!URL.canParse(to, origin)) return '/';
  const url = new URL(to, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === origin && !path.startsWith('//') ? path : '/';
}

function cookieIn(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name && value) return value;
  }
  return undefined;
}
