/** Reads the headers that change what a request does; a malformed one is refused, never guessed at. */
import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { adjustedAs } from '../contracts/nearest-form';
import type { Adjustment } from '../contracts/nearest-form';
import type { RequestHeaders, RouteDefinition } from './define-route';
import { Problem } from './problem';

/** Becomes part of the command id, which the record and logs carry. */
const keyForm = /^[A-Za-z0-9_-]{4,100}$/;
const versionForm = /^(?:W\/)?"(\d{1,9})"$/;

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
  let idempotencyKey = request.get('idempotency-key') ?? '';
  if (!keyForm.test(idempotencyKey)) {
    if (!adjusted) throw new Problem('idempotency-key-missing');
    adjusted.push(adjustedAs('Idempotency-Key', 'default'));
    idempotencyKey = randomUUID();
  }
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
