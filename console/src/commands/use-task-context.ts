/** What a form needs to know of the case, of the arrangement and of who fills it in. */
import { useSearchParams } from 'wouter';
import { useCase, useMechanism, useNames } from '../case/use-case';
import { today } from '../parts/clock';
import { useMe } from '../session/use-session';
import { useWords } from '../words/use-words';
import type { TaskContext } from './fields';

/** Undefined while it is asked for; `hidden` where there is no such case for the reader. */
export function useTaskContext(id: string, type: string): TaskContext | 'hidden' | undefined {
  const me = useMe();
  const words = useWords();
  const names = useNames();
  const mechanism = useMechanism();
  const { view, isHidden } = useCase(id);
  const [search] = useSearchParams();
  const subject = search.get('for');
  if (isHidden) return 'hidden';
  if (!view || !mechanism) return undefined;
  const offer = view.offers.find((each) => each.type === type);
  return {
    ...{ id, view, mechanism, me, words, names },
    today: today(),
    ...(subject !== null && { subject }),
    ...(offer?.subjects && { subjects: offer.subjects }),
    isOffered: offer !== undefined,
  };
}
