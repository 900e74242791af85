/** Who came of age: with their own consent nobody asks who may have them; without it they go nowhere. */
import { facetsAskedOf } from '../../../src/domain/facts/adults';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { stageOf } from '../../../src/domain/facts/stage-of';
import { careOf } from '../../../src/domain/facts/care';
import { heardAbout, heardUntil } from '../../../src/domain/facts/hearing';
import type { ReturnCase } from '../../../src/domain/model/case';
import type { MajorityMilestone } from '../../../src/domain/model/commands';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { facets, firstFacets, recipientFacets } from '../../../src/domain/model/verification';
import type { Facet } from '../../../src/domain/model/verification';
import { addDuration } from '../../../src/domain/calendar/time';
import { caseIn, hashOf, settle, steps, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, passageRules } from '../../support/mechanism-rules';
import { homeAgain, owed, ready } from '../plays/returns';

const { adultHearingValidFor: _, ...rulesOfBefore } = hostingRules;
const own = ['whereabouts', 'identity', 'childs-view'] as const satisfies readonly Facet[];
const hosted = ready();
const aged = (daysLeft?: MajorityMilestone, ownConsent?: boolean): ReturnCase => ({
  ...hosted.state,
  ...(daysLeft !== undefined && {
    majority: { daysLeft, at: hosted.now, ...(ownConsent !== undefined && { ownConsent }) },
  }),
});
const consent = (given = true) => ({ type: 'recordOwnConsent', given, document: 'doc-7' }) as const;
/** Of age, and nobody has said anything of kinship, custody or the recipient. */
function adult(rules: MechanismRules = hostingRules): CaseInPlay {
  const play = caseIn('verification', rules);
  play.take('system', { type: 'noteMajority', daysLeft: 0 });
  for (const facet of own) if (play.state.facets[facet].status === 'open') settle(play, facet);
  return play;
}

describe('what is asked of a person', () => {
  test.each<[who: string, state: ReturnCase, rules: MechanismRules, asked: readonly Facet[]]>([
    ['a child', aged(), hostingRules, firstFacets],
    ['one that will be of age in a month and consents', aged(30, true), hostingRules, firstFacets],
    ['an adult who has not been asked', aged(0), hostingRules, firstFacets],
    ['an adult who does not consent', aged(0, false), hostingRules, firstFacets],
    ['an adult who consents', aged(0, true), hostingRules, own],
    ['an adult who consents, under rules of before', aged(0, true), rulesOfBefore, firstFacets],
  ])('of %s', (_who, state, rules, asked) => {
    expect(facetsAskedOf(state, rules)).toEqual(asked);
    for (const facet of facets) {
      const open: ReturnCase = {
        ...state,
        facets: { ...state.facets, [facet]: { status: 'open', since: hosted.now } },
      };
      const isAsked = asked.includes(facet);
      const blocked = gateBlockersOf(open, rules, hosted.now).some(({ subject }) => subject === facet);
      expect([facet, blocked]).toEqual([facet, isAsked]);
      expect([facet, stageOf(open, rules) === 'verification']).toEqual([facet, isAsked]);
    }
  });
});

describe('an adult who consents', () => {
  test('is verified, planned for, travels and is handed over without custody, kinship and willingness', () => {
    const play = adult(passageRules);
    expect(play.state.stage).toBe('verification');
    expect(owed(play).filter((what) => what.startsWith('attest-facet'))).toHaveLength(3);
    play.take('northOfficial', {
      type: 'attestFacet',
      facet: 'custody',
      finding: 'insufficient',
      evidence: ['doc-1'],
    });
    play.take('interviewer', consent());
    expect(play.state.stage).toBe('agreement');
    expect(owed(play).join()).not.toMatch(/attest-facet|review-attestation/);
    for (const stage of ['agreement', 'preparation', 'transit'] as const) steps[stage](play);
    expect(owed(play).join()).not.toMatch(/attest-facet/);
    homeAgain(play);
    for (const facet of recipientFacets) expect(play.state.facets[facet]?.status).not.toBe('settled');
  });

  test('is verified in what is their own, and in nothing else', () => {
    const play = caseIn('verification');
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    play.take('interviewer', consent());
    const facetsOwed = owed(play).filter((what) => what.startsWith('attest-facet'));
    expect(facetsOwed.map((what) => what.split(' ')[1]).sort()).toEqual([...own].sort());
  });

  test('who takes it back is asked for everything again, and does not depart', () => {
    const play = adult();
    play.take('interviewer', consent());
    for (const stage of ['agreement', 'preparation'] as const) steps[stage](play);
    expect(play.state.stage).toBe('hosting');
    play.take('interviewer', consent(false));
    expect(play.state.stage).toBe('verification');
  });

  test('has a plan that no lapsing custody reopens', () => {
    const play = adult();
    settle(play, 'custody', { evidence: ['doc-14'] });
    const { validUntil } = play.state.facets.custody.attestation!;
    play.take('interviewer', consent());
    const from = validUntil!;
    const to = addDuration(`${from}T00:00:00.000Z`, 'P9D').slice(0, 10);
    const events = play.take('officer', {
      type: 'proposePlan',
      terms: termsOf(play, { window: { from, to } }),
    });
    expect(events.map(({ type }) => type)).not.toContain('FacetReopened');
  });

  test('who comes of age on the way is handed over on their own word', () => {
    const play = caseIn('handover');
    play.take('officer', { type: 'reopenFacet', facet: 'custody' });
    play.take('receiver', { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') });
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    expect(play.refuse('receiver', { type: 'confirmHandover' }).code).toBe('facets-unconfirmed');
    play.take('interviewer', consent());
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    expect(play.state.stage).toBe('follow-up');
  });
});

describe('an adult to whom nobody comes', () => {
  const toNobody = (play: CaseInPlay, more = {}) =>
    ({ type: 'proposePlan', terms: termsOf(play, { recipient: null, ...more }) }) as const;
  const heardAlone = { type: 'recordHearing', answer: 'willing' } as const;
  const seen = { type: 'identifyChild', how: 'features', matches: true } as const;
  const alone = { type: 'confirmOwnArrival' } as const;
  const arrived = (play: CaseInPlay): CaseInPlay => {
    steps.preparation(play);
    for (const { id } of play.state.legs) play.take('escort', { type: 'completeLeg', leg: id });
    play.take('escort', { type: 'arrive' });
    return play;
  };
  /** Agreed, and nobody is named. */
  function agreedAlone(): CaseInPlay {
    const play = adult(passageRules);
    play.take('interviewer', consent());
    play.take('officer', toNobody(play));
    steps.agreement(play);
    return play;
  }

  test('has a plan that names nobody, is heard about that, and comes home on their own word', () => {
    const play = agreedAlone();
    expect(play.state.plan).toMatchObject({ version: 1, recipient: null });
    arrived(play);
    expect(play.state.journey?.arrivedAt).toBeDefined();
    expect(owed(play)).toContain('confirm-handover own-arrival welfare');
    expect(owed(play).join()).not.toMatch(
      /check-recipient-identity|place-in-interim-care|nominate-recipient/,
    );
    expect(play.refuse('receiver', alone).blockers).toEqual([
      { blocker: 'child-unheard' },
      { blocker: 'child-unidentified' },
    ]);
    expect(play.refuse('interviewer', { ...heardAlone, recipient: 'recipient-1' }).code).toBe(
      'unknown-recipient',
    );
    play.take('interviewer', heardAlone);
    play.take('receiver', seen);
    // There is nobody whose papers could be looked at.
    const look = { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') } as const;
    expect(play.refuse('receiver', look).code).toBe('nothing-to-decide');
    expect(play.refuse('escort', alone).code).toBe('not-your-command');
    expect(play.take('receiver', alone).map(({ type }) => type)).toContain('OwnArrivalConfirmed');
    expect(play.state.stage).toBe('follow-up');
    expect(careOf(play.state)).toEqual({ with: 'themselves', since: play.state.handover.at });
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'reunited' }).code).toBe('closure-unfounded');
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'home-alone' }).code).toBe(
      'visits-outstanding',
    );
  });

  test('keeps plan and way where the recipient can’t come, before the departure and on the way', () => {
    const play = adult();
    play.take('interviewer', consent());
    for (const stage of ['agreement', 'preparation'] as const) steps[stage](play);
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    expect(play.state.stage).not.toBe('verification');
    expect(owed(play).join()).not.toContain('nominate-recipient');
    for (const stage of ['hosting', 'transit'] as const) steps[stage](play);
    expect(owed(play)).toContain('confirm-handover own-arrival welfare');
    play.take('interviewer', { ...heardAlone, recipient: 'recipient-1' });
    play.take('receiver', seen);
    play.take('receiver', alone);
    expect(play.state.stage).toBe('follow-up');
  });

  test('who comes of age on the way may say so at the door, where a child is taken in', () => {
    const play = caseIn('handover', passageRules);
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    expect(owed(play)).toContain('place-in-interim-care welfare');
    expect(play.refuse('receiver', alone).blockers).toContainEqual({ blocker: 'own-consent-missing' });
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    play.take('interviewer', consent());
    expect(owed(play)).not.toContain('place-in-interim-care welfare');
    play.take('interviewer', { ...heardAlone, recipient: 'recipient-1' });
    play.take('receiver', seen);
    play.take('duty', alone);
    expect(play.state.stage).toBe('follow-up');
  });

  test('leaves a place of interim care by their own word', () => {
    const play = agreedAlone();
    arrived(play);
    play.take('receiver', { type: 'placeInInterimCare', kind: 'hospital', place: 'border' });
    play.take('interviewer', heardAlone);
    play.take('receiver', seen);
    play.take('receiver', alone);
    expect(careOf(play.state)).toMatchObject({ with: 'themselves' });
  });

  test('is kept by a hold at the door as anybody is', () => {
    const play = agreedAlone();
    arrived(play);
    play.take('interviewer', heardAlone);
    play.take('receiver', seen);
    play.take('receiver', { type: 'placeHold', hold: 'hold-1', reason: 'safety' });
    expect(play.refuse('receiver', alone).blockers).toEqual([{ blocker: 'hold-active', subject: 'hold-1' }]);
  });

  test('needs that consent at every instant: without it nobody departs to nobody', () => {
    const play = agreedAlone();
    play.take('interviewer', consent(false));
    expect(gateBlockersOf(play.state, play.rules, play.now)).toContainEqual({
      blocker: 'recipient-unavailable',
    });
  });

  test('is nobody’s plan but an adult’s, and names nobody in their place', () => {
    const child = caseIn('agreement', passageRules);
    expect(child.refuse('officer', toNobody(child))).toEqual({
      code: 'unknown-recipient',
      field: 'recipient',
    });
    const play = adult(passageRules);
    play.take('interviewer', consent());
    expect(play.refuse('officer', toNobody(play, { alternates: ['recipient-2'] })).field).toBe('alternates');
    expect(play.refuse('officer', toNobody(play, { companions: ['recipient'] })).field).toBe('companions');
  });

  test('to whom somebody comes after all goes to them by another plan', () => {
    const play = agreedAlone();
    play.take('northOfficial', { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 });
    expect(play.state.plan?.lapsed).toMatchObject({ reason: 'recipient-changed' });
    expect(heardAbout(play.state)).toBe('recipient-2');
  });
});

describe('a hearing', () => {
  const [heard] = hosted.state.hearings!.slice(-1);
  test.each<[who: string, state: ReturnCase, rules: MechanismRules, holds: string]>([
    ['a child', aged(), hostingRules, 'P3D'],
    ['a child a month before', aged(30), hostingRules, 'P3D'],
    ['an adult', aged(0, true), hostingRules, 'P30D'],
    ['an adult under rules of before', aged(0, true), rulesOfBefore, 'P3D'],
  ])('of %s holds as long as its rules say', (_who, state, rules, holds) =>
    expect(heardUntil(state, rules)).toBe(addDuration(heard!.heardAt, holds)),
  );

  test('of an adult lets them depart until its thirtieth day is over, and then not', () => {
    const play = hosted.fork();
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    play.take('interviewer', consent());
    settle(play, 'childs-view');
    const until = heardUntil(play.state, play.rules)!;
    const at = (now: string) =>
      gateBlockersOf(play.state, play.rules, now)
        .map(({ blocker }) => blocker)
        .filter((blocker) => blocker === 'child-unheard');
    expect(at(new Date(Date.parse(until) - 1).toISOString())).toEqual([]);
    expect(at(until)).toEqual(['child-unheard']);
    const silent = { ...play.state, hearings: [] };
    expect(gateBlockersOf(silent, play.rules, play.now)).toContainEqual({ blocker: 'child-unheard' });
    play.take('lead', { type: 'depart' });
  });
});
