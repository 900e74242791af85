/** The departure gate: a case that is ready but for one thing is kept by exactly that thing. */
import type { ReturnCase } from '../../../src/domain/model/case';
import { decide } from '../../../src/domain/decide/decide';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { gateBlockers } from '../../../src/domain/model/rejections';
import type { GateBlocker } from '../../../src/domain/model/rejections';
import { approval, daysAfter, hashPlan, settle } from '../../support/factories';
import { hosted as atSite } from '../plays/reunions';
import type { CaseInPlay } from '../../support/factories';
import { officials, passageRules } from '../../support/mechanism-rules';
import { ready } from '../plays/returns';

const hosted = ready();
const blockersIn = ({ state, rules, now, siblings }: CaseInPlay): GateBlocker[] =>
  gateBlockersOf(state, rules, now, siblings);

/** Broken as people break it. */
const played: Partial<Record<GateBlocker['blocker'], [string | undefined, (play: CaseInPlay) => void]>> = {
  'approval-missing': ['south', (play) => play.take('southDecider', { type: 'withdrawApproval' })],
  'condition-open': [
    'c1',
    (play) => play.take('southDecider', approval(play, [{ id: 'c1', note: 'note-1' }])),
  ],
  'facet-unconfirmed': ['custody', (play) => play.take('officer', { type: 'reopenFacet', facet: 'custody' })],
  'hold-active': [
    'hold-1',
    (play) => play.take('host', { type: 'placeHold', hold: 'hold-1', reason: 'health' }),
  ],
  'medical-clearance-missing': [
    undefined,
    (play) => play.take('clinician', { type: 'clearMedically', fit: false }),
  ],
  'medical-emergency': [undefined, (play) => play.take('host', { type: 'reportMedicalEmergency' })],
  'request-withdrawn': [undefined, (play) => play.take('northOfficial', { type: 'withdrawRequest' })],
  'recipient-unavailable': [
    undefined,
    (play) => play.take('receiver', { type: 'reportRecipientUnavailable' }),
  ],
  'duplicate-unsettled': [
    'C4SE-0009',
    (play) => play.take('officer', { type: 'flagDuplicate', other: 'C4SE-0009' }),
  ],
  'own-consent-missing': [
    undefined,
    (play) => {
      play.take('system', { type: 'noteMajority', daysLeft: 0 });
      settle(play, 'childs-view');
    },
  ],
  'revision-unconfirmed': [
    expect.stringMatching(/^reviseDossier-/) as string,
    (play) =>
      play.take('northOfficial', {
        type: 'reviseDossier',
        dossier: { version: 2, hash: 'b'.repeat(64) },
        facets: [],
        material: true,
      }),
  ],
  'sibling-not-cleared': [
    'C4SE-0002',
    (play) => (play.siblings = [{ case: 'C4SE-0002', stage: 'agreement', cleared: false }]),
  ],
};
/** Missing, as no single act of an official leaves it. */
const bare: Partial<Record<GateBlocker['blocker'], Partial<ReturnCase>>> = {
  'dossier-changed': { dossierBasis: 2 },
  'crew-missing': {
    escort: {
      ...hosted.state.escort!,
      crew: { at: hosted.now, has: [], escorts: 1, children: 6 },
    },
  },
  'travel-documents-missing': { travelDocuments: undefined },
  'medical-clearance-missing': { medical: {} },
  'escort-missing': { escort: undefined },
  'escort-credential-ended': {
    escort: { ...hosted.state.escort!, credentialUntil: daysAfter(hosted.now, -2) },
  },
  'legs-missing': { legs: [] },
  'not-hosted': { stay: undefined },
  'no-valid-plan': { plan: undefined },
  'child-unheard': { hearings: [] },
  'child-unidentified': { presence: undefined },
  'child-mismatch': {
    presence: {
      matches: true,
      how: 'photograph',
      at: hosted.now,
      by: officials.host,
      mismatchSince: hosted.now,
    },
  },
  'child-unwilling': {
    hearings: [
      {
        recipient: 'recipient-1',
        answer: 'unwilling',
        heardAt: hosted.now,
        by: officials.interviewer,
      },
    ],
  },
};

describe('a child who is ready', () => {
  test('may go, with hosting and without', () => {
    for (const play of [hosted.fork(), ready(passageRules)]) {
      expect(blockersIn(play)).toEqual([]);
      play.take('lead', { type: 'depart' });
      expect(play.state.stage).toBe('transit');
    }
  });

  test.each(Object.entries(played))('is kept by %s alone', (blocker, [subject, breakIt]) => {
    const play = hosted.fork();
    breakIt(play);
    const expected = subject === undefined ? { blocker } : { blocker, subject };
    expect(blockersIn(play)).toEqual([expected]);
    const { code, blockers } = play.refuse('lead', { type: 'depart' });
    // Where the fault also takes the case back a stage, the stage is what the lead is told.
    expect(code === 'wrong-stage' ? play.state.stage : blockers).toEqual(
      code === 'wrong-stage' ? expect.stringMatching(/^(agreement|verification)$/) : [expected],
    );
  });

  test.each(Object.entries(bare))('is kept by %s alone when it is missing', (blocker, missing) => {
    const { state, rules, now } = hosted;
    const subject = blocker === 'crew-missing' ? { subject: 'escort-ratio' } : {};
    expect(gateBlockersOf({ ...state, ...missing }, rules, now)).toEqual([{ blocker, ...subject }]);
  });

  test('is kept by safe-conduct-missing alone where the rules ask for it', () => {
    const rules: MechanismRules = { ...hosted.rules, safeConduct: { asked: true } };
    const blockers = gateBlockersOf(hosted.state, rules, hosted.now);
    expect(new Set(blockers.map(({ blocker }) => blocker))).toEqual(new Set(['safe-conduct-missing']));
    expect(blockers.map(({ subject }) => subject)).toContain('south:leg-2');
  });

  test('is kept by escort-engaged alone, where the escort is under way with others', () => {
    const { escort, id } = hosted.state;
    const leave = (movement: string) =>
      decide(
        hosted.state,
        { actor: officials.lead, command: { type: 'depart' } },
        {
          ...{ now: hosted.now, mechanism: hosted.rules, hashPlan },
          underWay: { movement: id, engaged: [{ escort: escort!.official, movement }] },
        },
      );
    expect(leave('C4SE-0009')).toEqual({
      rejection: { code: 'escort-engaged', blockers: [{ blocker: 'escort-engaged' }] },
    });
    expect(leave(id)).toMatchObject({ events: [{ type: 'Departed', movement: id }, {}] });
  });

  test('where care passes at the site, what is asked there before the way', () => {
    const play = atSite();
    const asked = gateBlockersOf(play.state, play.rules, play.now).map(({ blocker }) => blocker);
    expect(asked).toEqual(expect.arrayContaining(['care-not-passed', 'carer-papers-missing']));
  });

  test('every blocker there is has been tried', () => {
    const tried = new Set([
      'care-not-passed',
      'carer-papers-missing',
      'escort-engaged',
      ...Object.keys(played),
      ...Object.keys(bare),
      'outside-window',
      'safe-conduct-missing',
    ]);
    expect([...tried].sort()).toEqual([...gateBlockers].sort());
  });
});

describe('at the instant', () => {
  /** Heard that day, too. */
  const at = (now: string): string[] => {
    const [hearing] = hosted.state.hearings!;
    const state = { ...hosted.state, hearings: [{ ...hearing!, heardAt: now }] };
    return gateBlockersOf(state, hosted.rules, now).map(({ blocker }) => blocker);
  };
  const { from, to } = hosted.state.plan!.window;

  test('the window is open from the first instant of its first day to the last of its last', () => {
    expect(at(`${daysAfter(`${from}T00:00:00.000Z`, -1)}T23:59:59.999Z`)).toEqual(['outside-window']);
    expect(at(`${from}T00:00:00.000Z`)).toEqual([]);
    expect(at(`${to}T23:59:59.999Z`)).toEqual([]);
    expect(at(`${daysAfter(`${to}T00:00:00.000Z`, 1)}T00:00:00.000Z`)).toContain('outside-window');
  });

  test('an approval counts until the instant it expires, and at that instant no more', () => {
    const short: ReturnCase = {
      ...hosted.state,
      decisions: {
        ...hosted.state.decisions,
        south: { ...hosted.state.decisions.south!, expiresAt: `${from}T12:00:00.000Z` },
      },
    };
    const blockers = (now: string) => gateBlockersOf(short, hosted.rules, now);
    expect(blockers(`${from}T11:59:59.999Z`)).toEqual([]);
    expect(blockers(`${from}T12:00:00.000Z`)).toEqual([{ blocker: 'approval-missing', subject: 'south' }]);
  });

  test('papers, clearance and evidence count through their last day', () => {
    const lasting = (day: string): ReturnCase => ({
      ...hosted.state,
      travelDocuments: { documents: [], validUntil: day },
      medical: { clearance: { fit: true, at: hosted.now, validUntil: day } },
      facets: {
        ...hosted.state.facets,
        custody: {
          ...hosted.state.facets.custody,
          attestation: { ...hosted.state.facets.custody.attestation!, validUntil: day },
        },
      },
    });
    const noon = `${from}T12:00:00.000Z`;
    expect(gateBlockersOf(lasting(from), hosted.rules, noon)).toEqual([]);
    expect(
      gateBlockersOf(lasting(daysAfter(noon, -1)), hosted.rules, noon).map(({ blocker }) => blocker),
    ).toEqual(['facet-unconfirmed', 'travel-documents-missing', 'medical-clearance-missing']);
  });
});

describe('an approval', () => {
  const changed = (change: object): GateBlocker[] =>
    gateBlockersOf(
      {
        ...hosted.state,
        decisions: { ...hosted.state.decisions, south: { ...hosted.state.decisions.south!, ...change } },
      },
      hosted.rules,
      hosted.now,
    );
  test.each([
    ['of another plan', { planHash: 'another' }],
    ['that has lapsed', { lapsed: { at: hosted.now, reason: 'expired' } }],
    ['that is an objection', { act: 'object' }],
    ['without an end', { expiresAt: undefined }],
  ])('%s is none', (_what, change) =>
    expect(changed(change)).toEqual([{ blocker: 'approval-missing', subject: 'south' }]),
  );

  test('of each of three sides is needed', () => {
    const play = ready(passageRules);
    for (const side of ['north', 'south', 'transit-land']) {
      const { [side]: _gone, ...decisions } = play.state.decisions;
      expect(gateBlockersOf({ ...play.state, decisions }, play.rules, play.now)).toEqual([
        { blocker: 'approval-missing', subject: side },
      ]);
    }
  });
});

describe('siblings (never-rule 4)', () => {
  const family = (): CaseInPlay => {
    const play = hosted.fork();
    play.take('officer', { type: 'linkSiblings', siblings: ['C4SE-0002', 'C4SE-0003'] });
    return play;
  };
  const cleared = (id: string) => ({ case: id, stage: 'hosting', cleared: true }) as const;
  const missing = (subject: string) => ({ blocker: 'sibling-not-cleared', subject });

  test('leave together: each must be cleared, and one of whom nothing is known is not', () => {
    const play = family();
    play.siblings = [cleared('C4SE-0002')];
    expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([missing('C4SE-0003')]);
    play.siblings = [];
    expect(play.refuse('lead', { type: 'depart' }).blockers).toEqual([
      missing('C4SE-0002'),
      missing('C4SE-0003'),
    ]);
    play.siblings = [cleared('C4SE-0002'), cleared('C4SE-0003')];
    play.take('lead', { type: 'depart' });
  });

  test('are separated only by a determination and a waiver, which speak of those known then', () => {
    const play = family();
    play.siblings = [];
    play.takeByTwo('lead', 'reviewer', {
      type: 'waiveSiblingUnity',
      determination: 'doc-5',
      waiver: 'doc-6',
    });
    expect(blockersIn(play)).toEqual([]);
    play.take('officer', { type: 'linkSiblings', siblings: ['C4SE-0004'] });
    expect(blockersIn(play)).toHaveLength(3);
    expect(play.refuse('officer', { type: 'linkSiblings', siblings: ['C4SE-0004'] }).code).toBe(
      'already-done',
    );
  });

  test('are judged where they are known: elsewhere the gate is decided again', () => {
    const play = family();
    expect(play.siblings).toBeUndefined();
    expect(blockersIn(play)).toEqual([]);
  });
});
