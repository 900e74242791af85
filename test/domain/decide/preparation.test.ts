/** Places, legs, papers, clearance and holds on the way to departure. */
import { stages } from '../../../src/domain/model/stages';
import { approval, caseIn, daysAfter, decidersOf, steps, termsOf } from '../../support/factories';
import { homeAgain, obligationsIn, owed } from '../plays/returns';

describe('preparation', () => {
  test('a place declined, even one already held, is not asked for again: another plan is owed', () => {
    for (const held of [false, true]) {
      const play = caseIn('preparation');
      play.runEffects();
      if (held) play.take('host', { type: 'confirmPlace' });
      play.take('host', { type: 'declinePlace' });
      expect(play.state.stay).toBeUndefined();
      expect(play.effects).toEqual([]);
      expect(owed(play)).toContain('propose-plan place-declined mediator');
      expect(play.refuse('host', { type: 'declinePlace' }).code).toBe('already-done');
      play.take('officer', { type: 'proposePlan', terms: termsOf(play, { site: 'guesthouse' }) });
      expect(play.refuse('host', { type: 'confirmPlace' }).code).toBe('case-not-found');
      for (const decider of decidersOf(play)) play.take(decider, approval(play));
      play.runEffects();
      play.take('innHost', { type: 'confirmPlace' });
      expect(play.state.stay).toMatchObject({ site: 'guesthouse', status: 'held' });
    }
  });

  test('a hosted child is not planned to another site', () => {
    const play = caseIn('hosting');
    for (const site of ['guesthouse', null]) {
      const terms = termsOf(play, { site });
      expect(play.refuse('officer', { type: 'proposePlan', terms })).toEqual({
        code: 'child-hosted-or-travelling',
        field: 'site',
      });
    }
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { modality: 'air' }) });
    expect(play.state).toMatchObject({ stage: 'agreement', stay: { status: 'occupied' } });
    expect(play.state.escort).toBeUndefined();
    homeAgain(play);
  });

  test('legs join one another and end at the handover place', () => {
    const play = caseIn('preparation');
    const day = play.state.plan!.window.from;
    const at = (hours: number) => `${day}T${String(hours).padStart(2, '0')}:00:00.000Z`;
    const leg = (id: string, from: string, to: string, departs: number, arrives: number) => ({
      id,
      from,
      to,
      departAt: at(departs),
      arriveAt: at(arrives),
    });
    const code = (...legs: ReturnType<typeof leg>[]) => play.refuse('dispatcher', { type: 'planLegs', legs });
    expect(code().code).toBe('legs-disordered');
    expect(code(leg('a', 'station', 'border', 1, 2)).code).toBe('legs-disordered');
    expect(code(leg('a', 'station', 'nowhere', 1, 2))).toEqual({ code: 'unknown-place', field: 'legs.0' });
    expect(code(leg('a', 'station', 'home-town', 2, 2))).toEqual({
      code: 'legs-disordered',
      field: 'legs.0',
    });
    const first = leg('a', 'station', 'border', 1, 5);
    expect(code(first, leg('a', 'border', 'home-town', 6, 7))).toEqual({
      code: 'duplicate-id',
      field: 'legs',
    });
    expect(code(first, leg('b', 'station', 'home-town', 6, 7)).field).toBe('legs.1');
    expect(code(first, leg('b', 'border', 'home-town', 4, 7)).field).toBe('legs.1');
    play.take('dispatcher', { type: 'planLegs', legs: [first, leg('b', 'border', 'home-town', 5, 7)] });
  });

  test('the case closes while the child is hosted only with a word on where it goes, and the place is free', () => {
    const play = caseIn('hosting');
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'withdrawn' }).code).toBe('note-required');
    const events = play.take('officer', { type: 'closeCase', outcome: 'withdrawn', note: 'note-1' });
    expect(events.map(({ type }) => type)).toEqual(['CaseClosed', 'StageEntered', 'PlaceReleased']);
  });

  test('papers and clearance that expire are owed anew, from the day they expired', () => {
    const play = caseIn('hosting');
    play.runEffects();
    const day = daysAfter(play.now, 3);
    play.take('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil: day });
    play.take('clinician', { type: 'clearMedically', fit: true, validUntil: day });
    expect(owed(play)).toContain('clear-medically embassy'); // it ends before the window begins
    play.pass('P6D');
    const anew = obligationsIn(play).filter(({ kind }) =>
      ['confirm-travel-documents', 'clear-medically'].includes(kind),
    );
    expect(anew.map(({ since }) => since)).toEqual(Array(2).fill(`${daysAfter(day, 1)}T00:00:00.000Z`));
    expect(play.types.filter((type) => type.endsWith('Expired'))).toHaveLength(2);
  });
});

describe('a hold', () => {
  test.each(stages.filter((stage) => stage !== 'closed'))(
    'in %s stops what moves, not who helps',
    (stage) => {
      const play = caseIn(stage);
      play.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal' });
      expect(play.state.stage).toBe(stage);
      expect(owed(play)).toContain('review-hold hold-1 south');
      const [hold] = play.state.holds;
      expect(hold?.reviewAt).toBe(new Date(Date.parse(play.now) + 7 * 86_400_000).toISOString());
      const twin = play.fork();
      if (['hosting', 'transit', 'handover'].includes(stage))
        expect(() => steps[stage](twin)).toThrow(/hold-active|journey-paused/);
      play.take('southOfficial', { type: 'liftHold', hold: 'hold-1' });
      if (stage === 'transit') play.take('duty', { type: 'resumeJourney' });
      homeAgain(play);
    },
  );

  test('placed twice under one name is two holds, each lifted by itself', () => {
    const play = caseIn('agreement');
    const place = { type: 'placeHold', hold: 'hold-1', reason: 'security' } as const;
    for (const by of ['southOfficial', 'northOfficial', 'officer'] as const) play.take(by, place);
    const ids = play.state.holds.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    play.take('southOfficial', { type: 'liftHold', hold: ids[0]! });
    expect(play.state.holds.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  test('sent once more by the same official, the very same, is one hold', () => {
    const play = caseIn('transit');
    const note = '018f0000-0000-8000-8000-000000000001';
    const place = { type: 'placeHold', hold: 'hold-1', reason: 'health', note } as const;
    play.take('southOfficial', place);
    expect(play.state.journey?.paused).toBeDefined();
    const before = play.types.length;
    play.take('southOfficial', place);
    expect([play.state.holds.length, play.types.length]).toEqual([1, before]);
  });

  test.each([
    ['another official', 'southDecider', {}],
    ['another reason', 'southOfficial', { reason: 'legal' }],
    ['other words', 'southOfficial', { note: '018f0000-0000-8000-8000-000000000002' }],
    ['another day', 'southOfficial', { reviewBy: 'tomorrow' }],
  ] as const)('with %s is another hold, and none is refused', (_what, by, changed) => {
    const play = caseIn('agreement');
    const place = { type: 'placeHold', hold: 'hold-1', reason: 'security' } as const;
    play.take('southOfficial', place);
    const reviewBy = 'reviewBy' in changed ? { reviewBy: daysAfter(play.now, 1) } : {};
    play.take(by, { ...place, ...changed, ...reviewBy });
    expect(play.state.holds.map(({ id }) => id)).toEqual(['hold-1', expect.stringMatching(/^hold-1-\d+$/)]);
  });

  test('said again a day later, after its review, or after it was lifted says something new', () => {
    const place = { type: 'placeHold', hold: 'hold-1', reason: 'security' } as const;
    const later = caseIn('agreement');
    later.take('southOfficial', place);
    later.pass('P1D');
    later.take('southOfficial', place);
    expect(later.state.holds).toHaveLength(2);
    const lifted = caseIn('agreement');
    lifted.take('southOfficial', place);
    lifted.take('southOfficial', { type: 'liftHold', hold: 'hold-1' });
    lifted.take('southOfficial', place);
    expect(lifted.state.holds).toHaveLength(1);
  });

  test('of a host whom the next plan leaves out stays its own to lift', () => {
    const play = caseIn('preparation');
    play.take('host', { type: 'placeHold', hold: 'hold-1', reason: 'family' });
    play.take('officer', { type: 'proposePlan', terms: termsOf(play, { site: 'guesthouse' }) });
    expect(play.refuse('host', { type: 'confirmPlace' }).code).not.toBe('case-not-found');
    play.take('host', { type: 'liftHold', hold: 'hold-1' });
    expect(play.refuse('host', { type: 'confirmPlace' }).code).toBe('case-not-found');
  });

  test('is reviewed at the latest after the mechanism’s time, and each review starts its ladder anew', () => {
    const play = caseIn('agreement');
    const soon = daysAfter(play.now, 2);
    play.take('southOfficial', { type: 'placeHold', hold: 'hold-1', reason: 'legal', reviewBy: soon });
    expect(play.state.holds[0]?.reviewAt).toBe(`${soon}T23:59:59.999Z`);
    const keyOf = () => obligationsIn(play).find(({ kind }) => kind === 'review-hold')!;
    const first = keyOf().key;
    play.pass('P4D');
    const reminded = play.types.filter((type) => type === 'LadderStepTaken').length;
    expect(reminded).toBeGreaterThan(0);
    play.take('southDecider', { type: 'reviewHold', hold: 'hold-1', reviewBy: daysAfter(play.now, 90) });
    expect(keyOf().key).not.toBe(first);
    expect(keyOf().due).toBe(new Date(Date.parse(play.now) + 7 * 86_400_000).toISOString());
    expect(
      play.refuse('southDecider', { type: 'reviewHold', hold: 'hold-1', reviewBy: '2026-01-01' }).code,
    ).toBe('date-past');
  });
});
