/** The written forms of one person's name: added or marked, never changed once they are in the record. */
import { useWords } from '../words/use-words';
import { at, useEditing } from './editing';
import type { Path } from './editing';
import { ListInput, Repeated, TextInput } from './inputs';
import { nameErrors, scripts } from './lists';

/** How many of each the record has already: those are marked or added to, never taken away. */
export interface Kept {
  readonly names: (path: Path) => number;
  readonly documents: number;
  readonly recipients: number;
}

export function Names({
  path,
  kept,
  title,
}: {
  readonly path: Path;
  readonly kept: Kept;
  readonly title?: string;
}) {
  const { file } = useWords();
  const { today } = useEditing();
  const known = kept.names(path);
  return (
    <section className="stack tight">
      <h3>{title ?? file.names}</h3>
      <Repeated
        path={path}
        add={file.addName}
        fresh={() => ({ script: 'latin', recordedOn: today })}
        canRemove={(index) => index >= known}
      >
        {(name, index) => (
          <>
            <div className="pair-fields">
              <ListInput path={[...name, 'script']} label={file.script} list="script" options={scripts} />
              <TextInput path={[...name, 'given']} label={file.given} optional />
              <TextInput path={[...name, 'family']} label={file.family} optional />
              <TextInput path={[...name, 'patronymic']} label={file.patronymic} optional />
            </div>
            {/* A form is never taken away: what should not have been there is marked. */}
            {index < known && <InError path={[...name, 'recordedInError']} />}
          </>
        )}
      </Repeated>
    </section>
  );
}
function InError({ path }: { readonly path: Path }) {
  const { file } = useWords();
  const { value, set, today } = useEditing();
  const marked = at(value, path) as { readonly reason?: string } | undefined;
  return (
    <div className="row">
      <label className="flag">
        <input
          type="checkbox"
          checked={marked !== undefined}
          onChange={(event) =>
            set(path, event.target.checked ? { reason: 'typed-wrongly', on: today } : undefined)
          }
        />
        <span>{file.inError}</span>
      </label>
      {marked && (
        <ListInput path={[...path, 'reason']} label={file.inError} list="nameError" options={nameErrors} />
      )}
    </div>
  );
}
