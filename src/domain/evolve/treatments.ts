/** Folds of what a hosted child is to get, and of what it got. */
import { before } from '../calendar/time';
import type { FoldTable } from './fold-table';

/** Longer than a dose may still be recorded; what is older stands in the events. */
const keptFor = 'P2D';

export const treatmentFolds: FoldTable<'TreatmentSet' | 'TreatmentEnded' | 'DoseRecorded'> = {
  TreatmentSet: ({ treatments = [] }, { type: _, ...plan }, { at, version }) => ({
    treatments: [...treatments, { ...plan, id: `treatment-${version}`, since: at, doses: [] }],
  }),
  TreatmentEnded: ({ treatments = [] }, { treatment }) => ({
    treatments: treatments.filter(({ id }) => id !== treatment),
  }),
  DoseRecorded: ({ treatments = [] }, { treatment, due, outcome, happenedAt }, { at }) => ({
    treatments: treatments.map((each) =>
      each.id === treatment
        ? {
            ...each,
            doses: [
              ...each.doses.filter((dose) => dose.due !== due && dose.due >= before(at, keptFor)),
              { due, outcome, at: happenedAt ?? at },
            ],
          }
        : each,
    ),
  }),
};
