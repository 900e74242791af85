/** Durations that must be longer than nothing, shorter than another, or in ascending order. */
import { addDuration } from '../domain/time';
import type { Duration } from '../domain/time';
import { unless } from './mechanism-check-parts';
import type { MechanismCheck } from './mechanism-check-parts';

/** Milliseconds, counted from the first of a January: months are compared by the lengths they then have. */
const start = '2026-01-01T00:00:00.000Z';
const lengthOf = (duration: Duration): number => Date.parse(addDuration(start, duration)) - Date.parse(start);

/** Positions whose duration does not come after the one before. */
const descents = (durations: readonly Duration[], isAfter: (step: number) => boolean): number[] =>
  durations.flatMap((duration, at) => {
    const before = durations[at - 1];
    return before === undefined || isAfter(lengthOf(duration) - lengthOf(before)) ? [] : [at];
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
  'visits-not-ascending': {
    reads: ['followUpVisits'],
    find: ({ followUpVisits }) =>
      descents(followUpVisits, (step) => step > 0).map((at) => ({
        path: ['followUpVisits', at],
        message: `${followUpVisits[at]} does not come after the visit above it`,
      })),
  },
} as const satisfies Record<string, MechanismCheck>;
