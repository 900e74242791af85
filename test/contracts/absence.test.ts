import { maySpeakFor, rolesLentTo } from '../../src/contracts/absence';
import type { Absence } from '../../src/contracts/absence';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { mechanismFile } from '../record/support/record-room';

const doha = mechanismFile('doha');
const now = '2026-05-01T12:00:00.000Z';
const away = (official: string, deputy: string, changes: Partial<Absence> = {}): Absence => ({
  id: `${official}-${deputy}`,
  party: doha.officials.find(({ id }) => id === official)!.party,
  official,
  deputy,
  from: '2026-05-01T00:00:00.000Z',
  until: '2026-05-02T00:00:00.000Z',
  declaredBy: official,
  declaredAt: '2026-04-30T00:00:00.000Z',
  ...changes,
});
const changed = (id: string, change: Partial<Mechanism['officials'][number]>): Mechanism => ({
  ...doha,
  officials: doha.officials.map((official) => (official.id === id ? { ...official, ...change } : official)),
});
const lent = (absences: Absence[], { mechanism = doha, at = now, to = 'qa-duty' } = {}) =>
  rolesLentTo(mechanism, to, absences, at);

describe('the roles that a deputy is lent', () => {
  it('are those of the absent that may be lent, beyond the deputy’s own', () => {
    expect(lent([away('qa-lead', 'qa-duty')])).toEqual(['lead']);
    expect(lent([away('qa-lead', 'qa-duty'), away('qa-officer-1', 'qa-duty')])).toEqual([
      'lead',
      'case-officer',
    ]);
    expect(lent([away('qa-officer-1', 'qa-officer-2')], { to: 'qa-officer-2' })).toEqual([]);
    // A mechanism may keep a role to its person, or have one more be lent.
    const reserved = { ...doha, lendableRoles: ['case-officer' as const] };
    expect(lent([away('qa-lead', 'qa-duty')], { mechanism: reserved })).toEqual([]);
    expect(lent([away('qa-reviewer', 'qa-duty')])).toEqual([]);
    const generous = { ...doha, lendableRoles: ['reviewer' as const] };
    expect(lent([away('qa-reviewer', 'qa-duty')], { mechanism: generous })).toEqual(['reviewer']);
  });

  it.each<[string, boolean]>([
    ['2026-04-30T23:59:59.999Z', false],
    ['2026-05-01T00:00:00.000Z', true],
    ['2026-05-01T23:59:59.999Z', true],
    ['2026-05-02T00:00:00.000Z', false],
  ])('at %s are theirs: %s', (at, isTheirs) => {
    expect(lent([away('qa-lead', 'qa-duty')], { at })).toEqual(isTheirs ? ['lead'] : []);
  });

  it('are none once the absence was ended, the absent left, changed party, or the deputy left', () => {
    expect(lent([away('qa-lead', 'qa-duty', { endedAt: now })])).toEqual([]);
    for (const mechanism of [
      changed('qa-lead', { active: false }),
      changed('qa-lead', { party: 'escort' }),
      changed('qa-duty', { active: false }),
    ])
      expect(lent([away('qa-lead', 'qa-duty')], { mechanism })).toEqual([]);
  });

  it('are not lent on', () => {
    const chain = [away('qa-lead', 'qa-officer-1'), away('qa-officer-1', 'qa-duty')];
    expect(lent(chain)).toEqual(['case-officer']);
  });
});

describe('who may say that somebody is away', () => {
  it.each<[string, string, string, boolean]>([
    ['qa-lead', 'qa-lead', 'qa-duty', true],
    ['qa-lead', 'qa-officer-1', 'qa-officer-2', true],
    ['qa-lead', 'qa-officer-1', 'qa-lead', false],
    ['qa-officer-2', 'qa-officer-1', 'qa-duty', true],
    ['qa-officer-2', 'qa-officer-1', 'qa-officer-2', true],
    ['qa-officer-2', 'qa-lead', 'qa-duty', false],
    ['qa-lead', 'ru-official-1', 'ru-official-2', false],
    // Everything that is lent they have themselves, but not everything that is the other's.
    ['ua-official-2', 'ua-official-1', 'ua-official-2', false],
  ])('%s of %s, with %s as deputy: %s', (by, official, deputy, may) => {
    expect(maySpeakFor(doha, by, { official, deputy })).toBe(may);
  });
});
