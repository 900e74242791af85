/** What is wrong with one field, in the reader’s language: the API says it as a code and facts. */
import type { Problem } from '../api/client';
import { fill } from '../words/use-words';
import type { Words } from '../words/words';

export function faultText(words: Words, problem: Problem | undefined, field: string): string | undefined {
  const fault = problem?.errors?.find(
    ({ pointer }) => pointer === `/${field}` || pointer.startsWith(`/${field}/`),
  );
  // Refusals of the rules name the field they speak of.
  if (!fault) return problem?.field === field ? words.faults.other : undefined;
  const { atLeast, atMost, from, to } = fault.facts ?? {};
  const facts = Object.entries({ atLeast, atMost, from, to }).filter(([, fact]) => fact !== undefined);
  return fill(words.faults[fault.code], Object.fromEntries(facts) as Record<string, string | number>);
}
