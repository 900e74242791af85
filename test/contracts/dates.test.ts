/** Dates that nobody can mean are refused at the door, by the name of their field; what has no end says so in a word. */
import { commandSchema } from '../../src/contracts/commands';
import { dossierSchema } from '../../src/contracts/dossier/schema';
import { absenceBodySchema } from '../../src/contracts/http/officials';
import { getFigures } from '../../src/http/routes/get-figures';
import { getInbox } from '../../src/http/routes/get-inbox';
import { sampleWith } from './dossier-sample';

const never = [
  '9999-12-31',
  '2200-01-01',
  '1899-12-31',
  '0000-01-01',
  '+010000-01-01',
  '2027-02-29',
  'forever',
];
const neverInstants = [
  '9999-12-31T23:59:59-12:00',
  '2200-01-01T00:00:00Z',
  '1899-12-31T23:59:59Z',
  '0000-01-01T00:00:00+14:00',
  '+275760-09-13T00:00:00Z',
  '2027-02-29T00:00:00Z',
];
const neverDurations = ['P999999Y', 'P21Y', 'P99999999999999999999D', 'PT9999999999H'];

type Fields = Record<string, unknown>;
const terms = (window: Fields) => ({
  type: 'proposePlan',
  terms: {
    recipient: 'recipient-1',
    window,
    modality: 'road',
    site: null,
    handoverPlace: 'kyiv',
    escortParty: 'escort',
    receivingParty: 'reception',
    companions: [],
  },
});
const leg = (change: Fields) => ({
  type: 'planLegs',
  legs: [
    {
      id: 'l1',
      from: 'a',
      to: 'b',
      departAt: '2026-12-01T08:00:00Z',
      arriveAt: '2026-12-01T12:00:00Z',
      ...change,
    },
  ],
});
const pause = (until: string) => ({ type: 'acknowledgeObligation', obligation: 'a:b:c@d', until });
const facet = { type: 'attestFacet', facet: 'custody', finding: 'confirmed', evidence: [] };

const dates: [string, (date: string) => object, string][] = [
  ['evidence', (validUntil) => ({ ...facet, validUntil }), 'validUntil'],
  [
    'travel documents',
    (validUntil) => ({ type: 'confirmTravelDocuments', documents: [], validUntil }),
    'validUntil',
  ],
  ['a clearance', (validUntil) => ({ type: 'clearMedically', fit: true, validUntil }), 'validUntil'],
  ['the window', (to) => terms({ from: '2026-12-01', to }), 'terms.window.to'],
  ['the window', (from) => terms({ from, to: '2026-12-01' }), 'terms.window.from'],
  ['a review', (reviewBy) => ({ type: 'reviewHold', hold: 'h', reviewBy }), 'reviewBy'],
  ['a stall', (reviewBy) => ({ type: 'reviewStalledCase', next: 'press-again', reviewBy }), 'reviewBy'],
];
const instants: [string, (at: string) => object, string][] = [
  ['a pause', pause, 'until'],
  ['a leg', (departAt) => leg({ departAt }), 'legs.0.departAt'],
  ['a leg', (arriveAt) => leg({ arriveAt }), 'legs.0.arriveAt'],
];
const faultsOf = (body: object): string[] =>
  commandSchema.safeParse(body).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a command', () => {
  it.each(dates)('takes no date of %s that nobody can mean', (_, bodyOf, field) => {
    for (const date of never) expect(faultsOf(bodyOf(date))).toContain(field);
    for (const date of ['1900-01-01', '2199-12-31', '2028-02-29'])
      expect(faultsOf(bodyOf(date))).not.toContain(field);
  });

  it.each(instants)('takes no instant of %s that nobody can mean', (_, bodyOf, field) => {
    for (const at of neverInstants) expect(faultsOf(bodyOf(at))).toContain(field);
    expect(faultsOf(bodyOf('2199-12-31T23:59:59Z'))).toEqual([]);
  });

  it('takes no duration longer than a life', () => {
    for (const checkInEvery of neverDurations)
      expect(faultsOf(leg({ checkInEvery }))).toEqual(['legs.0.checkInEvery']);
  });

  it('takes “unlimited” for evidence and papers, and for nothing that must end', () => {
    const accepted = dates.filter(([, bodyOf]) => faultsOf(bodyOf('unlimited')).length === 0);
    expect(accepted.map(([what]) => what)).toEqual(['evidence', 'travel documents']);
  });
});

describe('a dossier', () => {
  it.each(['documents.1.expiresOn', 'recipients.0.custody.0.validUntil'])(
    '%s: unlimited, or a date',
    (path) => {
      expect(dossierSchema.safeParse(sampleWith({ [path]: 'unlimited' })).success).toBe(true);
      for (const date of never) {
        const read = dossierSchema.safeParse(sampleWith({ [path]: date }));
        expect(new Set(read.error?.issues.map((issue) => issue.path.join('.')))).toEqual(new Set([path]));
      }
    },
  );

  it.each(['documents.1.issuedOn', 'child.view.recordedOn', 'child.birthDate.exact'])(
    '%s: a date',
    (path) => {
      for (const date of [...never, 'unlimited'])
        expect(dossierSchema.safeParse(sampleWith({ [path]: date })).success).toBe(false);
    },
  );
});

it('an absence ends at an instant that somebody can mean', () => {
  for (const until of neverInstants)
    expect(absenceBodySchema.safeParse({ deputy: 'qa-lead', until }).success).toBe(false);
});

it('a list is asked for by dates that somebody can mean', () => {
  for (const dueBefore of neverInstants) expect(getInbox.query?.safeParse({ dueBefore }).success).toBe(false);
  for (const to of never) expect(getFigures.query?.safeParse({ to }).success).toBe(false);
});
