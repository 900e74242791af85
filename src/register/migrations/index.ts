/** Every migration in order. Kept in modules, so that compiled and uncompiled code find the same ones. */
import { record } from './0001-record';
import { projections } from './0002-projections';

/** Append only: a migration that was released is never edited. */
export const migrations = {
  '0001-record': record,
  '0002-projections': projections,
} as const satisfies Record<`${number}-${string}`, string>;
