/** Cursors of paged lists: the sort key of the last row, opaque to whoever carries it. */
export interface Page {
  /** From the page before; absent for the first. */
  readonly cursor?: string;
  /** Rows at most, 1 to 200. */
  readonly limit: number;
}
export interface Paged<Row> {
  readonly items: readonly Row[];
  /** Absent on the last page. */
  readonly next?: string;
}

export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key of that many parts, or undefined for anything that is not a cursor of this list. */
export function decodeCursor(cursor: string | undefined, parts: number): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const fits =
      Array.isArray(key) &&
      key.length === parts &&
      key.every((part) => typeof part === 'string' || typeof part === 'number');
    return fits ? key : undefined;
  } catch {
    return undefined;
  }
}

/** `rows` was asked for one row more than the page holds, to know whether there is a next one. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => (string | number)[],
): Paged<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last ? { next: encodeCursor(keyOf(last)) } : {}) };
}

export const clampLimit = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), 200);
