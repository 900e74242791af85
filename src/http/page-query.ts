/**
 * Paging at the edge. The record's cursors hold sort keys that go into a query; here they get a tag, so that
 * only a cursor this API gave out, for this list, comes back to it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Page, Paged } from '../record/postgres/cursor';
import { Problem } from './problem';

export const pageQuery = {
  cursor: z.string().max(1000).optional().meta({ description: '`next` of the page before' }),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'must be a number' })
    .transform(Number)
    .pipe(z.int().min(1).max(200))
    .default(50)
    .meta({
      description: 'Entries at most',
      override: { type: 'integer', minimum: 1, maximum: 200, pattern: undefined },
    }),
};

const tagOf = (list: string, cursor: string, key: string): Buffer =>
  createHmac('sha256', key).update(`cursor:${list}:${cursor}`).digest().subarray(0, 12);

/** `list` names list and order: a cursor of one means nothing in another. */
export const sealCursor = (list: string, cursor: string, key: string): string =>
  `${cursor}.${tagOf(list, cursor, key).toString('base64url')}`;

/** Undefined for anything that `sealCursor` did not make for this list. */
export function findCursor(list: string, sealed: string, key: string): string | undefined {
  const [inner = '', tag = ''] = sealed.split('.');
  const given = Buffer.from(tag, 'base64url');
  const expected = tagOf(list, inner, key);
  return given.length === expected.length && timingSafeEqual(given, expected) ? inner : undefined;
}

export function openPage(list: string, { cursor, limit }: Page, key: string): Page {
  if (cursor === undefined) return { limit };
  const inner = findCursor(list, cursor, key);
  if (inner !== undefined) return { cursor: inner, limit };
  const message = 'is not a cursor of this list';
  throw new Problem('invalid-request', { errors: [{ pointer: '/cursor', code: 'cursor', message }] });
}

export function sealPage<Row, Shown>(
  list: string,
  { items, next }: Paged<Row>,
  key: string,
  show: (row: Row) => Shown,
): { items: Shown[]; next?: string } {
  return {
    items: items.map(show),
    ...(next !== undefined && { next: sealCursor(list, next, key) }),
  };
}

export const yesOrNo = z
  .enum(['true', 'false'])
  .transform((word) => word === 'true')
  .optional();
export const partyId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, { error: 'must be the id of a party' });
