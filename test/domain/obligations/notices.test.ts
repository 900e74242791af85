/** Whom an event tells: never an observer, never twice under one key, never a word of personal data. */
import fc from 'fast-check';
import { evolve } from '../../../src/domain/evolve/evolve';
import type { ReturnCase } from '../../../src/domain/model/case';
import { noticeKinds } from '../../../src/domain/model/notice-kinds';
import { noticesOf, waitingNoticesOf } from '../../../src/domain/obligations/notices';
import type { Notice } from '../../../src/domain/obligations/notices';
import { addDuration } from '../../../src/domain/calendar/time';
import { attestation, caseIn, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { officials } from '../../support/mechanism-rules';
import type { ActorName } from '../../support/mechanism-rules';
import type { Command } from '../../../src/domain/model/commands';
import { playScript, scripts } from '../plays/random-play';
import { obligationsIn, ready } from '../plays/returns';
import { propertyRuns } from '../../support/property-runs';

function noticesIn({ events, rules }: Pick<CaseInPlay, 'events' | 'rules'>, from = 0): Notice[] {
  let state: ReturnCase | undefined;
  const notices: Notice[] = [];
  for (const recorded of events) {
    state = evolve(state, recorded);
    if (recorded.version > from) notices.push(...noticesOf(recorded, state, rules));
  }
  return notices;
}
/** As the record does: after each command, what newly waits. */
function waitingIn({ events, rules }: CaseInPlay, from = 0): Notice[] {
  let before: ReturnCase | undefined;
  let state: ReturnCase | undefined;
  let told: Notice[] = [];
  const waiting: Notice[] = [];
  for (const [index, recorded] of events.entries()) {
    state = evolve(state, recorded);
    told.push(...noticesOf(recorded, state, rules));
    // Commands in these plays are a second apart.
    if (events[index + 1]?.at === recorded.at) continue;
    const found = waitingNoticesOf(before, recorded, state, rules, told);
    if (recorded.version > from) waiting.push(...found);
    before = state;
    told = [];
  }
  return waiting;
}
function waitsAfter(play: CaseInPlay, by: ActorName, command: Command): string[] {
  const from = play.events.length;
  play.take(by, command);
  return waitingIn(play, from).map(({ facts, party, roles }) =>
    [facts.obligation, party, roles.join('+')].filter(Boolean).join(' '),
  );
}
function told(play: CaseInPlay, by: ActorName, command: Command): string[] {
  const from = play.events.length;
  play.take(by, command);
  return noticesIn(play, from).map(({ kind, party, roles, safety }) =>
    [kind, party, roles.join('+'), safety ? 'now' : ''].filter(Boolean).join(' '),
  );
}

describe('told are', () => {
  test('of a plan put to them, until they have decided: the notice belongs to the obligation', () => {
    const { events, rules } = caseIn('preparation');
    const put = noticesIn({ events, rules }).filter(({ kind }) => kind === 'plan-put');
    expect(put.length).toBeGreaterThan(1);
    for (const { obligation, party } of put)
      expect(obligation).toMatch(new RegExp(`^decide-on-plan:.*${party}@`));
    expect(new Set(put.map(({ obligation }) => obligation)).size).toBe(put.length);
  });

  test('of a sign of life that is missing, the one escort who travels with the child', () => {
    const play = caseIn('transit');
    const from = play.events.length;
    play.pass('PT3H');
    const alarms = noticesIn(play, from).filter(({ facts }) => facts.obligation === 'check-in');
    const ofEscort = alarms.filter(({ roles }) => roles.join() === 'escort');
    expect(ofEscort.length).toBeGreaterThan(0);
    for (const { facts } of ofEscort) expect(facts.official).toBe(officials.escort.official);
    for (const alarm of alarms) if (!ofEscort.includes(alarm)) expect(alarm.facts.official).toBeUndefined();
  });

  test('the sides’ deciders of a plan put to them', () => {
    const play = caseIn('preparation');
    expect(
      noticesIn(play)
        .filter(({ kind }) => kind === 'plan-put')
        .map(({ party, roles }) => [party, ...roles]),
    ).toEqual([
      ['north', 'decider'],
      ['south', 'decider'],
    ]);
  });

  test('host and escort of what is asked of them', () => {
    const play = caseIn('preparation');
    expect(told(play, 'system', { type: 'requestPlace', planVersion: 1 })).toEqual([
      'place-asked embassy host+clinician',
    ]);
    expect(told(play, 'system', { type: 'requestEscort', planVersion: 1 })).toEqual([
      'escort-asked escorts dispatcher+duty-officer',
    ]);
  });

  test('the mediator of a withdrawal; on the way at once, and the escort too', () => {
    const withdraw = { type: 'withdrawApproval' } as const;
    expect(told(caseIn('preparation'), 'southDecider', withdraw)).toEqual([
      'approval-withdrawn mediator case-officer+lead',
    ]);
    expect(told(caseIn('transit'), 'southDecider', withdraw)).toEqual([
      'approval-withdrawn mediator case-officer+lead now',
      'recall-raised mediator lead+duty-officer now',
      'recall-raised escorts escort+duty-officer now',
    ]);
  });

  test('every other party of a hold, everybody at once of an emergency', () => {
    const hold = { type: 'placeHold', hold: 'hold-1', reason: 'legal' } as const;
    expect(told(caseIn('tracing'), 'southOfficial', hold)).toEqual([
      'hold-placed mediator case-officer+lead+duty-officer',
      'hold-placed north',
    ]);
    expect(told(caseIn('hosting'), 'host', { type: 'reportMedicalEmergency' })).toEqual(
      ['embassy', 'escorts', 'mediator', 'north', 'south', 'welfare'].map(
        (party) => `emergency ${party} now`,
      ),
    );
  });

  test('the mediator of a concern, and nobody where all is well', () => {
    const note = (wellbeing: 'well' | 'concern') => ({ type: 'writeWelfareNote', wellbeing }) as const;
    expect(told(caseIn('hosting'), 'host', note('well'))).toEqual([]);
    expect(told(caseIn('hosting'), 'host', note('concern'))).toEqual([
      'welfare-concern mediator lead+duty-officer now',
    ]);
    const visit = (outcome: 'well' | 'concern' | 'not-met') =>
      ({ type: 'reportVisit', visit: 1, outcome }) as const;
    const home = caseIn('follow-up');
    home.pass('P1D');
    expect(told(home.fork(), 'receiver', visit('well'))).toEqual([]);
    expect(told(home.fork(), 'receiver', visit('not-met'))).toEqual([
      'visit-concern mediator case-officer+lead',
    ]);
    expect(told(home.fork(), 'receiver', visit('concern'))).toEqual([
      'visit-concern mediator case-officer+lead now',
    ]);
  });

  test('of a closure those who worked on the case, of every party', () => {
    const closed = noticesIn(caseIn('closed')).filter(({ kind }) => kind === 'case-closed');
    expect(closed.map(({ party, roles }) => [party, ...roles].join(' ')).sort()).toEqual([
      'embassy host',
      'escorts dispatcher',
      'mediator case-officer lead',
      'north official decider',
      'south official decider',
      'welfare receiver',
    ]);
  });

  test('the dispatcher at once of a child on the way whose escort left', () => {
    const left = { type: 'noteSubstitution', official: 'escort', party: 'escorts' } as const;
    expect(told(caseIn('transit'), 'system', left)).toEqual([
      'escort-asked escorts dispatcher+duty-officer now',
    ]);
    expect(told(caseIn('transit'), 'system', { ...left, by: 'escort2' })).toEqual([]);
    expect(told(caseIn('tracing'), 'system', left)).toEqual([]);
  });

  test('nobody of what is only said about an obligation, or of an address that fails', () => {
    const play = caseIn('tracing');
    const [duty] = obligationsIn(play);
    const until = addDuration(play.now, 'P1D');
    expect(
      told(play, 'southOfficial', { type: 'acknowledgeObligation', obligation: duty!.key, until }),
    ).toEqual([]);
    const fault = { party: 'north', channel: 'webhook', code: '410' } as const;
    expect(told(play, 'system', { type: 'noteAddressFault', ...fault })).toEqual([]);
  });

  test('the owner, the lead and the list of a ladder’s steps, with the obligation they are about', () => {
    const play = caseIn('tracing');
    play.pass('P91D');
    const steps = noticesIn(play).filter(({ obligation }) => obligation?.startsWith('locate-child'));
    expect(new Set(steps.map(({ kind, party }) => `${kind} ${party}`))).toEqual(
      new Set(['reminder south', 'escalation mediator']),
    );
    for (const { facts } of steps)
      expect(facts).toMatchObject({ obligation: 'locate-child', stage: 'tracing' });
    expect(noticesIn(play).map(({ kind }) => kind)).toContain('case-stalled');
  });
});

describe('what newly waits is told once', () => {
  test('to the mediator when a case is opened', () => {
    const play = caseIn('intake');
    expect(waitingIn(play).map(({ facts, party }) => `${facts.obligation} ${party}`)).toEqual([
      'acknowledge-case mediator',
      'accept-file mediator',
    ]);
  });

  test('to whoever attests once the child is located, with the obligation it is about', () => {
    const play = caseIn('tracing');
    const from = play.events.length;
    expect(waitsAfter(play, 'southOfficial', { type: 'reportWhereabouts', evidence: ['doc-2'] })).toEqual([
      'attest-facet mediator interviewer+lead',
      'attest-facet north official',
      'attest-facet north official',
      'attest-facet north official',
      'attest-facet north interviewer',
      // Not to the official of the south who owes the last one: their own report brought it about.
    ]);
    const [first] = waitingIn(play, from);
    expect(first).toMatchObject({ kind: 'waiting', safety: false });
    expect(first?.obligation).toMatch(/^attest-facet:childs-view:mediator@/);
    expect(first?.facts).toMatchObject({ stage: 'verification' });
  });

  test('and not again by what leaves it as it was', () => {
    const play = caseIn('verification');
    expect(waitsAfter(play, 'officer', { type: 'markUrgent', medicallyUrgent: true })).toEqual([]);
    expect(waitsAfter(play, 'northOfficial', attestation('kinship'))).toEqual([
      'review-attestation mediator reviewer+lead',
    ]);
  });

  test('to the sides of a plan when it is put to them, and not before as well', () => {
    const play = caseIn('agreement');
    expect(waitsAfter(play, 'officer', { type: 'proposePlan', terms: termsOf(play) })).toEqual([]);
    const from = play.events.length;
    play.runEffects();
    expect(waitingIn(play, from)).toEqual([]);
    expect(noticesIn(play, from).map(({ kind, party }) => `${kind} ${party}`)).toEqual([
      'plan-put north',
      'plan-put south',
    ]);
  });

  test('to a side whose approval has lapsed', () => {
    const play = caseIn('preparation');
    const from = play.events.length;
    play.now = addDuration(play.state.plan!.window.to + 'T00:00:00.000Z', 'P1D');
    play.take('system', { type: 'observeTime' });
    expect(waitingIn(play, from).map(({ facts }) => facts.obligation)).toContain('propose-plan');
  });

  test('but what time alone brings is said by its ladder', () => {
    const play = ready();
    expect(obligationsIn(play).map(({ kind }) => kind)).toContain('give-go');
    expect(waitingIn(play).map(({ facts }) => facts.obligation)).not.toContain('give-go');
    play.pass('PT12H');
    expect(noticesIn(play).at(-1)).toMatchObject({ kind: 'reminder', party: 'mediator', roles: ['lead'] });
  });

  test('and never of safety, whose ladders speak at once', () => {
    const play = caseIn('closed');
    expect(waitingIn(play).map(({ facts }) => facts.obligation)).not.toContain('check-in');
    expect(waitingIn(play).every(({ safety }) => !safety)).toBe(true);
  });

  test('nor of a place, an escort or a stall of which somebody just heard', () => {
    const play = caseIn('preparation');
    const from = play.events.length;
    play.runEffects();
    expect(waitingIn(play, from)).toEqual([]);
    const waits = caseIn('agreement');
    const before = waits.events.length;
    waits.pass('P31D');
    expect(waits.state.stalledSince).toBeDefined();
    expect(waitingIn(waits, before).map(({ facts }) => facts.obligation)).not.toContain('review-stalled');
  });

  test('each obligation of a return that somebody meets was told once or had its own word', () => {
    const keys = waitingIn(caseIn('closed')).map(({ obligation }) => obligation);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeLessThan(45);
  });
});

test('in whatever return, keys are unique, kinds known, observers untold, facts codes', () => {
  const parties = new Set(Object.values(officials).map(({ party }) => party));
  fc.assert(
    fc.property(scripts, (script) => {
      const play = playScript(script, () => undefined);
      const notices = [...noticesIn(play), ...waitingIn(play)];
      if (new Set(notices.map(({ key }) => key)).size !== notices.length) throw new Error('a key came twice');
      for (const { kind, party, facts } of notices) {
        if (party === 'watch' || !parties.has(party)) throw new Error(`${kind} told ${party}`);
        if (!noticeKinds.includes(kind)) throw new Error(`${kind} is no kind`);
        for (const fact of Object.values(facts))
          if (!/^[\w:.-]{1,60}$/.test(fact)) throw new Error(`${kind} says more than a code: ${fact}`);
      }
    }),
    propertyRuns(40),
  );
});
