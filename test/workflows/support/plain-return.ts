/** One child's plain return, as officials bring it home: each step by whom, in order, after the opening. */
import type { Command } from '../../../src/domain/model/commands';
import type { CaseId } from '../../../src/domain/model/ids';
import type { PlanTerms } from '../../../src/domain/model/plan';
import { firstFacets } from '../../../src/domain/model/verification';
import type { ReturnCase } from '../../../src/domain/model/case';
import type { ProcessRoom } from './process-room';

export interface Step {
  readonly by: string;
  readonly command: Command | ((state: ReturnCase) => Command);
  /** What the process must have done first. */
  readonly when?: (state: ReturnCase) => boolean;
}

const day = (fromNow: number): string =>
  new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);
const hour = (fromNow: number): string => new Date(Date.now() + fromNow * 3_600_000).toISOString();

export const terms = (): PlanTerms => ({
  recipient: 'recipient-1',
  window: { from: day(-1), to: day(20) },
  modality: 'road',
  site: 'moscow-residence',
  handoverPlace: 'kyiv',
  escortParty: 'escort',
  receivingParty: 'reception',
  companions: ['escort'],
});

const attesters: Record<string, [string, string]> = {
  whereabouts: ['ru-official-1', 'qa-officer-1'],
  identity: ['ua-official-1', 'qa-reviewer'],
  kinship: ['ua-official-1', 'qa-reviewer'],
  custody: ['ua-official-1', 'qa-reviewer'],
  willingness: ['ua-official-1', 'qa-reviewer'],
  'childs-view': ['qa-interviewer', 'qa-reviewer'],
};

export const acceptance: Step[] = [
  { by: 'qa-officer-1', command: { type: 'acknowledgeCase' } },
  { by: 'qa-officer-1', command: { type: 'acceptFile' } },
];
export const verification: Step[] = firstFacets.flatMap((facet): Step[] => [
  {
    by: attesters[facet]![0],
    command: { type: 'attestFacet', facet, finding: 'confirmed', evidence: ['doc-1'] },
  },
  { by: attesters[facet]![1], command: { type: 'reviewAttestation', facet, verdict: 'upheld' } },
]);
export const proposal: Step = {
  by: 'qa-officer-1',
  command: () => ({ type: 'proposePlan', terms: terms() }),
};
export const approvalBy = (decider: string): Step => ({
  by: decider,
  when: ({ planPutToSidesAt }) => planPutToSidesAt !== undefined,
  command: ({ plan }) => ({
    type: 'approvePlan',
    planVersion: plan!.version,
    planHash: plan!.hash,
    conditions: [],
  }),
});
/** At a door: who sees the child says that it is this one, and it says that it wants to. */
const atTheDoor: Step[] = [
  { by: 'qa-officer-1', command: { type: 'identifyChild', how: 'photograph', matches: true } },
  {
    by: 'qa-interviewer',
    command: { type: 'recordHearing', recipient: 'recipient-1', answer: 'willing' },
  },
];
export const preparation: Step[] = [
  {
    by: 'em-host',
    command: { type: 'confirmPlace' },
    when: ({ placeRequest }) => placeRequest !== undefined,
  },
  {
    by: 'ua-official-1',
    command: { type: 'confirmTravelDocuments', documents: ['doc-2'], validUntil: day(60) },
  },
  { by: 'em-clinician', command: { type: 'clearMedically', fit: true, validUntil: day(60) } },
  {
    by: 'es-dispatcher',
    command: { type: 'assignEscort', escort: 'es-escort-1' },
    when: ({ escortRequest }) => escortRequest !== undefined,
  },
  {
    by: 'es-dispatcher',
    command: () => ({
      type: 'planLegs',
      legs: [{ id: 'leg-1', from: 'moscow', to: 'kyiv', departAt: hour(1), arriveAt: hour(2) }],
    }),
  },
  { by: 'em-host', command: { type: 'recordArrival' } },
  ...atTheDoor,
];
export const departure: Step[] = [
  { by: 'qa-lead', command: { type: 'depart' } },
  { by: 'em-host', command: { type: 'giveIntoCare' } },
  { by: 'es-escort-1', command: { type: 'takeIntoCare' } },
];
export const arrival: Step[] = [
  { by: 'es-escort-1', command: { type: 'arrive' } },
  ...atTheDoor,
  {
    by: 're-receiver',
    command: { type: 'checkRecipientIdentity', matches: true, documentHash: '0'.repeat(64) },
  },
  { by: 're-receiver', command: { type: 'confirmHandover' } },
  { by: 'es-escort-1', command: { type: 'confirmHandover' } },
];
export const visits = (count: number): Step[] => [
  { by: 're-receiver', command: { type: 'planReintegration', owner: 'reception', school: day(30) } },
  ...Array.from({ length: count }, (_unused, index): Step => ({
    by: 're-receiver',
    command: { type: 'reportVisit', visit: index + 1, outcome: 'well' },
  })),
];
export const closure: Step = { by: 'qa-officer-1', command: { type: 'closeCase', outcome: 'reunited' } };

export const plainReturn = (room: ProcessRoom): Step[] => [
  ...acceptance,
  ...verification,
  proposal,
  approvalBy('ua-decider'),
  approvalBy('ru-decider'),
  ...preparation,
  ...departure,
  ...arrival,
  ...visits(room.mechanism.followUpVisits.length),
  closure,
];

/** Every step in order, as the API takes it. */
export async function play(room: ProcessRoom, id: CaseId, steps: readonly Step[]): Promise<void> {
  for (const { by, command, when = () => true } of steps) {
    const state = await room.until(id, when);
    const given = typeof command === 'function' ? command(state) : command;
    try {
      await room.submit(by, id, given);
    } catch (error) {
      throw new Error(`${given.type} by ${by}: ${String(error)}`, {
        cause: error,
      });
    }
  }
}

/** Every step straight into the record, for what happened before a process is started. */
export async function playInRecord(room: ProcessRoom, id: CaseId, steps: readonly Step[]): Promise<void> {
  for (const { by, command } of steps) {
    const given = typeof command === 'function' ? command(await room.state(id)) : command;
    const envelope = room.envelope(by, id, given);
    const { rejection } = await room.record.submit(envelope, { knownVersion: 0, route: 'process' });
    if (rejection) throw new Error(`${given.type} by ${by}: ${JSON.stringify(rejection)}`);
  }
}

/** Of the plan that was put to the sides, as the dispatcher leaves it; `$1` is the case. */
export const letterToRussia = `
  with notice as (select id from outbox where case_id = $1 and party = 'russia' and notice ->> 'kind' = 'plan-put'),
  letter as (
    insert into letters (id, kind, mechanism_id, party, safety, send_at, next_attempt_at, status, sent_at)
    select id || ':webhook:russia', 'webhook', 'doha', 'russia', false, clock_timestamp(), clock_timestamp(), 'sent',
           '2026-11-28T07:00:00Z' from notice returning id)
  insert into letter_notices (notice_id, receiver, letter_id)
  select notice.id, 'webhook:russia', letter.id from notice, letter`;
