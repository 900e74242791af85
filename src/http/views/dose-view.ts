/** What children are to get, in the clinician's words: for those alone who may read a treatment. */
import type { CaseId } from '../../domain/model/ids';
import { isLate } from '../../domain/facts/treatments';
import type { Dose } from '../../domain/facts/treatments';
import type { ApiParts } from '../api-parts';

interface DoseOf {
  readonly id: CaseId;
  readonly dose: Dose;
}

/** In the order of their times. */
export async function dosesFor(
  { findNotes }: Pick<ApiParts['record'], 'findNotes'>,
  found: readonly DoseOf[],
  now: string,
) {
  const texts = await Promise.all(
    [...new Set(found.map(({ id }) => id))].map((id) =>
      findNotes(
        id,
        found.filter((one) => one.id === id).map(({ dose }) => dose.treatment.note),
      ),
    ),
  );
  const words = new Map(texts.flat().map(({ id, text }) => [id, text]));
  return found
    .map(({ id, dose }) => {
      const { treatment, due, done } = dose;
      const what = words.get(treatment.note);
      return {
        ...{ case: id, dose: dose.id, kind: treatment.kind, due, late: isLate(dose, now) },
        ...(what !== undefined && { what }),
        ...(done && { outcome: done.outcome, at: done.at }),
      };
    })
    .sort((one, other) => (one.due < other.due ? -1 : 1));
}
