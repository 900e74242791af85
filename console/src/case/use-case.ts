/** The case and the arrangement it stands under, and names out of both in the reader’s language. */
import { api, isProblem } from '../api/client';
import type { CaseView, MechanismView } from '../api/types';
import { useSpeech } from '../words/use-words';
import type { Language } from '../words/language';

export function useCase(id: string): { readonly view?: CaseView; readonly isHidden: boolean } {
  const { data, error } = api.useQuery('get', '/v1/cases/{id}', { params: { path: { id } } });
  return { ...(data && { view: data }), isHidden: isProblem(error) && error.status === 404 };
}
export const useMechanism = (): MechanismView | undefined => api.useQuery('get', '/v1/mechanism').data;

type Titled = { readonly id: string; readonly title?: Readonly<Partial<Record<Language, string>>> };
const titleIn = (list: readonly Titled[] | undefined, id: string, language: Language): string => {
  const title = list?.find((each) => each.id === id)?.title;
  return title?.[language] ?? title?.en ?? id;
};

/** What parties, places, sites and officials are called. An id that nothing is known of stays itself. */
export interface Names {
  readonly party: (id: string) => string;
  readonly place: (id: string) => string;
  readonly site: (id: string) => string;
  readonly official: (id: string) => string;
}
export function useNames(): Names {
  const { language } = useSpeech();
  const mechanism = useMechanism();
  return {
    party: (id) => titleIn(mechanism?.parties, id, language),
    place: (id) => titleIn(mechanism?.places, id, language),
    site: (id) => titleIn(mechanism?.sites, id, language),
    official: (id) => mechanism?.officials.find((each) => each.id === id)?.name ?? id,
  };
}
