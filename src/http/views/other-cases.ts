/**
 * References to other cases, wherever a view has them: siblings, duplicates, whom the gate waits for. A case that is not
 * the reader's is not there for the reader, and so leaves no reference either.
 */
import { caseIdForm } from '../../contracts/commands';
import type { CaseId } from '../../domain/model/ids';
import type { CaseReader } from '../../record/store/reader';
import type { CaseRecord } from '../../record/record';

export type KnownCases = ReadonlySet<CaseId>;

/** A reference alone, or as the subject in the key of an obligation, `kind:subject:party@since`. */
function findCaseId(text: string): CaseId | undefined {
  const reference = /^[a-z-]+:([^:]+):/.exec(text)?.[1] ?? text;
  return caseIdForm.test(reference) ? reference : undefined;
}

/** Every reference in a value, however deep. */
export function caseIdsIn(value: unknown): CaseId[] {
  if (typeof value === 'string') return [findCaseId(value)].filter((id) => id !== undefined);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(caseIdsIn);
}

export const findKnownCases = (
  { links }: CaseRecord,
  reader: CaseReader,
  value: unknown,
): Promise<KnownCases> => links.known([...new Set(caseIdsIn(value))], reader);

function isHidden(value: unknown, known: KnownCases): boolean {
  const id = typeof value === 'string' ? findCaseId(value) : undefined;
  return id !== undefined && !known.has(id);
}

/** An entry about a hidden case goes as a whole; a blocker stays, as it is of this case, without saying whom it means. */
export function withoutHiddenCases<Value>(value: Value, known: KnownCases): Value;
export function withoutHiddenCases(value: unknown, known: KnownCases): unknown {
  if (Array.isArray(value))
    return value
      .filter((entry: unknown) => !isHidden(entry, known) && !isAboutHidden(entry, known))
      .map((entry: unknown) => withoutHiddenCases(entry, known));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => !isHidden(entry, known))
      .map(([key, entry]) => [key, withoutHiddenCases(entry, known)]),
  );
}

const isAboutHidden = (value: unknown, known: KnownCases): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (('other' in value && isHidden(value.other, known)) ||
    ('key' in value && 'subject' in value && isHidden(value.subject, known)));
