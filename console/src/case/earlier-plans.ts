/** Every version of the plan that was ever proposed, newest first, out of the story of the case. */
import { api } from '../api/client';
import type { Plan } from './plan-panel';

export function usePlans(id: string): readonly Plan[] {
  const { data } = api.useQuery('get', '/v1/cases/{id}/timeline', {
    params: { path: { id }, query: { order: 'newest', limit: 200 } },
  });
  return (data?.items ?? []).flatMap((entry) =>
    entry.type === 'PlanProposed' ? [{ ...entry.plan, hash: entry.hash, proposedAt: entry.at }] : [],
  );
}
/** In whatever order the record keeps the parts of a term. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
/** Whether a term of two plans is the same. */
export const isUnchanged = (plan: Plan, before: Plan | undefined, field: keyof Plan): boolean =>
  before === undefined || isSame(plan[field], before[field]);
