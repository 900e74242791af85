/** What is owed in intake, tracing and verification. */
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';
import { unwillingSince } from '../facts/hearing';
import { isFacetSettledForReturn } from '../facts/stage-of';
import { facets, recipientFacets } from '../model/verification';
import type { Facet } from '../model/verification';
import { latest, owedBy, owedByFirst } from './draft';
import type { Draft, DraftSource } from './draft';

export const mediators = ['case-officer', 'lead'] as const;

export const intakeDrafts: DraftSource = (state, rules) => {
  const unsettled = state.duplicates.filter(({ verdict }) => !verdict);
  // The one to be closed; the other goes on.
  const isSame = state.duplicates.some(
    ({ verdict, there, closed }) => verdict === 'same' && !there && !closed,
  );
  return [
    ...(state.acknowledgedAt || state.journey
      ? []
      : owedBy(state, rules, 'mediator', mediators, {
          kind: 'acknowledge-case',
          since: state.openedAt,
          commands: ['acknowledgeCase', 'acceptFile'],
        })),
    ...unsettled.flatMap(({ other, since }) =>
      owedBy(state, rules, 'mediator', mediators, {
        kind: 'settle-duplicate',
        subject: other,
        since,
        commands: ['settleDuplicate'],
      }),
    ),
    ...(state.stage === 'intake' && unsettled.length === 0 && !isSame
      ? owedBy(state, rules, 'mediator', mediators, {
          kind: 'accept-file',
          since: state.openedAt,
          commands: ['acceptFile'],
        })
      : []),
  ];
};

export const tracingDrafts: DraftSource = (state, rules) =>
  state.stage === 'tracing'
    ? owedBy(state, rules, 'holding', ['official', 'decider'], {
        kind: 'locate-child',
        since: state.fileAcceptedAt ?? state.openedAt,
        commands: ['reportWhereabouts'],
      })
    : [];

export const verificationDrafts: DraftSource = (state, rules) => {
  if (state.handover.at) return [];
  const attested = facets.filter((facet) => state.facets[facet].status === 'attested');
  // On the way only what speaks of the recipient is still asked for: the handover waits for it.
  const asked = state.journey ? recipientFacets : state.stage === 'verification' ? facets : [];
  return [
    ...refusalDrafts(state, rules),
    ...asked.flatMap((facet) => facetDrafts(state, rules, facet)),
    ...attested.flatMap((facet) =>
      owedByFirst(state, rules, rules.facets[facet].reviewedBy, {
        kind: 'review-attestation',
        subject: facet,
        since: state.facets[facet].since,
        commands: ['reviewAttestation'],
      }),
    ),
    ...(state.recipient.unavailableSince
      ? owedBy(state, rules, 'requesting', ['official', 'decider'], {
          kind: 'nominate-recipient',
          since: state.recipient.unavailableSince,
          commands: ['nominateRecipient'],
        })
      : []),
  ];
};

/** The child has said no at a door, in whatever stage: somebody weighs it. */
function refusalDrafts(state: ReturnCase, rules: MechanismRules): Draft[] {
  const since = unwillingSince(state);
  if (since === undefined) return [];
  return owedBy(state, rules, 'mediator', ['lead'], {
    kind: 'determine-best-interests',
    subject: 'hearing',
    since,
    commands: ['determineBestInterests', 'recordHearing', 'nominateRecipient'],
  });
}

function facetDrafts(state: ReturnCase, rules: MechanismRules, facet: Facet): Draft[] {
  const { status, since, attestation } = state.facets[facet];
  if (status === 'attested' || isFacetSettledForReturn(state, facet)) return [];
  if (status === 'settled' && attestation?.finding === 'refuted') return refutedDrafts(state, rules, facet);
  return owedByFirst(state, rules, rules.facets[facet].attestedBy, {
    kind: 'attest-facet',
    subject: facet,
    since: latest(since, state.fileAcceptedAt, state.locatedAt),
    commands: ['attestFacet'],
  });
}

function refutedDrafts(state: ReturnCase, rules: MechanismRules, facet: Facet): Draft[] {
  const { since } = state.facets[facet];
  if (facet !== 'childs-view')
    return owedBy(state, rules, 'mediator', ['lead'], {
      kind: 'resolve-refutation',
      subject: facet,
      since,
      // Another recipient mends only what speaks of the recipient.
      commands: (recipientFacets as readonly Facet[]).includes(facet)
        ? ['reopenFacet', 'nominateRecipient', 'closeCase']
        : ['reopenFacet', 'closeCase'],
    });
  if (state.bestInterests) return []; // for no return: then the case is to be closed
  return owedBy(state, rules, 'mediator', ['lead'], {
    kind: 'determine-best-interests',
    subject: facet,
    since,
    commands: ['determineBestInterests', 'reopenFacet'],
  });
}
