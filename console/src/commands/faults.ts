/** What is wrong with one field, in the reader’s language: the API says it as a code and facts. */
import type { Problem } from '../api/client';
import { fill } from '../words/use-words';
import { faultNames } from '../words/words';
import type { FaultName, Words } from '../words/words';

const isFaultName = (code: string): code is FaultName => (faultNames as readonly string[]).includes(code);

export function faultText(words: Words, problem: Problem | undefined, field: string): string | undefined {
  const fault = problem?.errors?.find(
    ({ pointer }) => pointer === `/${field}` || pointer.startsWith(`/${field}/`),
  );
  // Refusals of the rules name the field they speak of.
  if (!fault) return problem?.field === field ? words.faults.other : undefined;
  return fill(
    words.faults[isFaultName(fault.code) ? fault.code : 'other'],
    ('facts' in fault ? fault.facts : {}) as Record<string, string>,
  );
}
