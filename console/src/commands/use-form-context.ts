/** What a form needs to know of the case, of the arrangement and of who fills it in. */
import { useSearchParams } from 'wouter';
import { useCase, useMechanism, useNames } from '../case/use-case';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import type { FormContext } from './fields';

/** Undefined while it is asked for; `hidden` where there is no such case for the reader. */
export function useFormContext(id: string, type: string): Omit<FormContext, 'newId'> | 'hidden' | undefined {
  const me = useMe();
  const words = useWords();
  const names = useNames();
  const mechanism = useMechanism();
  const { view, isHidden } = useCase(id);
  const [search] = useSearchParams();
  const subject = search.get('for');
  if (isHidden) return 'hidden';
  if (!view || !mechanism) return undefined;
  const subjects = view.offers.find((offer) => offer.type === type)?.subjects;
  return {
    ...{ id, view, mechanism, me, words, names },
    today: new Intl.DateTimeFormat('sv-SE').format(new Date()),
    ...(subject !== null && { subject }),
    ...(subjects && { subjects }),
  };
}
