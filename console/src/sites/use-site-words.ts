/** What the page of a hosting site says. */
import { lazyWords } from '../words/lazy-words';
import type { SiteWords } from '../words/words';

export const useSiteWords = lazyWords<SiteWords>({
  en: () => import('../words/sites-english').then(({ siteWords }) => siteWords),
  uk: () => import('../words/sites-ukrainian').then(({ siteWords }) => siteWords),
  ru: () => import('../words/sites-russian').then(({ siteWords }) => siteWords),
  ar: () => import('../words/sites-arabic').then(({ siteWords }) => siteWords),
});
