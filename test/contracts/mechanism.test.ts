import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { defaultLadders, defaultTimes } from '../../src/contracts/mechanism/defaults';
import { findOfficial, mechanismShape, officialsIn, rulesOf } from '../../src/contracts/mechanism/mechanism';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { weekdays } from '../../src/contracts/mechanism/hours';
import { findFaultsBetween, mechanismFaultCodes } from '../../src/contracts/mechanism/faults';
import type { MechanismFaultCode } from '../../src/contracts/mechanism/faults';
import { getExampleMechanism } from '../../src/examples/example-files';
import { obligationKinds } from '../../src/domain/model/obligation-kinds';
import type { PartyKind } from '../../src/domain/model/parties';
import { addDuration } from '../../src/domain/calendar/time';
import { edited } from './dossier-sample';
import type { Edits } from './dossier-sample';
import { propertyRuns } from '../support/property-runs';

const doha = getExampleMechanism('doha');
const at = (entries: readonly { id: string }[], id: string): number =>
  entries.findIndex((entry) => entry.id === id);
const official = (id: string) => `officials.${at(doha.officials, id)}`;
const party = (id: string) => `parties.${at(doha.parties, id)}`;
const left = (id: string): Edits => ({ [`${official(id)}.active`]: false });
const border = {
  crossing: 'border-crossing',
  direction: { from: 'russia', to: 'ukraine' },
  from: '2026-01-01',
  travellers: ['child'],
  papers: [{ kind: 'return-certificate', leadTime: 'P14D', validFor: 'P30D' }],
};
/** Each part well-formed, and the parts fitting one another. */
const mechanismSchema = mechanismShape.superRefine((mechanism, context) => {
  for (const { code, path, message } of findFaultsBetween(mechanism))
    context.addIssue({ code: 'custom', path: [...path], message, params: { code } });
});
const faultsOf = (mechanism: unknown) =>
  mechanismSchema.safeParse(mechanism).error?.issues.map(({ path, code, ...issue }) => ({
    path: path.join('.'),
    code: 'params' in issue ? (issue.params as { code: MechanismFaultCode }).code : code,
  })) ?? [];

const bed = (id: string) => ({ id, kind: 'usual' });

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
    [
      'duplicate-bed',
      'two beds of a site have one id',
      'sites.0.beds.1.id',
      { 'sites.0.beds': [bed('b1'), bed('b1')] },
    ],
    [
      'beds-beyond-capacity',
      'a site lists more beds than it has',
      'sites.0.beds',
      { 'sites.0.beds': [bed('b1'), bed('b2')], 'sites.0.capacity': 1 },
    ],
    [
      'bed-never-there',
      'a bed goes before it comes',
      'sites.0.beds.0.closed',
      { 'sites.0.beds': [{ ...bed('b1'), opens: '2027-02-01', closed: '2027-02-01' }] },
    ],
    [
      'closure-inverted',
      'a site opens on the day on which it shuts',
      'sites.0.closures.0.to',
      { 'sites.0.closures': [{ from: '2027-02-01', to: '2027-02-01' }] },
    ],
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
      'kind-missing',
      'who receives the child is closed',
      'parties',
      { [`${party('reception')}.closed`]: '2027-01-01' },
    ],
    [
      'mediator-closed',
      'the mediator is closed',
      `${party('qatar')}.closed`,
      { [`${party('qatar')}.closed`]: '2027-01-01' },
    ],
    [
      'closed-side-of-every-case',
      'a side that decides in every case is closed',
      'parties.7.closed',
      {
        'parties.7': { ...doha.parties[2], id: 'belarus', kind: 'consenting', closed: '2027-01-01' },
        'decidingSides.2': 'belarus',
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
    [
      'ratios-not-descending',
      'small children have fewer escorts than others',
      'escortRatio.underSix',
      { escortRatio: { usual: 3, underSix: 4, withNeeds: 1 } },
    ],
    [
      'ratios-not-descending',
      'children with needs have fewer escorts than others',
      'escortRatio.withNeeds',
      { escortRatio: { usual: 3, underSix: 2, withNeeds: 4 } },
    ],
    [
      'ages-not-ascending',
      'a child is asked before it is old enough',
      'childsView.agreesFrom',
      { childsView: { observedBelow: 11, agreesFrom: 10, decidesFrom: 14 } },
    ],
    [
      'ages-not-ascending',
      'a child decides before it is asked',
      'childsView.decidesFrom',
      { childsView: { observedBelow: 6, agreesFrom: 15, decidesFrom: 14 } },
    ],
    [
      'group-times-disordered',
      'a list would be confirmed before it is frozen',
      'groups.confirmBefore',
      { groups: { freezeBefore: 'PT1H', confirmBefore: 'PT2H', goBefore: 'PT30M', departure: 'ready' } },
    ],
    [
      'group-times-disordered',
      'go would be said before the list is confirmed',
      'groups.goBefore',
      { groups: { freezeBefore: 'PT72H', confirmBefore: 'PT2H', goBefore: 'PT3H', departure: 'ready' } },
    ],
    ['visits-not-ascending', 'two visits fall together', 'followUpVisits.2', { 'followUpVisits.2': 'P7D' }],
    [
      'safety-in-working-days',
      'an alarm waits for Monday',
      'ladders.check-in',
      { 'ladders.check-in.thenEvery': '1 working day' },
    ],
    [
      'safety-without-escalation',
      'nobody but the escort hears that the escort is silent',
      'ladders.check-in.steps',
      { 'ladders.check-in.steps': [{ after: 'PT15M', act: 'remind' }] },
    ],
    [
      'border-unknown-place',
      'a rule is of a crossing that is no place',
      'border.0.crossing',
      { border: [{ ...border, crossing: 'nowhere' }] },
    ],
    [
      'border-unknown-party',
      'a rule leads to nobody’s ground',
      'border.0.direction.to',
      { border: [{ ...border, direction: { from: 'russia', to: 'norway' } }] },
    ],
    [
      'border-unknown-party',
      'nobody issues a paper',
      'border.0.papers.0.issuer',
      { border: [{ ...border, papers: [{ kind: 'passport', issuer: 'norway' }] }] },
    ],
    [
      'border-one-ground',
      'no border lies between',
      'border.0.direction.to',
      { border: [{ ...border, direction: { from: 'russia', to: 'russia' } }] },
    ],
    [
      'border-dates-inverted',
      'a rule ends before it begins',
      'border.0.to',
      { border: [{ ...border, to: '2025-12-31' }] },
    ],
    [
      'border-paper-twice',
      'one paper is asked for twice',
      'border.0.papers.1.kind',
      { border: [{ ...border, papers: [{ kind: 'passport' }, { kind: 'passport' }] }] },
    ],
    [
      'border-overlap',
      'two rules hold on one day',
      'border.1.from',
      {
        border: [
          { ...border, to: '2026-06-01' },
          { ...border, from: '2026-06-01', travellers: ['escort', 'child'] },
        ],
      },
    ],
    ['pause-zero', 'a promise is over at once', 'acknowledge.atMost', { 'acknowledge.atMost': 'PT0S' }],
    ['pause-zero', 'the same, of safety', 'acknowledge.safetyAtMost', { 'acknowledge.safetyAtMost': 'P0D' }],
    ['pause-zero', 'nothing can be put off', 'snooze.atMost', { 'snooze.atMost': 'PT0S' }],
    [
      'safety-pause-too-long',
      'an alarm can be silent for two days',
      'acknowledge.safetyAtMost',
      { 'acknowledge.safetyAtMost': 'P2D' },
    ],
    ['spread-too-long', 'reminders come a week late', 'reminderSpread', { reminderSpread: 'P7D' }],
    [
      'successor-unknown',
      'nobody takes over',
      `${official('ua-official-2')}.replacedBy`,
      { ...left('ua-official-2'), [`${official('ua-official-2')}.replacedBy`]: 'ua-nobody' },
    ],
    [
      'successor-of-active',
      'somebody takes over from one who is there',
      `${official('ua-official-2')}.replacedBy`,
      { [`${official('ua-official-2')}.replacedBy`]: 'ua-official-1' },
    ],
    [
      'credential-of-no-escort',
      'a dispatcher has an escort’s credential',
      `${official('es-dispatcher')}.escort`,
      {
        [`${official('es-dispatcher')}.escort`]: {
          ...{ validUntil: '2034-01-01', languages: ['uk'], skills: [], sex: 'male' },
        },
      },
    ],
    [
      'successor-of-other-party',
      'the other side takes over',
      `${official('ua-official-2')}.replacedBy`,
      { ...left('ua-official-2'), [`${official('ua-official-2')}.replacedBy`]: 'ru-official-1' },
    ],
    [
      'successors-in-circle',
      'one who left is their own successor',
      `${official('ua-official-2')}.replacedBy`,
      { ...left('ua-official-2'), [`${official('ua-official-2')}.replacedBy`]: 'ua-official-2' },
    ],
    [
      'hours-inverted',
      'work ends when it begins',
      'parties.0.calendar.workingHours.to',
      { 'parties.0.calendar.workingHours.to': '07:00' },
    ],
    [
      'no-working-day',
      'every day is a weekend',
      'parties.0.calendar.weekend',
      { 'parties.0.calendar.weekend': [...weekdays] },
    ],
    [
      'worked-day-not-off',
      'a Friday that is worked anyway is listed as worked',
      'parties.1.calendar.workingDays.1',
      { 'parties.1.calendar.workingDays': ['2027-02-20', '2027-02-19'] },
    ],
    [
      'worked-holiday',
      'a Sunday is a holiday and worked',
      'parties.1.calendar.workingDays.0',
      { 'parties.1.calendar.workingDays': ['2026-03-08'] },
    ],
    [
      'duplicate-subject',
      'two officials are one account of the issuer',
      `${official('qa-officer-2')}.subject`,
      { [`${official('qa-officer-1')}.subject`]: 'a1', [`${official('qa-officer-2')}.subject`]: 'a1' },
    ],
    [
      'duplicate-subject',
      'the account of one is the id of another',
      `${official('qa-officer-2')}.id`,
      { [`${official('qa-officer-1')}.subject`]: 'qa-officer-2' },
    ],
    [
      'duplicate-subject',
      'the account of one is the address of another',
      `${official('qa-officer-2')}.email`,
      {
        signIn: { claim: 'email' },
        [`${official('qa-officer-1')}.subject`]:
          doha.officials[at(doha.officials, 'qa-officer-2')]!.email.toUpperCase(),
      },
    ],
    ['quiet-hours-empty', 'quiet hours end as they begin', 'quietHours.to', { 'quietHours.to': '19:00' }],
    [
      'quiet-hours-empty',
      'the same, of one official',
      'officials.0.quietHours.to',
      { 'officials.0.quietHours': { from: '08:00', to: '08:00', daysOff: false } },
    ],
    ['digest-too-often', 'mails come without pause', 'digest.every', { digest: { every: 'PT0.5S' } }],
    [
      'digest-too-often',
      'the same, to one official',
      'officials.0.digest.every',
      { 'officials.0.digest': { every: 'P0D' } },
    ],
  ];
  test.each(rows)('%s: %s', (code, _what, path, edits) => {
    expect(faultsOf(edited(doha, edits))).toEqual([{ code, path }]);
  });

  test('every check has its row above', () => {
    expect([...new Set(rows.map(([code]) => code))].sort()).toEqual([...mechanismFaultCodes].sort());
  });

  test('a circle of three successors is named at each of them, a chain at none', () => {
    const [first, second, third] = ['ru-official-1', 'ru-official-2', 'ru-decider'].map(official) as [
      string,
      string,
      string,
    ];
    const chain: Edits = {
      [`${first}.active`]: false,
      [`${first}.replacedBy`]: 'ru-official-2',
      [`${second}.active`]: false,
      [`${second}.replacedBy`]: 'ru-decider',
    };
    const codes = (edits: Edits) =>
      faultsOf(edited(doha, edits)).flatMap(({ code, path }) => (code.startsWith('succ') ? [path] : []));
    expect(codes(chain)).toEqual([]);
    expect(codes({ ...chain, [`${third}.active`]: false, [`${third}.replacedBy`]: 'ru-official-1' })).toEqual(
      [`${first}.replacedBy`, `${second}.replacedBy`, `${third}.replacedBy`],
    );
  });

  test('quiet hours may span midnight, and none are none', () => {
    expect(faultsOf(edited(doha, { quietHours: { from: '22:00', to: '06:30' } }))).toEqual([]);
    expect(faultsOf(edited(doha, { quietHours: 'none', 'officials.0.quietHours': 'none' }))).toEqual([]);
  });

  test.each([
    ['at-once'],
    [{ every: 'day', at: '06:00' }],
    [{ every: 'week', on: 'monday', at: '09:00' }],
    [{ every: 'PT2S' }],
  ])('a digest may be %j', (digest) =>
    expect(faultsOf(edited(doha, { digest, 'officials.0.digest': digest }))).toEqual([]),
  );

  test('a ladder may count working days and days, whichever comes later', () => {
    const steps = [
      { after: '3 working days', act: 'remind' },
      { after: 'P2D', act: 'escalate' },
      { after: 'P3D', act: 'escalate' },
    ];
    expect(faultsOf(edited(doha, { 'ladders.propose-plan.steps': steps }))).toEqual([]);
    const fewer = [
      ...steps,
      { after: '2 working days', act: 'remind' },
      { after: '1 working day', act: 'remind' },
    ];
    expect(faultsOf(edited(doha, { 'ladders.propose-plan.steps': fewer }))).toEqual([
      { code: 'steps-not-ascending', path: 'ladders.propose-plan.steps.4.after' },
    ]);
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

  test('a closed party and a closed site need nobody active', () => {
    const closed = '2027-01-01';
    const leavers = doha.officials.filter((each) => each.party === 'embassy');
    const everybodyLeft = Object.assign({}, ...leavers.map(({ id }) => left(id))) as Edits;
    const ladders = { 'ladders.write-welfare-note.steps': [{ after: 'PT6H', act: 'escalate' }] };
    const [site] = doha.sites;
    const found = (edits: Edits) => faultsOf(edited(doha, { ...everybodyLeft, ...ladders, ...edits }));
    expect(found({}).map(({ code }) => code)).toContain('site-without-staff');
    expect(found({ [`${party('embassy')}.closed`]: closed })).toEqual([]);
    expect(found({ 'sites.0': { ...site, closed } })).toEqual([]);
  });

  test('with a closed party no new case is possible, so none is asked for', () => {
    const belarus = { ...doha.parties[2], id: 'belarus', closed: '2027-01-01' };
    expect(faultsOf(edited(doha, { 'parties.7': belarus }))).toEqual([]);
    const codes = faultsOf(edited(doha, { 'parties.7': { ...belarus, closed: undefined } }));
    expect(codes.map(({ code }) => code)).toEqual([
      'holding-without-official',
      'case-with-one-side',
      'facet-without-attester',
    ]);
  });

  test('the rules are told what is closed, and of nothing else', () => {
    const closed = '2027-01-01';
    const rules = rulesOf(
      edited(doha, { 'parties.1.closed': closed, 'sites.0.closed': closed, 'places.1.closed': closed }),
    );
    expect(rules.parties.map((one) => one.closed)).toEqual(
      doha.parties.map((_, at) => (at === 1 ? closed : undefined)),
    );
    expect(rules.sites[0]?.closed).toBe(closed);
    expect(rules.placesClosed).toEqual({ [doha.places[1]!.id]: closed });
    expect(rulesOf(doha)).not.toHaveProperty('placesClosed');
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
    ['an unknown section', '', { vacations: [] }],
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
    ['a place closed on no day there is', 'places.0.closed', { 'places.0.closed': '2026-02-30' }],
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
    ['working days that are none', 'ladders.give-go.due', { 'ladders.give-go.due': '0 working days' }],
    ['working days where a duration is meant', 'checkInEvery', { checkInEvery: '1 working day' }],
    [
      'a holiday that does not exist',
      'parties.0.calendar.holidays.0',
      { 'parties.0.calendar.holidays.0': '2026-02-30' },
    ],
    [
      'a day that is none of the week',
      'parties.0.calendar.weekend.0',
      { 'parties.0.calendar.weekend.0': 'freitag' },
    ],
    [
      'an hour the day does not have',
      'parties.0.calendar.workingHours.to',
      { 'parties.0.calendar.workingHours.to': '24:00' },
    ],
    ['quiet hours without an end', 'quietHours', { quietHours: { from: '19:00' } }],
    ['a digest on no day of the week', 'digest', { digest: { every: 'week', on: 'someday', at: '08:00' } }],
    ['a digest every now and then', 'digest', { digest: { every: 'often' } }],
    ['a role nobody can lend', 'lendableRoles.0', { lendableRoles: ['boss'] }],
    ['a snooze that is never allowed', 'snooze.times', { 'snooze.times': 0 }],
    ['a successor that is no id', 'officials.0.replacedBy', { 'officials.0.replacedBy': 'Mr X' }],
    [
      'a webhook in the clear',
      'parties.0.webhook.url',
      { 'parties.0.webhook': { url: 'http://qatar.example' } },
    ],
    ['a webhook that is no address', 'parties.0.webhook.url', { 'parties.0.webhook': { url: 'qatar' } }],
    [
      'a webhook with a password in it',
      'parties.0.webhook.url',
      { 'parties.0.webhook': { url: 'https://us:secret@qatar.example/hook' } },
    ],
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
      propertyRuns(60),
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
    expect(defaultLadders['acknowledge-case'].due).toBe('5 working days');
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
    for (const kind of obligationKinds)
      expect(defaultLadders[kind].thenEvery).toMatch(/^(P|\d+ working days$)/);
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
      version: 3,
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
    const { calendar, ...qatar } = rules.parties[0]!;
    expect(qatar).toEqual({ id: 'qatar', kind: 'mediator', timeZone: 'Asia/Qatar' });
    expect(calendar).toMatchObject({ weekend: [5, 6], opens: 420, closes: 840 });
    expect(calendar?.offsets).toEqual([1577836800, 180]);
    expect(rules.parties[3]).not.toHaveProperty('calendar');
  });

  test('keeps nothing of how people are reached', () => {
    const mechanism = edited(doha, { 'parties.0.webhook': { url: 'https://qatar.example/homeward' } });
    const told = rulesOf(mechanism);
    for (const section of ['quietHours', 'digest', 'lendableRoles', 'officials', 'signIn'])
      expect(told).not.toHaveProperty(section);
    expect(JSON.stringify(told)).not.toContain('https://');
  });

  test('has the days of a weekend that are worked, and nothing of them where there are none', () => {
    const workingDays = ['2027-02-20', '2026-12-27', '2027-02-20'];
    const { parties } = rulesOf(edited(doha, { 'parties.1.calendar.workingDays': workingDays }));
    expect(parties[1]?.calendar?.workingDays).toEqual([20814, 20869]);
    expect(parties[0]?.calendar).not.toHaveProperty('workingDays');
  });

  test('has each holiday once and in order, however the file lists them', () => {
    const holidays = ['2027-01-01', '2026-05-01', '2027-01-01'];
    const [qatar] = rulesOf(edited(doha, { 'parties.0.calendar.holidays': holidays })).parties;
    expect(qatar?.calendar?.holidays).toEqual([20574, 20819]);
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

describe('a mechanism saved by 0.1', () => {
  const saved = JSON.parse(readFileSync(join(__dirname, 'mechanism-of-0.1.json'), 'utf8')) as Mechanism;

  test('is read with the defaults of what it did not know', () => {
    const read = mechanismShape.parse(saved);
    expect(read).toMatchObject({
      ...saved,
      quietHours: { from: '19:00', to: '08:00', daysOff: true },
      digest: { every: 'day', at: '08:30' },
      acknowledge: { atMost: 'P14D', safetyAtMost: 'PT1H' },
      snooze: { atMost: 'P14D', times: 2 },
      reminderSpread: 'PT10M',
    });
    expect(read.lendableRoles).not.toContain('decider');
    expect(read.ladders['mend-address']).toEqual(defaultLadders['mend-address']);
  });

  test('is still sound, and its ladders are those it was saved with', () => {
    expect(faultsOf(saved)).toEqual([]);
    expect(rulesOf(mechanismShape.parse(saved)).ladders['acknowledge-case'].due).toBe('P7D');
  });
});

describe('a party’s webhook', () => {
  test.each([
    'https://qatar.example/homeward',
    'https://qatar.example:8443/a?b=c',
    'http://localhost:9000/hook',
    'http://127.0.0.1:9000',
    'http://[::1]:9000/',
  ])('may be %s', (url) => {
    expect(faultsOf(edited(doha, { 'parties.0.webhook': { url } }))).toEqual([]);
  });
  test.each(['http://127.0.0.1.qatar.example', 'ftp://qatar.example', 'https://user@qatar.example', '//x'])(
    'may not be %s',
    (url) => expect(faultsOf(edited(doha, { 'parties.0.webhook': { url } }))).toHaveLength(1),
  );
});
