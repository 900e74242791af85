/** Rules of a hosted child's day: what its host notes, and what it is to get. Source: docs/rules.md, "The host's day". */
import { before } from '../calendar/time';
import { siteDayOf } from '../facts/beds';
import { doseMargin, dosesToRecord } from '../facts/treatments';
import { omitUndefined } from '../model/omit-undefined';
import { rejected } from '../model/rejections';
import { officialOf } from './rule-context';
import type { HandlerTable } from './rule-context';

export const hostingRules: HandlerTable<
  'checkArrival' | 'writeWelfareNote' | 'recordVisitor' | 'setTreatment' | 'endTreatment' | 'recordDose'
> = {
  checkArrival: (state, { recognised, health, belongings, note }) =>
    state.stay?.status === 'occupied'
      ? [omitUndefined({ type: 'ArrivalChecked', recognised, health, belongings, note })]
      : rejected('wrong-stage'),

  writeWelfareNote: (state, { type: _, wellbeing, note, ...day }) =>
    state.stay?.status === 'occupied'
      ? [
          omitUndefined({ type: 'WelfareNoted', wellbeing, note }),
          ...(Object.keys(day).length > 0 ? [{ type: 'DayNoted', ...day } as const] : []),
        ]
      : rejected('wrong-stage'),

  recordVisitor: ({ stay }, { kind, at, note }, { now }) => {
    if (stay?.status !== 'occupied') return rejected('wrong-stage');
    if (at !== undefined && at > now) return rejected('date-future', { field: 'at' });
    if (at !== undefined && at < stay.since) return rejected('date-past', { field: 'at' });
    return [omitUndefined({ type: 'VisitorRecorded', kind, happenedAt: at, note })];
  },

  setTreatment: ({ stay }, { kind, times, firstDay, lastDay, note }, { mechanism, now }) => {
    // Before it comes, too: the first dose may be due on its first evening.
    if (!stay) return rejected('wrong-stage');
    const today = siteDayOf(
      mechanism.sites.find(({ id }) => id === stay.site),
      now,
      mechanism,
    );
    const from = firstDay ?? today;
    if (from < today) return rejected('date-past', { field: 'firstDay' });
    if (lastDay !== undefined && lastDay < from) return rejected('window-inverted', { field: 'lastDay' });
    return [
      omitUndefined({
        type: 'TreatmentSet',
        kind,
        times: [...new Set(times)].sort(),
        firstDay: from,
        lastDay,
        note,
      }),
    ];
  },

  endTreatment: ({ treatments = [] }, { treatment, note }) =>
    treatments.some(({ id }) => id === treatment)
      ? [omitUndefined({ type: 'TreatmentEnded', treatment, note })]
      : rejected('unknown-treatment', { field: 'treatment' }),

  recordDose: (state, { dose, outcome, at, note }, context) => {
    const { mechanism, now } = context;
    const found = dosesToRecord(state, mechanism, now, officialOf(context)).find(({ id }) => id === dose);
    if (!found) return rejected('unknown-treatment', { field: 'dose' });
    const { treatment, due, done } = found;
    // Who is about to give it again learns that somebody has.
    if (done?.outcome === outcome) return rejected('already-done');
    if (at !== undefined && at > now) return rejected('date-future', { field: 'at' });
    if (at !== undefined && at < before(due, doseMargin)) return rejected('date-past', { field: 'at' });
    return [
      omitUndefined({ type: 'DoseRecorded', treatment: treatment.id, due, outcome, happenedAt: at, note }),
    ];
  },
};
