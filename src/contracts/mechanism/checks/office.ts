/** Every kind of party a return needs is there, and somebody active is in each office the return will ask for. */
import type { PartyKind, Role } from '../../../domain/model/parties';
import type { Mechanism } from '../mechanism';
import { inOffices, isClosing, partyOf, staffOf, unless } from './parts';
import type { Found, MechanismCheck } from './parts';

const unstaffed = (mechanism: Mechanism, kind: PartyKind, role: Role, consequence: string): Found[] =>
  mechanism.parties.flatMap((party, at) =>
    unless(
      party.kind !== kind || isClosing(party) || staffOf(mechanism, party.id, [role]).length > 0,
      ['parties', at],
      `${party.id} has no active ${role}: ${consequence}`,
    ),
  );

export const officeChecks = {
  'one-mediator': {
    reads: ['parties'],
    find: ({ parties }) => {
      const { length } = parties.filter(({ kind }) => kind === 'mediator');
      return unless(length === 1, ['parties'], `needs exactly one mediator, not ${length}`);
    },
  },
  'mediator-closed': {
    reads: ['parties'],
    find: ({ parties }) =>
      parties.flatMap((party, at) =>
        unless(
          party.kind !== 'mediator' || !isClosing(party),
          ['parties', at, 'closed'],
          'the mediator can’t be closed: every case is run by it',
        ),
      ),
  },
  'kind-missing': {
    reads: ['parties'],
    find: ({ parties }) =>
      (['requesting', 'holding', 'escort', 'receiving'] as const).flatMap((kind) =>
        unless(
          parties.some((party) => party.kind === kind && !isClosing(party)),
          ['parties'],
          `needs a party of kind ${kind} that is not closed: no return can be planned without one`,
        ),
      ),
  },
  'mediator-without-lead': {
    reads: ['parties', 'officials'],
    find: (mechanism) => unstaffed(mechanism, 'mediator', 'lead', 'escalations would reach nobody'),
  },
  'mediator-without-case-officer': {
    reads: ['parties', 'officials'],
    find: (mechanism) => unstaffed(mechanism, 'mediator', 'case-officer', 'nobody would run a case'),
  },
  'requesting-without-official': {
    reads: ['parties', 'officials'],
    find: (mechanism) => unstaffed(mechanism, 'requesting', 'official', 'nobody could open a case'),
  },
  'holding-without-official': {
    reads: ['parties', 'officials'],
    find: (mechanism) => unstaffed(mechanism, 'holding', 'official', 'nobody could trace a child'),
  },
  'escort-without-dispatcher': {
    reads: ['parties', 'officials'],
    find: (mechanism) => unstaffed(mechanism, 'escort', 'dispatcher', 'nobody could assign an escort'),
  },
  'escort-without-escort': {
    reads: ['parties', 'officials'],
    find: (mechanism) => unstaffed(mechanism, 'escort', 'escort', 'nobody could travel with a child'),
  },
  'receiving-without-receiver': {
    reads: ['parties', 'officials'],
    find: (mechanism) => unstaffed(mechanism, 'receiving', 'receiver', 'nobody could confirm a handover'),
  },
  'site-without-staff': {
    reads: ['parties', 'officials', 'sites'],
    find: (mechanism) =>
      mechanism.sites.flatMap((site, at) => {
        const { party } = site;
        const host = partyOf(mechanism, party);
        return host?.kind !== 'host' || isClosing(site) || isClosing(host)
          ? []
          : (['host', 'clinician'] as const).flatMap((role) =>
              unless(
                staffOf(mechanism, party, [role]).length > 0,
                ['sites', at, 'party'],
                `${party} has no active ${role}`,
              ),
            );
      }),
  },
  'ladder-to-nobody': {
    reads: ['parties', 'officials', 'ladders'],
    find: (mechanism) =>
      Object.entries(mechanism.ladders).flatMap(([kind, { steps }]) =>
        steps.flatMap(({ to }, at) =>
          unless(
            // A mechanism without hosts needs nobody on duty for them: the step never comes to pass.
            !to ||
              !mechanism.parties.some((party) => party.kind === to.kind) ||
              inOffices(mechanism, [to]).length > 0,
            ['ladders', kind, 'steps', at, 'to'],
            `no active official of a ${to?.kind} party is ${to?.roles.join(' or ') || 'there'}`,
          ),
        ),
      ),
  },
} as const satisfies Record<string, MechanismCheck>;
