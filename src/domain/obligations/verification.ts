/** What is owed in intake, tracing and verification. */
import { earliest } from '../calendar/time';
import type { ReturnCase } from '../model/case';
import { asksFor } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import {
  decidesAlone,
  facetsAskedOf,
  facetsOfVerification,
  facetStateOf,
  recipientFacetsAskedOf,
} from '../facts/adults';
import { findLivePlan } from '../facts/agreement';
import { aboutPerson, alternatesOf, personFacetsAskedOf, unapprovedBy } from '../facts/alternates';
import { isHeardSince, lastHearing, unwillingSince } from '../facts/hearing';
import { isFacetSettledForReturn } from '../facts/stage-of';
import { isLater, recipientFacets } from '../model/verification';
import type { Facet } from '../model/verification';
import { latest, owedBy, owedByFirst } from './draft';
import { toHear } from './hearing';
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
  state.stage === 'tracing' ? [...tracedDrafts(state, rules)] : [];

/** An answered trace waits for the mediator, and no longer for the side that answered. */
function tracedDrafts(state: ReturnCase, rules: MechanismRules): Draft[] {
  const { trace, holds } = state;
  if (trace?.answer === undefined || !asksFor(rules, 'weigh-trace-answer'))
    return owedBy(state, rules, 'holding', ['official', 'decider'], {
      kind: 'locate-child',
      since: latest(state.fileAcceptedAt ?? state.openedAt, trace?.since),
      commands: ['reportWhereabouts', 'answerTrace'],
    });
  // Until the court has sat, the hold that waits for it is what is owed.
  if (holds.some(({ id }) => id === trace.hold)) return [];
  // A child that is said not to want to return is heard before anybody weighs that.
  if (trace.answer === 'does-not-wish' && !isHeardSince(state, trace.since))
    return toHear(state, rules, 'tracing', trace.since, 'P14D');
  return owedBy(state, rules, 'mediator', mediators, {
    kind: 'weigh-trace-answer',
    subject: trace.answer,
    since: trace.answer === 'does-not-wish' ? latest(trace.since, lastHearing(state)?.heardAt) : trace.since,
    commands: ['traceFurther', 'closeCase'],
  });
}

export const verificationDrafts: DraftSource = (state, rules) => {
  if (state.handover.at) return [];
  const asked = facetsAskedOf(state, rules);
  const attested = asked.filter((facet) => facetStateOf(state, facet).status === 'attested');
  // On the way only what speaks of the recipient is still asked for: the handover waits for it.
  const recipients = recipientFacetsAskedOf(state, rules);
  const inVerification = state.stage === 'verification' ? facetsOfVerification(state, rules) : [];
  // Owed once a plan names who attests it.
  const withPlan = findLivePlan(state) ? asked.filter(isLater) : [];
  const owed = state.journey ? recipients : [...inVerification, ...withPlan];
  return [
    ...refusalDrafts(state, rules),
    ...owed.flatMap((facet) => facetDrafts(state, rules, facet)),
    ...alternateDrafts(state, rules),
    ...attested.flatMap((facet) =>
      owedByFirst(state, rules, rules.facets[facet]?.reviewedBy ?? [], {
        kind: 'review-attestation',
        subject: facet,
        since: facetStateOf(state, facet).since,
        commands: ['reviewAttestation'],
      }),
    ),
    ...unapprovedBy(state, rules).map((party) => ({
      kind: 'approve-recipient' as const,
      party,
      roles: ['decider'] as const,
      since: latest(state.openedAt, state.recipient.nominatedAt),
      commands: ['approveRecipient'] as const,
    })),
    ...(state.recipient.unavailableSince && !decidesAlone(state, rules)
      ? owedBy(state, rules, 'requesting', ['official', 'decider'], {
          kind: 'nominate-recipient',
          since: state.recipient.unavailableSince,
          commands: ['nominateRecipient'],
        })
      : []),
  ];
};

/** Whoever may have to take the child is verified before they are needed. */
function alternateDrafts(state: ReturnCase, rules: MechanismRules): Draft[] {
  if (!asksFor(rules, 'verify-alternate') || state.interimCare) return [];
  return [...refutedAlternateDrafts(state, rules), ...toBeVerifiedDrafts(state, rules)];
}

/** Whom something was found against can't stand in the plan; a finding that was wrong is opened anew. */
function refutedAlternateDrafts(state: ReturnCase, rules: MechanismRules): Draft[] {
  const since = alternatesOf(state).flatMap((ref) =>
    personFacetsAskedOf(state, rules)
      .map((facet) => facetStateOf(aboutPerson(state, ref), facet))
      .filter(({ status, attestation }) => status === 'settled' && attestation?.finding === 'refuted')
      .map((found) => found.since),
  );
  // On the way the plan stands as it is; nobody goes over to them.
  if (since.length === 0 || state.journey) return [];
  return owedBy(state, rules, 'mediator', mediators, {
    kind: 'propose-plan',
    subject: 'alternate-refuted',
    since: earliest(since) ?? state.openedAt,
    commands: ['proposePlan', 'reopenFacet'],
  });
}

function toBeVerifiedDrafts(state: ReturnCase, rules: MechanismRules): Draft[] {
  return alternatesOf(state).flatMap((ref) =>
    personFacetsAskedOf(state, rules).flatMap((facet) => {
      const { status, since } = facetStateOf(aboutPerson(state, ref), facet);
      if (status === 'settled') return [];
      const rule = rules.facets[facet];
      const isOpen = status === 'open';
      return owedByFirst(state, rules, (isOpen ? rule?.attestedBy : rule?.reviewedBy) ?? [], {
        kind: 'verify-alternate',
        subject: `${ref}:${facet}`,
        since: latest(since, state.plan?.proposedAt),
        commands: isOpen ? ['attestFacet'] : ['reviewAttestation'],
      });
    }),
  );
}

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
  const { status, since, attestation } = facetStateOf(state, facet);
  if (status === 'attested' || isFacetSettledForReturn(state, facet)) return [];
  if (status === 'settled' && attestation?.finding === 'refuted') return refutedDrafts(state, rules, facet);
  return owedByFirst(state, rules, rules.facets[facet]?.attestedBy ?? [], {
    kind: 'attest-facet',
    subject: facet,
    since: latest(
      since,
      state.fileAcceptedAt,
      state.locatedAt,
      isLater(facet) ? state.plan?.proposedAt : undefined,
    ),
    commands: ['attestFacet'],
  });
}

function refutedDrafts(state: ReturnCase, rules: MechanismRules, facet: Facet): Draft[] {
  const { since } = facetStateOf(state, facet);
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
