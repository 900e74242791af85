/** On the way: withdrawals that become recalls, emergencies, signs of life, another recipient, the handover. */
import { addDuration } from '../../../src/domain/calendar/time';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import {
  carryTo,
  approval,
  caseIn,
  clear,
  daysAfter,
  hashOf,
  legsOf,
  CaseInPlay,
  hear,
  noteVerbale,
  openCase,
  planOf,
  settle,
  shift,
  planned,
} from '../../support/factories';
import { hostingRules, officials, passageRules } from '../../support/mechanism-rules';
import { homeAgain, obligationsIn, owed, proposed, ready } from '../plays/returns';

const look = (matches = true) =>
  ({ type: 'checkRecipientIdentity', matches, documentHash: hashOf('paper') }) as const;
const recall = (outcome: 'continue' | 'turn-back' | 'shelter') =>
  ({ type: 'decideRecall', outcome }) as const;
function recalled(play = caseIn('transit')): CaseInPlay {
  play.take('southDecider', { type: 'withdrawApproval' });
  return play;
}
const keyOf = (play: CaseInPlay, kind: string): string | undefined =>
  obligationsIn(play).find((obligation) => obligation.kind === kind)?.key;

describe('a withdrawal on the way', () => {
  test('does nothing by itself but ask the lead; until decided the child does not arrive', () => {
    const play = recalled();
    expect(play.state).toMatchObject({ stage: 'transit', recall: { party: 'south' } });
    expect(play.state.journey?.paused).toBeUndefined();
    expect(owed(play)).toContain('decide-recall south mediator');
    expect(play.refuse('escort', { type: 'arrive' }).code).toBe('recall-open');
  });

  test('decided to go on: the child goes home', () => {
    const play = recalled();
    play.takeByTwo('lead', 'duty', recall('continue'));
    expect(play.refuse('lead', recall('continue')).code).toBe('nothing-to-decide');
    homeAgain(play);
  });

  test('decided to wait in shelter: the journey is paused, and what then is decided later', () => {
    const play = recalled();
    const asked = keyOf(play, 'decide-recall');
    play.take('lead', recall('shelter'));
    expect(play.state.journey?.paused?.kind).toBe('security');
    expect(keyOf(play, 'decide-recall')).not.toBe(asked);
    expect(owed(play)).not.toContain('resume-journey mediator');
    expect(play.refuse('duty', { type: 'resumeJourney' }).code).toBe('recall-open');
    play.takeByTwo('lead', 'duty', recall('continue'));
    expect(play.refuse('escort', { type: 'arrive' }).code).toBe('journey-paused');
    expect(owed(play)).toContain('resume-journey mediator');
    play.take('duty', { type: 'resumeJourney' });
    homeAgain(play);
  });

  test('decided to turn back: hosted again, with legs of its own for the next journey', () => {
    const play = recalled();
    play.take('lead', recall('turn-back'));
    expect(play.refuse('escort', { type: 'arrive' }).code).toBe('not-on-the-way');
    expect(owed(play)).toContain('check-in escorts');
    play.takeByTwo('host', 'duty', { type: 'recordArrival' });
    expect(play.state).toMatchObject({
      stage: 'agreement',
      stay: { site: 'residence', status: 'occupied' },
      legs: [],
    });
    expect(play.state.journey).toBeUndefined();
    expect(play.state.recall).toBeUndefined();
    expect(owed(play)).toEqual([
      'hear-child site mediator',
      'identify-child site embassy',
      'write-welfare-note embassy',
      'mediate-objection south mediator',
    ]);
    play.take('southDecider', approval(play));
    expect(owed(play)).toContain('plan-legs escorts');
    homeAgain(play);
  });

  test('decided to turn back without a hosting site: the duty officer records the safe arrival', () => {
    const play = recalled(caseIn('transit', passageRules));
    play.take('lead', recall('turn-back'));
    const events = play.takeByTwo('duty', 'officer', { type: 'recordArrival' });
    expect(events.map(({ type }) => type)).toEqual(['ProposalConfirmed', 'JourneyEnded', 'StageEntered']);
    expect(play.state.stage).toBe('agreement');
    play.take('southDecider', approval(play));
    homeAgain(play);
  });

  test('by the requesting side as a whole: the same question to the lead, and closure after turning back', () => {
    const play = caseIn('transit');
    play.take('northOfficial', { type: 'withdrawRequest' });
    expect(owed(play)).toContain('decide-recall north mediator');
    play.take('lead', recall('turn-back'));
    play.takeByTwo('host', 'duty', { type: 'recordArrival' });
    expect(owed(play)).toContain('close-case mediator');
    play.take('officer', { type: 'closeCase', outcome: 'withdrawn', note: 'note-1' });
    expect(play.state.stay).toBeUndefined();
  });

  test('by disowning a relay: the same question', () => {
    const play = proposed();
    play.take('northDecider', approval(play));
    play.take('officer', {
      type: 'relayDecision',
      relay: 'relay-1',
      party: 'south',
      decision: { act: 'approve', ...planOf(play), conditions: [] },
      source: noteVerbale(play),
    });
    play.take('officer2', { type: 'confirmRelay', relay: 'relay-1' });
    carryTo(play, 'transit');
    play.take('southDecider', { type: 'repudiateRelay', relay: 'relay-1' });
    expect(play.state).toMatchObject({ stage: 'transit', recall: { party: 'south' } });
  });

  test('at the handover can’t turn back any more; a second withdrawal asks again', () => {
    const play = recalled(caseIn('handover'));
    expect(play.refuse('lead', recall('turn-back'))).toMatchObject({
      code: 'wrong-stage',
      stage: 'handover',
    });
    play.takeByTwo('lead', 'duty', recall('continue'));
    play.take('northDecider', { type: 'withdrawApproval' });
    expect(owed(play)).toContain('decide-recall north mediator');
    play.takeByTwo('lead', 'duty', recall('continue'));
    homeAgain(play);
  });

  test('after the handover is recorded and raises nothing', () => {
    const play = recalled(caseIn('follow-up'));
    expect(play.state.recall).toBeUndefined();
    homeAgain(play);
  });

  test('nothing agreed lapses while the child is on the way, however long it takes', () => {
    const play = caseIn('transit');
    play.sleep('P120D');
    expect(play.types).not.toContain('DecisionLapsed');
    expect(play.types).not.toContain('PlanLapsed');
    expect(play.state.stage).toBe('transit');
  });
});

describe('a medical emergency', () => {
  test('on the way pauses the journey until it is over', () => {
    const play = caseIn('transit');
    const events = play.take('escort', { type: 'reportMedicalEmergency' });
    expect(events.map(({ type }) => type)).toEqual(['MedicalEmergencyReported', 'JourneyPaused']);
    expect(owed(play)).toEqual(
      expect.arrayContaining(['resolve-emergency mediator', 'resume-journey mediator']),
    );
    expect(play.refuse('duty', { type: 'resumeJourney' })).toEqual({
      code: 'gate-closed',
      blockers: [{ blocker: 'medical-emergency' }],
    });
    play.take('duty', { type: 'resolveMedicalEmergency', fitToTravel: true });
    play.take('duty', { type: 'resumeJourney' });
    homeAgain(play);
  });

  test('that leaves the child unfit keeps it where it is until somebody clears it', () => {
    const play = caseIn('transit');
    play.take('escort', { type: 'reportMedicalEmergency' });
    play.take('duty', { type: 'resolveMedicalEmergency', fitToTravel: false });
    expect(play.refuse('duty', { type: 'resumeJourney' })).toEqual({
      code: 'gate-closed',
      blockers: [{ blocker: 'medical-clearance-missing' }],
    });
    expect(owed(play)).toContain('clear-medically mediator');
    clear(play);
    play.take('duty', { type: 'resumeJourney' });
    homeAgain(play);
  });

  test('a clinician who finds the child unfit on the way pauses the journey', () => {
    const play = caseIn('transit');
    play.take('clinician', { type: 'clearMedically', fit: false });
    expect(play.state.journey?.paused?.kind).toBe('health');
  });

  test('reported twice is one emergency, since the first', () => {
    const play = caseIn('hosting');
    play.take('host', { type: 'reportMedicalEmergency' });
    const { emergencySince } = play.state.medical;
    play.take('clinician', { type: 'reportMedicalEmergency' });
    expect(play.state.medical.emergencySince).toBe(emergencySince);
  });

  test('while hosted shuts the gate; unfit afterwards, clearance is owed anew', () => {
    const play = ready();
    play.take('host', { type: 'reportMedicalEmergency' });
    expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([{ blocker: 'medical-emergency' }]);
    play.take('clinician', { type: 'resolveMedicalEmergency', fitToTravel: false });
    expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([
      { blocker: 'medical-clearance-missing' },
    ]);
    expect(owed(play)).toContain('clear-medically embassy');
    play.takeByTwo('clinician', 'officer', { type: 'clearMedically', fit: true });
    play.take('lead', { type: 'depart' });
    homeAgain(play);
  });
});

describe('a sign of life', () => {
  /** docs/rules.md: warn at +15 min, duty officer at +30 min, mediator's lead at +45 min. */
  const watched: MechanismRules = {
    ...hostingRules,
    ladders: {
      ...hostingRules.ladders,
      'check-in': {
        due: 'PT0S',
        steps: [
          { after: 'PT15M', act: 'remind' },
          { after: 'PT30M', act: 'escalate', to: { kind: 'mediator', roles: ['duty-officer'] } },
          { after: 'PT45M', act: 'escalate' },
        ],
        thenEvery: 'PT15M',
      },
    },
  };
  const reminders = (play: CaseInPlay) =>
    play.events.flatMap(({ event }) =>
      event.type === 'LadderStepTaken' && event.kind === 'check-in' ? [event] : [],
    );

  test('missed warns the escort, then the duty officer, then the lead', () => {
    const play = caseIn('transit', watched);
    play.pass('PT1H');
    play.take('escort', { type: 'checkIn' });
    play.pass('PT2H44M');
    const steps = reminders(play).map(({ step, act, party, office }) => [step, act, party, ...office.roles]);
    expect(steps).toEqual([
      [1, 'remind', 'escorts', 'escort'],
      [2, 'escalate', 'mediator', 'duty-officer'],
    ]);
    play.pass('PT1M');
    expect(reminders(play).at(-1)).toMatchObject({ step: 3, act: 'escalate', office: { roles: ['lead'] } });
  });

  test('is due sooner where the leg says so', () => {
    const play = caseIn('transit', watched);
    play.take('escort', { type: 'completeLeg', leg: 'leg-1' });
    play.pass('PT1H14M');
    expect(reminders(play)).toEqual([]);
    play.pass('PT1M');
    expect(reminders(play)).toHaveLength(1);
  });

  test.each([
    [
      'the dispatcher’s report of an incident',
      'dispatcher',
      { type: 'reportIncident', kind: 'delay' },
      false,
    ],
    ['the duty officer’s report of an incident', 'duty', { type: 'reportIncident', kind: 'delay' }, false],
    ['the escort’s report of an incident', 'escort', { type: 'reportIncident', kind: 'delay' }, true],
    ['the duty officer’s pause', 'duty', { type: 'pauseJourney', kind: 'security' }, false],
    ['the escort’s pause', 'escort', { type: 'pauseJourney', kind: 'vehicle' }, true],
    ['a leg completed', 'escort', { type: 'completeLeg', leg: 'leg-1' }, true],
  ] as const)('%s', (_what, by, command, isSign) => {
    const play = caseIn('transit');
    play.pass('PT1H');
    play.take(by, command);
    expect(play.state.journey?.lastSignAt === play.now).toBe(isSign);
  });

  test('the duty officer’s resume is none, the escort’s is one', () => {
    const play = caseIn('transit');
    play.take('escort', { type: 'pauseJourney', kind: 'vehicle' });
    const twin = play.fork();
    play.take('duty', { type: 'resumeJourney' });
    expect(play.state.journey!.lastSignAt < play.now).toBe(true);
    twin.take('escort', { type: 'resumeJourney' });
    expect(twin.state.journey!.lastSignAt).toBe(twin.now);
  });

  test('of a place or leg nobody knows is refused', () => {
    const play = caseIn('transit');
    expect(play.refuse('escort', { type: 'checkIn', place: 'nowhere' }).code).toBe('unknown-place');
    expect(play.refuse('escort', { type: 'completeLeg', leg: 'leg-9' }).code).toBe('unknown-leg');
    play.take('escort', { type: 'completeLeg', leg: 'leg-1' });
    expect(play.refuse('escort', { type: 'completeLeg', leg: 'leg-1' }).code).toBe('already-done');
    expect(play.refuse('duty', { type: 'resumeJourney' }).code).toBe('already-done');
    play.take('duty', { type: 'pauseJourney', kind: 'security' });
    expect(play.refuse('escort', { type: 'pauseJourney', kind: 'vehicle' }).code).toBe('already-done');
    play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
  });
});

describe('another recipient', () => {
  const nominate = { type: 'nominateRecipient', recipient: 'recipient-2', dossierVersion: 1 } as const;
  const facets = ['kinship', 'custody', 'willingness'] as const;

  test('nominated on the way is not given the child before kinship, custody and willingness are confirmed', () => {
    const play = caseIn('transit');
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    expect(owed(play)).toContain('nominate-recipient north');
    play.take('northOfficial', nominate);
    expect(play.state.stage).toBe('transit');
    // The plan does not name them: every deciding side is asked.
    for (const side of ['north', 'south'] as const) expect(owed(play)).toContain(`approve-recipient ${side}`);
    const agree = { type: 'approveRecipient', recipient: 'recipient-2' } as const;
    expect(play.refuse('southDecider', { ...agree, recipient: 'recipient-1' }).code).toBe(
      'unknown-recipient',
    );
    play.take('northDecider', agree);
    expect(play.refuse('northDecider', agree).code).toBe('already-done');
    play.take('southDecider', agree);
    expect(owed(play).join()).not.toContain('approve-recipient');
    for (const facet of facets) expect(owed(play)).toContain(`attest-facet ${facet} north`);
    play.take('escort', { type: 'arrive' });
    play.take('receiver', look());
    // Which they are is not the receiving authority's to read.
    expect(play.refuse('receiver', { type: 'confirmHandover' })).toEqual({
      code: 'facets-unconfirmed',
      blockers: [{ blocker: 'child-unheard' }, { blocker: 'child-unidentified' }],
    });
    hear(play);
    settle(play, 'kinship');
    settle(play, 'custody', { finding: 'refuted' });
    settle(play, 'willingness');
    expect(owed(play)).toContain('resolve-refutation custody mediator');
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('facets-unconfirmed');
    play.take('officer', { type: 'reopenFacet', facet: 'custody' });
    settle(play, 'custody');
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    expect(play.events.map(({ event }) => event)).toContainEqual({
      type: 'HandedOver',
      recipient: 'recipient-2',
    });
    homeAgain(play);
  });

  test('at the handover is looked at anew: the check and the confirmation of the first do not count', () => {
    const play = caseIn('handover');
    play.take('receiver', look());
    play.take('receiver', { type: 'confirmHandover' });
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    expect(play.state.handover).toEqual({ confirmedBy: [] });
    // At the door the receiving authority decides, and every side is told.
    expect(play.take('northOfficial', nominate)).toMatchObject([
      { type: 'ActProposed', second: { told: ['requesting', 'holding', 'consenting'], urgent: true } },
    ]);
    expect(
      play.refuse('duty', { type: 'confirmProposal', proposal: play.state.proposals![0]!.id }).code,
    ).toBe('not-your-command');
    play.take('receiver', { type: 'confirmProposal', proposal: play.state.proposals![0]!.id });
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('identity-unchecked');
    for (const facet of facets) settle(play, facet);
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('identity-unchecked');
    hear(play);
    homeAgain(play);
  });

  test('who is not there can’t be handed the child', () => {
    const play = caseIn('handover');
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    play.take('receiver', look());
    expect(play.refuse('receiver', { type: 'confirmHandover' })).toEqual({
      code: 'gate-closed',
      blockers: [{ blocker: 'recipient-unavailable' }],
    });
  });

  test('verified on the way with a paper that ends within the old window is verified all the same', () => {
    const play = caseIn('transit');
    play.take('northOfficial', nominate);
    settle(play, 'custody', { validUntil: daysAfter(play.now, 2) });
    expect(play.state.facets.custody.status).toBe('settled');
  });

  test('leaves the rest of the verification alone: a reopened identity does not hold up the handover', () => {
    const play = caseIn('handover');
    play.takeByTwo('northOfficial', 'officer', {
      type: 'reviseDossier',
      dossier: { version: 2, hash: hashOf('dossier 2') },
      facets: ['identity'],
      material: true,
    });
    expect(play.types).not.toContain('PlanLapsed');
    homeAgain(play);
  });
});

describe('the escort', () => {
  test('who travels with the child is the one to be heard of; a colleague at a desk is not', () => {
    const play = caseIn('transit');
    const missed = keyOf(play, 'check-in');
    play.now = shift(play.now, 1);
    for (const type of ['checkIn', 'arrive'] as const)
      expect(play.refuse('escort2', { type }).code).toBe('not-your-command');
    const leg = play.state.legs[0]?.id ?? '';
    expect(play.refuse('escort2', { type: 'completeLeg', leg }).code).toBe('not-your-command');
    expect(keyOf(play, 'check-in')).toBe(missed);
    play.take('escort', { type: 'checkIn' });
    expect(keyOf(play, 'check-in')).not.toBe(missed);
  });

  test('may be replaced on the way, and then the other one is heard of and hands the child over', () => {
    const play = caseIn('transit');
    play.take('dispatcher', { type: 'assignEscort', escort: officials.escort2.official });
    // Until the other one has the child, it is with the first.
    play.take('escort', { type: 'checkIn' });
    play.take('escort2', { type: 'checkIn' });
    expect(play.refuse('escort', { type: 'checkIn' }).code).toBe('not-your-command');
    for (const { id } of play.state.legs) play.take('escort2', { type: 'completeLeg', leg: id });
    play.take('escort2', { type: 'arrive' });
    hear(play);
    play.take('receiver', look());
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('not-your-command');
    play.take('escort2', { type: 'confirmHandover' });
    play.take('receiver', { type: 'confirmHandover' });
    expect(play.state.stage).toBe('follow-up');
  });
});

describe('follow-up', () => {
  test('papers that do not match are looked at again, each look a new duty', () => {
    const play = caseIn('handover');
    const first = keyOf(play, 'check-recipient-identity');
    play.take('receiver', look(false));
    expect(keyOf(play, 'check-recipient-identity')).not.toBe(first);
    play.takeByTwo('receiver', 'receivingOfficial', look());
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    homeAgain(play);
  });

  test('asks for each visit from the day the one before was due, beside those outstanding', () => {
    const play = caseIn('follow-up');
    expect(owed(play)).toEqual(['report-visit visit-1 welfare']);
    play.pass('PT48H');
    expect(owed(play)).toEqual(['report-visit visit-1 welfare', 'report-visit visit-2 welfare']);
    play.pass('P12D');
    expect(owed(play)).toEqual([1, 2, 3, 4].map((visit) => `report-visit visit-${visit} welfare`));
    play.take('receiver', { type: 'reportVisit', visit: 2, outcome: 'concern' });
    expect(play.refuse('receiver', { type: 'reportVisit', visit: 2, outcome: 'well' }).code).toBe(
      'already-done',
    );
    expect(owed(play)).not.toContain('report-visit visit-2 welfare');
  });

  test('ends only by the closure, once every visit is reported', () => {
    const play = caseIn('follow-up');
    play.pass('P6M');
    for (let visit = 13; visit > 0; visit -= 1) {
      expect(play.refuse('officer', { type: 'closeCase', outcome: 'reunited' }).code).toBe(
        'visits-outstanding',
      );
      play.take('receiver', { type: 'reportVisit', visit, outcome: 'well' });
    }
    expect(owed(play)).toEqual(['close-case mediator']);
    play.take('officer', { type: 'closeCase', outcome: 'reunited' });
    expect(play.refuse('officer', { type: 'acceptFile' }).code).toBe('case-closed');
  });
});

describe('never-rule 14: nobody closes a case as reunited of a child whom nobody has seen, or about whom somebody worries', () => {
  const visit = (number: number, outcome: 'well' | 'concern' | 'not-met') =>
    ({ type: 'reportVisit', visit: number, outcome }) as const;
  const close = { type: 'closeCase', outcome: 'reunited' } as const;

  test('a visit counts from the day before its date, not earlier', () => {
    const play = caseIn('follow-up');
    expect(play.refuse('receiver', visit(1, 'well')).code).toBe('visit-early');
    expect(play.refuse('receiver', visit(13, 'not-met')).code).toBe('visit-early');
    play.pass('P1D');
    play.take('receiver', visit(1, 'well'));
    expect(play.refuse('receiver', visit(2, 'well')).code).toBe('visit-early');
  });

  test('thirteen at which the child was not met are none: they stay owed', () => {
    const play = caseIn('follow-up');
    play.pass('P6M');
    for (let number = 1; number <= 13; number += 1) play.take('receiver', visit(number, 'not-met'));
    expect(play.refuse('officer', close).code).toBe('visits-outstanding');
    expect(owed(play).filter((each) => each.startsWith('report-visit'))).toHaveLength(13);
    play.take('receiver', visit(1, 'not-met'));
    play.take('receiver', { ...visit(1, 'well'), alone: true });
    expect(play.refuse('receiver', visit(1, 'well')).code).toBe('already-done');
  });

  test('a concern is owed at once, and the case is not closed before it has ended', () => {
    const play = caseIn('follow-up');
    play.pass('P6M');
    for (let number = 1; number <= 13; number += 1)
      play.take('receiver', visit(number, number === 13 ? 'concern' : 'well'));
    expect(owed(play)).toEqual(['resolve-concern visit-13 welfare']);
    expect(play.refuse('officer', close)).toMatchObject({
      code: 'closure-unsafe',
      blockers: [{ blocker: 'alarm-open', subject: 'resolve-concern' }],
    });
    const end = { type: 'resolveConcern', concern: 'visit-13', outcome: 'unfounded' } as const;
    expect(play.refuse('receiver', end).code).toBe('note-required');
    expect(play.refuse('receiver', { ...end, concern: 'visit-12' }).code).toBe('unknown-concern');
    play.take('receiver', { ...end, outcome: 'safety-plan' });
    expect(play.refuse('receiver', { ...end, outcome: 'safety-plan' }).code).toBe('unknown-concern');
    play.take('officer', close);
  });

  test('what the host saw is the host’s to end, or the mediator’s on duty, and nobody else’s', () => {
    const play = caseIn('hosting');
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'concern' });
    const [{ id } = { id: '' }] = play.state.concerns ?? [];
    const end = { type: 'resolveConcern', concern: id, outcome: 'referred' } as const;
    expect(play.refuse('receiver', end).code).toBe('unknown-concern');
    expect(play.refuse('northOfficial', end).code).toBe('not-your-command');
    play.fork().take('duty', end);
    play.take('host', end);
    expect(play.state.concerns).toEqual([]);
  });
});

describe('never-rule 11: no child is handed to a person whom it refused, or about whom it was not heard', () => {
  const confirm = { type: 'confirmHandover' } as const;
  const say = (
    play: CaseInPlay,
    answer: 'willing' | 'unsure' | 'unwilling' | 'too-young',
    heardAt?: string,
  ) =>
    ({
      type: 'recordHearing',
      recipient: play.state.recipient.ref,
      answer,
      ...(heardAt !== undefined && { heardAt }),
    }) as const;
  const blockersOf = (play: CaseInPlay) =>
    play.refuse('receiver', confirm).blockers?.map(({ blocker }) => blocker);

  test('it is heard within a day of its arrival, before it departs, and at the door before anybody confirms', () => {
    const play = new CaseInPlay(hostingRules);
    play.take('northOfficial', openCase());
    carryTo(play, 'preparation');
    play.runEffects();
    play.take('host', { type: 'confirmPlace' });
    play.take('host', { type: 'recordArrival' });
    expect(obligationsIn(play).find(({ kind }) => kind === 'hear-child')).toMatchObject({
      subject: 'site',
      safety: true,
      due: addDuration(play.now, 'P1D'),
    });
    hear(play);
    play.pass('P3D');
    expect(owed(play)).toContain('hear-child departure mediator');
    hear(play);
    carryTo(play, 'transit');
    for (const { id } of play.state.legs) play.take('escort', { type: 'completeLeg', leg: id });
    play.take('escort', { type: 'arrive' });
    expect(owed(play)).toContain('hear-child handover mediator');
    play.take('receiver', look());
    expect(blockersOf(play)).toEqual(['child-unheard', 'child-unidentified']);
    hear(play);
    play.take('receiver', confirm);
  });

  test('one that says no before departure does not leave until it is determined what is best', () => {
    const play = ready();
    hear(play, 'unwilling');
    expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([{ blocker: 'child-unwilling' }]);
    expect(owed(play)).toContain('determine-best-interests hearing mediator');
    const best = { type: 'determineBestInterests', outcome: 'return', determination: 'doc-4' } as const;
    play.takeByTwo('lead', 'reviewer', best);
    play.take('lead', { type: 'depart' });
  });

  test('one that says no at the door is not handed over, and is taken in', () => {
    const play = caseIn('handover');
    play.take('receiver', look());
    hear(play, 'unwilling');
    expect(blockersOf(play)).toEqual(['child-unwilling']);
    expect(owed(play)).toEqual(
      expect.arrayContaining(['place-in-interim-care welfare', 'determine-best-interests hearing mediator']),
    );
    // Nobody at the door is asked to hand it over.
    expect(owed(play).join()).not.toContain('confirm-handover');
    play.take('receiver', { type: 'placeInInterimCare', kind: 'centre', place: 'home-town' });
    play.take('receiver', look());
    // It is heard there again, and still says no.
    hear(play, 'unwilling');
    expect(blockersOf(play)).toEqual(['child-unwilling']);
  });

  test('of two hearings that contradict the later counts, by when the child was heard, and both are kept', () => {
    const play = caseIn('handover');
    play.take('receiver', look());
    const earlier = play.now;
    play.now = shift(earlier, 60_000);
    play.take('interviewer', say(play, 'unwilling'));
    play.take('interviewer', say(play, 'willing', earlier));
    expect(play.state.hearings?.map(({ answer }) => answer).slice(-2)).toEqual(['unwilling', 'willing']);
    expect(blockersOf(play)).toEqual(['child-unwilling']);
  });

  test('about another than the recipient, ahead of time, or without what was observed of one too young, nothing is heard', () => {
    const play = caseIn('handover');
    expect(play.refuse('interviewer', { ...say(play, 'willing'), recipient: 'recipient-9' }).code).toBe(
      'unknown-recipient',
    );
    expect(play.refuse('interviewer', say(play, 'willing', shift(play.now, 1))).code).toBe('date-future');
    expect(play.refuse('interviewer', say(play, 'too-young')).code).toBe('note-required');
    expect(play.refuse('lead', say(play, 'willing')).code).toBe('not-your-command');
  });

  test('another recipient, another hearing', () => {
    const play = caseIn('handover');
    play.takeByTwo('northOfficial', 'receiver', {
      type: 'nominateRecipient',
      recipient: 'recipient-2',
      dossierVersion: 1,
    });
    for (const facet of ['kinship', 'custody', 'willingness'] as const) settle(play, facet);
    play.take('receiver', look());
    expect(blockersOf(play)).toEqual(['child-unheard']);
  });
});

describe('never-rule 12: the way of a child ends in somebody’s care', () => {
  const look = (matches: boolean) =>
    ({ type: 'checkRecipientIdentity', matches, documentHash: hashOf('paper') }) as const;
  const care = { type: 'placeInInterimCare', kind: 'foster-family', place: 'home-town' } as const;

  test.each<[string, (play: CaseInPlay) => unknown]>([
    [
      'whose recipient does not come',
      (play) => play.take('receiver', { type: 'reportRecipientUnavailable' }),
    ],
    ['at whose door another person stands', (play) => play.take('receiver', look(false))],
  ])('of a child %s it is owed at once that it is taken in', (_what, happens) => {
    const play = caseIn('handover').fork();
    happens(play);
    expect(owed(play)).toContain('place-in-interim-care welfare');
    play.take('receiver', care);
    expect(play.state).toMatchObject({ stage: 'follow-up', interimCare: { kind: 'foster-family' } });
    expect(owed(play)).toEqual(expect.arrayContaining(['find-permanent-care welfare']));
    expect(owed(play).filter((each) => /check-in|confirm-handover|place-in/.test(each))).toEqual([]);
  });

  test('whoever travels with the child may do it too, nobody else of their organisation, and nobody in a place unknown', () => {
    const play = caseIn('handover').fork();
    expect(play.refuse('dispatcher', care).code).toBe('not-your-command');
    expect(play.refuse('escort', { ...care, place: 'nowhere' }).code).toBe('unknown-place');
    play.take('escort', care);
  });

  test('from there the child is handed over later, by two people, to somebody verified; visits begin anew', () => {
    const play = caseIn('handover').fork();
    play.take('receiver', look(false));
    play.take('receiver', care);
    play.pass('P2D');
    play.take('receiver', { type: 'reportVisit', visit: 1, outcome: 'well' });
    expect(play.refuse('receiver', { type: 'confirmHandover' }).code).toBe('identity-unchecked');
    play.take('receiver', look(true));
    expect(owed(play)).toContain('hear-child handover mediator');
    expect(play.refuse('receiver', { type: 'confirmHandover' }).blockers).toEqual([
      { blocker: 'child-unheard' },
      { blocker: 'child-unidentified' },
    ]);
    hear(play);
    play.takeByTwo('receiver', 'receivingOfficial', { type: 'confirmHandover' });
    expect(play.state).toMatchObject({
      stage: 'follow-up',
      visits: [],
      interimCare: { kind: 'foster-family' },
    });
    expect(play.state.handover.at).toBe(play.now);
    expect(owed(play)).toContain('report-visit visit-1 welfare');
    expect(play.refuse('receiver', look(true)).code).toBe('wrong-stage');
  });

  test('a side that said no on the way is answered all the same, before the child is handed over from there', () => {
    const play = recalled(caseIn('handover').fork());
    play.take('receiver', look(false));
    play.take('receiver', care);
    expect(owed(play)).toContain('decide-recall south mediator');
    play.take('receiver', look(true));
    hear(play);
    expect(play.refuse('receiver', { type: 'confirmHandover' }).code).toBe('recall-open');
    expect(play.refuse('escort', { type: 'confirmHandover' }).code).toBe('not-your-command');
    expect(play.refuse('lead', recall('turn-back')).code).toBe('wrong-stage');
    play.takeByTwo('lead', 'duty', recall('continue'));
    play.takeByTwo('receiver', 'receivingOfficial', { type: 'confirmHandover' });
  });

  test('or the case ends as placed in care, once the child was visited, and as nothing else', () => {
    const play = caseIn('handover').fork();
    play.take('receiver', { type: 'reportRecipientUnavailable' });
    play.take('receiver', care);
    play.pass('P6M');
    for (let visit = 1; visit <= 13; visit += 1) {
      expect(play.refuse('officer', { type: 'closeCase', outcome: 'placed-in-care' }).code).toBe(
        'visits-outstanding',
      );
      play.take('receiver', { type: 'reportVisit', visit, outcome: 'well' });
    }
    expect(play.refuse('officer', { type: 'closeCase', outcome: 'reunited' }).code).toBe('closure-unfounded');
    const close = { type: 'closeCase', outcome: 'placed-in-care' } as const;
    expect(play.refuse('officer', close).code).toBe('reintegration-unplanned');
    expect(owed(play)).toContain('plan-reintegration welfare');
    planned(play);
    play.take('officer', close);
  });

  test('what was valid at departure and is not any more hands nobody over', () => {
    const play = caseIn('handover').fork();
    play.take('officer', { type: 'reopenFacet', facet: 'custody' });
    settle(play, 'custody', { validUntil: daysAfter(play.now, 2) });
    play.pass('P27D');
    play.take('receiver', look(true));
    expect(play.refuse('receiver', { type: 'confirmHandover' })).toMatchObject({
      code: 'facets-unconfirmed',
      blockers: [],
    });
  });
});

describe('what happened on the road without a connection', () => {
  test('counts from when it happened: the next sign of life is due by then', () => {
    const play = caseIn('transit');
    const left = play.now;
    play.now = shift(left, 30 * 60_000);
    play.take('escort', { type: 'checkIn', at: shift(left, 5 * 60_000) });
    expect(play.state.journey?.lastSignAt).toBe(shift(left, 5 * 60_000));
    expect(play.events.at(-1)?.event).toMatchObject({ happenedAt: shift(left, 5 * 60_000) });
  });

  test.each([
    ['a clock that runs ahead gives no longer time than now', 3_600_000, 0],
    ['a clock that runs behind does not undo what was heard', -3_600_000, undefined],
  ])('%s, and the sign of life is not refused', (_what, wrongBy, after) => {
    const play = caseIn('transit');
    const heard = play.state.journey!.lastSignAt;
    play.take('escort', { type: 'checkIn', at: shift(play.now, wrongBy) });
    expect(play.state.journey?.lastSignAt).toBe(after === undefined ? heard : shift(play.now, after));
  });

  test.each([
    [{ type: 'completeLeg', leg: 'leg-1' }, 'lastSignAt'],
    [{ type: 'arrive' }, 'arrivedAt'],
    [{ type: 'reportIncident', kind: 'delay' }, 'lastSignAt'],
    [{ type: 'pauseJourney', kind: 'documents' }, 'lastSignAt'],
  ] as const)('holds for %j', (command, field) => {
    const play = caseIn('transit');
    const at = shift(play.now, 60_000);
    play.now = shift(play.now, 600_000);
    play.take('escort', { ...command, at });
    expect(play.state.journey?.[field]).toBe(at);
  });
});
