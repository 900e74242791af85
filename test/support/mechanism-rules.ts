/**
 * Standing arrangements for tests, as plain data: one with two deciding sides and hosting, one with three
 * deciding sides and none. Beside them the officials who act in tests. Nobody in here exists.
 */
import { defaultLadders, defaultTimes } from '../../src/contracts/mechanism/defaults';
import type { FacetRule, MechanismRules, Office, PartyRules } from '../../src/domain/model/mechanism';
import type { Actor, OfficialActor, PartyKind, Role } from '../../src/domain/model/parties';

const party = (id: string, kind: PartyKind): PartyRules => ({ id, kind, timeZone: 'Europe/Zurich' });
const office = (kind: PartyKind, ...roles: Role[]): Office => ({ kind, roles });
const attestedBy = (...attesting: Office[]): FacetRule => ({
  attestedBy: attesting,
  reviewedBy: [office('mediator', 'reviewer', 'lead')],
});

/**
 * Left out where tests compare all that is owed: of any case that nobody has been given, and to tell a family and a child.
 * `telling.test.ts` asks for those, with `tellingRules`.
 */
const { 'assign-officer': _officers, ...withTelling } = defaultLadders;
const { 'tell-family': _family, 'tell-child': _child, ...ladders } = withTelling;

/** Two deciding sides, a host; beside them a second requesting side and a second host that a case may not name. */
export const hostingRules: MechanismRules = {
  id: 'hosting',
  version: 1,
  parties: [
    party('mediator', 'mediator'),
    party('north', 'requesting'),
    party('west', 'requesting'),
    party('south', 'holding'),
    party('embassy', 'host'),
    party('inn', 'host'),
    party('escorts', 'escort'),
    party('welfare', 'receiving'),
    party('watch', 'observer'),
  ],
  decidingSides: ['north', 'west', 'south'],
  relayable: ['south'],
  facets: {
    whereabouts: attestedBy(office('holding', 'official')),
    identity: attestedBy(office('requesting', 'official')),
    kinship: attestedBy(office('requesting', 'official')),
    custody: attestedBy(office('requesting', 'official')),
    willingness: attestedBy(office('requesting', 'interviewer')),
    'childs-view': attestedBy(office('mediator', 'interviewer', 'lead')),
  },
  sites: [
    { id: 'residence', party: 'embassy', capacity: 15 },
    { id: 'guesthouse', party: 'inn', capacity: 4 },
  ],
  places: ['station', 'border', 'home-town'],
  ladders,
  ...defaultTimes,
  reminderSpread: 'PT0S',
  // `stops.test.ts` plays with the usual fourteen days.
  reinstateWithin: 'PT0S',
};

/** The same with all that a mechanism asks for unless its file says otherwise. */
export const rulesOfDefaults: MechanismRules = { ...hostingRules, ladders: defaultLadders };
/** As the others, and the receiving authority says whether the home suits the child. */
export const suitedRules: MechanismRules = {
  ...hostingRules,
  facets: { ...hostingRules.facets, suitability: attestedBy(office('receiving', 'receiver')) },
};
/** As the others, and family and child are told. */
export const tellingRules: MechanismRules = { ...hostingRules, ladders: withTelling };

/** Three deciding sides, one of them a state of passage; nobody hosts. */
export const passageRules: MechanismRules = {
  ...hostingRules,
  id: 'passage',
  parties: [
    ...hostingRules.parties.filter(({ kind }) => kind !== 'host'),
    party('transit-land', 'consenting'),
  ],
  decidingSides: ['north', 'west', 'south', 'transit-land'],
  sites: [],
};

const official = (id: string, of: string, ...roles: Role[]): OfficialActor => ({
  official: id,
  party: of,
  roles,
});
const named = <Name extends string>(table: Record<Name, OfficialActor>): Record<Name, OfficialActor> => table;

export const officials = named({
  lead: official('lead', 'mediator', 'lead'),
  officer: official('officer', 'mediator', 'case-officer'),
  officer2: official('officer2', 'mediator', 'case-officer'),
  reviewer: official('reviewer', 'mediator', 'reviewer'),
  interviewer: official('interviewer', 'mediator', 'interviewer'),
  duty: official('duty', 'mediator', 'duty-officer'),
  northOfficial: official('north-official', 'north', 'official', 'interviewer'),
  northReviewer: official('north-reviewer', 'north', 'reviewer'),
  northDecider: official('north-decider', 'north', 'decider'),
  westAll: official('west-all', 'west', 'official', 'decider', 'reviewer', 'interviewer'),
  southOfficial: official('south-official', 'south', 'official'),
  southDecider: official('south-decider', 'south', 'decider'),
  passageDecider: official('passage-decider', 'transit-land', 'official', 'decider'),
  host: official('host', 'embassy', 'host'),
  clinician: official('clinician', 'embassy', 'clinician'),
  hostDuty: official('host-duty', 'embassy', 'duty-officer'),
  innHost: official('inn-host', 'inn', 'host', 'clinician'),
  dispatcher: official('dispatcher', 'escorts', 'dispatcher', 'duty-officer'),
  escort: official('escort', 'escorts', 'escort'),
  escort2: official('escort2', 'escorts', 'escort'),
  receiver: official('receiver', 'welfare', 'receiver'),
  receivingOfficial: official('receiving-official', 'welfare', 'official'),
  observer: official('observer', 'watch', 'observer'),
});
export type OfficialName = keyof typeof officials;
export const officialNames = Object.keys(officials) as OfficialName[];

export type ActorName = OfficialName | 'system';
export const actorOf = (name: ActorName): Actor =>
  name === 'system' ? { system: 'process' } : officials[name];
