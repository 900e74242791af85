/** A record on a database of its own, its officials, and cases brought to where a test wants them. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Dossier } from '../../../src/contracts/dossier/dossier';
import type { Mechanism } from '../../../src/contracts/mechanism/mechanism';
import { readMechanism } from '../../../src/contracts/mechanism/file';
import { canonicalHash, sealEnvelope } from '../../../src/contracts/seal';
import type { Command, CommandEnvelope } from '../../../src/domain/model/commands';
import type { CaseId } from '../../../src/domain/model/ids';
import type { OfficialActor, SystemActor } from '../../../src/domain/model/parties';
import { firstFacets } from '../../../src/domain/model/verification';
import { createPool } from '../../../src/record/postgres/database';
import type { OpenResult } from '../../../src/record/commands/open-case';
import { createRecord } from '../../../src/record/record';
import type { CaseRecord } from '../../../src/record/record';
import type { SubmitOptions, SubmitResult } from '../../../src/record/store/submission';
import { createTestDatabase } from '../../support/postgres';
import type { TestDatabase } from '../../support/postgres';

export const sealKey = 'a key that only tests use, and no stack ever';
export const mechanismFile = (name: string): Mechanism => {
  const read = readMechanism(
    readFileSync(join(__dirname, `../../../examples/mechanisms/${name}.yaml`), 'utf8'),
  );
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  // A visit counts from the day before its date: no test waits for months.
  return name === 'doha'
    ? {
        ...read.mechanism,
        followUpVisits: visitsSoon,
        reinstateWithin: 'PT0S',
        // The children of most tests have nothing to do with each other, and one escort.
        escortsEngagedOnce: false,
      }
    : read.mechanism;
};
const visitsSoon = Array.from({ length: 13 }, (_, index) => `PT${index + 1}M`);

export interface RecordRoom {
  readonly database: TestDatabase;
  readonly pool: Pool;
  readonly record: CaseRecord;
  readonly mechanism: Mechanism;
  /** A second process on the same database. */
  another(): { record: CaseRecord; pool: Pool };
  actor(official: string): OfficialActor;
  envelope(
    official: string | SystemActor,
    id: CaseId,
    command: Command,
    extra?: Partial<CommandEnvelope>,
  ): CommandEnvelope;
  send(
    official: string | SystemActor,
    id: CaseId,
    command: Command,
    extra?: Partial<CommandEnvelope> & Partial<SubmitOptions>,
  ): Promise<SubmitResult>;
  /** As `send`, and fails the test when the command is not taken. */
  act(official: string | SystemActor, id: CaseId, command: Command): Promise<SubmitResult>;
  open(
    extra?: Partial<Extract<Command, { type: 'openCase' }>> & {
      commandId?: string;
      case?: CaseId;
      file?: Dossier;
    },
  ): Promise<OpenResult>;
  close(): Promise<void>;
}

export async function openRecordRoom({
  capacity = 3,
  site = {},
  change = {},
  ...given
}: {
  capacity?: number;
  change?: Partial<Mechanism>;
  site?: Partial<Mechanism['sites'][number]>;
  database?: TestDatabase;
} = {}): Promise<RecordRoom> {
  const database = given.database ?? (await createTestDatabase());
  const pools: Pool[] = [];
  const another = () => {
    const pool = createPool({ connectionString: database.connectionString, max: 25 });
    pools.push(pool);
    return { record: createRecord({ pool, sealKey }), pool };
  };
  const { record, pool } = another();
  const doha = mechanismFile('doha');
  const mechanism: Mechanism = {
    ...doha,
    sites: doha.sites.map((one) => ({ ...one, capacity, ...site })),
    ...change,
  };
  await record.saveMechanism(mechanism);

  const actor = (official: string): OfficialActor => {
    const found = mechanism.officials.find(({ id }) => id === official);
    if (!found) throw new Error(`no official ${official}`);
    return { official, party: found.party, roles: found.roles };
  };
  const envelope: RecordRoom['envelope'] = (official, id, command, extra = {}) => {
    const given: CommandEnvelope = {
      id: `${typeof official === 'string' ? official : 'system'}:${randomUUID()}`,
      case: id,
      actor: typeof official === 'string' ? actor(official) : official,
      command,
      ...extra,
    };
    return typeof official === 'string' ? sealEnvelope(given, sealKey) : given;
  };
  const send: RecordRoom['send'] = (official, id, command, { knownVersion = 0, route, ...extra } = {}) =>
    record.submit(envelope(official, id, command, extra), {
      knownVersion,
      route: route ?? (typeof official === 'string' ? 'process' : 'system'),
    });
  return {
    database,
    pool,
    record,
    mechanism,
    another,
    actor,
    envelope,
    send,
    async act(official, id, command) {
      const result = await send(official, id, command);
      if (result.outcome === 'refused')
        throw new Error(
          `${command.type} by ${JSON.stringify(official)}: ${JSON.stringify(result.rejection)}`,
        );
      return result;
    },
    open({ commandId, case: id = newReference(), file = aDossier, ...extra } = {}) {
      const command: Command = {
        type: 'openCase',
        requestingParty: 'ukraine',
        holdingParty: 'russia',
        dossier: { version: 1, hash: canonicalHash(file) },
        recipient: 'recipient-1',
        whereaboutsKnown: true,
        medicallyUrgent: false,
        siblings: [],
        ...extra,
      };
      return record.openCase({
        envelope: envelope('ua-official-1', id, command, commandId === undefined ? {} : { id: commandId }),
        dossier: file,
        notes: [],
        mechanism: { id: mechanism.id, version: mechanism.version },
      });
    },
    async close() {
      await Promise.all(pools.map((each) => each.end()));
      await database.drop();
    },
  };
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const newReference = (): CaseId => {
  const letters = Array.from({ length: 8 }, () => alphabet[Math.floor(Math.random() * 32)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
};

/** Invented, like everything in it. */
export const aDossier: Dossier = {
  child: {
    names: [
      {
        script: 'cyrillic',
        given: 'Кирило',
        family: 'Гаданий',
        patronymic: 'Денисович',
        recordedOn: '2024-01-22',
      },
      { script: 'latin', given: 'Kyrylo', family: 'Hadanyi', recordedOn: '2024-01-22' },
    ],
    birthDate: { exact: '2012-07-16' },
    sex: 'male',
    languages: ['uk'],
    whereabouts: { known: true, place: 'A town' },
    healthNeeds: [],
  },
  documents: [
    { id: 'doc-1', kind: 'birth-certificate', holder: 'child', issuedBy: 'Registry' },
    { id: 'doc-2', kind: 'travel-document', holder: 'child', issuedBy: 'Consulate', expiresOn: '2040-01-01' },
    { id: 'doc-3', kind: 'passport', holder: 'recipient-1', issuedBy: 'State', sha256: '0'.repeat(64) },
    { id: 'doc-8', kind: 'best-interests-determination', holder: 'child', issuedBy: 'The panel' },
    { id: 'doc-9', kind: 'waiver', holder: 'child', issuedBy: 'The lead' },
  ],
  recipients: [
    {
      id: 'recipient-1',
      names: [{ script: 'latin', given: 'Maryna', family: 'Hadana', recordedOn: '2024-01-22' }],
      kinship: { relation: 'mother', evidence: [] },
      custody: [],
    },
  ],
};

const day = (fromNow: number): string =>
  new Date(Date.now() + fromNow * 86_400_000).toISOString().slice(0, 10);
const attesters: Record<string, [string, string]> = {
  whereabouts: ['ru-official-1', 'qa-officer-1'],
  identity: ['ua-official-1', 'qa-reviewer'],
  kinship: ['ua-official-1', 'qa-reviewer'],
  custody: ['ua-official-1', 'qa-reviewer'],
  willingness: ['ua-official-1', 'qa-reviewer'],
  'childs-view': ['qa-interviewer', 'qa-reviewer'],
};
export const milestones = [
  'verified',
  'agreed',
  'place-asked',
  'hosted',
  'ready',
  'may-leave',
  'departed',
  'handed-over',
] as const;
type Step = (room: RecordRoom, id: CaseId) => Promise<unknown>;

const steps: Record<(typeof milestones)[number], Step> = {
  verified: async ({ act }, id) => {
    await act('qa-officer-1', id, { type: 'acceptFile' });
    for (const facet of firstFacets) {
      const [attester, reviewer] = attesters[facet]!;
      await act(attester, id, { type: 'attestFacet', facet, finding: 'confirmed', evidence: ['doc-1'] });
      await act(reviewer, id, { type: 'reviewAttestation', facet, verdict: 'upheld' });
    }
  },
  agreed: async (room, id) => {
    await room.act('qa-officer-1', id, {
      type: 'proposePlan',
      terms: {
        recipient: 'recipient-1',
        window: { from: day(-1), to: day(20) },
        modality: 'road',
        site: 'moscow-residence',
        handoverPlace: 'kyiv',
        escortParty: 'escort',
        receivingParty: 'reception',
        companions: ['escort'],
      },
    });
    await approve(room, id, 'ua-decider');
    await approve(room, id, 'ru-decider');
  },
  'place-asked': ({ act }, id) => act({ system: 'process' }, id, { type: 'requestPlace', planVersion: 1 }),
  hosted: async ({ act }, id) => {
    await act('em-host', id, { type: 'confirmPlace' });
    await act('em-host', id, { type: 'recordArrival' });
  },
  ready: async ({ act }, id) => {
    await act('ua-official-1', id, {
      type: 'confirmTravelDocuments',
      documents: ['doc-2'],
      validUntil: day(60),
    });
    await act('em-clinician', id, { type: 'clearMedically', fit: true, validUntil: day(60) });
    await act('qa-interviewer', id, { type: 'recordHearing', recipient: 'recipient-1', answer: 'willing' });
    await act('qa-officer-1', id, { type: 'identifyChild', how: 'photograph', matches: true });
    await act('es-dispatcher', id, { type: 'assignEscort', escort: 'es-escort-1' });
    const [from, to] = [new Date(Date.now() + 3_600_000), new Date(Date.now() + 7_200_000)];
    await act('es-dispatcher', id, {
      type: 'planLegs',
      legs: [
        { id: 'leg-1', from: 'moscow', to: 'kyiv', departAt: from.toISOString(), arriveAt: to.toISOString() },
      ],
    });
  },
  'may-leave': ({ act }, id) => act('qa-lead', id, { type: 'depart' }),
  departed: async ({ act }, id) => {
    await act('em-host', id, { type: 'giveIntoCare' });
    await act('es-escort-1', id, { type: 'takeIntoCare' });
  },
  'handed-over': async ({ act }, id) => {
    await act('es-escort-1', id, { type: 'arrive' });
    await act('qa-interviewer', id, { type: 'recordHearing', recipient: 'recipient-1', answer: 'willing' });
    await act('qa-officer-1', id, { type: 'identifyChild', how: 'photograph', matches: true });
    await act('re-receiver', id, {
      type: 'checkRecipientIdentity',
      matches: true,
      documentHash: '0'.repeat(64),
    });
    await act('re-receiver', id, { type: 'confirmHandover' });
    await act('es-escort-1', id, { type: 'confirmHandover' });
  },
};

export async function approve(room: RecordRoom, id: CaseId, decider: string): Promise<SubmitResult> {
  const { plan } = (await room.record.load(id))!.state;
  return room.act(decider, id, {
    type: 'approvePlan',
    planVersion: plan!.version,
    planHash: plan!.hash,
    conditions: [],
  });
}

/** Proposed by one and confirmed by the second. */
export async function byTwo(
  room: RecordRoom,
  one: string,
  second: string,
  id: CaseId,
  command: Command,
): Promise<SubmitResult> {
  const { events } = await room.act(one, id, command);
  const proposal = events
    .flatMap(({ event }) => (event.type === 'ActProposed' ? [event.proposal] : []))
    .at(-1);
  if (proposal === undefined) throw new Error(`${command.type} needs no second person here`);
  return room.act(second, id, { type: 'confirmProposal', proposal });
}

/** A new case, brought through every step up to this one. */
export async function caseAt(
  room: RecordRoom,
  milestone: (typeof milestones)[number],
  opening: Parameters<RecordRoom['open']>[0] = {},
): Promise<CaseId> {
  const { case: id } = await room.open(opening);
  for (const step of milestones.slice(0, milestones.indexOf(milestone) + 1)) await steps[step](room, id);
  return id;
}
