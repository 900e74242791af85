/** What the pages of groups say. */
import { lazyWords } from '../words/lazy-words';
import type { GroupWords } from '../words/words';

export const useGroupWords = lazyWords<GroupWords['groups']>({
  en: () => import('../words/groups-english').then(({ groupWords }) => groupWords.groups),
  uk: () => import('../words/groups-ukrainian').then(({ groupWords }) => groupWords.groups),
  ru: () => import('../words/groups-russian').then(({ groupWords }) => groupWords.groups),
  ar: () => import('../words/groups-arabic').then(({ groupWords }) => groupWords.groups),
});
