/** Who takes the child, in the record: an alternate who is verified beforehand, and an adult whom nobody takes. */
import type { Dossier } from '../../src/contracts/dossier/dossier';
import { addDuration, dateOf } from '../../src/domain/calendar/time';
import { fold } from '../../src/domain/evolve/evolve';
import { aDossier, approve, caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

const [mother] = aDossier.recipients;
const withGrandmother: Dossier = {
  ...aDossier,
  documents: [
    ...aDossier.documents,
    { id: 'doc-20', kind: 'guardianship', holder: 'recipient-2', issuedBy: 'The court' },
  ],
  recipients: [
    mother!,
    { ...mother!, id: 'recipient-2', kinship: { relation: 'grandmother', evidence: [] } },
  ],
};
const dayFrom = (days: number): string => dateOf(addDuration(new Date().toISOString(), `P${days}D`));
const terms = {
  window: { from: dayFrom(0), to: dayFrom(20) },
  modality: 'road',
  site: 'moscow-residence',
  handoverPlace: 'kyiv',
  escortParty: 'escort',
  receivingParty: 'reception',
  companions: ['escort'],
} as const;

describe('who takes the child', () => {
  let room: RecordRoom;
  beforeAll(async () => {
    room = await openRecordRoom();
  });
  afterAll(() => room.close());
  const stateOf = async (id: string) => (await room.record.load(id))!.state;

  async function agreed(): Promise<string> {
    const id = await caseAt(room, 'verified', { file: withGrandmother });
    await room.act('qa-officer-1', id, {
      type: 'proposePlan',
      terms: { ...terms, recipient: 'recipient-1', alternates: ['recipient-2'] },
    });
    for (const decider of ['ua-decider', 'ru-decider']) await approve(room, id, decider);
    return id;
  }
  const facets = ['kinship', 'custody', 'willingness', 'childs-view'] as const;
  async function attest(id: string, facet: (typeof facets)[number]): Promise<void> {
    const by = facet === 'childs-view' ? 'qa-interviewer' : 'ua-official-1';
    const evidence = [facet === 'custody' ? 'doc-20' : 'doc-1'];
    const recipient = 'recipient-2';
    await room.act(by, id, { type: 'attestFacet', facet, recipient, finding: 'confirmed', evidence });
  }
  const uphold = (facet: (typeof facets)[number]) =>
    ({ type: 'reviewAttestation', facet, recipient: 'recipient-2', verdict: 'upheld' }) as const;

  it('is the alternate without a new decision, once verified by their own papers', async () => {
    const id = await agreed();
    for (const facet of facets) {
      await attest(id, facet);
      await room.act('qa-reviewer', id, uphold(facet));
    }
    const before = await stateOf(id);
    await room.act('ua-official-1', id, { type: 'reportRecipientUnavailable' });
    await room.act('ua-official-1', id, {
      type: 'nominateRecipient',
      recipient: 'recipient-2',
      dossierVersion: 1,
    });
    const after = await stateOf(id);
    expect(after).toMatchObject({ stage: 'preparation', recipient: { ref: 'recipient-2' } });
    expect([after.plan, after.decisions]).toEqual([before.plan, before.decisions]);
    // What the record keeps folds to the same.
    const { events } = await room.record.catchUp(id, 0);
    expect(fold(events)).toEqual(after);
  });

  it('is decided in one order where the last review and the nomination come at once', async () => {
    const id = await agreed();
    for (const facet of facets) await attest(id, facet);
    for (const facet of facets.slice(1)) await room.act('qa-reviewer', id, uphold(facet));
    await room.act('ua-official-1', id, { type: 'reportRecipientUnavailable' });
    const { record } = room.another();
    await Promise.all([
      record.submit(room.envelope('qa-reviewer', id, uphold('kinship')), {
        knownVersion: 0,
        route: 'process',
      }),
      room.send('ua-official-1', id, {
        type: 'nominateRecipient',
        recipient: 'recipient-2',
        dossierVersion: 1,
      }),
    ]);
    const state = await stateOf(id);
    const isVerified = state.facets.kinship.status === 'settled';
    // Never a plan that stands for somebody of whom something is still to be found.
    expect([isVerified, state.plan?.lapsed === undefined]).toEqual([isVerified, isVerified]);
    expect(state.recipient.ref).toBe('recipient-2');
  });

  it('is nobody, of an adult: planned for without a recipient, by one who came of age', async () => {
    const born = `${new Date().getUTCFullYear() - 18}-01-01`;
    const file: Dossier = {
      ...aDossier,
      child: { ...aDossier.child, birthDate: { exact: born } },
      documents: [
        ...aDossier.documents,
        { id: 'doc-21', kind: 'consent', holder: 'child', issuedBy: 'The person' },
      ],
    };
    const id = await caseAt(room, 'verified', { file });
    const toNobody = { type: 'proposePlan', terms: { ...terms, recipient: null } } as const;
    expect((await room.send('qa-officer-1', id, toNobody)).rejection?.code).toBe('unknown-recipient');
    await room.act({ system: 'process' }, id, { type: 'noteMajority', daysLeft: 0 });
    await room.act('qa-interviewer', id, { type: 'recordOwnConsent', given: true, document: 'doc-21' });
    await room.act('qa-interviewer', id, {
      ...{ type: 'attestFacet', facet: 'childs-view', finding: 'confirmed' },
      evidence: ['doc-1'],
    });
    await room.act('qa-reviewer', id, { type: 'reviewAttestation', facet: 'childs-view', verdict: 'upheld' });
    await room.act('qa-officer-1', id, toNobody);
    for (const decider of ['ua-decider', 'ru-decider']) await approve(room, id, decider);
    expect(await stateOf(id)).toMatchObject({ stage: 'preparation', plan: { recipient: null } });
    await room.act('qa-interviewer', id, { type: 'recordHearing', answer: 'willing' });
    const { hearings } = await stateOf(id);
    expect(hearings?.at(-1)?.recipient).toBeUndefined();
  });
});
