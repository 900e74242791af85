/** Folds of a hosted child's day: what its host noted, what it is to get, and what it got. */
import { before } from '../calendar/time';
import { omitUndefined } from '../model/omit-undefined';
import type { FoldTable, Patch } from './fold-table';

/** Longer than a dose may still be recorded; what is older stands in the events. */
const keptFor = 'P2D';

/** What was said of the child at a site is said of that one. */
export const leftSite: Patch = { arrivalCheck: undefined, dailyNote: undefined, visitors: undefined };
/** Those before them stand in the events. */
const visitorsKept = 10;

export const hostingFolds: FoldTable<
  'ArrivalChecked' | 'DayNoted' | 'VisitorRecorded' | 'TreatmentSet' | 'TreatmentEnded' | 'DoseRecorded'
> = {
  ArrivalChecked: (_state, { recognised, health, belongings }, { at }) => ({
    arrivalCheck: { at, recognised, health, belongings },
  }),
  DayNoted: (_state, { ate, slept, mood, health }, { at }) => ({
    dailyNote: omitUndefined({ at, ate, slept, mood, health }),
  }),
  VisitorRecorded: ({ visitors = [] }, event, { at }) => ({
    visitors: [...visitors, { kind: event.kind, at: event.happenedAt ?? at }].slice(-visitorsKept),
  }),
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
