/** The one place that decides whether a case is there for a reader. */
import type { Reader } from '../auth/official-directory';
import { findReference } from '../domain/model/reference';
import { isCaseOf } from '../domain/facts/visibility';
import type { ApiParts } from './api-parts';
import type { OpenedCase } from './define-route';
import { Problem } from './problem';

/** A case of other parties, of another mechanism, and one that never was are the same to the reader. */
export async function getCaseFor(reader: Reader, id: string, { record }: ApiParts): Promise<OpenedCase> {
  const reference = findReference(id);
  const found = reference && (await record.load(reference));
  if (!found || !isCaseOf(found.state, found.rules, reader)) throw new Problem('case-not-found');
  return found;
}
