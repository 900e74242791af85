/** Reads the headers that change what a request does; a malformed one is refused, never guessed at. */
import type { Request } from 'express';
import type { RequestHeaders, RouteDefinition } from './define-route';
import { Problem } from './problem';

/** Becomes part of the command id, which the record and logs carry. */
export const keyForm = /^[A-Za-z0-9_-]{4,100}$/;
export const versionForm = /^(?:W\/)?"(\d{1,9})"$/;

/** The IETF draft writes the key as a structured string, in double quotes: with or without, it is the same key. */
function readKey(given = ''): string {
  if (given.trim() === '') throw new Problem('idempotency-key-missing');
  const key = /^"(.*)"$/.exec(given)?.[1] ?? given;
  if (keyForm.test(key)) return key;
  throw new Problem('idempotency-key-invalid', {
    errors: [{ pointer: 'Idempotency-Key', ...whyInvalid(key) }],
  });
}

function whyInvalid(key: string): { code: string; message: string } {
  if (key.length < 4) return { code: 'too-short', message: 'must have at least 4 characters' };
  if (key.length > 100) return { code: 'too-long', message: 'must have at most 100 characters' };
  return { code: 'characters', message: 'must be letters A to Z, digits, - or _ only; a UUID will do' };
}

export function readHeaders(request: Request, route: Pick<RouteDefinition, 'writes'>): RequestHeaders {
  if (!route.writes) {
    const ifNoneMatch = request.get('if-none-match');
    const lastEventId = request.get('last-event-id');
    return {
      idempotencyKey: '',
      ...(ifNoneMatch !== undefined && { ifNoneMatch }),
      ...(lastEventId !== undefined && lastEventId !== '' && { lastEventId }),
    };
  }
  const idempotencyKey = readKey(request.get('idempotency-key'));
  const ifMatch = route.writes.takesVersion !== false ? request.get('if-match') : undefined;
  const version = ifMatch === undefined ? undefined : versionForm.exec(ifMatch)?.[1];
  if (ifMatch !== undefined && version === undefined) throw new Problem('malformed-if-match');
  if (version === undefined && route.writes.takesVersion === 'required')
    throw new Problem('version-required');
  return {
    idempotencyKey,
    ...(version !== undefined && { expectedVersion: Number(version) }),
  };
}
