/** A long form that can be left and gone on with: what was typed is kept, sealed, until it is recorded. */
import { useDraft } from '../session/draft';
import type { DraftDesk } from '../session/draft';
import { withAt } from './editing';
import type { Json, Path } from './editing';

/** Of the case and of its dossier: what the draft began from. */
interface Basis {
  readonly version: number;
  readonly dossier: number;
}
interface Kept extends Basis {
  readonly value: Json;
}
export interface DossierDraft extends Kept {
  readonly desk: DraftDesk;
  readonly set: (path: Path, next: Json) => void;
  readonly startOver: () => void;
}
/** Undefined until it is known what is kept. `start`: what stands there until something is typed. */
export function useDossierDraft(name: string, start: Kept): DossierDraft | undefined {
  const desk = useDraft(name);
  if (!desk) return undefined;
  const { json } = desk.draft.typed;
  const now = json?.[0] === undefined ? start : (JSON.parse(json[0]) as Kept);
  return {
    ...now,
    desk,
    set: (path, next) => {
      desk.keep({ json: [JSON.stringify({ ...now, value: withAt(now.value, path, next) })] });
    },
    startOver: desk.drop,
  };
}
