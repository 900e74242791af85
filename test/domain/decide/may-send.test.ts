/**
 * Every command × every kind of party and role. The expectations are written by hand, apart from the command
 * table: who changes that table has to change both.
 */
import { allowedCommandsOf, maySend } from '../../../src/domain/facts/allowed-commands';
import { commandTable } from '../../../src/domain/model/command-table';
import type { CommandType } from '../../../src/domain/model/commands';
import { rolesOfKind } from '../../../src/domain/model/parties';
import type { OfficialActor, PartyKind, Role } from '../../../src/domain/model/parties';
import { stages } from '../../../src/domain/model/stages';
import { facets } from '../../../src/domain/model/verification';
import { caseIn } from '../../support/factories';
import { hostingRules, officials, passageRules } from '../../support/mechanism-rules';

type Post = { [Kind in PartyKind]: `${Kind}:${(typeof rolesOfKind)[Kind][number]}` }[PartyKind];
const posts = (Object.keys(rolesOfKind) as PartyKind[]).flatMap((kind) =>
  rolesOfKind[kind].map((role) => `${kind}:${role}` as Post),
);
const involved = posts.filter((post) => post !== 'observer:observer');

const caseWorkers = ['mediator:case-officer', 'mediator:lead'] as const satisfies readonly Post[];
const lead = ['mediator:lead'] as const satisfies readonly Post[];
const onDuty = ['mediator:lead', 'mediator:duty-officer'] as const satisfies readonly Post[];
const requesting = ['requesting:official', 'requesting:decider'] as const satisfies readonly Post[];
const holding = ['holding:official', 'holding:decider'] as const satisfies readonly Post[];
const hosts = ['host:host', 'host:clinician'] as const satisfies readonly Post[];
const dispatch = ['escort:dispatcher', 'escort:duty-officer'] as const satisfies readonly Post[];
const escort = ['escort:escort'] as const satisfies readonly Post[];
const receivers = ['receiving:receiver', 'receiving:official'] as const satisfies readonly Post[];
const deciders = [
  'requesting:decider',
  'holding:decider',
  'consenting:decider',
] as const satisfies readonly Post[];

const whoMaySend = {
  openCase: [...requesting, ...caseWorkers],
  acknowledgeCase: caseWorkers,
  assignOfficer: caseWorkers,
  flagDuplicate: [...caseWorkers, ...requesting, ...holding],
  settleDuplicate: caseWorkers,
  acceptFile: caseWorkers,
  reportWhereabouts: holding,
  answerTrace: holding,
  traceFurther: caseWorkers,
  attestFacet: [
    'holding:official',
    'requesting:official',
    'requesting:interviewer',
    'mediator:interviewer',
    'mediator:lead',
  ],
  reviewAttestation: ['mediator:reviewer', 'mediator:lead'],
  reopenFacet: caseWorkers,
  nominateRecipient: [...requesting, ...caseWorkers, ...receivers],
  approveRecipient: deciders,
  reportRecipientUnavailable: [...requesting, ...caseWorkers, ...receivers],
  recordHearing: ['mediator:interviewer', 'host:interviewer'],
  identifyChild: [
    ...hosts,
    'host:interviewer',
    ...escort,
    ...receivers,
    ...requesting,
    ...caseWorkers,
    'mediator:duty-officer',
    'mediator:interviewer',
  ],
  determineBestInterests: lead,
  reviseDossier: [...requesting, ...caseWorkers],
  proposePlan: caseWorkers,
  approvePlan: deciders,
  objectToPlan: deciders,
  withdrawApproval: deciders,
  relayDecision: caseWorkers,
  confirmRelay: caseWorkers,
  rejectRelay: caseWorkers,
  repudiateRelay: deciders,
  settleCondition: deciders,
  recordMediation: caseWorkers,
  confirmCarerPapers: [...requesting, ...caseWorkers],
  confirmTravelDocuments: [...requesting, ...holding, ...caseWorkers],
  clearMedically: ['host:clinician', ...caseWorkers],
  confirmPlace: hosts,
  extendStay: hosts,
  declinePlace: hosts,
  holdCarerBed: hosts,
  releaseCarerBed: hosts,
  assignEscort: dispatch,
  confirmCrew: dispatch,
  planLegs: [...dispatch, ...escort, ...caseWorkers],
  grantSafeConduct: deciders,
  withdrawSafeConduct: deciders,
  recordArrival: [...hosts, ...onDuty],
  checkArrival: hosts,
  writeWelfareNote: hosts,
  recordVisitor: hosts,
  setTreatment: ['host:clinician'],
  endTreatment: ['host:clinician'],
  recordDose: [...hosts, 'escort:escort'],
  depart: lead,
  giveIntoCare: [...hosts, ...holding, ...escort, ...dispatch, ...onDuty],
  takeIntoCare: [...escort, ...dispatch],
  checkIn: escort,
  completeLeg: escort,
  reportIncident: [...escort, ...dispatch, ...onDuty],
  answerIncident: [...onDuty],
  pauseJourney: [...escort, ...dispatch, ...onDuty],
  resumeJourney: [...escort, ...dispatch, ...onDuty],
  divert: [...escort, ...dispatch, ...onDuty],
  reachSafePoint: [...escort, ...dispatch, ...onDuty],
  decideRecall: lead,
  arrive: escort,
  reportMedicalEmergency: involved,
  resolveMedicalEmergency: ['host:clinician', ...onDuty],
  checkRecipientIdentity: [...receivers, ...hosts],
  confirmHandover: [...receivers, ...escort, ...hosts],
  confirmOwnArrival: [...receivers, 'mediator:lead', 'mediator:duty-officer'],
  placeInInterimCare: [...receivers, ...escort],
  reportVisit: receivers,
  planReintegration: receivers,
  tellFamily: [...requesting, ...receivers, ...caseWorkers, 'mediator:duty-officer'],
  tellChild: [
    ...[...hosts, ...escort, ...holding],
    ...(['host:interviewer', 'receiving:receiver', 'mediator:case-officer', 'mediator:interviewer'] as const),
  ],
  resolveConcern: [...receivers, ...hosts, ...onDuty],
  placeHold: involved,
  reviewHold: involved,
  liftHold: involved,
  withdrawRequest: requesting,
  reinstateRequest: ['requesting:decider'],
  linkSiblings: [...caseWorkers, ...requesting],
  unlinkSiblings: lead,
  waiveSiblingUnity: lead,
  markUrgent: [...caseWorkers, ...requesting, ...hosts],
  recordOwnConsent: [...caseWorkers, 'mediator:interviewer'],
  moveMechanism: lead,
  closeCase: caseWorkers,
  // Nothing waits for a second person in these cases; see four-eyes.test.ts.
  reopenCase: lead,
  confirmProposal: [],
  rejectProposal: [],
  acknowledgeObligation: involved,
  snoozeObligation: involved,
  reviewStalledCase: caseWorkers,
  mendAddress: caseWorkers,
  passOnAlarm: [...caseWorkers, 'mediator:duty-officer'],
  answerDuress: ['mediator:lead', 'mediator:duty-officer'],
  observeTime: [],
  recordChecks: [],
  putPlanToSides: [],
  notePlanReached: [],
  requestPlace: [],
  requestEscort: [],
  holdWithSibling: [],
  noteClosings: [],
  noteMajority: [],
  noteSiblings: [],
  noteUnlinked: [],
  noteSiblingAhead: [],
  noteDuplicate: [],
  noteAbsence: [],
  noteSubstitution: [],
  noteOfficerRelieved: [],
  noteAddressFault: [],
  noteAddressMended: [],
  noteAlarmUndelivered: [],
  noteAlarmDelivered: [],
  noteDuress: [],
} as const satisfies Record<CommandType, readonly Post[]>;

/** Every kind of party is in one of the two cases: a host in the first, a consenting side in the second. */
const rooms = [caseIn('hosting'), caseIn('preparation', passageRules)];
const partyOf = { consenting: 'transit-land', host: 'embassy', observer: 'watch' } as const;
const partyId = (kind: PartyKind): string =>
  (partyOf as Partial<Record<PartyKind, string>>)[kind] ??
  hostingRules.parties.find((party) => party.kind === kind)!.id;
const actorAt = (post: Post): OfficialActor => {
  const [kind, role] = post.split(':') as [PartyKind, Role];
  return { official: post, party: partyId(kind), roles: [role] };
};
const commandTypes = Object.keys(commandTable) as CommandType[];

describe('who may send what', () => {
  test.each(commandTypes)('%s', (type) => {
    const allowed = posts.filter((post) =>
      rooms.some(({ state, rules }) => maySend(type, actorAt(post), state, rules)),
    );
    expect(allowed.sort()).toEqual([...whoMaySend[type]].sort());
  });

  test('a role counts only in its own kind of party', () => {
    const roles = [...new Set(Object.values(rolesOfKind).flat())];
    for (const { state, rules } of rooms)
      for (const type of commandTypes) {
        if (commandTable[type].by === 'any-party') continue;
        for (const kind of Object.keys(rolesOfKind) as PartyKind[])
          for (const role of roles) {
            const actor = { official: 'somebody', party: partyId(kind), roles: [role] };
            const may = maySend(type, actor, state, rules);
            if (may) expect(whoMaySend[type]).toContain(`${kind}:${role}`);
          }
      }
  });
});

describe('whoever they are', () => {
  const everyRole = [...new Set(Object.values(rolesOfKind).flat())];

  test.each([
    ['an observer', 'watch'],
    ['another requesting side', 'west'],
    ['a host the plan does not name', 'inn'],
    ['somebody of no party', 'nowhere'],
  ])('%s may send nothing, with every role there is', (_who, party) => {
    const actor = { official: 'somebody', party, roles: everyRole };
    for (const stage of stages) {
      const { state, rules } = caseIn(stage);
      expect(allowedCommandsOf(state, actor, rules)).toEqual([]);
      expect(commandTypes.filter((type) => maySend(type, actor, state, rules))).toEqual([]);
    }
  });

  test('the system sends only its own commands, and nobody else sends those', () => {
    const own = [
      'holdWithSibling',
      'noteAbsence',
      'noteAddressFault',
      'noteAddressMended',
      'noteAlarmDelivered',
      'noteAlarmUndelivered',
      'noteClosings',
      'noteDuplicate',
      'noteDuress',
      'noteMajority',
      'noteOfficerRelieved',
      'notePlanReached',
      'noteSiblingAhead',
      'noteSiblings',
      'noteSubstitution',
      'noteUnlinked',
      'observeTime',
      'putPlanToSides',
      'recordChecks',
      'requestEscort',
      'requestPlace',
    ];
    const { state, rules } = caseIn('hosting');
    expect(commandTypes.filter((type) => maySend(type, { system: 'process' }, state, rules)).sort()).toEqual(
      own,
    );
    for (const actor of Object.values(officials))
      for (const type of own) expect(maySend(type as CommandType, actor, state, rules)).toBe(false);
  });

  test('in a closed case nothing is allowed but what stops, what takes back, and opening it again', () => {
    const { state, rules } = caseIn('closed');
    const allowed = Object.values(officials).flatMap((actor) => allowedCommandsOf(state, actor, rules));
    expect([...new Set(allowed)].sort()).toEqual([
      'liftHold',
      'placeHold',
      'relayDecision',
      'reopenCase',
      'repudiateRelay',
      'withdrawApproval',
      'withdrawRequest',
      'withdrawSafeConduct',
    ]);
  });
});

describe('each facet', () => {
  const { state, rules } = caseIn('verification');
  const mayDo = (type: 'attestFacet' | 'reviewAttestation', facet: (typeof facets)[number]) =>
    Object.values(officials)
      .filter((actor) => maySend(type, actor, state, rules, facet))
      .map(({ official }) => official)
      .sort();

  test.each([
    ['whereabouts', ['south-official']],
    ['identity', ['north-official']],
    ['kinship', ['north-official']],
    ['custody', ['north-official']],
    ['willingness', ['north-official']],
    ['childs-view', ['interviewer', 'lead']],
  ] as const)('%s is attested by the officials the mechanism names for it', (facet, names) => {
    expect(mayDo('attestFacet', facet)).toEqual(names);
    expect(mayDo('reviewAttestation', facet)).toEqual(['lead', 'reviewer']);
  });

  test('is not attested by an official who may attest another', () => {
    const play = caseIn('verification');
    const attest = (facet: (typeof facets)[number]) =>
      ({ type: 'attestFacet', facet, finding: 'confirmed', evidence: [] }) as const;
    expect(play.refuse('southOfficial', attest('custody')).code).toBe('not-your-command');
    expect(play.refuse('northOfficial', attest('whereabouts')).code).toBe('not-your-command');
    expect(facets).toHaveLength(7);
  });
});

describe('what an official is offered', () => {
  test.each(stages)(
    'in %s is what the table has for the stage and them, and it is never an opening',
    (stage) => {
      const { state, rules } = caseIn(stage);
      for (const actor of Object.values(officials)) {
        const offered = allowedCommandsOf(state, actor, rules);
        expect(offered).not.toContain('openCase');
        for (const type of offered) {
          expect(commandTable[type].stages).toContain(stage);
          expect(maySend(type, actor, state, rules)).toBe(true);
        }
      }
    },
  );
});
