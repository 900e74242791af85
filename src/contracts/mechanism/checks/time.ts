/** Durations that must be longer than nothing, shorter than another, or in ascending order. */
import { safetyKinds } from '../../../domain/model/obligation-kinds';
import type { Timeframe } from '../../../domain/calendar/time';
import { addTimeframe, findWorkingDays } from '../../../domain/calendar/working-days';
import { unless } from './parts';
import type { MechanismCheck } from './parts';

/** Milliseconds, counted from the first of a January: months are compared by the lengths they then have. */
const start = '2026-01-01T00:00:00.000Z';
export const lengthOf = (timeframe: Timeframe): number =>
  Date.parse(addTimeframe(start, timeframe)) - Date.parse(start);
const countsDays = (timeframe: Timeframe): boolean => findWorkingDays(timeframe) !== undefined;

/**
 * Positions whose timeframe does not come after the one before. Days and working days can't be compared: holidays
 * decide, and the rules take the later for both.
 */
const descents = (durations: readonly Timeframe[], isAfter: (step: number) => boolean): number[] =>
  durations.flatMap((duration, at) => {
    const before = durations[at - 1];
    return before === undefined ||
      countsDays(before) !== countsDays(duration) ||
      isAfter(lengthOf(duration) - lengthOf(before))
      ? []
      : [at];
  });

export const timeChecks = {
  'steps-not-ascending': {
    reads: ['ladders'],
    find: ({ ladders }) =>
      Object.entries(ladders).flatMap(([kind, { steps }]) =>
        descents(
          steps.map(({ after }) => after),
          (step) => step >= 0,
        ).map((at) => ({
          path: ['ladders', kind, 'steps', at, 'after'],
          message: `${steps[at]?.after} comes before the step above it`,
        })),
      ),
  },
  'repeat-too-short': {
    reads: ['ladders'],
    find: ({ ladders }) =>
      Object.entries(ladders).flatMap(([kind, { thenEvery }]) =>
        unless(
          lengthOf(thenEvery) >= 1000,
          ['ladders', kind, 'thenEvery'],
          'must be a second or more: it would remind without pause',
        ),
      ),
  },
  'safety-in-working-days': {
    reads: ['ladders'],
    find: ({ ladders }) =>
      safetyKinds.flatMap((kind) => {
        const { due, steps, thenEvery } = ladders[kind];
        return unless(
          ![due, thenEvery, ...steps.map(({ after }) => after)].some(countsDays),
          ['ladders', kind],
          'counts working days: a child’s safety does not wait for Monday',
        );
      }),
  },
  'safety-without-escalation': {
    reads: ['ladders'],
    find: ({ ladders }) =>
      safetyKinds.flatMap((kind) =>
        unless(
          ladders[kind].steps.some(({ act }) => act === 'escalate'),
          ['ladders', kind, 'steps'],
          'escalates to nobody: what concerns a child’s safety must reach somebody else as well',
        ),
      ),
  },
  'pause-zero': {
    reads: ['acknowledge', 'snooze'],
    find: ({ acknowledge, snooze }) =>
      (
        [
          [['acknowledge', 'atMost'], acknowledge.atMost],
          [['acknowledge', 'safetyAtMost'], acknowledge.safetyAtMost],
          [['snooze', 'atMost'], snooze.atMost],
        ] as const
      ).flatMap(([path, duration]) => unless(lengthOf(duration) > 0, path, 'must be longer than nothing')),
  },
  'safety-pause-too-long': {
    reads: ['acknowledge'],
    find: ({ acknowledge }) =>
      unless(
        lengthOf(acknowledge.safetyAtMost) <= lengthOf('P1D'),
        ['acknowledge', 'safetyAtMost'],
        'must not be longer than a day: an alarm would be silent that long',
      ),
  },
  'spread-too-long': {
    reads: ['reminderSpread'],
    find: ({ reminderSpread }) =>
      unless(
        lengthOf(reminderSpread) <= lengthOf('P1D'),
        ['reminderSpread'],
        'must not be longer than a day: reminders would come that late',
      ),
  },
  'duration-zero': {
    reads: ['approvalValidFor', 'stalledAfter', 'checkInEvery', 'welfareNoteEvery', 'holdReviewWithin'],
    find: (mechanism) =>
      (
        [
          [['approvalValidFor'], mechanism.approvalValidFor],
          [['stalledAfter', 'usual'], mechanism.stalledAfter.usual],
          [['stalledAfter', 'urgent'], mechanism.stalledAfter.urgent],
          [['stalledAfter', 'tracing'], mechanism.stalledAfter.tracing],
          [['checkInEvery'], mechanism.checkInEvery],
          [['welfareNoteEvery'], mechanism.welfareNoteEvery],
          [['holdReviewWithin'], mechanism.holdReviewWithin],
        ] as const
      ).flatMap(([path, duration]) => unless(lengthOf(duration) > 0, path, 'must be longer than nothing')),
  },
  'notice-too-long': {
    reads: ['approvalValidFor', 'approvalNotice'],
    find: ({ approvalValidFor, approvalNotice }) =>
      unless(
        lengthOf(approvalNotice) < lengthOf(approvalValidFor),
        ['approvalNotice'],
        'must be shorter than approvalValidFor: a renewal would be asked for with the approval itself',
      ),
  },
  'ages-not-ascending': {
    reads: ['childsView'],
    find: ({ childsView: { observedBelow, agreesFrom, decidesFrom } }) => [
      ...unless(
        observedBelow <= agreesFrom,
        ['childsView', 'agreesFrom'],
        'must not be below observedBelow: a child that is asked would be too young to say it',
      ),
      ...unless(
        agreesFrom <= decidesFrom,
        ['childsView', 'decidesFrom'],
        'must not be below agreesFrom: a child that decides is asked first',
      ),
    ],
  },
  'ratios-not-descending': {
    reads: ['escortRatio'],
    find: ({ escortRatio: { usual, underSix, withNeeds } }) => [
      ...unless(
        underSix <= usual,
        ['escortRatio', 'underSix'],
        'must not be above usual: small children would have fewer escorts than others',
      ),
      ...unless(
        withNeeds <= usual,
        ['escortRatio', 'withNeeds'],
        'must not be above usual: children with needs would have fewer escorts than others',
      ),
    ],
  },
  'group-times-disordered': {
    reads: ['groups'],
    find: ({ groups }) =>
      groups
        ? [
            ...unless(
              lengthOf(groups.confirmBefore) <= lengthOf(groups.freezeBefore),
              ['groups', 'confirmBefore'],
              'must not be longer than freezeBefore: a list is confirmed once it is frozen',
            ),
            ...unless(
              lengthOf(groups.goBefore) <= lengthOf(groups.confirmBefore),
              ['groups', 'goBefore'],
              'must not be longer than confirmBefore: go is said of a list that is confirmed',
            ),
          ]
        : [],
  },
  'visits-not-ascending': {
    reads: ['followUpVisits'],
    find: ({ followUpVisits }) =>
      descents(followUpVisits, (step) => step > 0).map((at) => ({
        path: ['followUpVisits', at],
        message: `${followUpVisits[at]} does not come after the visit above it`,
      })),
  },
} as const satisfies Record<string, MechanismCheck>;
