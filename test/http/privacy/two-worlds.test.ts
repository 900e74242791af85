/**
 * What may not be read changes no byte that is answered: a whole return is brought home over HTTP, and whenever what
 * was recorded holds nothing that somebody may read, all that they are told before and after is the same (issue 9, E25).
 * Who may read what is the tables' word, so a new event is looked at without a word here.
 */
import { randomUUID } from 'node:crypto';
import type { PartyKind } from '../../../src/domain/model/parties';
import { readsEvent } from '../../../src/domain/readers/event-readers';
import type { RecordedEvent } from '../../../src/domain/model/events';
import { canonicalHash } from '../../../src/contracts/seal';
import { isCaseOf } from '../../../src/domain/facts/visibility';
import type { Command } from '../../../src/domain/model/commands';
import { commandAnswerSchema } from '../../../src/contracts/http/answers';
import type { Mechanism } from '../../../src/contracts/mechanism/mechanism';
import { aDossier, newReference } from '../../record/support/record-room';
import {
  acceptance,
  arrival,
  closure,
  departure,
  preparation,
  proposal,
  verification,
  visits,
} from '../../workflows/support/plain-return';
import type { Step } from '../../workflows/support/plain-return';
import { allItIsTold, partingOf } from '../support/all-it-is-told';
import { newKey, openApiRoom } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';
import { today } from '../../support/days';

/** What the story holds that some of its parties may not read. */
const hidden: Readonly<Record<string, readonly PartyKind[]>> = {
  DuplicateFlagged: ['holding', 'consenting'],
  DuplicateSettled: ['holding', 'consenting'],
  FileChecked: ['holding', 'consenting'],
  OfficerAssigned: ['requesting', 'holding', 'consenting'],
  AddressFailed: ['requesting', 'holding', 'consenting'],
  ActProposed: ['requesting', 'holding', 'consenting'],
  ProposalRejected: ['requesting', 'holding', 'consenting'],
  ConditionSettled: ['host', 'escort', 'receiving'],
  DecisionRelayed: ['host', 'escort', 'receiving'],
  PlaceRequested: ['escort', 'receiving'],
  EscortRequested: ['host', 'receiving'],
  WelfareNoted: ['receiving'],
  TreatmentSet: ['requesting', 'holding', 'consenting', 'receiving'],
  DoseRecorded: ['requesting', 'holding', 'consenting', 'receiving'],
  TreatmentEnded: ['requesting', 'holding', 'consenting', 'receiving'],
  ArrivalChecked: ['requesting', 'holding', 'consenting', 'escort', 'receiving'],
  VisitorRecorded: ['requesting', 'holding', 'consenting', 'escort', 'receiving'],
  ClearanceWithheld: ['receiving'],
  AlarmUndelivered: ['requesting', 'holding', 'consenting', 'host', 'escort', 'receiving'],
  DuressSignalled: ['requesting', 'holding', 'consenting', 'host', 'escort', 'receiving'],
  DuressAnswered: ['requesting', 'holding', 'consenting', 'host', 'escort', 'receiving'],
  HandoverConfirmed: ['host'],
  VisitReported: ['holding', 'consenting', 'host', 'escort'],
};

/** With a side that consents, and two parties that the case does not concern. */
const withMoreParties = (doha: Mechanism): Mechanism => {
  const like = (id: string, kind: PartyKind) => ({
    ...doha.parties.find((party) => party.kind === 'holding')!,
    id,
    kind,
  });
  const official = (id: string, party: string) => ({
    ...doha.officials.find((one) => one.id === 'ru-official-1')!,
    id,
    party,
    email: `${id}@elsewhere.example`,
    roles: ['official', 'decider'] as const,
  });
  return {
    ...doha,
    decidingSides: [...doha.decidingSides, 'passage'],
    followUpVisits: doha.followUpVisits.slice(0, 2),
    parties: [
      ...doha.parties,
      like('passage', 'consenting'),
      like('upland', 'requesting'),
      like('lowland', 'holding'),
    ],
    officials: [
      ...doha.officials,
      official('pa-decider', 'passage'),
      official('up-official', 'upland'),
      official('lo-official', 'lowland'),
    ] as Mechanism['officials'],
  };
};

const readers = [
  'ua-official-1',
  'ru-official-1',
  'pa-decider',
  'em-host',
  'es-escort-1',
  're-receiver',
  'lo-official',
] as const;

const by = (official: string, command: Step['command']): Step => ({ by: official, command });
const system = (command: Step['command']): Step => by('system', command);
const endConcern = (official: string): Step =>
  by(official, ({ concerns }) => ({
    type: 'resolveConcern',
    concern: concerns![0]!.id,
    outcome: 'referred',
    note: 'a doctor looks after it',
  }));
const approve = (official: string, conditions: { id: string; note: string }[] = []): Step =>
  by(official, ({ plan }) => ({
    type: 'approvePlan',
    planVersion: plan!.version,
    planHash: plan!.hash,
    conditions,
  }));
const proposed = ({ proposals = [] }: Parameters<Exclude<Step['command'], Command>>[0]): string =>
  proposals.at(-1)!.id;

const hourMs = 3_600_000;
const nextHour = (): number => Math.ceil(Date.now() / hourMs) * hourMs;
const everyHour = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

const story: readonly Step[] = [
  ...acceptance,
  system({ type: 'recordChecks', dossierVersion: 1, planVersion: 0, findings: [] }),
  system({
    type: 'noteAddressFault',
    party: 'russia',
    official: 'ru-official-1',
    channel: 'mail',
    code: 'address',
  }),
  system({ type: 'noteAddressMended', party: 'russia', official: 'ru-official-1' }),
  by('qa-lead', {
    ...{ type: 'assignOfficer', officer: 'qa-officer-1', deputy: 'qa-officer-2' },
    note: 'speaks the mother’s language',
  }),
  ...verification,
  by('qa-officer-1', {
    type: 'closeCase',
    outcome: 'already-home',
    evidence: ['doc-1'],
    note: 'seen at home',
  }),
  by('qa-lead', (state) => ({ type: 'rejectProposal', proposal: proposed(state) })),
  proposal,
  system(({ plan }) => ({ type: 'putPlanToSides', planVersion: plan!.version })),
  by('ru-decider', { type: 'placeHold', hold: 'hold-1', reason: 'legal', note: 'of the holding side' }),
  by('ru-decider', { type: 'liftHold', hold: 'hold-1', note: 'settled' }),
  by('qa-officer-1', ({ plan }) => ({
    type: 'relayDecision',
    relay: 'relay-1',
    party: 'russia',
    decision: { act: 'approve', planVersion: plan!.version, planHash: plan!.hash, conditions: [] },
    source: { channel: 'note-verbale', reference: '№ 12', dated: today(), documentHash: 'b'.repeat(64) },
  })),
  by('qa-officer-2', { type: 'rejectRelay', relay: 'relay-1', note: 'another plan' }),
  approve('ua-decider'),
  approve('pa-decider'),
  approve('ru-decider', [{ id: 'a', note: 'a doctor travels along' }]),
  by('ru-decider', { type: 'settleCondition', condition: 'a', outcome: 'met' }),
  system(({ plan }) => ({ type: 'requestPlace', planVersion: plan!.version })),
  system(({ plan }) => ({ type: 'requestEscort', planVersion: plan!.version })),
  preparation[0]!,
  by('em-host', { type: 'recordArrival' }),
  by('em-host', {
    ...{ type: 'checkArrival', recognised: 'not-sure', health: 'hurt', belongings: 'without' },
    note: 'its foot hurts',
  }),
  by('em-host', { type: 'recordVisitor', kind: 'lawyer', note: 'of the family' }),
  by('em-host', { type: 'identifyChild', how: 'features', matches: true, note: 'the scar on the left hand' }),
  by('qa-interviewer', {
    type: 'recordHearing',
    recipient: 'recipient-1',
    answer: 'willing',
    note: 'wants to see the dog',
  }),
  by('em-host', { type: 'writeWelfareNote', wellbeing: 'concern', slept: 'not-at-all', note: 'ill at ease' }),
  endConcern('em-host'),
  by('em-clinician', {
    ...{ type: 'setTreatment', kind: 'medicine', times: everyHour },
    note: 'a syrup',
  }),
  by('em-host', ({ treatments }) => ({
    ...{ type: 'recordDose', dose: `${treatments![0]!.id}-${nextHour()}`, outcome: 'refused' },
    note: 'spat it out',
  })),
  by('em-clinician', ({ treatments }) => ({ type: 'endTreatment', treatment: treatments![0]!.id })),
  by('em-clinician', { type: 'clearMedically', fit: false, note: 'ill' }),
  by('qa-lead', { type: 'clearMedically', fit: true, evidence: ['doc-10'] }),
  by('qa-officer-1', (state) => ({ type: 'rejectProposal', proposal: proposed(state) })),
  ...preparation.slice(1, 3),
  by('qa-officer-1', (state) => ({ type: 'confirmProposal', proposal: proposed(state) })),
  ...preparation.slice(3, 5),
  ...departure,
  by('es-escort-1', { type: 'checkIn', note: 'all well' }),
  system({
    type: 'noteAlarmUndelivered',
    receivers: [{ party: 'escort', official: 'es-dispatcher', alarm: 'reminder', code: 'passing' }],
  }),
  system({ type: 'noteDuress', party: 'escort', official: 'es-escort-1' }),
  by('qa-lead', { type: 'answerDuress', official: 'es-escort-1', outcome: 'by-mistake' }),
  // Of what a party may not read its number tells nothing.
  by('es-escort-1', { type: 'reportIncident', kind: 'security' }),
  by('qa-duty', { type: 'answerIncident', incident: 'security-1', note: 'the police were called' }),
  system({ type: 'noteAlarmDelivered', receivers: [{ party: 'escort', official: 'es-dispatcher' }] }),
  ...arrival,
  by('re-receiver', { type: 'reportVisit', visit: 1, outcome: 'concern', alone: true, note: 'thin' }),
  endConcern('re-receiver'),
  by('re-receiver', { type: 'reportVisit', visit: 2, outcome: 'well' }),
  ...visits(0),
  closure,
  by('qa-lead', { type: 'reopenCase', reason: 'closed-in-error', note: 'too early' }),
];

const withMedicalPaper = {
  ...aDossier,
  documents: [
    ...aDossier.documents,
    { id: 'doc-10', kind: 'medical', holder: 'child', issuedBy: 'A clinic' },
  ],
};

describe('what an official may not read', () => {
  let room: ApiRoom;
  let id: string;
  const other = newReference();
  const sent = new Map<string, string>();
  const calendars = new Map<string, string>();
  const oracles: string[] = [];
  const looked = new Set<string>();
  const done = new Set<string>();
  /** Undefined when something was done since. */
  let told: Awaited<ReturnType<typeof lookAll>> | undefined;

  beforeAll(async () => {
    room = await openApiRoom('http-two-worlds', { worker: false, change: withMoreParties });
    for (const official of readers) {
      const { body } = await room.as(official).post('/v1/calendar-feed', {}).expect(201);
      calendars.set(official, new URL((body as { link: string }).link).pathname);
    }
    id = await room.open({ dossier: withMedicalPaper });
  });
  afterAll(() => room.close());

  const lookAll = async () => {
    const seen = new Map<string, ReadonlyMap<string, string>>();
    for (const official of readers)
      seen.set(
        official,
        await allItIsTold({
          room,
          official,
          id,
          other,
          ...(sent.has(official) && { command: sent.get(official)! }),
          calendar: calendars.get(official)!,
        }),
      );
    return seen;
  };
  const readerOf = (official: string) => {
    const { mechanism } = room.process;
    const { party } = mechanism.officials.find((one) => one.id === official)!;
    const { kind } = mechanism.parties.find((one) => one.id === party)!;
    return { official, party, kind, mechanism: mechanism.id };
  };

  /** Compares what was told before with what is told now, for everybody who could read nothing of it. */
  async function compare(what: string, hides: (official: string) => boolean): Promise<void> {
    const before = told!;
    told = await lookAll();
    for (const official of readers.filter(hides)) {
      for (const [request, answer] of before.get(official)!) {
        const now = told.get(official)!.get(request)!;
        if (now !== answer)
          oracles.push(`${what} tells ${official} by ${request}: ${partingOf(answer, now)}`);
      }
    }
  }

  async function send(official: string, command: Command, of: string): Promise<void> {
    if (official === 'system') {
      const actor = { system: 'process' } as const;
      const envelope = { id: `system:${randomUUID()}`, case: of, actor, command };
      const options = { knownVersion: 0, route: 'system' } as const;
      const { rejection } = await room.process.record.submit(envelope, options);
      if (rejection) throw new Error(`${command.type}: ${JSON.stringify(rejection)}`);
      return;
    }
    const key = newKey();
    const path = `/v1/cases/${of}/commands`;
    const answer = await room.as(official).post(path, command, { 'idempotency-key': key });
    if (answer.status !== 200)
      throw new Error(`${command.type} by ${official}: ${answer.status} ${answer.text}`);
    if (!sent.has(official)) sent.set(official, `${official}:${key}`);
    const { version, receipt } = commandAnswerSchema.parse(answer.body);
    const timeline = await room.as(official).get(`/v1/cases/${of}/timeline`, { limit: '200' });
    const entries = (timeline.body as { items: { version: number }[] }).items;
    if (receipt.toVersion !== version || (entries.length > 0 && entries.at(-1)?.version !== version))
      oracles.push(`${command.type}: ${official} is told ${version}, and reads up to ${entries.length}`);
  }

  /** The first of each kind of command is looked at. */
  async function act({ by: official, command }: Step): Promise<void> {
    const before = await room.process.state(id);
    const given = typeof command === 'function' ? command(before) : command;
    const isNew = !done.has(given.type);
    done.add(given.type);
    if (isNew) told ??= await lookAll();
    else told = undefined;
    await send(official, given, id);
    if (isNew) await compareEvents(given.type, before.version, id);
  }

  async function compareEvents(what: string, since: number, of: string): Promise<void> {
    const after = (await room.process.record.load(of))!;
    const events = (await room.process.record.catchUp(of, since)).events;
    const isOfTheCase = (official: string): boolean => isCaseOf(after.state, after.rules, readerOf(official));
    const reads = (official: string, recorded: RecordedEvent): boolean =>
      isOfTheCase(official) && readsEvent(readerOf(official), recorded);
    const hides = (official: string): boolean => !events.some((recorded) => reads(official, recorded));
    await compare(`${what} (${events.map(({ event }) => event.type).join()})`, hides);
    for (const { event } of events)
      for (const official of readers.filter((one) => hides(one) && isOfTheCase(one)))
        looked.add(`${event.type} from ${readerOf(official).kind}`);
  }

  /** What a party does that is of no case: nothing to others. */
  async function affairsOf(official: string, path: string, body: object): Promise<void> {
    told ??= await lookAll();
    const answer = await room.as(official).post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    await compare(`POST ${path}`, (one) => readerOf(one).party !== readerOf(official).party);
  }

  async function openElsewhere(): Promise<void> {
    await room.process.record.openCase({
      envelope: room.process.envelope('up-official', other, {
        type: 'openCase',
        requestingParty: 'upland',
        holdingParty: 'lowland',
        dossier: { version: 1, hash: canonicalHash(aDossier) },
        recipient: 'recipient-1',
        whereaboutsKnown: true,
        medicallyUrgent: false,
        siblings: [],
      }),
      dossier: aDossier,
      notes: [],
      mechanism: { id: room.process.mechanism.id, version: room.process.mechanism.version },
    });
    await compareEvents('openCase elsewhere', 0, other);
  }

  it('changes no byte of what they are answered, from the opening to the last visit', async () => {
    told = await lookAll();
    await openElsewhere();
    await act(by('qa-officer-1', { type: 'flagDuplicate', other }));
    await act(
      by('qa-officer-1', { type: 'settleDuplicate', other, verdict: 'distinct', note: 'two children' }),
    );
    for (const step of story) await act(step);
    await affairsOf('ru-official-1', '/v1/absences', {
      deputy: 'ru-official-2',
      until: new Date(Date.now() + 86_400_000).toISOString(),
    });
    await affairsOf('ru-official-1', '/v1/webhook-secret', {});
    await affairsOf('ru-official-1', '/v1/calendar-feed', {});
    expect(oracles).toEqual([]);
    // Of whoever the case concerns: what was there to be told, and was not.
    for (const [event, kinds] of Object.entries(hidden))
      for (const kind of kinds) expect([...looked]).toContain(`${event} from ${kind}`);
  }, 900_000);
});
