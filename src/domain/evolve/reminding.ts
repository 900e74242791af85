/** Folds of what is said about obligations, of people who are away or gone, and of addresses. */
import { omitUndefined } from '../model/omit-undefined';
import type { ReturnCase } from '../model/case';
import type { RecordedEvent } from '../model/events';
import { isOfficial } from '../model/parties';
import type { Pause } from '../model/reminding';
import type { FoldTable, Patch } from './fold-table';
import { withoutOfficer } from './officers';

/** Pauses of earlier rounds of the same obligation are dropped, as its steps are. */
function withPause(
  state: ReturnCase,
  { at, actor }: RecordedEvent,
  obligation: string,
  change: Pick<Pause, 'kind' | 'until'>,
): Patch {
  if (!isOfficial(actor)) return {};
  const round = obligation.slice(0, obligation.lastIndexOf('@') + 1);
  const others = Object.entries(state.pauses ?? {}).filter(([key]) => !key.startsWith(round));
  const before = state.pauses?.[obligation]?.times ?? 0;
  const pause: Pause = {
    ...change,
    by: actor,
    at,
    step: state.ladderSteps[obligation] ?? 0,
    times: change.kind === 'snoozed' ? before + 1 : before,
  };
  return { pauses: Object.fromEntries([...others, [obligation, pause]]) };
}

export const remindingFolds: FoldTable<
  | 'ObligationAcknowledged'
  | 'ObligationSnoozed'
  | 'StalledCaseReviewed'
  | 'AbsenceNoted'
  | 'OfficialSubstituted'
  | 'AddressFailed'
  | 'AddressMended'
  | 'AlarmUndelivered'
  | 'AlarmPassedOn'
  | 'DuressSignalled'
  | 'DuressAnswered'
> = {
  ObligationAcknowledged: (state, { obligation, until }, recorded) =>
    withPause(state, recorded, obligation, { kind: 'acknowledged', until }),
  ObligationSnoozed: (state, { obligation, until }, recorded) =>
    withPause(state, recorded, obligation, { kind: 'snoozed', until }),

  StalledCaseReviewed: (_state, { next, reviewAt }, { at }) => ({ stalledReview: { next, at, reviewAt } }),

  /* Their deputy sees to it; what they said they would do is still theirs. */
  AbsenceNoted: () => ({}),

  OfficialSubstituted: (state, { official, party, by, credentialUntil, skills }, { at }) => ({
    ...(state.pauses && {
      // Over, not gone: how often it was put off still counts.
      pauses: Object.fromEntries(
        Object.entries(state.pauses).map(([key, pause]) => [
          key,
          pause.by.official === official && pause.until > at ? { ...pause, until: at } : pause,
        ]),
      ),
    }),
    ...(state.escort?.official === official && {
      // Another escort: the child is as small as before, the crew is confirmed anew.
      escort:
        by === undefined
          ? undefined
          : omitUndefined({
              official: by,
              party,
              since: at,
              perEscort: state.escort.perEscort,
              credentialUntil,
              skills,
            }),
      // Asked for anew: the dispatcher owes another from now on.
      ...(by === undefined && state.escortRequest && { escortRequest: { ...state.escortRequest, at } }),
    }),
    ...withoutOfficer(state, { official, by }, at),
  }),

  AddressFailed: (state, { party, official, channel, code }, { at }) => ({
    addressFaults: [
      ...(state.addressFaults ?? []),
      { party, ...(official !== undefined && { official }), channel, code, since: at },
    ],
  }),
  AddressMended: (state, { party, official }) => ({
    addressFaults: (state.addressFaults ?? []).filter(
      (fault) => !(fault.party === party && fault.official === official),
    ),
  }),

  AlarmUndelivered: (state, { receivers }, { at }) => ({
    unheardAlarms: [...(state.unheardAlarms ?? []), ...receivers.map((each) => ({ ...each, since: at }))],
  }),
  DuressSignalled: (state, { official, party }, { at }) => ({
    duress: [...(state.duress ?? []), { official, party, since: at }],
  }),
  DuressAnswered: (state, { official }) => ({
    duress: (state.duress ?? []).filter((each) => each.official !== official),
  }),
  AlarmPassedOn: (state, { receivers }) => ({
    unheardAlarms: (state.unheardAlarms ?? []).filter(
      (each) => !receivers.some(({ official }) => official === each.official),
    ),
  }),
};
