/** Ids are unique within their section, and what names a party, a role or a kind names one that is there. */
import { rolesOfKind } from '../../../domain/model/parties';
import type { PartyKind, Role } from '../../../domain/model/parties';
import { facets } from '../../../domain/model/verification';
import { findMailAddress } from '../../mail-address';
import type { Mechanism } from '../mechanism';
import { partyOf, unless } from './parts';
import type { FaultPath, Found, MechanismCheck } from './parts';

const repeated = (values: readonly string[], pathOf: (at: number) => FaultPath): Found[] =>
  values.flatMap((value, at) => unless(values.indexOf(value) === at, pathOf(at), `${value} is given twice`));
const repeatedIds = (section: 'parties' | 'officials' | 'sites' | 'places', mechanism: Mechanism): Found[] =>
  repeated(
    mechanism[section].map(({ id }) => id),
    (at) => [section, at, 'id'],
  );

const unknownParty = (mechanism: Mechanism, id: string, path: FaultPath): Found[] =>
  unless(partyOf(mechanism, id) !== undefined, path, `${id} is not among the parties`);

const foreignRoles = (kind: PartyKind, among: readonly Role[], path: FaultPath): Found[] =>
  among.flatMap((role, at) =>
    unless(
      (rolesOfKind[kind] as readonly Role[]).includes(role),
      [...path, at],
      `${role} is no role of a ${kind} party; those are ${rolesOfKind[kind].join(', ')}`,
    ),
  );

export const referenceChecks = {
  'duplicate-party': { reads: ['parties'], find: (mechanism) => repeatedIds('parties', mechanism) },
  'duplicate-official': { reads: ['officials'], find: (mechanism) => repeatedIds('officials', mechanism) },
  'duplicate-site': { reads: ['sites'], find: (mechanism) => repeatedIds('sites', mechanism) },
  'duplicate-place': { reads: ['places'], find: (mechanism) => repeatedIds('places', mechanism) },
  'duplicate-address': {
    reads: ['officials'],
    find: ({ officials }) =>
      repeated(
        officials.map(({ email }) => (findMailAddress(email) ?? email).toLowerCase()),
        (at) => ['officials', at, 'email'],
      ),
  },
  'duplicate-side': {
    reads: ['decidingSides'],
    find: ({ decidingSides }) => repeated(decidingSides, (at) => ['decidingSides', at]),
  },
  'duplicate-relayable': {
    reads: ['relayable'],
    find: ({ relayable }) => repeated(relayable, (at) => ['relayable', at]),
  },
  'official-of-unknown-party': {
    reads: ['parties', 'officials'],
    find: (mechanism) =>
      mechanism.officials.flatMap(({ party }, at) =>
        unknownParty(mechanism, party, ['officials', at, 'party']),
      ),
  },
  'unknown-side': {
    reads: ['parties', 'decidingSides'],
    find: (mechanism) =>
      mechanism.decidingSides.flatMap((side, at) => unknownParty(mechanism, side, ['decidingSides', at])),
  },
  'site-of-unknown-party': {
    reads: ['parties', 'sites'],
    find: (mechanism) =>
      mechanism.sites.flatMap(({ party }, at) => unknownParty(mechanism, party, ['sites', at, 'party'])),
  },
  'site-of-wrong-kind': {
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
  'role-not-of-kind': {
    reads: ['parties', 'officials'],
    find: (mechanism) =>
      mechanism.officials.flatMap((official, at) => {
        const party = partyOf(mechanism, official.party);
        return party ? foreignRoles(party.kind, official.roles, ['officials', at, 'roles']) : [];
      }),
  },
  'facet-role-not-of-kind': {
    reads: ['facets'],
    find: (mechanism) =>
      facets.flatMap((facet) =>
        (['attestedBy', 'reviewedBy'] as const).flatMap((part) =>
          (mechanism.facets[facet]?.[part] ?? []).flatMap((office, at) =>
            foreignRoles(office.kind, office.roles, ['facets', facet, part, at, 'roles']),
          ),
        ),
      ),
  },
  'ladder-role-not-of-kind': {
    reads: ['ladders'],
    find: ({ ladders }) =>
      Object.entries(ladders).flatMap(([kind, { steps }]) =>
        steps.flatMap(({ to }, at) =>
          to ? foreignRoles(to.kind, to.roles, ['ladders', kind, 'steps', at, 'to', 'roles']) : [],
        ),
      ),
  },
} as const satisfies Record<string, MechanismCheck>;
