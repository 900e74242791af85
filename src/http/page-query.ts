/**
 * Paging at the edge. The register's cursors hold sort keys that go into a query; here they get a tag, so that
 * only a cursor this API gave out, for this list, comes back to it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Page, Paged } from '../register/cursor';
import { Problem } from './problem';

export const pageQuery = {
  cursor: z.string().max(1000).optional().meta({ description: '`next` of the page before' }),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'must be a number' })
    .transform(Number)
    .pipe(z.int().min(1).max(200))
    .default(50)
    .meta({ description: 'Entries at most, 1 to 200', example: 50 }),
};

const tagOf = (list: string, cursor: string, key: string): Buffer =>
  createHmac('sha256', key).update(`cursor:${list}:${cursor}`).digest().subarray(0, 12);

/** `list` names list and order: a cursor of one means nothing in another. */
export function openPage(list: string, { cursor, limit }: Page, key: string): Page {
  if (cursor === undefined) return { limit };
  const [inner = '', tag = ''] = cursor.split('.');
  const given = Buffer.from(tag, 'base64url');
  const expected = tagOf(list, inner, key);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    const message = 'is not a cursor of this list';
    throw new Problem('invalid-request', { errors: [{ pointer: '/cursor', code: 'cursor', message }] });
  }
  return { cursor: inner, limit };
}

export function sealPage<Row, Shown>(
  list: string,
  { items, next }: Paged<Row>,
  key: string,
  show: (row: Row) => Shown,
): { items: Shown[]; next?: string } {
  return {
    items: items.map(show),
    ...(next !== undefined && { next: `${next}.${tagOf(list, next, key).toString('base64url')}` }),
  };
}
