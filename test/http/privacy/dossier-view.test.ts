/** Each kind of party reads of a whole dossier what its row says, and of the papers the photograph where it needs it. */
import type { PartyKind } from '../../../src/domain/model/parties';
import { partyKinds } from '../../../src/domain/model/parties';
import { dossierViewFor } from '../../../src/http/views/dossier-view';
import { sampleDossier } from '../../contracts/dossier-sample';

const dossier = {
  ...sampleDossier(),
  invented: [
    'child.parents',
    'child.parents.mother',
    'child.bloodGroup',
    'child.photograph',
    'child.presentCarer',
  ],
  recipients: sampleDossier().recipients.map((recipient) => ({
    ...recipient,
    kind: 'couple' as const,
    consentMissing: 'deceased' as const,
    kinship: { ...recipient.kinship, relation: 'other' as const, words: 'godparents' },
  })),
};
const viewOf = (kind: PartyKind) => dossierViewFor(kind, dossier, 'recipient-1');
const fields = [
  'photograph',
  'features',
  'bloodGroup',
  'parents',
  'placeOfBirth',
  'nationality',
  'presentCarer',
] as const;
const origin = ['parents', 'placeOfBirth', 'nationality'] as const;

const readers: Readonly<Record<PartyKind, readonly (typeof fields)[number][]>> = {
  mediator: fields,
  requesting: fields,
  holding: ['photograph', 'features', ...origin, 'presentCarer'],
  consenting: origin,
  host: ['photograph', 'features', 'bloodGroup'],
  escort: ['photograph', 'features', 'bloodGroup'],
  receiving: ['photograph', 'features', 'bloodGroup', ...origin],
  observer: [],
};

describe('of what describes the child', () => {
  it.each(partyKinds)('the %s reads what its row says', (kind) => {
    const child = viewOf(kind).child ?? {};
    expect(fields.filter((field) => field in child).sort()).toEqual([...readers[kind]].sort());
    const text = JSON.stringify(viewOf(kind));
    expect([kind, text.includes('Mariia')]).toEqual([kind, readers[kind].includes('parents')]);
  });

  it('whose consent is missing reads who reads by what right the recipient has the child', () => {
    const reads = (field: 'custody' | 'consentMissing') =>
      partyKinds.filter((kind) => viewOf(kind).recipients?.some((recipient) => field in recipient));
    expect(reads('consentMissing')).toEqual(['mediator', 'requesting', 'holding', 'receiving']);
    expect(reads('consentMissing')).toEqual(reads('custody'));
  });

  it('the paper that is the photograph is there for whoever must recognise the child', () => {
    const papers = (kind: PartyKind) => (viewOf(kind).documents ?? []).map(({ kind: of }) => of);
    expect(papers('escort')).toEqual(['photograph']);
    expect(papers('host')).toEqual(['medical', 'photograph']);
    expect(papers('consenting')).toEqual([]);
    for (const kind of ['mediator', 'requesting', 'holding', 'receiving'] as const)
      expect([kind, papers(kind)]).toEqual([kind, expect.arrayContaining(['photograph'])]);
  });

  it('whoever hears the child about somebody, or hands it over to them, knows who that is', () => {
    for (const kind of ['host', 'escort', 'receiving'] as const) {
      const [recipient] = viewOf(kind).recipients ?? [];
      expect([kind, recipient?.names]).toEqual([kind, dossier.recipients[0]!.names]);
    }
    const [recipient] = viewOf('host').recipients ?? [];
    expect(Object.keys(recipient ?? {}).sort()).toEqual(['id', 'kind', 'names']);
  });

  it('a photograph of the recipient is not shown to host and escort', () => {
    const [photograph] = dossier.documents.filter(({ kind }) => kind === 'photograph');
    const theirs = { ...photograph!, id: 'doc-7', holder: 'recipient-1' };
    const both = { ...dossier, documents: [photograph!, theirs] };
    for (const kind of ['host', 'escort'] as const)
      expect(dossierViewFor(kind, both, 'recipient-1').documents).toEqual([
        { id: 'doc-6', kind: 'photograph', holder: 'child' },
      ]);
  });

  it('another paper, named as the photograph by mistake, is known to nobody more for it', () => {
    const mistaken = { ...dossier, child: { ...dossier.child, photograph: 'doc-4' } };
    const seen = (kind: PartyKind) =>
      'photograph' in (dossierViewFor(kind, mistaken, 'recipient-1').child ?? {});
    expect(partyKinds.filter(seen)).toEqual(['mediator', 'requesting', 'host', 'receiving']);
  });

  it('a mark of what is invented tells of no field that the reader does not see', () => {
    expect(viewOf('escort').invented).toEqual(['child.bloodGroup', 'child.photograph']);
    expect(viewOf('holding').invented).toEqual([
      'child.parents',
      'child.parents.mother',
      'child.photograph',
      'child.presentCarer',
    ]);
    expect(viewOf('observer')).toEqual({});
  });

  it('what kind of recipient it is, who reads their name; the relation in words, the sides and the receiving authority', () => {
    const has = (what: string) =>
      partyKinds.filter((kind) => JSON.stringify(viewOf(kind).recipients ?? []).includes(what));
    expect(has('couple')).toEqual(has('Bohdan'));
    expect(has('godparents')).toEqual(['mediator', 'requesting', 'holding', 'consenting', 'receiving']);
  });
});
