/**
 * Rules of tracing: the holding side says where the child is, or what else it knows, and the mediator weighs that.
 * Source: docs/rules.md, "Tracing".
 */
import type { CommandOf, TraceAnswer } from '../model/commands';
import { actPapers, judgedIn, paperFault } from '../facts/papers';
import { omitUndefined } from '../model/omit-undefined';
import { rejected } from '../model/rejections';
import type { Rejection } from '../model/rejections';
import type { ReturnCase } from '../model/case';
import { freeHoldId } from './holds';
import { lookAgainAt } from './look-again';
import { officialOf } from './rule-context';
import type { HandlerTable, RuleContext } from './rule-context';

/** What each answer must carry. */
const asked: Readonly<Partial<Record<TraceAnswer, 'note' | 'courtDate' | 'death-certificate'>>> = {
  // Where to, and since when.
  'not-here': 'note',
  returned: 'note',
  'with-parent-here': 'note',
  'under-proceedings': 'courtDate',
  deceased: 'death-certificate',
};

function answerFault(
  state: ReturnCase,
  { answer, evidence = [], courtDate, note }: CommandOf<'answerTrace'>,
  context: RuleContext,
): { rejection: Rejection } | undefined {
  const needs = asked[answer];
  if (needs === 'note' && note === undefined) return rejected('note-required', { field: 'note' });
  if (needs === 'courtDate' && courtDate === undefined)
    return rejected('date-missing', { field: 'courtDate' });
  const rule = needs === 'death-certificate' ? actPapers.death : actPapers.trace;
  return paperFault('evidence', evidence, rule, judgedIn(state, context));
}

export const traceRules: HandlerTable<'reportWhereabouts' | 'answerTrace' | 'traceFurther'> = {
  reportWhereabouts: (state, { evidence, note }) =>
    state.locatedAt
      ? rejected('already-done')
      : [omitUndefined({ type: 'WhereaboutsReported', evidence, note })],

  answerTrace: (state, command, context) => {
    const { answer, evidence, courtDate, note } = command;
    if (state.locatedAt) return rejected('already-done');
    if (state.trace?.answer === answer) return rejected('already-done');
    const fault = answerFault(state, command, context);
    if (fault) return fault;
    const answered = { type: 'TraceAnswered', answer, evidence, courtDate, note } as const;
    if (answer !== 'under-proceedings') return [omitUndefined(answered)];
    // A court has the child’s case: the side looks again on the day it sits.
    const { mechanism } = context;
    const { at, isPast } = lookAgainAt(state, courtDate, mechanism.holdReviewWithin, context);
    if (isPast) return rejected('date-past', { field: 'courtDate' });
    const hold = freeHoldId(state, 'proceedings');
    return [
      omitUndefined({ ...answered, hold }),
      { type: 'HoldPlaced', hold, party: officialOf(context).party, reason: 'legal', reviewAt: at },
    ];
  },

  traceFurther: (state, { note }) => {
    if (state.trace?.answer === undefined || state.locatedAt) return rejected('nothing-to-decide');
    // Why the answer is not enough, and where else to look.
    return note === undefined
      ? rejected('note-required', { field: 'note' })
      : [{ type: 'TraceResumed', note }];
  },
};
