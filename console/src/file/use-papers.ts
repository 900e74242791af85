/** Papers of the dossier, and whose they may be, as they are chosen from. */
import { useWords } from '../words/use-words';
import { at, useEditing } from './editing';

/** Whose a paper may be. */
export function useHolders(): { value: string; label: string }[] {
  const { file } = useWords();
  const { value } = useEditing();
  const recipients =
    (at(value, ['recipients']) as
      readonly { id?: string; names?: readonly { given?: string; family?: string }[] }[] | undefined) ?? [];
  return [
    { value: 'child', label: file.child },
    ...recipients.flatMap(({ id, names }) => {
      const name = [names?.[0]?.given, names?.[0]?.family].filter(Boolean).join(' ');
      return id === undefined ? [] : [{ value: id, label: name === '' ? id : name }];
    }),
  ];
}
export function usePapers(): { value: string; label: string }[] {
  const words = useWords();
  const { value } = useEditing();
  const documents =
    (at(value, ['documents']) as readonly { id?: string; kind?: string; number?: string }[] | undefined) ??
    [];
  const kinds = words.values.paper as Readonly<Record<string, string>>;
  return documents.flatMap(({ id, kind = '', number }) =>
    id === undefined
      ? []
      : [{ value: id, label: [kinds[kind] ?? id, number, id].filter(Boolean).join(' · ') }],
  );
}
