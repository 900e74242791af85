/**
 * Builders for tests of the rules: a case played in memory under a clock that only the test moves, and the
 * commands officials send in it. Nothing here knows the rules beyond the order of a usual return.
 */
import { heardAbout } from '../../src/domain/facts/hearing';
import { heardUntil } from '../../src/domain/facts/hearing';
import type { HearingAnswer } from '../../src/domain/model/commands';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ReturnCase } from '../../src/domain/model/case';
import type { Command, CommandOf, Leg } from '../../src/domain/model/commands';
import { decide } from '../../src/domain/decide/decide';
import type { DecisionContext, Verdict } from '../../src/domain/decide/rule-context';
import type { SiblingStatus } from '../../src/domain/facts/gate';
import type { EscortCredential } from '../../src/domain/model/escorts';
import type { DocumentFacts, DossierFacts, PaperKind } from '../../src/domain/model/dossier-facts';
import { effectsDueOf } from '../../src/domain/facts/effects';
import type { Effect } from '../../src/domain/facts/effects';
import type { CaseEvent, RecordedEvent } from '../../src/domain/model/events';
import { evolve } from '../../src/domain/evolve/evolve';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import type { Actor } from '../../src/domain/model/parties';
import type { PlanContent, PlanTerms } from '../../src/domain/model/plan';
import type { Rejection } from '../../src/domain/model/rejections';
import { nextInstantOf } from '../../src/domain/obligations/schedule';
import type { Stage } from '../../src/domain/model/stages';
import { addDuration, dateOf } from '../../src/domain/calendar/time';
import type { Duration, Instant, LocalDate } from '../../src/domain/calendar/time';
import { firstFacets } from '../../src/domain/model/verification';
import type { Facet } from '../../src/domain/model/verification';
import { actorOf, hostingRules, officials } from './mechanism-rules';
import type { ActorName } from './mechanism-rules';

export const opening: Instant = '2026-03-02T08:00:00.000Z';
export const caseId = 'C4SE-0001';
export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
export const hashPlan = (content: PlanContent): string => hashOf(content);
/** Milliseconds may be negative, unlike in the rules' durations. */
export const shift = (at: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(at) + milliseconds).toISOString();
export const daysAfter = (at: Instant, days: number): LocalDate => dateOf(shift(at, days * 86_400_000));

const ofChild = (number: number, kind: PaperKind, rest: Partial<DocumentFacts> = {}): DocumentFacts => ({
  ref: `doc-${number}`,
  kind,
  holder: 'child',
  ...rest,
});
/** A dossier with a paper for everything, and what does not fit beside it. */
export const papersInOrder: DossierFacts = {
  version: 1,
  documents: [
    ofChild(1, 'birth-certificate'),
    ofChild(2, 'other'),
    ofChild(3, 'travel-document', { expiresOn: '2032-01-01' }),
    ofChild(4, 'best-interests-determination'),
    ofChild(5, 'best-interests-determination'),
    ofChild(6, 'waiver'),
    ofChild(7, 'consent'),
    ofChild(8, 'medical'),
    ofChild(9, 'death-certificate'),
    ...[1, 2, 3].map((number) =>
      ofChild(10 + number, 'passport', {
        holder: `recipient-${number}`,
        sha256: hashOf('paper'),
        expiresOn: '2032-01-01',
      }),
    ),
    ofChild(14, 'power-of-attorney', { holder: 'recipient-1', expiresOn: '2026-05-31' }),
    ofChild(15, 'court-order', { holder: 'recipient-1', expiresOn: '2026-01-31' }),
    ofChild(16, 'medical', { holder: 'recipient-1' }),
    ofChild(17, 'passport', { expiresOn: '2026-01-31' }),
    ofChild(18, 'travel-document'),
  ],
  recipients: [1, 2, 3].map((number) => ({
    ref: `recipient-${number}`,
    kinshipEvidence: ['doc-1'],
    custody: [],
  })),
};

/** In UTC, as rules without zones read it. */
export const endOfDate = (date: LocalDate): Instant => shift(`${date}T00:00:00.000Z`, 86_400_000);

/** A case under way: every taken command's events are recorded as the record would. */
export class CaseInPlay {
  readonly events: RecordedEvent[] = [];
  /** The papers there are; a test may take some away. */
  dossier: DossierFacts = papersInOrder;
  /** What the newest mechanism says of its escorts. */
  credentials: Readonly<Record<string, EscortCredential>> = {};
  #state: ReturnCase | undefined;

  constructor(
    public rules: MechanismRules = hostingRules,
    public now: Instant = opening,
    public siblings?: readonly SiblingStatus[],
    readonly id: string = caseId,
  ) {}

  get state(): ReturnCase {
    if (!this.#state) throw new Error('no case was opened');
    return this.#state;
  }
  get context(): DecisionContext {
    const { rules: mechanism, now, siblings, dossier } = this;
    const credentialOf = (escort: string) => this.credentials[escort];
    return { now, mechanism, hashPlan, dossier, credentialOf, ...(siblings ? { siblings } : {}) };
  }
  get effects(): Effect[] {
    return effectsDueOf(this.state, this.rules);
  }
  get types(): CaseEvent['type'][] {
    return this.events.map(({ event }) => event.type);
  }

  /** The same case once more, to be played on differently. */
  fork(): CaseInPlay {
    const twin = new CaseInPlay(this.rules, this.now, this.siblings, this.id);
    twin.dossier = this.dossier;
    twin.credentials = this.credentials;
    twin.events.push(...this.events);
    twin.#state = this.#state;
    return twin;
  }

  /** Records what the command leads to; a rejection changes nothing. */
  send(by: ActorName | Actor, command: Command, expectedVersion?: number): Verdict {
    const actor = typeof by === 'string' ? actorOf(by) : by;
    const submission = { actor, command, ...(expectedVersion === undefined ? {} : { expectedVersion }) };
    const verdict = decide(this.#state, submission, this.context);
    if ('events' in verdict) for (const event of verdict.events) this.#record(actor, event);
    return verdict;
  }

  /** A second later; the command must be taken. Answers with its events. */
  take(by: ActorName | Actor, command: Command): readonly CaseEvent[] {
    this.now = addDuration(this.now, 'PT1S');
    const verdict = this.send(by, command);
    if ('rejection' in verdict)
      throw new Error(`${command.type} was refused: ${JSON.stringify(verdict.rejection)}`);
    return verdict.events;
  }

  /** Proposed by one and confirmed by the second; both must be taken. Answers with what it led to. */
  takeByTwo(by: ActorName, second: ActorName, command: Command): readonly CaseEvent[] {
    const [proposed] = this.take(by, command);
    if (proposed?.type !== 'ActProposed') throw new Error(`${command.type} needs no second person here`);
    return this.take(second, { type: 'confirmProposal', proposal: proposed.proposal });
  }

  /** The command must be refused. Answers with why. */
  refuse(by: ActorName | Actor, command: Command, expectedVersion?: number): Rejection {
    const verdict = this.send(by, command, expectedVersion);
    if ('events' in verdict)
      throw new Error(`${command.type} was taken: ${verdict.events.map(({ type }) => type).join()}`);
    return verdict.rejection;
  }

  /** Lets time pass as the workflow does: it wakes at every next instant and looks. */
  pass(duration: Duration): void {
    this.passUntil(addDuration(this.now, duration));
  }

  passUntil(until: Instant): void {
    for (let rounds = 0; rounds < 10_000; rounds += 1) {
      const next = nextInstantOf(this.state, this.rules, this.now);
      if (next === undefined || next > until) break;
      if (next > this.now) this.now = next;
      this.send('system', { type: 'observeTime' });
    }
    this.now = until;
  }

  /** Time passes unseen, as while every worker is down; then the process looks until nothing more is due. */
  sleep(duration: Duration): void {
    this.now = addDuration(this.now, duration);
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const verdict = this.send('system', { type: 'observeTime' });
      if ('rejection' in verdict || verdict.events.length === 0) return;
    }
    throw new Error('time alone went on for ever');
  }

  /** Does what the process owes: checks, plan put to sides and seen to reach them, place and escort asked for. */
  runEffects(): void {
    for (let [effect] = this.effects; effect; [effect] = this.effects) {
      const { kind, dossierVersion, planVersion, party = '' } = effect;
      const commands = {
        checkFile: { type: 'recordChecks', dossierVersion, planVersion, findings: [] },
        putPlanToSides: { type: 'putPlanToSides', planVersion },
        seePlanReachSide: { type: 'notePlanReached', planVersion, party, sentAt: this.now },
        requestPlace: { type: 'requestPlace', planVersion },
        requestEscort: { type: 'requestEscort', planVersion },
      } as const;
      this.take('system', commands[kind]);
    }
  }

  #record(actor: Actor, event: CaseEvent): void {
    const recorded: RecordedEvent = {
      case: this.id,
      version: this.events.length + 1,
      at: this.now,
      actor,
      commandId: `command-${this.events.length + 1}`,
      event,
    };
    this.events.push(recorded);
    this.#state = evolve(this.#state, recorded);
    // The record loads the newer arrangement; here it differs in nothing but its number.
    if (event.type === 'MechanismMoved') this.rules = { ...this.rules, version: event.mechanism.version };
  }
}

export const openCase = (change: Partial<CommandOf<'openCase'>> = {}): CommandOf<'openCase'> => ({
  type: 'openCase',
  requestingParty: 'north',
  holdingParty: 'south',
  dossier: { version: 1, hash: hashOf('dossier 1') },
  recipient: 'recipient-1',
  whereaboutsKnown: false,
  medicallyUrgent: false,
  siblings: [],
  ...change,
});

/** What a mediator proposes on a day: departure within the second to the fourth week after it. */
export const termsOf = (play: CaseInPlay, change: Partial<PlanTerms> = {}): PlanTerms => ({
  recipient: play.state.recipient.ref,
  window: { from: daysAfter(play.now, 7), to: daysAfter(play.now, 28) },
  modality: 'rail',
  site: play.rules.sites[0]?.id ?? null,
  handoverPlace: 'home-town',
  escortParty: 'escorts',
  receivingParty: 'welfare',
  companions: ['escort'],
  ...change,
});

export const planOf = ({ state }: CaseInPlay): { planVersion: number; planHash: string } => ({
  planVersion: state.plan?.version ?? 0,
  planHash: state.plan?.hash ?? '',
});
export const approval = (
  play: CaseInPlay,
  conditions: readonly { id: string; note: string }[] = [],
): CommandOf<'approvePlan'> => ({ type: 'approvePlan', ...planOf(play), conditions });
export const objection = (play: CaseInPlay): CommandOf<'objectToPlan'> => ({
  type: 'objectToPlan',
  ...planOf(play),
  reason: 'route',
});
export const noteVerbale = (play: CaseInPlay, dated = dateOf(play.now)) =>
  ({ channel: 'note-verbale', reference: '№ 12/34-дн', dated, documentHash: hashOf('note') }) as const;

export const legsOf = (play: CaseInPlay): readonly Leg[] => {
  const at = (days: number, hours: number): Instant =>
    addDuration(`${daysAfter(play.now, days)}T00:00:00.000Z`, `PT${hours}H`);
  return [
    { id: 'leg-1', from: 'station', to: 'border', departAt: at(8, 6), arriveAt: at(8, 18) },
    {
      id: 'leg-2',
      from: 'border',
      to: 'home-town',
      departAt: at(8, 19),
      arriveAt: at(9, 6),
      checkInEvery: 'PT1H',
    },
  ];
};

/** The official whom the test arrangements let attest each facet. */
export const attesters = {
  whereabouts: 'southOfficial',
  identity: 'northOfficial',
  kinship: 'northOfficial',
  custody: 'northOfficial',
  willingness: 'northOfficial',
  'childs-view': 'interviewer',
  suitability: 'receiver',
} as const satisfies Record<Facet, ActorName>;
export const attestation = (
  facet: Facet,
  change: Partial<CommandOf<'attestFacet'>> = {},
): CommandOf<'attestFacet'> => ({
  type: 'attestFacet',
  facet,
  finding: 'confirmed',
  evidence: ['doc-1'],
  ...change,
});

export function settle(play: CaseInPlay, facet: Facet, change: Partial<CommandOf<'attestFacet'>> = {}): void {
  play.take(attesters[facet], attestation(facet, change));
  const { recipient } = change;
  play.take('reviewer', {
    type: 'reviewAttestation',
    facet,
    ...(recipient !== undefined && { recipient }),
    verdict: 'upheld',
  });
}

/** What the child needs in its new home. */
export function planned(play: CaseInPlay): void {
  play.take('receiver', { type: 'planReintegration', owner: 'welfare', school: daysAfter(play.now, 30) });
}

export const decidersOf = ({ rules }: CaseInPlay): ActorName[] =>
  rules.decidingSides.includes('transit-land')
    ? ['northDecider', 'southDecider', 'passageDecider']
    : ['northDecider', 'southDecider'];

/** The steps of a usual return: each takes a case from the stage it is named for to the next. */
export const steps = {
  intake: (play: CaseInPlay) => play.take('officer', { type: 'acceptFile' }),
  tracing: (play: CaseInPlay) =>
    play.take('southOfficial', { type: 'reportWhereabouts', evidence: ['doc-2'] }),
  verification: (play: CaseInPlay) => {
    for (const facet of firstFacets) if (play.state.facets[facet].status === 'open') settle(play, facet);
  },
  agreement: (play: CaseInPlay) => {
    if (!play.state.plan || play.state.plan.lapsed)
      play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    play.runEffects();
    for (const decider of decidersOf(play)) play.take(decider, approval(play));
  },
  /** With hosting until the child has arrived, otherwise until it has departed. */
  preparation: (play: CaseInPlay) => {
    play.runEffects();
    if (play.state.plan?.site === null) setOut(play);
    else {
      play.take('host', { type: 'confirmPlace' });
      play.take('host', { type: 'recordArrival' });
      hear(play);
    }
  },
  hosting: (play: CaseInPlay) => {
    play.runEffects();
    setOut(play);
  },
  transit: (play: CaseInPlay) => {
    for (const { id } of play.state.legs) play.take('escort', { type: 'completeLeg', leg: id });
    play.take('escort', { type: 'arrive' });
    hear(play);
  },
  handover: (play: CaseInPlay) => {
    play.take('receiver', { type: 'checkRecipientIdentity', matches: true, documentHash: hashOf('paper') });
    play.take('receiver', { type: 'confirmHandover' });
    play.take('escort', { type: 'confirmHandover' });
    planned(play);
  },
  'follow-up': (play: CaseInPlay) => {
    if (!play.state.reintegration) planned(play);
    for (const [index, offset] of play.rules.followUpVisits.entries()) {
      const due = addDuration(play.state.handover.at ?? play.now, offset);
      if (due > play.now) play.passUntil(due);
      play.take('receiver', { type: 'reportVisit', visit: index + 1, outcome: 'well' });
    }
    play.take('officer', { type: 'closeCase', outcome: 'reunited' });
  },
} as const satisfies Record<Exclude<Stage, 'closed'>, (play: CaseInPlay) => unknown>;

/** By the host's clinician; without hosting by two mediators, on an outside doctor's certificate. */
export function clear(play: CaseInPlay): void {
  const fit = { type: 'clearMedically', fit: true, validUntil: daysAfter(play.now, 89) } as const;
  if (play.state.stay) play.take('clinician', fit);
  else play.takeByTwo('officer', 'lead', { ...fit, evidence: ['doc-8'] });
}

/** At a door: it is this child, and alone with the mediator's interviewer it says that it wants to. */
export function hear(play: CaseInPlay, answer: HearingAnswer = 'willing'): void {
  const note = answer === 'too-young' ? { note: 'note-1' } : {};
  play.take('officer', { type: 'identifyChild', how: 'photograph', matches: true });
  const recipient = heardAbout(play.state);
  play.take('interviewer', { type: 'recordHearing', ...(recipient && { recipient }), answer, ...note });
}

/** Everything the gate asks for but the date. */
export function makeReady(play: CaseInPlay): void {
  const { suitability } = play.state.facets;
  if (play.rules.facets.suitability && suitability?.status !== 'settled') settle(play, 'suitability');
  const until = daysAfter(`${play.state.plan?.window.to}T00:00:00.000Z`, 0);
  play.take('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil: until });
  clear(play);
  if (!play.state.escort)
    play.take('dispatcher', { type: 'assignEscort', escort: officials.escort.official });
  play.take('dispatcher', { type: 'planLegs', legs: legsOf(play) });
  hear(play);
}

/** To the first day of the window, with the daily notes of a hosted child. */
export function awaitWindow(play: CaseInPlay): void {
  while (dateOf(play.now) < (play.state.plan?.window.from ?? '')) {
    play.pass('PT12H');
    if (play.state.stay?.status === 'occupied')
      play.take('host', { type: 'writeWelfareNote', wellbeing: 'well' });
    const until = heardUntil(play.state, play.rules);
    if (until !== undefined && until <= addDuration(play.now, 'P1D')) hear(play);
  }
}

function setOut(play: CaseInPlay): void {
  makeReady(play);
  awaitWindow(play);
  play.take('lead', { type: 'depart' });
  passOn(play);
}

/** From hand to hand: who had the child says that they gave it, the escort that it is with them. */
export function passOn(play: CaseInPlay): void {
  const { transfer } = play.state.journey ?? {};
  if (!transfer) return;
  play.take(transfer.from === 'host' ? 'host' : 'southOfficial', { type: 'giveIntoCare' });
  play.take('escort', { type: 'takeIntoCare' });
}

/** A case really played to a stage, under the arrangement given. */
export function caseIn(stage: Stage, rules: MechanismRules = hostingRules, id = caseId): CaseInPlay {
  const play = new CaseInPlay(rules, opening, undefined, id);
  play.take('northOfficial', openCase());
  carryTo(play, stage);
  return play;
}

/** Plays on, as usual, until the case is in that stage. */
export function carryTo(play: CaseInPlay, stage: Stage): void {
  while (play.state.stage !== stage) {
    const { stage: at } = play.state;
    if (at === 'closed') throw new Error(`the case closed before it came to ${stage}`);
    steps[at](play);
    if (play.state.stage === at) throw new Error(`the usual steps do not lead out of ${at}`);
  }
}

/** Runs commands one second apart and gives the case and its events. */
export function play(
  commands: readonly (readonly [by: ActorName, command: Command | ((play: CaseInPlay) => Command)])[],
  rules: MechanismRules = hostingRules,
): CaseInPlay {
  const played = new CaseInPlay(rules);
  for (const [by, command] of commands)
    played.take(by, typeof command === 'function' ? command(played) : command);
  return played;
}
