/** Reads the headers that change what a request does; a malformed one is refused, never guessed at. */
import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { FieldError } from '../../contracts/field-errors';
import { adjustedAs } from '../../contracts/nearest-form';
import type { Adjustment } from '../../contracts/nearest-form';
import type { RequestHeaders, RouteDefinition } from '../define-route';
import { Problem } from '../problem';

/** Becomes part of the command id, which the record and logs carry. */
export const keyForm = /^[A-Za-z0-9_-]{4,100}$/;
export const versionForm = /^(?:W\/)?"(\d{1,9})"$/;

/** The IETF draft writes the key as a structured string, in double quotes: with or without, it is the same key. */
function readKey(given = ''): string | Problem {
  if (given.trim() === '') return new Problem('idempotency-key-missing');
  const key = /^"(.*)"$/.exec(given)?.[1] ?? given;
  if (keyForm.test(key)) return key;
  return new Problem('idempotency-key-invalid', {
    errors: [{ pointer: 'Idempotency-Key', ...whyInvalid(key) }],
  });
}

function whyInvalid(key: string): Omit<FieldError, 'pointer'> {
  if (key.length < 4)
    return { code: 'too-short', facts: { atLeast: 4 }, message: 'must have at least 4 characters' };
  if (key.length > 100)
    return { code: 'too-long', facts: { atMost: 100 }, message: 'must have at most 100 characters' };
  return { code: 'characters', message: 'must be letters A to Z, digits, - or _ only; a UUID will do' };
}

/**
 * With `adjusted`, to which what is not taken as it stands is added, none is refused: a hold without a key of its own
 * is one that can't be recognised when it is repeated, and a second hold harms nobody.
 */
export function readHeaders(
  request: Request,
  route: Pick<RouteDefinition, 'writes'>,
  adjusted?: Adjustment[],
): RequestHeaders {
  if (!route.writes) {
    const ifNoneMatch = request.get('if-none-match');
    const lastEventId = request.get('last-event-id');
    return {
      idempotencyKey: '',
      ...(ifNoneMatch !== undefined && { ifNoneMatch }),
      ...(lastEventId !== undefined && lastEventId !== '' && { lastEventId }),
    };
  }
  const read = readKey(request.get('idempotency-key'));
  if (typeof read !== 'string') {
    if (!adjusted) throw read;
    adjusted.push(adjustedAs('Idempotency-Key', 'default'));
  }
  const idempotencyKey = typeof read === 'string' ? read : randomUUID();
  const ifMatch = route.writes.takesVersion !== false ? request.get('if-match') : undefined;
  const version = ifMatch === undefined ? undefined : versionForm.exec(ifMatch)?.[1];
  if (ifMatch !== undefined && version === undefined) {
    if (!adjusted) throw new Problem('malformed-if-match');
    adjusted.push(adjustedAs('If-Match', 'left-out'));
  }
  if (version === undefined && route.writes.takesVersion === 'required')
    throw new Problem('version-required');
  return {
    idempotencyKey,
    ...(version !== undefined && { expectedVersion: Number(version) }),
  };
}
