import fc from 'fast-check';
import { defaultLadders, defaultTimes } from '../../src/contracts/mechanism-defaults';
import {
  findOfficial,
  mechanismSchema,
  mechanismShape,
  officialsIn,
  rulesOf,
} from '../../src/contracts/mechanism';
import type { Mechanism } from '../../src/contracts/mechanism';
import { mechanismFaultCodes } from '../../src/contracts/mechanism-faults';
import type { MechanismFaultCode } from '../../src/contracts/mechanism-faults';
import { getExampleMechanism } from '../../src/contracts/example-files';
import { obligationKinds } from '../../src/domain/obligation-kinds';
import type { PartyKind } from '../../src/domain/parties';
import { addDuration } from '../../src/domain/time';
import { edited } from './dossier-sample';
import type { Edits } from './dossier-sample';

const doha = getExampleMechanism('doha');
const at = (entries: readonly { id: string }[], id: string): number =>
  entries.findIndex((entry) => entry.id === id);
const official = (id: string) => `officials.${at(doha.officials, id)}`;
const party = (id: string) => `parties.${at(doha.parties, id)}`;
const faultsOf = (mechanism: unknown) =>
  mechanismSchema.safeParse(mechanism).error?.issues.map(({ path, code, ...issue }) => ({
    path: path.join('.'),
    code: 'params' in issue ? (issue.params as { code: MechanismFaultCode }).code : code,
  })) ?? [];

describe('the parts of a mechanism fit', () => {
  const rows: [MechanismFaultCode, string, string, Edits][] = [
    ['duplicate-party', 'two parties have one id', 'parties.7.id', { 'parties.7': { ...doha.parties[6] } }],
    [
      'duplicate-official',
      'two officials have one id',
      `${official('ru-official-2')}.id`,
      { [`${official('ru-official-2')}.id`]: 'ru-official-1' },
    ],
    ['duplicate-site', 'two sites have one id', 'sites.1.id', { 'sites.1': doha.sites[0] }],
    ['duplicate-place', 'two places have one id', 'places.3.id', { 'places.3': doha.places[0] }],
    [
      'duplicate-address',
      'two officials share an address, whatever its capitals',
      `${official('qa-duty')}.email`,
      { [`${official('qa-duty')}.email`]: 'Lead@Mediator.example' },
    ],
    ['duplicate-side', 'a side decides twice', 'decidingSides.2', { 'decidingSides.2': 'russia' }],
    ['duplicate-relayable', 'a side may be relayed twice', 'relayable.2', { 'relayable.2': 'russia' }],
    [
      'official-of-unknown-party',
      'an official acts for nobody',
      `${official('ob-observer')}.party`,
      { [`${official('ob-observer')}.party`]: 'norway' },
    ],
    ['unknown-side', 'an unknown side decides', 'decidingSides.2', { 'decidingSides.2': 'norway' }],
    ['site-of-unknown-party', 'a site belongs to nobody', 'sites.0.party', { 'sites.0.party': 'norway' }],
    ['site-of-wrong-kind', 'a site belongs to no host', 'sites.0.party', { 'sites.0.party': 'escort' }],
    [
      'role-not-of-kind',
      'an escort has a decider’s role',
      `${official('es-escort-1')}.roles.1`,
      { [`${official('es-escort-1')}.roles.1`]: 'decider' },
    ],
    [
      'facet-role-not-of-kind',
      'a facet is reviewed by a role the mediator does not know',
      'facets.custody.reviewedBy.0.roles.1',
      { 'facets.custody.reviewedBy.0.roles.1': 'clinician' },
    ],
    [
      'ladder-role-not-of-kind',
      'a ladder climbs to a role the host does not know',
      'ladders.check-in.steps.2.to.roles.1',
      { 'ladders.check-in.steps.2.to.roles.1': 'escort' },
    ],
    [
      'one-mediator',
      'two parties mediate',
      'parties',
      {
        [`${party('observer')}.kind`]: 'mediator',
        [`${official('ob-observer')}.roles`]: ['lead', 'case-officer'],
        'officials.21': {
          ...doha.officials[0],
          id: 'ob-2',
          email: 'ob-2@observer.example',
          party: 'observer',
        },
      },
    ],
    [
      'kind-missing',
      'nobody receives the child',
      'parties',
      {
        [`${party('reception')}.kind`]: 'observer',
        [`${official('re-receiver')}.roles`]: ['observer'],
        [`${official('re-official')}.roles`]: ['observer'],
      },
    ],
    [
      'mediator-without-lead',
      'the only lead has left',
      party('qatar'),
      { [`${official('qa-lead')}.active`]: false },
    ],
    [
      'mediator-without-case-officer',
      'nobody runs cases',
      party('qatar'),
      { [`${official('qa-officer-1')}.roles`]: ['lead'], [`${official('qa-officer-2')}.roles`]: ['lead'] },
    ],
    [
      'requesting-without-official',
      'the requesting side has deciders only',
      party('ukraine'),
      {
        [`${official('ua-official-1')}.roles`]: ['interviewer', 'decider'],
        [`${official('ua-official-2')}.roles`]: ['reviewer'],
        'facets.identity.attestedBy': [{ kind: 'requesting', roles: ['decider'] }],
        'facets.kinship.attestedBy': [{ kind: 'requesting', roles: [] }],
        'facets.custody.attestedBy': [{ kind: 'requesting', roles: [] }],
      },
    ],
    [
      'holding-without-official',
      'the holding side has deciders only',
      party('russia'),
      {
        [`${official('ru-official-1')}.active`]: false,
        [`${official('ru-official-2')}.roles`]: ['reviewer'],
        'facets.whereabouts.attestedBy': [{ kind: 'holding', roles: [] }],
      },
    ],
    [
      'escort-without-dispatcher',
      'nobody assigns escorts',
      party('escort'),
      { [`${official('es-dispatcher')}.roles`]: ['duty-officer'] },
    ],
    [
      'escort-without-escort',
      'nobody travels with a child',
      party('escort'),
      { [`${official('es-escort-1')}.active`]: false, [`${official('es-escort-2')}.active`]: false },
    ],
    [
      'receiving-without-receiver',
      'nobody confirms a handover',
      party('reception'),
      { [`${official('re-receiver')}.roles`]: ['official'] },
    ],
    [
      'site-without-staff',
      'a site has no clinician',
      'sites.0.party',
      { [`${official('em-clinician')}.roles`]: ['host'] },
    ],
    [
      'ladder-to-nobody',
      'the host’s officer on duty has left',
      'ladders.write-welfare-note.steps.1.to',
      { [`${official('em-duty')}.active`]: false },
    ],
    [
      'side-of-wrong-kind',
      'the escort decides',
      'decidingSides.2',
      { 'decidingSides.2': 'escort', [`${official('es-escort-1')}.roles.1`]: 'duty-officer' },
    ],
    [
      'side-without-decider',
      'the holding side’s only decider has left',
      'decidingSides.1',
      { [`${official('ru-decider')}.active`]: false },
    ],
    [
      'case-with-one-side',
      'both sides hold, so that a case would have one',
      'decidingSides',
      {
        'parties.7': { ...doha.parties[2], id: 'belarus' },
        'officials.21': {
          ...doha.officials[at(doha.officials, 'ru-official-1')],
          id: 'by-official',
          email: 'by-1@holding.example',
          party: 'belarus',
          roles: ['official', 'decider'],
        },
        decidingSides: ['russia', 'belarus'],
        relayable: ['russia'],
      },
    ],
    [
      'relayable-not-deciding',
      'somebody who does not decide may be relayed',
      'relayable.2',
      { 'relayable.2': 'embassy' },
    ],
    [
      'too-few-mediators',
      'one mediator alone would relay',
      party('qatar'),
      {
        [`${official('qa-officer-2')}.active`]: false,
        [`${official('qa-lead')}.active`]: false,
        [`${official('qa-officer-1')}.roles`]: ['lead', 'case-officer'],
      },
    ],
    [
      'facet-without-attester',
      'nobody interviews',
      'facets.childs-view.attestedBy',
      { [`${official('qa-interviewer')}.roles`]: ['duty-officer'] },
    ],
    [
      'facet-without-second-reviewer',
      'the only reviewer is the one who attests',
      'facets.whereabouts.reviewedBy',
      {
        'facets.whereabouts': {
          attestedBy: [{ kind: 'mediator', roles: ['reviewer'] }],
          reviewedBy: [{ kind: 'mediator', roles: ['reviewer'] }],
        },
      },
    ],
    [
      'steps-not-ascending',
      'a reminder comes after a later one',
      'ladders.decide-on-plan.steps.1.after',
      { 'ladders.decide-on-plan.steps.1.after': 'P13D' },
    ],
    [
      'repeat-too-short',
      'a reminder repeats without pause',
      'ladders.check-in.thenEvery',
      { 'ladders.check-in.thenEvery': 'PT0.5S' },
    ],
    ['duration-zero', 'a stay is stalled at once', 'stalledAfter.urgent', { 'stalledAfter.urgent': 'PT0S' }],
    [
      'notice-too-long',
      'renewals are asked for before the approval',
      'approvalNotice',
      { approvalNotice: 'P90D' },
    ],
    ['visits-not-ascending', 'two visits fall together', 'followUpVisits.2', { 'followUpVisits.2': 'P7D' }],
  ];
  test.each(rows)('%s: %s', (code, _what, path, edits) => {
    expect(faultsOf(edited(doha, edits))).toEqual([{ code, path }]);
  });

  test('every check has its row above', () => {
    expect(rows.map(([code]) => code).sort()).toEqual([...mechanismFaultCodes].sort());
  });

  test('a mechanism without hosts needs nobody on duty there', () => {
    expect(faultsOf(getExampleMechanism('three-sides'))).toEqual([]);
  });

  test('one reviewer is enough where somebody else attests', () => {
    const mechanism = edited(doha, {
      'facets.custody.reviewedBy': [{ kind: 'mediator', roles: ['reviewer'] }],
    });
    expect(faultsOf(mechanism)).toEqual([]);
  });

  test('each requesting party must be able to attest in its own cases', () => {
    const mechanism = edited(doha, {
      'parties.7': { ...doha.parties[1], id: 'moldova' },
      'officials.21': {
        ...doha.officials[at(doha.officials, 'ua-official-1')],
        id: 'md-1',
        email: 'md@x.example',
        party: 'moldova',
        roles: ['official', 'decider'],
      },
      'decidingSides.2': 'moldova',
    });
    expect(faultsOf(mechanism)).toEqual([
      { code: 'facet-without-attester', path: 'facets.willingness.attestedBy' },
    ]);
  });
});

describe('each part of a mechanism', () => {
  const rows: [string, string, Edits][] = [
    ['an unknown section', '', { holidays: [] }],
    ['no id', 'id', { id: undefined }],
    ['an id with a colon, which command ids use', 'id', { id: 'doha:1' }],
    ['version 0', 'version', { version: 0 }],
    ['a version that is no whole number', 'version', { version: 1.5 }],
    ['no English title', 'title.en', { 'title.en': undefined }],
    ['a title in a language nobody can read here', 'title', { 'title.fr': 'Retours' }],
    ['a party of unknown kind', 'parties.0.kind', { 'parties.0.kind': 'broker' }],
    ['a party without a language', 'parties.0.languages', { 'parties.0.languages': [] }],
    ['a party in a zone that does not exist', 'parties.0.timeZone', { 'parties.0.timeZone': 'Asia/Doha' }],
    ['a party in a fixed offset', 'parties.0.timeZone', { 'parties.0.timeZone': '+03:00' }],
    ['an official without a role', 'officials.0.roles', { 'officials.0.roles': [] }],
    ['an official of unknown role', 'officials.0.roles.0', { 'officials.0.roles.0': 'boss' }],
    ['an official without an address', 'officials.0.email', { 'officials.0.email': undefined }],
    ['an address that is none', 'officials.0.email', { 'officials.0.email': 'lead at mediator' }],
    ['one deciding side', 'decidingSides', { decidingSides: ['ukraine'], relayable: [] }],
    ['a facet left out', 'facets.custody', { 'facets.custody': undefined }],
    ['a facet nobody knows', 'facets', { 'facets.religion': doha.facets.custody }],
    ['a facet nobody attests', 'facets.custody.attestedBy', { 'facets.custody.attestedBy': [] }],
    ['a site without room', 'sites.0.capacity', { 'sites.0.capacity': 0 }],
    ['no place', 'places', { places: [] }],
    ['a ladder for something nobody owes', 'ladders', { 'ladders.smile': doha.ladders['check-in'] }],
    ['half a ladder', 'ladders.check-in.thenEvery', { 'ladders.check-in.thenEvery': undefined }],
    [
      'a step that does something else',
      'ladders.check-in.steps.0.act',
      { 'ladders.check-in.steps.0.act': 'shout' },
    ],
    ['a duration in words', 'approvalValidFor', { approvalValidFor: '90 days' }],
    ['a negative duration', 'approvalValidFor', { approvalValidFor: '-P90D' }],
    ['an empty duration', 'approvalValidFor', { approvalValidFor: 'P' }],
    ['a duration of a thousand years', 'approvalValidFor', { approvalValidFor: 'P1000Y' }],
    ['a duration that leaves the calendar', 'approvalValidFor', { approvalValidFor: 'P99999999999D' }],
  ];
  test.each(rows)('%s is refused', (_fault, path, edits) => {
    const { error } = mechanismShape.safeParse(edited(doha, edits));
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
    expect(mechanismSchema.safeParse(edited(doha, edits)).success).toBe(false);
  });

  test('no hostile value makes the schema throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(doha)), (value, section) => {
        expect(typeof mechanismSchema.safeParse({ ...doha, [section]: value }).success).toBe('boolean');
      }),
      { numRuns: 60 },
    );
  });
});

describe('the default timeframes', () => {
  test('are those of the domain', () => {
    const offsets = (kind: (typeof obligationKinds)[number], act: string) =>
      defaultLadders[kind].steps.filter((step) => step.act === act).map(({ after }) => after);
    expect(offsets('decide-on-plan', 'remind')).toEqual(['P14D', 'P21D']);
    expect(offsets('decide-on-plan', 'escalate')).toEqual(['P30D']);
    expect(offsets('decide-on-plan', 'review')).toEqual(['P60D']);
    expect(offsets('check-in', 'remind')).toEqual(['PT15M']);
    expect(offsets('check-in', 'escalate')).toEqual(['PT15M', 'PT30M', 'PT45M']);
    expect(defaultLadders['acknowledge-case'].due).toBe('P7D');
    expect(defaultLadders['attest-facet'].due).toBe('P30D');
    expect(defaultTimes.welfareNoteEvery).toBe('P1D');
    expect(defaultTimes.stalledAfter).toEqual({ usual: 'P30D', urgent: 'P14D', tracing: 'P90D' });
    expect(defaultTimes.approvalValidFor).toBe('P90D');
  });

  test('visit after 48 hours, weekly to eight weeks, monthly to six months', () => {
    const from = '2026-01-31T10:00:00.000Z';
    const days = defaultTimes.followUpVisits.map((after) =>
      Math.round((Date.parse(addDuration(from, after)) - Date.parse(from)) / 86_400_000),
    );
    expect(days.slice(0, 9)).toEqual([2, 7, 14, 21, 28, 35, 42, 49, 56]);
    // Months clamp to the last day: 31 January gives 30 April, 31 May, 30 June, 31 July.
    expect(days.slice(9)).toEqual([89, 120, 150, 181]);
  });

  test('leave nothing without a reminder that never ends', () => {
    for (const kind of obligationKinds) expect(defaultLadders[kind].thenEvery).toMatch(/^P/);
  });

  test('are copies: a mechanism in memory can’t change the next one’s', () => {
    const [one, other] = [getExampleMechanism('three-sides'), getExampleMechanism('three-sides')];
    one.ladders['check-in'].steps.pop();
    one.followUpVisits.pop();
    expect(other.ladders['check-in'].steps).toHaveLength(4);
    expect(other.followUpVisits).toHaveLength(13);
  });
});

describe('what the rules are told of a mechanism', () => {
  test('names no person, no address and no title', () => {
    const told = JSON.stringify(rulesOf(doha));
    for (const { name, email, id } of doha.officials)
      for (const secret of [name, email, `"${id}"`]) expect(told).not.toContain(secret);
    for (const { title } of [...doha.parties, ...doha.sites, ...doha.places])
      expect(told).not.toContain(`"${title.en}"`);
  });

  test('keeps every rule', () => {
    const rules = rulesOf(doha);
    expect(rules).toMatchObject({
      id: 'doha',
      version: 1,
      decidingSides: ['ukraine', 'russia'],
      sites: [{ id: 'moscow-residence', party: 'embassy', capacity: 15 }],
      places: ['moscow', 'border-crossing', 'kyiv'],
      facets: doha.facets,
      ladders: doha.ladders,
      followUpVisits: doha.followUpVisits,
    });
    expect(rules.parties.map(({ kind }) => kind)).toEqual([
      'mediator',
      'requesting',
      'holding',
      'host',
      'escort',
      'receiving',
      'observer',
    ] satisfies PartyKind[]);
    expect(rules.parties[0]).toEqual({ id: 'qatar', kind: 'mediator', timeZone: 'Asia/Qatar' });
  });
});

describe('officials', () => {
  const idsIn = (mechanism: Mechanism, ...query: [string, ('lead' | 'case-officer')[]?]) =>
    officialsIn(mechanism, ...query).map(({ id }) => id);

  test('are found by party and any of the roles', () => {
    expect(idsIn(doha, 'qatar', ['lead', 'case-officer'])).toEqual([
      'qa-lead',
      'qa-officer-1',
      'qa-officer-2',
    ]);
    expect(idsIn(doha, 'ukraine', ['lead'])).toEqual([]);
    expect(idsIn(doha, 'embassy')).toEqual(['em-host', 'em-clinician', 'em-duty']);
  });

  test('who left are written to no more, but still known', () => {
    const without = edited(doha, { [`${official('qa-lead')}.active`]: false });
    expect(idsIn(without, 'qatar', ['lead'])).toEqual([]);
    expect(findOfficial(without, 'qa-lead')?.active).toBe(false);
    expect(findOfficial(without, 'nobody')).toBeUndefined();
  });
});
