/** A browser's session: how one begins, and whom a request with its cookie is from. */
import type { Request, Response } from 'express';
import { askedFrom } from '../../auth/asked-from';
import { readerOf } from '../../auth/official-directory';
import type { FindOfficial, Reader } from '../../auth/official-directory';
import type { OfficialId } from '../../domain/model/ids';
import type { CaseRecord } from '../../record/record';
import { drawSecret, hashOf, sessionSecretIn, setSession, takeBegun } from './session-cookies';

export interface SessionParts {
  readonly publicUrl: string;
  readonly findOfficial: FindOfficial;
  readonly record: Pick<CaseRecord, 'sessions'>;
}

/** By what a request is signed in: the secret of its cookie, or its token. */
export interface Credential {
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Of a cookie: the session's hash. */
  readonly session?: string;
}
export interface SignedIn {
  readonly reader: Reader;
  readonly credential: Credential;
}

/** An escort's telephone closes pages by itself; a desk's browser forgets the session with its window. */
const keptOnTheRoadMs = 72 * 3_600_000;

/** Signs this browser in and sends it on to where it wanted to go. False for somebody who may not sign in. */
export async function letIn(
  { publicUrl, findOfficial, record }: SessionParts,
  request: Request,
  response: Response,
  id: OfficialId,
  to = takeBegun(request, response, publicUrl).to,
): Promise<boolean> {
  const official = await findOfficial(id);
  if (!official || official.disabled) return false;
  const before = sessionSecretIn(request, publicUrl);
  // Whoever was signed in here before is not any more.
  if (before !== undefined) await record.sessions.end(hashOf(before));
  const secret = drawSecret();
  await record.sessions.begin({ mechanism: official.mechanism, official: id }, hashOf(secret));
  setSession(response, publicUrl, secret, official.kind === 'escort' ? keptOnTheRoadMs : undefined);
  response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(303, to);
  return true;
}

/**
 * Whose page it is that asks. Another person who signs in beside it has the same cookie: what the page still asks and
 * sends then must not be theirs.
 */
const ownerHeader = 'homeward-official';

export type CookieVerdict = SignedIn | 'none' | 'over';

/**
 * `none`: no cookie that counts. One that a page of another site makes the browser send along does not, for reads
 * neither. `isUse`: whether it keeps the session from being idle; a stream that asks by itself whether it may go on does not.
 */
export async function findSession(
  { publicUrl, findOfficial, record: { sessions } }: SessionParts,
  request: Request,
  isUse: boolean,
): Promise<CookieVerdict> {
  const secret = sessionSecretIn(request, publicUrl);
  if (secret === undefined || askedFrom(request.headers, publicUrl) !== 'own') return 'none';
  const session = hashOf(secret);
  const kept = await sessions.find(session);
  const official = kept && (await findOfficial(kept.official));
  if (!official || official.disabled || official.mechanism !== kept.mechanism) return 'over';
  const { [ownerHeader]: owner = official.id } = request.headers;
  if (owner !== official.id) return 'over';
  const isOnTheRoad = official.kind === 'escort' && (await sessions.isOnTheRoad(kept));
  const end = isOnTheRoad ? kept.lastAt : Math.min(kept.idleAt, kept.overAt);
  if (kept.now >= end) return 'over';
  if (isUse) await sessions.see(session);
  // By this process's clock, as that of a token is.
  const expiresAt = Date.now() + (isOnTheRoad ? end : isUse ? usedUntil(kept) : end) - kept.now;
  return { reader: readerOf(official), credential: { secret, expiresAt, session } };
}

const idleMs = 3_600_000;
const usedUntil = ({ now, overAt }: { now: number; overAt: number }): number =>
  Math.min(now + idleMs, overAt);
