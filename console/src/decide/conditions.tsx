/** What a side asks for before the child departs: one sentence each, read by every side. */
import { useState } from 'react';
import type { NewId } from '../commands/use-task';
import { useMost } from '../parts/most';
import type { Typed } from '../session/draft';
import { useWords } from '../words/use-words';

const most = 10;
const maxCharacters = 4000;

export function Conditions({
  typed,
  optional = false,
}: {
  readonly typed: Typed;
  readonly optional?: boolean;
}) {
  const { case: of, decide, form } = useWords();
  const limit = useMost(maxCharacters);
  const before = typed.condition ?? [''];
  const [count, setCount] = useState(Math.max(1, before.length));
  return (
    <div className="stack">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="field">
          <label htmlFor={`condition-${index}`}>
            {of.condition} {count > 1 && index + 1} {optional && <small>({form.optional})</small>}
          </label>
          <textarea
            id={`condition-${index}`}
            name="condition"
            rows={2}
            ref={limit}
            dir="auto"
            required={index === 0 && !optional}
            defaultValue={before[index]}
          />
        </div>
      ))}
      {count < most && (
        <button type="button" className="act" onClick={() => setCount(count + 1)}>
          {decide.addCondition}
        </button>
      )}
    </div>
  );
}

export const conditionsIn = (typed: Typed, newId: NewId): { id: string; note: string }[] =>
  (typed.condition ?? [])
    .filter((text) => text !== '')
    .map((note, index) => ({ id: newId(`c${index + 1}`), note }));
