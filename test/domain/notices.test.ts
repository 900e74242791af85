/** Whom an event tells: never an observer, never twice under one key, never a word of personal data. */
import fc from 'fast-check';
import { evolve } from '../../src/domain/evolve';
import type { ReturnCase } from '../../src/domain/case';
import { noticeKinds, noticesOf } from '../../src/domain/notices';
import type { Notice } from '../../src/domain/notices';
import { caseIn } from '../support/factories';
import type { CaseInPlay } from '../support/factories';
import { officials } from '../support/mechanism-rules';
import type { ActorName } from '../support/mechanism-rules';
import type { Command } from '../../src/domain/commands';
import { playScript, scripts } from './random-play';

function noticesIn({ events, rules }: CaseInPlay, from = 0): Notice[] {
  let state: ReturnCase | undefined;
  const notices: Notice[] = [];
  for (const recorded of events) {
    state = evolve(state, recorded);
    if (recorded.version > from) notices.push(...noticesOf(recorded, state, rules));
  }
  return notices;
}
function told(play: CaseInPlay, by: ActorName, command: Command): string[] {
  const from = play.events.length;
  play.take(by, command);
  return noticesIn(play, from).map(({ kind, party, roles, safety }) =>
    [kind, party, roles.join('+'), safety ? 'now' : ''].filter(Boolean).join(' '),
  );
}

describe('told are', () => {
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
    const visit = (outcome: 'well' | 'not-met') => ({ type: 'reportVisit', visit: 1, outcome }) as const;
    expect(told(caseIn('follow-up'), 'receiver', visit('well'))).toEqual([]);
    expect(told(caseIn('follow-up'), 'receiver', visit('not-met'))).toEqual([
      'visit-concern mediator case-officer+lead',
    ]);
  });

  test('every party of a closure', () => {
    expect(noticesIn(caseIn('closed')).filter(({ kind }) => kind === 'case-closed')).toHaveLength(6);
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

test('in whatever return, keys are unique, kinds known, observers untold, facts codes', () => {
  const parties = new Set(Object.values(officials).map(({ party }) => party));
  fc.assert(
    fc.property(scripts, (script) => {
      const notices = noticesIn(playScript(script, () => undefined));
      if (new Set(notices.map(({ key }) => key)).size !== notices.length) throw new Error('a key came twice');
      for (const { kind, party, facts } of notices) {
        if (party === 'watch' || !parties.has(party)) throw new Error(`${kind} told ${party}`);
        if (!noticeKinds.includes(kind)) throw new Error(`${kind} is no kind`);
        for (const fact of Object.values(facts))
          if (!/^[\w:.-]{1,60}$/.test(fact)) throw new Error(`${kind} says more than a code: ${fact}`);
      }
    }),
    { numRuns: 40 },
  );
});
