/**
 * What must hold between the parts of a mechanism, as a table of named checks. Each says which sections it reads,
 * so that a file with one broken section still hears of every fault in the others.
 */
import type { Office } from '../domain/mechanism';
import { rolesOfKind, sideKinds } from '../domain/parties';
import type { PartyKind, Role } from '../domain/parties';
import { addDuration } from '../domain/time';
import type { Duration } from '../domain/time';
import { facets } from '../domain/verification';
import type { Mechanism } from './mechanism';

export type MechanismSection = keyof Mechanism;
type Path = readonly (string | number)[];
interface Found {
  readonly path: Path;
  readonly message: string;
}
export interface MechanismFault extends Found {
  /** Stable name of the check. */
  readonly code: MechanismFaultCode;
}
interface Check {
  readonly reads: readonly MechanismSection[];
  readonly find: (mechanism: Mechanism) => Found[];
}

const partyOf = (mechanism: Mechanism, id: string) => mechanism.parties.find((party) => party.id === id);
const active = ({ officials }: Mechanism) => officials.filter((official) => official.active);
const staffed = (mechanism: Mechanism, party: string, among: readonly Role[]) =>
  active(mechanism).filter(
    (official) => official.party === party && official.roles.some((role) => among.includes(role)),
  );
const unless = (holds: boolean, path: Path, message: string): Found[] => (holds ? [] : [{ path, message }]);

/** The faults between the sections; sections in `broken` are not read. */
export const findFaultsBetween = (
  mechanism: Mechanism,
  broken: ReadonlySet<MechanismSection> = new Set(),
): MechanismFault[] =>
  Object.entries(checks).flatMap(([code, { reads, find }]: [string, Check]) =>
    reads.some((section) => broken.has(section))
      ? []
      : find(mechanism).map((found) => ({ code: code as MechanismFaultCode, ...found })),
  );

const checks = {
  'duplicate-party': { reads: ['parties'], find: ({ parties }) => repeated('parties', 'id', parties) },
  'duplicate-official': {
    reads: ['officials'],
    find: ({ officials }) => repeated('officials', 'id', officials),
  },
  'duplicate-address': {
    reads: ['officials'],
    find: ({ officials }) =>
      repeated(
        'officials',
        'email',
        officials.map(({ email }) => ({ email: email.toLowerCase() })),
      ),
  },
  'duplicate-site': { reads: ['sites'], find: ({ sites }) => repeated('sites', 'id', sites) },
  'duplicate-place': { reads: ['places'], find: ({ places }) => repeated('places', 'id', places) },
  'duplicate-side': {
    reads: ['decidingSides'],
    find: ({ decidingSides }) => repeatedValues('decidingSides', decidingSides),
  },
  'duplicate-relayable': {
    reads: ['relayable'],
    find: ({ relayable }) => repeatedValues('relayable', relayable),
  },
  'unknown-party': {
    reads: ['parties', 'officials', 'decidingSides', 'relayable', 'sites'],
    find: (mechanism) =>
      [
        ...mechanism.officials.map(({ party }, at) => ({ party, path: ['officials', at, 'party'] })),
        ...mechanism.decidingSides.map((party, at) => ({ party, path: ['decidingSides', at] })),
        ...mechanism.relayable.map((party, at) => ({ party, path: ['relayable', at] })),
        ...mechanism.sites.map(({ party }, at) => ({ party, path: ['sites', at, 'party'] })),
      ].flatMap(({ party, path }) =>
        unless(partyOf(mechanism, party) !== undefined, path, `${party} is not among the parties`),
      ),
  },
  'one-mediator': {
    reads: ['parties'],
    find: ({ parties }) => {
      const mediators = parties.filter(({ kind }) => kind === 'mediator');
      return unless(
        mediators.length === 1,
        ['parties'],
        `needs exactly one mediator, not ${mediators.length}`,
      );
    },
  },
  'kind-missing': {
    reads: ['parties'],
    find: ({ parties }) =>
      (['requesting', 'holding', 'escort', 'receiving'] as const).flatMap((kind) =>
        unless(
          parties.some((party) => party.kind === kind),
          ['parties'],
          `needs a party of kind ${kind}: no return can be planned without one`,
        ),
      ),
  },
  'role-not-of-kind': {
    reads: ['parties', 'officials'],
    find: (mechanism) =>
      mechanism.officials.flatMap((official, at) => {
        const party = partyOf(mechanism, official.party);
        return party ? foreignRoles(party.kind, official.roles, ['officials', at, 'roles']) : [];
      }),
  },
  'office-role-not-of-kind': {
    reads: ['facets', 'ladders'],
    find: (mechanism) =>
      officesOf(mechanism).flatMap(({ office, path }) =>
        foreignRoles(office.kind, office.roles, [...path, 'roles']),
      ),
  },
  'ladder-office-unstaffed': {
    reads: ['parties', 'officials', 'ladders'],
    find: (mechanism) =>
      ladderOffices(mechanism).flatMap(({ office, path }) =>
        unless(
          // A mechanism without hosting needs nobody on duty for a host it does not have.
          !mechanism.parties.some(({ kind }) => kind === office.kind) ||
            inOffice(mechanism, [office]).length > 0,
          path,
          `no active official of a ${office.kind} party is ${office.roles.join(' or ')}`,
        ),
      ),
  },
  'mediator-without-lead': {
    reads: ['parties', 'officials'],
    find: (mechanism) =>
      withoutStaff(mechanism, ['mediator'], ['lead'], 'escalations go to the mediator’s lead'),
  },
  'mediator-without-case-officer': {
    reads: ['parties', 'officials'],
    find: (mechanism) => withoutStaff(mechanism, ['mediator'], ['case-officer'], 'nobody could run a case'),
  },
  'too-few-mediators': {
    reads: ['parties', 'officials', 'relayable'],
    find: (mechanism) =>
      mechanism.relayable.length === 0
        ? []
        : mechanism.parties.flatMap((party, at) =>
            party.kind !== 'mediator'
              ? []
              : unless(
                  staffed(mechanism, party.id, ['case-officer', 'lead']).length >= 2,
                  ['parties', at],
                  'relaying takes two active case officers or leads: one enters, another confirms',
                ),
          ),
  },
  'side-of-wrong-kind': {
    reads: ['parties', 'decidingSides'],
    find: (mechanism) =>
      mechanism.decidingSides.flatMap((id, at) => {
        const party = partyOf(mechanism, id);
        return unless(
          !party || (sideKinds as readonly PartyKind[]).includes(party.kind),
          ['decidingSides', at],
          `${id} is a ${party?.kind} party; only ${sideKinds.join(', ')} parties decide`,
        );
      }),
  },
  'side-without-decider': {
    reads: ['parties', 'officials', 'decidingSides'],
    find: (mechanism) =>
      mechanism.decidingSides.flatMap((id, at) =>
        unless(
          !partyOf(mechanism, id) || staffed(mechanism, id, ['decider']).length > 0,
          ['decidingSides', at],
          `${id} has no active decider`,
        ),
      ),
  },
  'relayable-not-deciding': {
    reads: ['decidingSides', 'relayable'],
    find: ({ relayable, decidingSides }) =>
      relayable.flatMap((id, at) =>
        unless(decidingSides.includes(id), ['relayable', at], `${id} is not a deciding side`),
      ),
  },
  'escort-unstaffed': {
    reads: ['parties', 'officials'],
    find: (mechanism) => [
      ...withoutStaff(mechanism, ['escort'], ['dispatcher'], 'nobody could assign an escort'),
      ...withoutStaff(mechanism, ['escort'], ['escort'], 'nobody could travel with a child'),
    ],
  },
  'receiving-unstaffed': {
    reads: ['parties', 'officials'],
    find: (mechanism) =>
      withoutStaff(mechanism, ['receiving'], ['receiver'], 'nobody could confirm a handover'),
  },
  'host-unstaffed': {
    reads: ['parties', 'officials', 'sites'],
    find: (mechanism) =>
      mechanism.sites.flatMap(({ party }, at) =>
        partyOf(mechanism, party)?.kind !== 'host'
          ? []
          : (['host', 'clinician'] as const).flatMap((role) =>
              unless(
                staffed(mechanism, party, [role]).length > 0,
                ['sites', at, 'party'],
                `${party} has no active ${role}`,
              ),
            ),
      ),
  },
  'site-of-wrong-party': {
    reads: ['parties', 'sites'],
    find: (mechanism) =>
      mechanism.sites.flatMap(({ party }, at) => {
        const kind = partyOf(mechanism, party)?.kind;
        return unless(
          kind === undefined || kind === 'host',
          ['sites', at, 'party'],
          `${party} is a ${kind} party; sites belong to hosts`,
        );
      }),
  },
  'facet-without-attester': {
    reads: ['parties', 'officials', 'facets'],
    find: (mechanism) =>
      facets.flatMap((facet) =>
        unless(
          casesOf(mechanism).every(
            (parties) => inOffice(mechanism, mechanism.facets[facet].attestedBy, parties).length > 0,
          ),
          ['facets', facet, 'attestedBy'],
          'some case would have no active official to attest it',
        ),
      ),
  },
  'facet-without-second-reviewer': {
    reads: ['parties', 'officials', 'facets'],
    find: (mechanism) =>
      facets.flatMap((facet) => {
        const { attestedBy, reviewedBy } = mechanism.facets[facet];
        const reviewable = casesOf(mechanism).every((parties) => {
          const reviewers = inOffice(mechanism, reviewedBy, parties);
          return inOffice(mechanism, attestedBy, parties).every((first) =>
            reviewers.some((second) => second.id !== first.id),
          );
        });
        return unless(
          reviewable,
          ['facets', facet, 'reviewedBy'],
          'some attestation would have no second person to review it',
        );
      }),
  },
  'steps-not-ascending': {
    reads: ['ladders'],
    find: ({ ladders }) =>
      Object.entries(ladders).flatMap(([kind, { steps }]) =>
        descents(
          steps.map(({ after }) => after),
          { strictly: false },
        ).map((at) => ({
          path: ['ladders', kind, 'steps', at, 'after'],
          message: `${steps[at]?.after} does not come after the step before it`,
        })),
      ),
  },
  'repeat-too-short': {
    reads: ['ladders'],
    find: ({ ladders }) =>
      Object.entries(ladders).flatMap(([kind, { thenEvery }]) =>
        unless(
          lengthOf(thenEvery) >= 1000,
          ['ladders', kind, 'thenEvery'],
          'must be a second or more: it would remind without pause',
        ),
      ),
  },
  'duration-zero': {
    reads: ['approvalValidFor', 'stalledAfter', 'checkInEvery', 'welfareNoteEvery', 'holdReviewWithin'],
    find: (mechanism) =>
      (
        [
          [['approvalValidFor'], mechanism.approvalValidFor],
          [['stalledAfter', 'usual'], mechanism.stalledAfter.usual],
          [['stalledAfter', 'urgent'], mechanism.stalledAfter.urgent],
          [['stalledAfter', 'tracing'], mechanism.stalledAfter.tracing],
          [['checkInEvery'], mechanism.checkInEvery],
          [['welfareNoteEvery'], mechanism.welfareNoteEvery],
          [['holdReviewWithin'], mechanism.holdReviewWithin],
        ] as const
      ).flatMap(([path, duration]) => unless(lengthOf(duration) > 0, path, 'must be longer than nothing')),
  },
  'notice-too-long': {
    reads: ['approvalValidFor', 'approvalNotice'],
    find: ({ approvalValidFor, approvalNotice }) =>
      unless(
        lengthOf(approvalNotice) < lengthOf(approvalValidFor),
        ['approvalNotice'],
        'must be shorter than approvalValidFor: an approval would lapse as soon as it is given',
      ),
  },
  'visits-not-ascending': {
    reads: ['followUpVisits'],
    find: ({ followUpVisits }) =>
      descents(followUpVisits, { strictly: true }).map((at) => ({
        path: ['followUpVisits', at],
        message: `${followUpVisits[at]} does not come after the visit before it`,
      })),
  },
} as const satisfies Record<string, Check>;
export type MechanismFaultCode = keyof typeof checks;
export const mechanismFaultCodes = Object.keys(checks) as MechanismFaultCode[];

function repeated<Key extends string>(
  section: string,
  key: Key,
  entries: readonly Record<Key, string>[],
): Found[] {
  const values = entries.map((entry) => entry[key]);
  return values.flatMap((value, at) =>
    unless(values.indexOf(value) === at, [section, at, key], `${value} is given twice`),
  );
}
const repeatedValues = (section: string, values: readonly string[]): Found[] =>
  values.flatMap((value, at) =>
    unless(values.indexOf(value) === at, [section, at], `${value} is given twice`),
  );

const foreignRoles = (kind: PartyKind, among: readonly Role[], path: Path): Found[] =>
  among.flatMap((role, at) =>
    unless(
      (rolesOfKind[kind] as readonly Role[]).includes(role),
      [...path, at],
      `${role} is no role of a ${kind} party; those are ${rolesOfKind[kind].join(', ')}`,
    ),
  );

const withoutStaff = (
  mechanism: Mechanism,
  kinds: readonly PartyKind[],
  among: readonly Role[],
  consequence: string,
): Found[] =>
  mechanism.parties.flatMap(({ id, kind }, at) =>
    unless(
      !kinds.includes(kind) || staffed(mechanism, id, among).length > 0,
      ['parties', at],
      `${id} has no active ${among.join(' or ')}: ${consequence}`,
    ),
  );

interface PlacedOffice {
  readonly office: Office;
  readonly path: Path;
}
const ladderOffices = ({ ladders }: Mechanism): PlacedOffice[] =>
  Object.entries(ladders).flatMap(([kind, { steps }]) =>
    steps.flatMap(({ to }, at) => (to ? [{ office: to, path: ['ladders', kind, 'steps', at, 'to'] }] : [])),
  );
const officesOf = (mechanism: Mechanism): PlacedOffice[] => [
  ...facets.flatMap((facet) =>
    (['attestedBy', 'reviewedBy'] as const).flatMap((part) =>
      mechanism.facets[facet][part].map((office, at) => ({ office, path: ['facets', facet, part, at] })),
    ),
  ),
  ...ladderOffices(mechanism),
];

/** Active officials in any of the offices, of the given parties only. */
const inOffice = (mechanism: Mechanism, offices: readonly Office[], parties?: ReadonlySet<string>) =>
  active(mechanism).filter((official) => {
    const kind = partyOf(mechanism, official.party)?.kind;
    return (
      (parties === undefined || parties.has(official.party)) &&
      offices.some(
        (office) =>
          office.kind === kind &&
          (office.roles.length === 0 || office.roles.some((role) => official.roles.includes(role))),
      )
    );
  });

/** The parties of every case there can be: a case has one requesting and one holding party of those listed. */
function casesOf({ parties }: Mechanism): ReadonlySet<string>[] {
  const idsOf = (kind: PartyKind) => parties.filter((party) => party.kind === kind).map(({ id }) => id);
  const others = parties
    .filter(({ kind }) => kind !== 'requesting' && kind !== 'holding')
    .map(({ id }) => id);
  return idsOf('requesting').flatMap((requesting) =>
    idsOf('holding').map((holding) => new Set([...others, requesting, holding])),
  );
}

/** Milliseconds, counted from the first of a January: months are compared by the lengths they then have. */
const lengthOf = (duration: Duration): number =>
  Date.parse(addDuration('2026-01-01T00:00:00.000Z', duration)) - Date.parse('2026-01-01T00:00:00.000Z');
const descents = (durations: readonly Duration[], { strictly }: { strictly: boolean }): number[] =>
  durations.flatMap((duration, at) => {
    const before = durations[at - 1];
    if (before === undefined) return [];
    const step = lengthOf(duration) - lengthOf(before);
    return step < 0 || (strictly && step === 0) ? [at] : [];
  });
