/** Reads the headers that change what a request does; a malformed one is refused, never guessed at. */
import type { Request } from 'express';
import type { RequestHeaders, RouteDefinition } from './define-route';
import { Problem } from './problem';

/** Becomes part of the command id, which the record and logs carry. */
const keyForm = /^[A-Za-z0-9_-]{4,100}$/;
const versionForm = /^(?:W\/)?"(\d{1,9})"$/;

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
  const idempotencyKey = request.get('idempotency-key') ?? '';
  if (!keyForm.test(idempotencyKey)) throw new Problem('idempotency-key-missing');
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
