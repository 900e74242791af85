/** The holding side can answer that it has not found the child, and why; the mediator weighs the answer. */
import { traceAnswers } from '../../../src/domain/model/commands';
import type { CommandOf, TraceAnswer } from '../../../src/domain/model/commands';
import { caseIn, daysAfter, settle } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import { homeAgain, obligationsIn, owed } from '../plays/returns';

/** What each answer has to carry, and no more. */
const carried = (
  play: CaseInPlay,
  answer: TraceAnswer,
): Omit<CommandOf<'answerTrace'>, 'type' | 'answer'> => {
  if (answer === 'under-proceedings') return { courtDate: daysAfter(play.now, 20) };
  if (answer === 'deceased') return { evidence: ['doc-9'] };
  return ['not-here', 'returned', 'with-parent-here'].includes(answer) ? { note: 'note-1' } : {};
};
const answered = (answer: TraceAnswer): CaseInPlay => {
  const play = caseIn('tracing');
  play.take('southOfficial', { type: 'answerTrace', answer, ...carried(play, answer) });
  return play;
};
const further = { type: 'traceFurther', note: 'note-2' } as const;

describe('an answer to the tracing', () => {
  test.each(['not-found', 'not-here', 'of-age', 'returned', 'with-parent-here', 'deceased'] as const)(
    'is the mediator’s to weigh, and the side is reminded no longer: %s',
    (answer) => {
      const play = answered(answer);
      expect(owed(play)).toEqual([`weigh-trace-answer ${answer} mediator`]);
      play.take('officer', further);
      expect(owed(play)).toEqual(['locate-child south']);
    },
  );

  test('after which the side is asked anew: its time begins then', () => {
    const play = caseIn('tracing');
    const first = obligationsIn(play)[0]!;
    play.pass('P20D');
    play.take('southOfficial', { type: 'answerTrace', answer: 'not-found' });
    play.pass('P5D');
    play.take('officer', further);
    const again = obligationsIn(play)[0]!;
    expect(again.key).not.toBe(first.key);
    expect(again.since).toBe(play.events.at(-1)?.at);
  });

  test('may be corrected, and the child may be found after all', () => {
    const play = answered('not-found');
    play.take('southOfficial', { type: 'answerTrace', answer: 'not-here', note: 'note-3' });
    expect(owed(play)).toEqual(['weigh-trace-answer not-here mediator']);
    play.take('southOfficial', { type: 'reportWhereabouts', evidence: ['doc-2'] });
    expect(play.state.trace).toBeUndefined();
    homeAgain(play);
  });

  test('that a court has the case holds it until the court sits, and then the side is asked again', () => {
    const play = answered('under-proceedings');
    expect(play.state.holds).toMatchObject([{ id: 'proceedings', party: 'south', reason: 'legal' }]);
    expect(owed(play).filter((one) => /trace|locate/.test(one))).toEqual([]);
    expect(owed(play)).toContain('review-hold proceedings south');
    play.take('southOfficial', { type: 'liftHold', hold: 'proceedings' });
    expect(owed(play)).toEqual(['locate-child south']);
  });

  test('that the child does not wish to return: it is heard before anybody weighs that', () => {
    const play = answered('does-not-wish');
    expect(owed(play)).toEqual(['hear-child tracing mediator']);
    play.take('interviewer', {
      type: 'recordHearing',
      recipient: play.state.recipient.ref,
      answer: 'unsure',
    });
    expect(owed(play)).toEqual(['weigh-trace-answer does-not-wish mediator']);
  });

  test('that it has died is said with the certificate, and closes nothing by itself', () => {
    const play = caseIn('tracing');
    const say = { type: 'answerTrace', answer: 'deceased' } as const;
    expect(play.refuse('southOfficial', say)).toEqual({ code: 'paper-missing', field: 'evidence' });
    expect(play.refuse('southOfficial', { ...say, evidence: ['doc-2'] }).code).toBe('paper-unfit');
    play.take('southOfficial', { ...say, evidence: ['doc-9'] });
    expect(play.state.stage).toBe('tracing');
    play.takeByTwo('officer', 'lead', { type: 'closeCase', outcome: 'deceased', evidence: ['doc-9'] });
    expect(play.state.closure?.outcome).toBe('deceased');
  });

  test('carries what it must', () => {
    const play = caseIn('tracing');
    const say = (rest: object) =>
      play.refuse('southOfficial', { type: 'answerTrace', answer: 'not-here', ...rest });
    expect(say({})).toEqual({ code: 'note-required', field: 'note' });
    expect(say({ answer: 'under-proceedings' })).toEqual({ code: 'date-missing', field: 'courtDate' });
    expect(say({ answer: 'under-proceedings', courtDate: daysAfter(play.now, -2) })).toEqual({
      code: 'date-past',
      field: 'courtDate',
    });
    expect(say({ answer: 'returned', note: 'note-1', evidence: ['doc-99'] }).code).toBe('unknown-document');
    expect(play.refuse('officer', further).code).toBe('nothing-to-decide');
    play.take('southOfficial', { type: 'answerTrace', answer: 'not-found' });
    expect(say({ answer: 'not-found' }).code).toBe('already-done');
    expect(play.refuse('officer', { type: 'traceFurther' })).toEqual({
      code: 'note-required',
      field: 'note',
    });
    expect(play.refuse('northOfficial', { type: 'answerTrace', answer: 'returned', note: 'n' }).code).toBe(
      'not-your-command',
    );
  });

  test.each(traceAnswers)('in a case that carries rules of before, leaves the side owing: %s', (answer) => {
    const { 'weigh-trace-answer': _, ...ladders } = hostingRules.ladders;
    const play = caseIn('tracing', { ...hostingRules, ladders });
    play.take('southOfficial', { type: 'answerTrace', answer, ...carried(play, answer) });
    expect(owed(play)).toContain('locate-child south');
  });

  test('is not asked of a child that is located', () => {
    const play = caseIn('tracing');
    play.take('southOfficial', { type: 'reportWhereabouts', evidence: ['doc-2'] });
    expect(play.refuse('southOfficial', { type: 'answerTrace', answer: 'not-found' }).code).toBe(
      'wrong-stage',
    );
    settle(play, 'whereabouts');
  });
});
