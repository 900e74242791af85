/** Over HTTP, who takes the person home: nobody, where an adult decides alone; an alternate, who was verified beforehand. */
import type { EdgeCommand } from '../../../src/contracts/commands';
import type { Dossier } from '../../../src/contracts/dossier/dossier';
import type { CaseId } from '../../../src/domain/model/ids';
import { aDossier, caseAt, openRecordRoom } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { daysFromToday } from '../../support/days';
import { openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

let cases: RecordRoom;
let room: ApiRoom;
beforeAll(async () => {
  cases = await openRecordRoom();
  room = await openApiRoom('whose-care', {
    worker: false,
    database: cases.database,
    change: () => cases.mechanism,
  });
});
afterAll(async () => {
  await room.close();
  await cases.close();
});

interface Seen {
  readonly version: number;
  readonly stage: string;
  readonly recipient: { readonly ref: string };
  readonly plan: { readonly version: number; readonly hash: string; readonly recipient: string | null };
  readonly decisions: unknown;
  readonly closure?: { readonly outcome: string };
}
const seen = async (id: CaseId, official = 'qa-lead'): Promise<Seen> =>
  (await room.as(official).get(`/v1/cases/${id}`).expect(200)).body as Seen;
/** By whoever read the case as it is now, as the grave commands ask. */
async function send(official: string, id: CaseId, command: object) {
  const { version } = await seen(id, official);
  return room.as(official).post(`/v1/cases/${id}/commands`, command, { 'if-match': `"${version}"` });
}
async function does(official: string, id: CaseId, command: EdgeCommand): Promise<void> {
  const answer = await send(official, id, command);
  if (answer.status !== 200) throw new Error(`${command.type}: ${answer.status} ${answer.text}`);
}
const owedTo = async (official: string, id: CaseId, kind: string): Promise<string[]> => {
  const { body } = await room.as(official).get('/v1/inbox', { scope: 'party', limit: '200' }).expect(200);
  const { items } = body as { items: { case: string; kind: string; subject?: string }[] };
  return items.flatMap((item) => (item.case === id && item.kind === kind ? [item.subject ?? ''] : [])).sort();
};
const plan = (more: object): EdgeCommand => ({
  type: 'proposePlan',
  terms: {
    ...{ recipient: 'recipient-1', site: 'moscow-residence', handoverPlace: 'kyiv', modality: 'road' },
    ...{ escortParty: 'escort', receivingParty: 'reception', companions: ['escort'] },
    window: { from: daysFromToday(-1), to: daysFromToday(20) },
    ...more,
  },
});
async function agree(id: CaseId, more: object): Promise<void> {
  await does('qa-officer-1', id, plan(more));
  const { version, hash } = (await seen(id)).plan;
  for (const decider of ['ua-decider', 'ru-decider'])
    await does(decider, id, { type: 'approvePlan', planVersion: version, planHash: hash, conditions: [] });
}
async function host(id: CaseId): Promise<void> {
  await cases.act({ system: 'process' }, id, { type: 'requestPlace', planVersion: 1 });
  await does('em-host', id, { type: 'confirmPlace' });
  await does('em-host', id, { type: 'recordArrival' });
}
const seenToBeThem = { type: 'identifyChild', how: 'photograph', matches: true } as const;
const heardAlone = { type: 'recordHearing', answer: 'willing' } as const;
const alone = { type: 'confirmOwnArrival' } as const;

describe('an adult who consents', () => {
  const birth = new Date();
  birth.setUTCFullYear(birth.getUTCFullYear() - 18);
  birth.setUTCDate(birth.getUTCDate() - 2);
  const file: Dossier = {
    ...aDossier,
    child: { ...aDossier.child, birthDate: { exact: birth.toISOString().slice(0, 10) } },
    documents: [...aDossier.documents, { id: 'doc-7', kind: 'consent', holder: 'child', issuedBy: 'Notary' }],
  };

  it('goes home to nobody by a plan that says so, on their own word, and the case is closed as that', async () => {
    const id = await caseAt(cases, 'verified', { file });
    const toNobody = plan({ recipient: null });
    expect(refusalOf(await send('qa-officer-1', id, toNobody))).toEqual([422, 'unknown-recipient']);
    await does('qa-interviewer', id, { type: 'recordOwnConsent', given: true, document: 'doc-7' });
    await agree(id, { recipient: null });
    expect((await seen(id, 'ru-decider')).plan).toMatchObject({ version: 1, recipient: null });
    await host(id);

    const paper = { type: 'confirmTravelDocuments' as const, documents: ['doc-2'] };
    await does('ua-official-1', id, { ...paper, validUntil: daysFromToday(60) });
    await does('em-clinician', id, { type: 'clearMedically', fit: true, validUntil: daysFromToday(60) });
    await does('qa-interviewer', id, heardAlone);
    await does('qa-officer-1', id, seenToBeThem);
    await does('es-dispatcher', id, { type: 'assignEscort', escort: 'es-escort-1' });
    const [departAt, arriveAt] = [1, 2].map((hour) => new Date(Date.now() + hour * 3_600_000).toISOString());
    const leg = { id: 'leg-1', from: 'moscow', to: 'kyiv', departAt: departAt!, arriveAt: arriveAt! };
    await does('es-dispatcher', id, { type: 'planLegs', legs: [leg] });
    await does('qa-lead', id, { type: 'depart' });
    await does('em-host', id, { type: 'giveIntoCare' });
    for (const type of ['takeIntoCare', 'arrive'] as const) await does('es-escort-1', id, { type });

    expect(await owedTo('re-receiver', id, 'confirm-handover')).toEqual(['own-arrival']);
    expect((await send('es-escort-1', id, alone)).status).toBe(403);
    expect(refusalOf(await send('re-receiver', id, alone))).toEqual([409, 'gate-closed']);
    await does('qa-interviewer', id, heardAlone);
    await does('re-receiver', id, seenToBeThem);
    await does('re-receiver', id, alone);
    expect(await seen(id)).toMatchObject({ stage: 'follow-up' });

    for (const visit of cases.mechanism.followUpVisits.keys())
      await does('re-receiver', id, { type: 'reportVisit', visit: visit + 1, outcome: 'well' });
    const closeAs = (outcome: string) => send('qa-officer-1', id, { type: 'closeCase', outcome });
    expect(refusalOf(await closeAs('reunited'))).toEqual([409, 'closure-unfounded']);
    expect(refusalOf(await closeAs('home-alone'))).toEqual([409, 'reintegration-unplanned']);
    const soon = daysFromToday(14);
    await does('re-receiver', id, { type: 'planReintegration', owner: 'reception', school: soon });
    await does('qa-officer-1', id, { type: 'closeCase', outcome: 'home-alone' });
    expect((await seen(id)).closure).toMatchObject({ outcome: 'home-alone' });
  }, 120_000);
});

describe('an alternate who is verified beforehand', () => {
  const recipient = 'recipient-2';
  const [first] = aDossier.recipients;
  const file: Dossier = {
    ...aDossier,
    recipients: [first!, { ...first!, id: recipient, kinship: { relation: 'grandmother', evidence: [] } }],
  };
  const attesters = {
    kinship: 'ua-official-1',
    custody: 'ua-official-1',
    willingness: 'ua-official-1',
    'childs-view': 'qa-interviewer',
  } as const;
  const facets = Object.keys(attesters) as (keyof typeof attesters)[];

  it('is owed facet by facet, and then takes the place of the first by the same plan and approvals', async () => {
    const id = await caseAt(cases, 'verified', { file });
    await agree(id, { alternates: [recipient] });
    await host(id);
    const kind = 'verify-alternate';
    const owed = () =>
      Promise.all(['ua-official-1', 'qa-reviewer'].map((official) => owedTo(official, id, kind)));
    expect((await owed()).flat().sort()).toEqual(facets.map((facet) => `${recipient}:${facet}`).sort());
    const found = { recipient, finding: 'confirmed' as const, evidence: ['doc-1'] };
    for (const facet of facets) {
      await does(attesters[facet], id, { type: 'attestFacet', facet, ...found });
      expect(await owedTo('qa-reviewer', id, kind)).toContain(`${recipient}:${facet}`);
      await does('qa-reviewer', id, { type: 'reviewAttestation', facet, recipient, verdict: 'upheld' });
    }
    expect((await owed()).flat()).toEqual([]);

    const before = await seen(id);
    await does('re-receiver', id, { type: 'reportRecipientUnavailable' });
    await does('ua-official-1', id, { type: 'nominateRecipient', recipient, dossierVersion: 1 });
    const { plan: kept, decisions, stage, recipient: now } = await seen(id);
    expect({ kept, decisions, stage }).toEqual({
      kept: before.plan,
      decisions: before.decisions,
      stage: 'hosting',
    });
    expect([now.ref, before.recipient.ref]).toEqual([recipient, 'recipient-1']);
  }, 60_000);
});
