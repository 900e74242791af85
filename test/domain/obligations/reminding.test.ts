/** What people may say about an obligation, what it does to the ladder, and who is reached instead. */
import type { Command, CommandOf } from '../../../src/domain/model/commands';
import { fold } from '../../../src/domain/evolve/evolve';
import { nextStepInstantOf } from '../../../src/domain/obligations/ladder';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { noticesOf } from '../../../src/domain/obligations/notices';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import type { Obligation } from '../../../src/domain/obligations/obligations';
import { nextInstantOf } from '../../../src/domain/obligations/schedule';
import { addDuration } from '../../../src/domain/calendar/time';
import {
  hashOf,
  approval,
  caseIn,
  makeReady,
  objection,
  shift,
  steps as usual,
} from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, officials } from '../../support/mechanism-rules';
import type { ActorName } from '../../support/mechanism-rules';
import { obligationsIn, owed, proposed } from '../plays/returns';

const copyOf = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const dutyOf = (play: CaseInPlay, kind: Obligation['kind']): Obligation => {
  const found = obligationsIn(play).find((one) => one.kind === kind);
  if (!found) throw new Error(`nobody owes ${kind}; owed are ${owed(play).join(', ')}`);
  return found;
};
const acknowledge = (play: CaseInPlay, kind: Obligation['kind'], until: string): Command => ({
  type: 'acknowledgeObligation',
  obligation: dutyOf(play, kind).key,
  until: addDuration(play.now, until),
});
const snooze = (play: CaseInPlay, kind: Obligation['kind'], until: string): Command => ({
  type: 'snoozeObligation',
  obligation: dutyOf(play, kind).key,
  until: addDuration(play.now, until),
  reason: 'awaiting-document',
});
/** Steps of this kind's ladder so far, with the hours since `from`. */
const stepsOf = (play: CaseInPlay, kind: Obligation['kind'], from: string): string[] =>
  play.events.flatMap(({ event, at }) =>
    event.type === 'LadderStepTaken' && event.kind === kind
      ? [`${event.step} ${event.act} ${Math.round((Date.parse(at) - Date.parse(from)) / 36_000) / 100} h`]
      : [],
  );
const withLocate = (change: Partial<MechanismRules> = {}): MechanismRules => ({
  ...hostingRules,
  ladders: {
    ...hostingRules.ladders,
    'locate-child': {
      due: 'P10D',
      steps: [
        { after: 'P1D', act: 'remind' },
        { after: 'P4D', act: 'remind' },
        { after: 'P10D', act: 'escalate' },
      ],
      thenEvery: 'P1D',
    },
  },
  ...change,
});

describe('an acknowledged obligation', () => {
  test('waits with its whole ladder, and when the promise is not kept the next step follows at once', () => {
    const play = caseIn('tracing', withLocate());
    const { since } = dutyOf(play, 'locate-child');
    play.take('southOfficial', acknowledge(play, 'locate-child', 'P6D'));
    play.pass('P4D');
    play.sleep('P1D'); // looked at for whatever other reason
    expect(stepsOf(play, 'locate-child', since)).toEqual([]);
    play.pass('P1D');
    // Both reminders are owed by then; of the two only the later is sent.
    expect(stepsOf(play, 'locate-child', since)).toEqual(['2 remind 144 h']);
    play.pass('P5D');
    expect(stepsOf(play, 'locate-child', since).slice(1)).toEqual(['3 escalate 240 h', '4 remind 264 h']);
  });

  test('not kept before the next step was due at all is followed by it all the same, and only by one', () => {
    const play = caseIn('tracing', withLocate());
    const { since } = dutyOf(play, 'locate-child');
    play.take('southOfficial', acknowledge(play, 'locate-child', 'PT6H'));
    play.pass('PT23H');
    expect(stepsOf(play, 'locate-child', since)).toEqual(['1 remind 6 h']);
    play.pass('P1D');
    expect(stepsOf(play, 'locate-child', since)).toEqual(['1 remind 6 h']);
    play.pass('P3D');
    expect(stepsOf(play, 'locate-child', since).slice(1)).toEqual(['2 remind 96 h']);
  });

  test('of which a reminder was sent before is followed by the next one', () => {
    const play = caseIn('tracing', withLocate());
    const { since } = dutyOf(play, 'locate-child');
    play.pass('P1D');
    play.take('southOfficial', acknowledge(play, 'locate-child', 'PT6H'));
    play.pass('P1D');
    expect(stepsOf(play, 'locate-child', since)).toEqual(['1 remind 24 h', '2 remind 30 h']);
    // Promised again, and broken again: now the lead hears, long before the tenth day.
    play.take('southOfficial', acknowledge(play, 'locate-child', 'PT6H'));
    play.pass('P1D');
    expect(stepsOf(play, 'locate-child', since).slice(2)).toEqual(['3 escalate 54 h']);
  });

  test('is heard of no more once it is met', () => {
    const play = caseIn('tracing', withLocate());
    play.take('southOfficial', acknowledge(play, 'locate-child', 'P6D'));
    const { since } = dutyOf(play, 'locate-child');
    usual.tracing(play);
    play.pass('P20D');
    expect(stepsOf(play, 'locate-child', since)).toEqual([]);
  });

  test('does not wait in its next round: what was said was about the one before', () => {
    const play = caseIn('tracing');
    play.take('southDecider', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
    play.pass('P7D');
    play.take('southDecider', acknowledge(play, 'review-hold', 'P14D'));
    play.take('southDecider', {
      type: 'reviewHold',
      hold: 'hold-1',
      reviewBy: addDuration(play.now, 'P1D').slice(0, 10),
    });
    const before = play.events.length;
    play.pass('P3D');
    expect(
      play.events
        .slice(before)
        .filter(({ event }) => event.type === 'LadderStepTaken' && event.kind === 'review-hold'),
    ).not.toEqual([]);
    play.take('southDecider', acknowledge(play, 'review-hold', 'P2D'));
    expect(Object.keys(play.state.pauses ?? {})).toHaveLength(1);
  });

  test('has said first what was owed already', () => {
    const play = caseIn('tracing', withLocate());
    play.now = addDuration(play.now, 'P2D');
    const events = play.take('southOfficial', acknowledge(play, 'locate-child', 'P6D'));
    expect(events.map(({ type }) => type)).toEqual(['LadderStepTaken', 'ObligationAcknowledged']);
    const progress = play.state.lastProgressAt;
    expect(progress < shift(play.now, -86_400_000)).toBe(true);
  });

  test('waits two weeks at the longest, of safety one hour', () => {
    const play = caseIn('tracing');
    expect(play.refuse('southOfficial', acknowledge(play, 'locate-child', 'P14DT1S'))).toEqual({
      code: 'pause-too-long',
      field: 'until',
    });
    play.take('southOfficial', acknowledge(play, 'locate-child', 'P14D'));
    const travelling = caseIn('transit');
    travelling.pass('PT2H');
    expect(travelling.refuse('dispatcher', acknowledge(travelling, 'check-in', 'PT1H1S')).code).toBe(
      'pause-too-long',
    );
    travelling.take('dispatcher', acknowledge(travelling, 'check-in', 'PT59M59S'));
  });

  test('waits as long as its mechanism says', () => {
    const rules = withLocate({ acknowledge: { atMost: 'P2D', safetyAtMost: 'PT5M' } });
    const play = caseIn('tracing', rules);
    expect(play.refuse('southOfficial', acknowledge(play, 'locate-child', 'P3D')).code).toBe(
      'pause-too-long',
    );
    play.take('southOfficial', acknowledge(play, 'locate-child', 'P1D'));
  });

  test('can’t be said of the past, of what nobody owes, or again while it waits', () => {
    const play = caseIn('tracing');
    const said = acknowledge(play, 'locate-child', 'P1D') as CommandOf<'acknowledgeObligation'>;
    expect(play.refuse('southOfficial', { ...said, until: play.now })).toEqual({
      code: 'date-past',
      field: 'until',
    });
    expect(play.refuse('southOfficial', { ...said, obligation: 'locate-child::south@then' })).toEqual({
      code: 'unknown-obligation',
      field: 'obligation',
    });
    play.take('southOfficial', said);
    expect(play.refuse('southOfficial', said).code).toBe('already-done');
    expect(play.refuse('officer', snooze(play, 'locate-child', 'P1D')).code).toBe('already-done');
    usual.tracing(play);
    expect(play.refuse('southOfficial', said).code).toBe('unknown-obligation');
  });

  test('whose time only comes later is not owed yet', () => {
    const play = caseIn('follow-up');
    const later = obligationsOf(play.state, play.rules, addDuration(play.now, 'P30D')).at(-1)!;
    const said = {
      type: 'acknowledgeObligation',
      obligation: later.key,
      until: addDuration(play.now, 'P1D'),
    } as const;
    expect(play.refuse('receiver', said).code).toBe('unknown-obligation');
  });

  const speakers: [string, ActorName, boolean][] = [
    ['who owes it', 'southOfficial', true],
    ['another office of the same party', 'southDecider', true],
    ['the mediator’s case officer', 'officer', true],
    ['the mediator’s lead', 'lead', true],
    ['the mediator’s reviewer', 'reviewer', false],
    ['the mediator’s duty officer', 'duty', false],
    ['the other side', 'northOfficial', false],
  ];
  test.each(speakers)('may be spoken for by %s: %s, %s', (_who, by, may) => {
    const play = caseIn('tracing');
    const verdict = play.send(by, acknowledge(play, 'locate-child', 'P1D'));
    expect('events' in verdict ? true : verdict.rejection.code).toBe(may || 'not-your-command');
  });

  test('on the way may be spoken for by every office the alarm climbs to', () => {
    for (const [by, answer] of [
      ['escort', 'own-watch'],
      ['dispatcher', true],
      ['duty', true],
      ['lead', true],
      // They are not told that it is owed at all.
      ['host', 'unknown-obligation'],
      ['receiver', 'unknown-obligation'],
      ['southDecider', 'not-your-command'],
    ] as const) {
      const play = caseIn('transit');
      play.pass('PT2H');
      const verdict = play.send(by, acknowledge(play, 'check-in', 'PT30M'));
      expect([by, 'events' in verdict ? true : verdict.rejection.code]).toEqual([by, answer]);
    }
  });

  test('at a clock set back to before it was said does not wait', () => {
    const play = caseIn('tracing', withLocate());
    const { since } = dutyOf(play, 'locate-child');
    play.now = addDuration(play.now, 'PT20H');
    play.take('southOfficial', acknowledge(play, 'locate-child', 'P14D'));
    const duty = dutyOf(play, 'locate-child');
    const before = addDuration(since, 'PT10H');
    expect(nextStepInstantOf(play.state, duty, play.rules, before)).toBe(
      play.state.pauses?.[duty.key]?.until,
    );
    // And there it can be said again: the promise of an instant to come does not run yet.
    const back = play.fork();
    back.now = addDuration(since, 'PT1H');
    back.take('southDecider', acknowledge(back, 'locate-child', 'PT2H'));
    // One whose reminder was due before anybody spoke is due then.
    const early = { ...duty, since: addDuration(since, 'PT0S') };
    const waiting = {
      ...play.state,
      pauses: { [duty.key]: { ...play.state.pauses![duty.key]!, at: addDuration(since, 'P2D') } },
    };
    expect(nextStepInstantOf(waiting, early, play.rules, before)).toBe(addDuration(since, 'P1D'));
  });
});

describe('an obligation put off', () => {
  test('waits, and then goes on as it would have', () => {
    const play = caseIn('tracing', withLocate());
    const { since } = dutyOf(play, 'locate-child');
    play.take('southOfficial', snooze(play, 'locate-child', 'P5D'));
    play.pass('P6D');
    expect(stepsOf(play, 'locate-child', since)).toEqual(['2 remind 120 h']);
  });

  test('for less than its next reminder changes nothing', () => {
    const play = caseIn('tracing', withLocate());
    const { since } = dutyOf(play, 'locate-child');
    play.take('southOfficial', snooze(play, 'locate-child', 'PT6H'));
    play.pass('P2D');
    expect(stepsOf(play, 'locate-child', since)).toEqual(['1 remind 24 h']);
  });

  test('waits even where a later mechanism would have reminded before it was put off', () => {
    const play = caseIn('tracing', withLocate());
    play.pass('PT20H');
    play.take('southOfficial', snooze(play, 'locate-child', 'P2D'));
    const shorter = withLocate();
    const hours = { due: 'PT1H', steps: [{ after: 'PT1H', act: 'remind' as const }], thenEvery: 'P9D' };
    const moved = { ...shorter, ladders: { ...shorter.ladders, 'locate-child': hours } };
    const duty = dutyOf(play, 'locate-child');
    const { until } = play.state.pauses![duty.key]!;
    expect(nextStepInstantOf(play.state, duty, moved, play.now)).toBe(until);
    expect(nextStepInstantOf(play.state, duty, moved, until) <= until).toBe(true);
  });

  test('is escalated all the same: never beyond the next escalation', () => {
    const play = caseIn('tracing', withLocate());
    expect(play.refuse('southOfficial', snooze(play, 'locate-child', 'P10DT1S'))).toEqual({
      code: 'pause-too-long',
      field: 'until',
    });
    play.take('southOfficial', snooze(play, 'locate-child', 'P9DT23H'));
    const reminded = caseIn('tracing', withLocate());
    reminded.pass('P5D');
    expect(reminded.refuse('southOfficial', snooze(reminded, 'locate-child', 'P6D')).code).toBe(
      'pause-too-long',
    );
    // Once it has been escalated, nothing but the longest time bounds it.
    const late = caseIn('tracing', withLocate());
    late.pass('P11D');
    expect(late.refuse('southOfficial', snooze(late, 'locate-child', 'P15D')).code).toBe('pause-too-long');
    late.take('southOfficial', snooze(late, 'locate-child', 'P13D'));
  });

  test('can’t be put off when the escalation is due and the clock has not been looked at', () => {
    const play = caseIn('tracing', withLocate());
    play.now = addDuration(play.now, 'P11D');
    expect(play.refuse('southOfficial', snooze(play, 'locate-child', 'P1D')).code).toBe('pause-too-long');
  });

  test('is put off twice and no more, whoever asks', () => {
    const play = caseIn('tracing', withLocate());
    for (const by of ['southOfficial', 'southDecider'] as const) {
      play.take(by, snooze(play, 'locate-child', 'PT6H'));
      play.pass('PT7H');
    }
    expect(play.refuse('officer', snooze(play, 'locate-child', 'PT6H')).code).toBe('snoozed-too-often');
    // To say "I am seeing to it" is still possible, and does not count.
    play.take('southOfficial', acknowledge(play, 'locate-child', 'PT6H'));
    play.pass('PT7H');
    expect(play.refuse('southOfficial', snooze(play, 'locate-child', 'PT6H')).code).toBe('snoozed-too-often');
  });

  test('for another reason says which, and a note may go with any', () => {
    const play = caseIn('tracing');
    const asked = snooze(play, 'locate-child', 'P1D') as CommandOf<'snoozeObligation'>;
    expect(play.refuse('southOfficial', { ...asked, reason: 'other' })).toEqual({
      code: 'note-required',
      field: 'note',
    });
    const [event] = play.take('southOfficial', { ...asked, reason: 'other', note: 'note-1' });
    expect(event).toEqual({
      ...{ type: 'ObligationSnoozed', obligation: asked.obligation, until: asked.until },
      ...{ reason: 'other', note: 'note-1' },
    });
  });

  test.each(['check-in', 'write-welfare-note'] as const)('is never one of safety: %s', (kind) => {
    const play = caseIn(kind === 'check-in' ? 'transit' : 'hosting');
    play.pass('PT10M');
    expect(play.refuse('lead', snooze(play, kind, 'PT1M')).code).toBe('safety-not-snoozed');
  });
});

describe('an alarm nobody answers', () => {
  const heard = (play: CaseInPlay, from: number): string[] =>
    play.events
      .slice(from)
      .flatMap(({ event }) =>
        event.type === 'LadderStepTaken' && event.kind === 'check-in'
          ? [`${event.step} ${event.act} ${event.party} ${event.office.roles.join('+')}`]
          : [],
      );

  test('goes on to the escort and to everybody it climbed to, until somebody says they see to it', () => {
    const play = caseIn('transit');
    play.pass('PT2H45M');
    const from = play.events.length;
    play.pass('PT15M');
    expect(heard(play, from)).toEqual([
      '5 remind escorts escort',
      '5 escalate escorts duty-officer+dispatcher',
      '5 escalate mediator duty-officer',
      '5 escalate mediator lead',
    ]);
    play.take('duty', acknowledge(play, 'check-in', 'PT40M'));
    const said = play.events.length;
    play.pass('PT39M');
    expect(heard(play, said)).toEqual([]);
    play.pass('PT2M');
    expect(heard(play, said)).toHaveLength(4);
    expect(heard(play, said)[0]).toMatch(/remind escorts escort$/);
  });

  test('tells nobody twice in one step who owes it and is climbed to', () => {
    const play = caseIn('transit');
    play.take('southDecider', { type: 'withdrawApproval' });
    play.pass('PT1H');
    const from = play.events.length;
    play.pass('PT30M');
    const recall = play.events
      .slice(from)
      .flatMap(({ event }) =>
        event.type === 'LadderStepTaken' && event.kind === 'decide-recall' ? [event.act] : [],
      );
    expect(recall).toEqual(['remind']);
  });

  test('by rules of 0.1, where nobody could answer, goes on to the escort alone', () => {
    const { acknowledge: _a, snooze: _s, reminderSpread: _r, ...old } = hostingRules;
    const play = caseIn('transit', old);
    play.pass('PT2H45M');
    const from = play.events.length;
    play.pass('PT15M');
    expect(heard(play, from)).toEqual(['5 remind escorts escort']);
  });
});

describe('a stalled case', () => {
  function stalled(): CaseInPlay {
    const play = caseIn('agreement');
    play.pass('P31D');
    expect(play.state.stalledSince).toBeDefined();
    return play;
  }
  const review = (play: CaseInPlay, days: string, next = 'press-again' as const): Command => ({
    type: 'reviewStalledCase',
    next,
    reviewBy: addDuration(play.now, days).slice(0, 10),
  });

  test('that was looked at is looked at again on the day named, and stays stalled', () => {
    const play = stalled();
    const before = play.state.lastProgressAt;
    expect(dutyOf(play, 'review-stalled').commands).toEqual(['reviewStalledCase']);
    play.take('lead', review(play, 'P5D'));
    expect(owed(play)).not.toContain('review-stalled mediator');
    expect(play.state.stalledSince).toBeDefined();
    expect(play.state.lastProgressAt).toBe(before);
    play.pass('P4D');
    expect(owed(play)).not.toContain('review-stalled mediator');
    play.pass('P2D');
    expect(owed(play)).toContain('review-stalled mediator');
    expect(play.state.stalledReview?.next).toBe('press-again');
  });

  test('is looked at again at the latest after the time in which it would stall anew', () => {
    const play = stalled();
    play.take('officer', review(play, 'P300D'));
    expect(play.state.stalledReview?.reviewAt).toBe(addDuration(play.now, 'P30D'));
  });

  test('can’t be looked at again in the past, nor one that moves', () => {
    const play = stalled();
    const yesterday = shift(play.now, -86_400_000).slice(0, 10);
    expect(
      play.refuse('lead', { type: 'reviewStalledCase', next: 'keep-waiting', reviewBy: yesterday }),
    ).toEqual({
      code: 'date-past',
      field: 'reviewBy',
    });
    const moving = caseIn('agreement');
    expect(moving.refuse('lead', review(moving, 'P5D')).code).toBe('not-stalled');
  });

  test('that moved and stalled again is looked at anew', () => {
    const play = stalled();
    play.take('lead', review(play, 'P29D'));
    play.take('officer', { type: 'recordMediation', party: 'south' });
    expect(owed(play)).not.toContain('review-stalled mediator');
    play.pass('P31D');
    expect(play.state.stalledReview).toBeUndefined();
    expect(owed(play)).toContain('review-stalled mediator');
  });
});

describe('somebody who is away or has left', () => {
  test('away stands in the timeline and changes nothing', () => {
    const play = caseIn('tracing');
    const { version: _v, asides: _a, ...before } = play.state;
    const [event] = play.take('system', {
      ...{ type: 'noteAbsence', absence: 'a-1', official: 'officer', party: 'mediator', deputy: 'officer2' },
      until: addDuration(play.now, 'P7D'),
    });
    expect(event).toMatchObject({ type: 'AbsenceNoted', deputy: 'officer2' });
    expect(play.state).toMatchObject(before);
  });

  test('takes their promises along: the ladder goes on at once, and how often it was put off still counts', () => {
    const play = caseIn('tracing', withLocate());
    const { since } = dutyOf(play, 'locate-child');
    play.take('southOfficial', acknowledge(play, 'locate-child', 'P6D'));
    play.pass('PT2H');
    play.take('system', {
      ...{ type: 'noteSubstitution', official: officials.southOfficial.official, party: 'south' },
      by: officials.southDecider.official,
    });
    play.pass('PT1M');
    expect(stepsOf(play, 'locate-child', since)).toEqual(['1 remind 2 h']);
    const snoozing = caseIn('tracing', withLocate());
    for (let times = 0; times < 2; times += 1) {
      snoozing.take('southOfficial', snooze(snoozing, 'locate-child', 'P2D'));
      snoozing.take('system', { type: 'noteSubstitution', official: 'south-official', party: 'south' });
      snoozing.pass('PT1M');
    }
    expect(snoozing.refuse('southDecider', snooze(snoozing, 'locate-child', 'P2D')).code).toBe(
      'snoozed-too-often',
    );
  });

  test('leaves what others promised to them', () => {
    const play = caseIn('tracing', withLocate());
    play.take('southDecider', acknowledge(play, 'locate-child', 'P6D'));
    play.take('system', { type: 'noteSubstitution', official: 'south-official', party: 'south' });
    play.pass('P5D');
    expect(play.types).not.toContain('LadderStepTaken');
  });

  test('as the child’s escort is replaced by who takes over', () => {
    const play = caseIn('hosting');
    play.runEffects();
    makeReady(play);
    play.take('system', { type: 'noteSubstitution', official: 'escort', party: 'escorts', by: 'escort2' });
    expect(play.state.escort).toMatchObject({ official: 'escort2', party: 'escorts' });
    expect(owed(play)).not.toContain('assign-escort escorts');
  });

  test('as the child’s escort without a successor must be replaced by the dispatcher, before and on the way', () => {
    const play = caseIn('hosting');
    play.runEffects();
    makeReady(play);
    play.take('system', { type: 'noteSubstitution', official: 'escort', party: 'escorts' });
    expect(play.state.escort).toBeUndefined();
    expect(dutyOf(play, 'assign-escort').since).toBe(play.now);
    play.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
    expect(owed(play)).not.toContain('assign-escort escorts');

    for (const stage of ['transit', 'handover'] as const) {
      const travelling = caseIn(stage);
      travelling.take('system', { type: 'noteSubstitution', official: 'escort', party: 'escorts' });
      expect(dutyOf(travelling, 'assign-escort').since).toBe(travelling.now);
      travelling.take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
      expect(owed(travelling)).not.toContain('assign-escort escorts');
    }
    const arrived = caseIn('handover');
    arrived.take('receiver', {
      type: 'checkRecipientIdentity',
      matches: true,
      documentHash: hashOf('paper'),
    });
    arrived.take('escort', { type: 'confirmHandover' });
    arrived.take('system', { type: 'noteSubstitution', official: 'escort', party: 'escorts' });
    expect(owed(arrived)).toEqual(['confirm-handover receiving welfare']);
  });

  test('who has nothing to do with the case leaves it as it is', () => {
    const play = caseIn('transit');
    play.take('system', { type: 'noteSubstitution', official: 'escort2', party: 'escorts', by: 'escort' });
    expect(play.state.escort?.official).toBe('escort');
  });
});

describe('an address that letters do not reach', () => {
  const fault = {
    type: 'noteAddressFault',
    party: 'north',
    official: 'north-official',
    channel: 'mail',
    code: '550',
  } as const;

  test('is the mediator’s to mend, once for each, until it is mended', () => {
    const play = caseIn('tracing');
    play.take('system', fault);
    expect(owed(play)).toContain('mend-address north-official mediator');
    expect(play.refuse('system', fault).code).toBe('already-done');
    play.take('system', { type: 'noteAddressFault', party: 'north', channel: 'webhook', code: 'gone' });
    expect(owed(play)).toContain('mend-address north mediator');
    const { since } = dutyOf(play, 'mend-address');
    play.pass('P4D');
    expect(stepsOf(play, 'mend-address', since)).not.toEqual([]);
    play.take('officer', { type: 'mendAddress', party: 'north', official: 'north-official' });
    expect(owed(play).filter((duty) => duty.startsWith('mend'))).toEqual(['mend-address north mediator']);
    play.take('system', { type: 'noteAddressMended', party: 'north' });
    expect(owed(play).filter((duty) => duty.startsWith('mend'))).toEqual([]);
    expect(play.refuse('officer', { type: 'mendAddress', party: 'north' }).code).toBe('already-done');
  });

  test('that fails again later is a new obligation', () => {
    const play = caseIn('tracing');
    play.take('system', fault);
    const first = dutyOf(play, 'mend-address').key;
    play.take('officer', { type: 'mendAddress', party: 'north', official: 'north-official' });
    play.take('system', fault);
    expect(dutyOf(play, 'mend-address').key).not.toBe(first);
  });

  test('is owed by rules of 0.1 too, which have no ladder for it', () => {
    const { 'mend-address': _, ...ladders } = hostingRules.ladders;
    const play = caseIn('tracing', { ...hostingRules, ladders });
    play.take('system', fault);
    expect(dutyOf(play, 'mend-address').due).toBe(addDuration(play.now, 'P2D'));
    play.pass('P4D');
    expect(play.types).toContain('LadderStepTaken');
  });
});

describe('an alarm that has not reached somebody', () => {
  const unheard = (...receivers: { party: string; official: string }[]) =>
    ({
      type: 'noteAlarmUndelivered',
      receivers: receivers.map((each) => ({ ...each, alarm: 'emergency', code: 'smtp-550-5.7.1' })),
    }) satisfies Command;
  const south = { party: 'south', official: 'south-official' };
  const duty = { party: 'mediator', official: 'duty' };

  test('is the duty officer’s to pass on, as a matter of safety, until they have', () => {
    const play = caseIn('transit');
    play.take('system', unheard(south));
    expect(owed(play)).toContain('pass-on-alarm south-official mediator');
    expect(dutyOf(play, 'pass-on-alarm')).toMatchObject({ safety: true, roles: ['duty-officer', 'lead'] });
    expect(play.refuse('system', unheard(south)).code).toBe('already-done');
    play.take('duty', { type: 'passOnAlarm', ...south });
    expect(owed(play).filter((each) => each.startsWith('pass-on'))).toEqual([]);
    expect(play.refuse('duty', { type: 'passOnAlarm', ...south }).code).toBe('already-done');
  });

  test('ends by itself when the letter comes through, for that one and nobody else', () => {
    const play = caseIn('transit');
    play.take('system', unheard(south, duty));
    play.take('system', { type: 'noteAlarmDelivered', receivers: [south] });
    expect(owed(play).filter((each) => each.startsWith('pass-on'))).toEqual(['pass-on-alarm duty mediator']);
  });

  test('climbs a ladder of its own, under rules of 0.1 too', () => {
    const { 'pass-on-alarm': _, ...ladders } = hostingRules.ladders;
    const play = caseIn('transit', { ...hostingRules, ladders });
    play.take('system', unheard(south));
    const { since } = dutyOf(play, 'pass-on-alarm');
    play.pass('PT25M');
    expect(stepsOf(play, 'pass-on-alarm', since)).toEqual(['1 remind 0.17 h', '2 escalate 0.33 h']);
  });

  test('is told to the rest of their party and to the mediator at once, and once', () => {
    const play = caseIn('transit');
    play.take('system', unheard(south, duty));
    const recorded = play.events.find(({ event }) => event.type === 'AlarmUndelivered')!;
    const told = noticesOf(recorded, play.state, play.rules);
    expect(
      told.map(({ kind, party, roles, safety, facts }) => ({ kind, party, roles, safety, facts })),
    ).toEqual([
      expect.objectContaining({
        ...{ kind: 'alarm-undelivered', party: 'south', roles: [], safety: true },
        facts: expect.objectContaining({ alarm: 'emergency', receivers: 'south-official' }) as object,
      }),
      expect.objectContaining({ party: 'mediator', roles: [] }),
      expect.objectContaining({ party: 'mediator', roles: ['duty-officer', 'lead'] }),
    ]);
  });
});

test('none of this is progress: a case that is only talked about stalls', () => {
  const play = proposed();
  const before = play.state.lastProgressAt;
  play.take('northDecider', acknowledge(play, 'decide-on-plan', 'P10D'));
  play.take('system', { type: 'noteSubstitution', official: 'north-decider', party: 'north' });
  play.take('northDecider', { ...snooze(play, 'decide-on-plan', 'P3D') });
  play.take('system', { type: 'noteAddressFault', party: 'south', channel: 'webhook', code: '410' });
  play.take('officer', { type: 'mendAddress', party: 'south' });
  expect(play.state.lastProgressAt).toBe(before);
  play.take('southDecider', approval(play));
  expect(play.state.lastProgressAt).toBe(play.now);
  play.take('northDecider', objection(play));
});

test('what was said is in the fold of the events, whichever way they are folded', () => {
  const play = caseIn('tracing', withLocate());
  play.take('southOfficial', snooze(play, 'locate-child', 'P2D'));
  play.take('system', { type: 'noteAddressFault', party: 'south', channel: 'webhook', code: '410' });
  const half = Math.floor(play.events.length / 2);
  const inTwo = fold(play.events.slice(half), copyOf(fold(play.events.slice(0, half))));
  expect(copyOf(inTwo)).toEqual(copyOf(play.state));
  expect(nextInstantOf(inTwo, play.rules, play.now)).toBe(nextInstantOf(play.state, play.rules, play.now));
});
