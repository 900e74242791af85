/** A long form that can be left and gone on with: what was typed is kept, sealed, until it is recorded. */
import { useState } from 'react';
import { useDraft } from '../session/draft';
import type { DraftDesk } from '../session/draft';
import { withAt } from './editing';
import type { Json, Path } from './editing';

export interface DossierDraft {
  readonly desk: DraftDesk;
  readonly value: Json;
  readonly set: (path: Path, next: Json) => void;
  /** The version the draft began from. */
  readonly seen: number;
  readonly startOver: () => void;
}
/** Undefined until it is known what is kept. `start`: what a new draft begins with, of which version. */
export function useDossierDraft(
  name: string,
  start: { readonly value: Json; readonly version: number } | undefined,
): DossierDraft | undefined {
  const desk = useDraft(name);
  const [changed, setChanged] = useState<Json>();
  if (!desk || !start) return undefined;
  const { json, seen } = desk.draft.typed;
  const kept = json?.[0] === undefined ? undefined : (JSON.parse(json[0]) as Json);
  const value = changed ?? kept ?? start.value;
  const version = seen?.[0] === undefined ? start.version : Number(seen[0]);
  return {
    desk,
    value,
    seen: version,
    set: (path, next) => {
      const whole = withAt(value, path, next);
      setChanged(whole);
      desk.keep({ json: [JSON.stringify(whole)], seen: [String(version)] });
    },
    startOver: () => {
      desk.drop();
      setChanged(start.value);
    },
  };
}
