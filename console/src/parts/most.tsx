/** A browser cuts off silently what is pasted beyond `maxlength`; here it stays, is counted, and is not sent. */
import { fill, useWords } from '../words/use-words';

type TextElement = HTMLInputElement | HTMLTextAreaElement;
/** As `ref` of a field whose form is drawn anew at each input: it is not valid while its text is longer. */
export function useMost(most: number): (field: TextElement | null) => void {
  const { form } = useWords();
  return (field) =>
    field?.setCustomValidity(
      field.value.length > most ? fill(form.tooLong, { n: field.value.length, of: most }) : '',
    );
}

/** Said from nine tenths on. */
export function Count({ length, most }: { readonly length: number; readonly most: number }) {
  const { form } = useWords();
  if (length <= most * 0.9) return null;
  return length > most ? (
    <b role="status">{fill(form.tooLong, { n: length, of: most })}</b>
  ) : (
    <span>{fill(form.characters, { n: length, of: most })}</span>
  );
}
