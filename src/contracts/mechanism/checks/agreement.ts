/** Sides can decide, mediators can relay with four eyes, facets can be attested and reviewed by two people. */
import { sideKinds } from '../../../domain/model/parties';
import type { PartyKind } from '../../../domain/model/parties';
import { facets } from '../../../domain/model/verification';
import type { Mechanism } from '../mechanism';
import { inOffices, isClosing, partyOf, staffOf, unless } from './parts';
import type { MechanismCheck } from './parts';

/** The parties of every case there can be: a case has one requesting and one holding party of those that stay open. */
function casesOf(mechanism: Mechanism): ReadonlySet<string>[] {
  // A closed mediator is named by a check of its own.
  const parties = mechanism.parties.filter((party) => party.kind === 'mediator' || !isClosing(party));
  const idsOf = (kind: PartyKind) => parties.filter((party) => party.kind === kind).map(({ id }) => id);
  const others = parties
    .filter(({ kind }) => kind !== 'requesting' && kind !== 'holding')
    .map(({ id }) => id);
  return idsOf('requesting').flatMap((requesting) =>
    idsOf('holding').map((holding) => new Set([...others, requesting, holding])),
  );
}

/** Of the facets that it names. */
const rulesOf = ({ facets: named }: Mechanism) =>
  facets.flatMap((facet) => (named[facet] ? [[facet, named[facet]] as const] : []));

const isSide = (kind: PartyKind | undefined): boolean =>
  (sideKinds as readonly (PartyKind | undefined)[]).includes(kind);

export const agreementChecks = {
  'side-of-wrong-kind': {
    reads: ['parties', 'decidingSides'],
    find: (mechanism) =>
      mechanism.decidingSides.flatMap((id, at) => {
        const kind = partyOf(mechanism, id)?.kind;
        return unless(
          kind === undefined || isSide(kind),
          ['decidingSides', at],
          `${id} is a ${kind} party; only ${sideKinds.join(', ')} parties decide`,
        );
      }),
  },
  'side-without-decider': {
    reads: ['parties', 'officials', 'decidingSides'],
    find: (mechanism) =>
      mechanism.decidingSides.flatMap((id, at) =>
        unless(
          !isSide(partyOf(mechanism, id)?.kind) ||
            isClosing(partyOf(mechanism, id) ?? {}) ||
            staffOf(mechanism, id, ['decider']).length > 0,
          ['decidingSides', at],
          `${id} has no active decider`,
        ),
      ),
  },
  'closed-side-of-every-case': {
    reads: ['parties', 'decidingSides'],
    find: (mechanism) =>
      mechanism.parties.flatMap((party, at) =>
        unless(
          party.kind !== 'consenting' || !isClosing(party) || !mechanism.decidingSides.includes(party.id),
          ['parties', at, 'closed'],
          `${party.id} decides in every case: a new plan would wait for a closed party`,
        ),
      ),
  },
  'case-with-one-side': {
    reads: ['parties', 'decidingSides'],
    find: (mechanism) =>
      unless(
        mechanism.decidingSides.some((id) => partyOf(mechanism, id) === undefined) ||
          casesOf(mechanism).every(
            (parties) => mechanism.decidingSides.filter((id) => parties.has(id)).length >= 2,
          ),
        ['decidingSides'],
        'some case would be decided by fewer than two sides: its own requesting and holding party, and every consenting one, count',
      ),
  },
  'relayable-not-deciding': {
    reads: ['decidingSides', 'relayable'],
    find: ({ relayable, decidingSides }) =>
      relayable.flatMap((id, at) =>
        unless(decidingSides.includes(id), ['relayable', at], `${id} is not a deciding side`),
      ),
  },
  'too-few-mediators': {
    reads: ['parties', 'officials', 'relayable'],
    find: (mechanism) =>
      mechanism.relayable.length === 0
        ? []
        : mechanism.parties.flatMap((party, at) =>
            unless(
              party.kind !== 'mediator' || staffOf(mechanism, party.id, ['case-officer', 'lead']).length >= 2,
              ['parties', at],
              'relaying takes two active case officers or leads: one enters, another confirms',
            ),
          ),
  },
  'facet-without-attester': {
    reads: ['parties', 'officials', 'facets'],
    find: (mechanism) =>
      rulesOf(mechanism).flatMap(([facet, { attestedBy }]) =>
        unless(
          casesOf(mechanism).every((parties) => inOffices(mechanism, attestedBy, parties).length > 0),
          ['facets', facet, 'attestedBy'],
          'some case would have no active official to attest it',
        ),
      ),
  },
  'facet-without-second-reviewer': {
    reads: ['parties', 'officials', 'facets'],
    find: (mechanism) =>
      rulesOf(mechanism).flatMap(([facet, { attestedBy, reviewedBy }]) => {
        const reviewable = casesOf(mechanism).every((parties) => {
          const reviewers = inOffices(mechanism, reviewedBy, parties);
          return inOffices(mechanism, attestedBy, parties).every((first) =>
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
} as const satisfies Record<string, MechanismCheck>;
