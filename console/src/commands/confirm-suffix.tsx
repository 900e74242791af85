/** The last four characters of the reference, read off the page: a check that the reader is in the case they think. */
import { isGroupId } from '#domain/group/group';
import { findGroupReference, findReference } from '#domain/model/reference';
import { useWords } from '../words/use-words';

/** As forgiving as a reference is everywhere. */
export function isSuffix(id: string, typed = ''): boolean {
  const whole = id.slice(0, id.lastIndexOf('-')) + typed;
  return (isGroupId(id) ? findGroupReference(whole) : findReference(whole)) === id;
}

/** `why`: instead of the sentence for what one person can’t undo. */
export function ConfirmSuffix({ id, why }: { readonly id: string; readonly why?: string }) {
  const { form } = useWords();
  return (
    <div className="stack suffix-field">
      <p id="suffix-why">{why ?? form.typeReference}</p>
      <label className="suffix">
        <span aria-hidden="true">{id.slice(0, -4)}</span>
        <span className="visually-hidden">{form.suffix}</span>
        <input
          name="suffix"
          maxLength={4}
          autoComplete="off"
          spellCheck={false}
          required
          aria-describedby="suffix-why"
        />
      </label>
    </div>
  );
}
