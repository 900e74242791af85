/** Words that are loaded with the pages that say them: no first page waits for them. */
import { use } from 'react';
import type { Language } from './language';
import { useSpeech } from './use-words';

export function lazyWords<Said>(loaders: Readonly<Record<Language, () => Promise<Said>>>): () => Said {
  const loaded: Partial<Record<Language, Promise<Said>>> = {};
  return () => {
    const { language } = useSpeech();
    return use((loaded[language] ??= loaders[language]()));
  };
}
