/**
 * How the demo's officials meet what they owe when all goes well: one entry for every kind of obligation. What a
 * story does otherwise stands in `stories.ts`.
 */
import type { EdgeCommand } from '../contracts/commands';
import { addDuration } from '../domain/calendar/time';
import { travelNeeds } from '../domain/model/commands';
import { findParty } from '../domain/model/mechanism';
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { Obligation } from '../domain/obligations/obligations';
import { recipientFacets } from '../domain/model/verification';
import type { ChildMilestone, Milestone } from '../domain/model/telling';
import type { Facet } from '../domain/model/verification';
import { rulesOf } from '../contracts/mechanism/mechanism';
import { daysLater, officialFor, owed, todayOf } from './action';
import type { Action, Situation } from './action';
import { carerPapersOf, evidenceFor, recipientHashIn, travelPapersOf } from './papers';
import { legsOf, termsOf } from './plan-terms';
import { sha256 } from './sha256';
import type { SeenCase } from './seen-case';

/** Undefined: not yet, or nothing to be done by a person. */
type Duty = (situation: Situation, obligation: Obligation) => Action | undefined;

const isDue = ({ now }: Situation, { due }: Obligation): boolean => due <= now;
const subjectOf = ({ kind, subject }: Obligation): string => {
  if (subject === undefined) throw new Error(`${kind} without its subject`);
  return subject;
};
const planOf = ({ plan }: SeenCase) => {
  if (!plan) throw new Error('this official sees no plan');
  return { planVersion: plan.version, planHash: plan.hash };
};
const approve: Duty = (situation, obligation) =>
  owed(situation, obligation, (own) => ({ type: 'approvePlan', ...planOf(own), conditions: [] }));

/** After mediation a side that withdrew agrees again; one that objected gets another plan. */
const mediate: Duty = (situation, obligation) => {
  const { view } = situation;
  const side = subjectOf(obligation);
  const decision = view.decisions[side];
  const isMediated = decision !== undefined && obligation.since > decision.at;
  if (!isMediated)
    return owed(situation, obligation, () => ({
      type: 'recordMediation',
      party: side,
      note: 'Spoke with both sides about what stands in the way.',
    }));
  if (decision.act === 'withdraw')
    return {
      step: 'approve-again',
      occasion: obligation.key,
      by: officialFor(situation, side, ['decider']),
      deed: (own) => ({ command: { type: 'approvePlan', ...planOf(own), conditions: [] } }),
    };
  return {
    ...owed(situation, obligation, () => ({ type: 'proposePlan', terms: termsOf(situation) })),
    step: 'revise-plan',
  };
};

/** Another person of the office than the one who proposed it. */
const confirmProposal: Duty = (situation, obligation) => {
  const proposal = subjectOf(obligation);
  const proposer = situation.view.proposals?.find(({ id }) => id === proposal)?.by.official;
  return owed(situation, obligation, () => ({ type: 'confirmProposal', proposal }), proposer);
};

/** By the lead, to a case officer of theirs. */
const assignOfficer: Duty = (situation, obligation) => {
  const officer = officialFor(situation, obligation.party, ['case-officer']);
  return owed(situation, obligation, () => ({ type: 'assignOfficer', officer }));
};

/** Siblings leave together: the go is given once each of them could leave. */
const giveGo: Duty = (situation, obligation) =>
  !situation.leavesTogether &&
  situation.siblings.every(({ stage, obligations }) => {
    const mayLeave = obligations.some(({ kind }) => kind === 'give-go');
    return (
      mayLeave ||
      !['intake', 'tracing', 'verification', 'agreement', 'preparation', 'hosting'].includes(stage)
    );
  })
    ? owed(situation, obligation, () => ({ type: 'depart' }))
    : undefined;

/** A sign of life at the start of each leg, then the leg's end; at the last one's end the arrival. */
const travel: Duty = (situation, obligation) => {
  const { legs, journey, escort } = situation.view;
  if (!escort || !journey || journey.paused) return undefined;
  const action = (step: string, command: EdgeCommand): Action => ({
    step,
    occasion: obligation.key,
    by: escort.official,
    deed: () => ({ command }),
  });
  const leg = legs.find(({ id }) => !journey.completedLegs.includes(id));
  if (!leg) return action('arrive', { type: 'arrive' });
  const sign = `check-in-${leg.id}`;
  if (!situation.done.has(sign) || isDue(situation, obligation))
    return action(sign, { type: 'checkIn', place: leg.from });
  return action(`complete-${leg.id}`, { type: 'completeLeg', leg: leg.id });
};

const refuses = ({ hearings }: SeenCase): boolean => hearings?.at(-1)?.answer === 'unwilling';

/** From interim care the child goes to the recipient after all: looked at, heard, and agreed by two. */
const findPermanentCare: Duty = (situation, obligation) => {
  const { view } = situation;
  const { identity } = view.handover;
  const isWaiting = view.proposals?.some(({ act }) => act.type === 'confirmHandover');
  if (refuses(view) || isWaiting) return undefined;
  if (!identity?.matches)
    return {
      ...owed(situation, obligation, (own) => ({
        type: 'checkRecipientIdentity',
        matches: true,
        documentHash: recipientHashIn(own) ?? sha256(`identity paper shown for ${own.id}`),
      })),
      step: 'check-recipient-in-care',
    };
  // At the door again: the child is heard and seen there first.
  const isAtTheDoor = view.obligations.some(({ kind }) => kind === 'hear-child' || kind === 'identify-child');
  return isAtTheDoor ? undefined : owed(situation, obligation, () => ({ type: 'confirmHandover' }));
};

const endOf = ({ handover, interimCare }: SeenCase) => {
  if (handover.own) return 'home-alone';
  return interimCare && !handover.at ? 'placed-in-care' : 'reunited';
};

export const duties = {
  'acknowledge-case': (situation, duty) => owed(situation, duty, () => ({ type: 'acknowledgeCase' })),
  'assign-officer': assignOfficer,
  'settle-duplicate': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'settleDuplicate',
      other: subjectOf(duty),
      verdict: 'distinct',
      note: 'Compared side by side: two children.',
    })),
  'accept-file': (situation, duty) => owed(situation, duty, () => ({ type: 'acceptFile' })),
  'locate-child': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'reportWhereabouts',
      evidence: [],
      note: 'Найден; находится под присмотром учреждения.',
    })),
  'attest-facet': (situation, duty) =>
    owed(situation, duty, (own) => {
      const facet = subjectOf(duty) as Facet;
      return { type: 'attestFacet', facet, finding: 'confirmed', ...evidenceFor(own, facet) };
    }),
  'review-attestation': (situation, duty) => {
    const facet = subjectOf(duty) as Facet;
    const attester = situation.view.facets[facet]?.attestation?.by.official;
    return owed(situation, duty, () => ({ type: 'reviewAttestation', facet, verdict: 'upheld' }), attester);
  },
  'verify-alternate': (situation, duty) => {
    const [recipient = '', name] = subjectOf(duty).split(':');
    const facet = name as Facet;
    const { view } = situation;
    if (duty.commands.includes('reviewAttestation')) {
      const attester = view.alternateFacets?.[recipient]?.[facet]?.attestation?.by.official;
      return owed(
        situation,
        duty,
        () => ({ type: 'reviewAttestation', facet, recipient, verdict: 'upheld' }),
        attester,
      );
    }
    const proof = evidenceFor({ ...view, recipient: { ...view.recipient, ref: recipient } }, facet);
    // Of whom the file holds no paper yet, nothing is said.
    return proof.evidence.length === 0 && proof.withoutPapers === undefined
      ? undefined
      : owed(situation, duty, () => ({
          type: 'attestFacet',
          facet,
          recipient,
          finding: 'confirmed',
          ...proof,
        }));
  },
  'propose-plan': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'proposePlan', terms: termsOf(situation) })),
  'decide-on-plan': approve,
  'renew-approval': approve,
  'confirm-relay': (situation, duty) => {
    const relay = subjectOf(duty);
    const entered = situation.view.pendingRelays.find(({ id }) => id === relay)?.enteredBy.official;
    return owed(situation, duty, () => ({ type: 'confirmRelay', relay }), entered);
  },
  'mediate-objection': mediate,
  'settle-condition': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'settleCondition', condition: subjectOf(duty), outcome: 'met' })),
  'confirm-travel-documents': (situation, duty) =>
    owed(situation, duty, (own) =>
      duty.subject === 'carer'
        ? { type: 'confirmCarerPapers', ...carerPapersOf(own, todayOf(situation)) }
        : { type: 'confirmTravelDocuments', ...travelPapersOf(own, todayOf(situation)) },
    ),
  'clear-medically': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'clearMedically',
      fit: true,
      validUntil: daysLater(todayOf(situation), 30),
      note: 'Examined; fit for a long journey with pauses.',
    })),
  'offer-place': (situation, duty) => owed(situation, duty, () => ({ type: 'confirmPlace' })),
  'assign-escort': (situation, duty) => {
    const escort = officialFor(situation, duty.party, ['escort']);
    return owed(situation, duty, () => ({ type: 'assignEscort', escort }));
  },
  // Whatever may be called for, and hands enough for all who may set out together.
  'confirm-crew': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'confirmCrew', has: [...travelNeeds], escorts: 6, children: 6 })),
  'plan-legs': (situation, duty) =>
    owed(situation, duty, (own) => ({ type: 'planLegs', legs: legsOf(situation, own) })),
  'grant-safe-conduct': (situation, duty) =>
    owed(situation, duty, () => {
      const { legs } = situation.view;
      return {
        type: 'grantSafeConduct',
        legs: legs.map(({ id }) => id),
        opens: legs[0]?.departAt ?? '',
        until: addDuration(legs.at(-1)?.arriveAt ?? '', 'P2D'),
      };
    }),
  'avoid-closed-place': (situation, duty) =>
    owed(situation, duty, (own) =>
      duty.commands.includes('planLegs')
        ? { type: 'planLegs', legs: legsOf(situation, own) }
        : { type: 'proposePlan', terms: termsOf(situation) },
    ),
  // Met when the child is home.
  'bring-sibling-after': () => undefined,
  'receive-at-site': (situation, duty) => owed(situation, duty, () => ({ type: 'recordArrival' })),
  'extend-stay': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'extendStay', leavesOn: daysLater(todayOf(situation), 14) })),
  'write-welfare-note': (situation, duty) =>
    situation.view.stay?.lastNoteAt === undefined || isDue(situation, duty)
      ? owed(situation, duty, () => ({
          type: 'writeWelfareNote',
          ...{ wellbeing: 'well', ate: 'well', slept: 'well', mood: 'calm', health: 'well' },
          note: 'نام جيدًا وأكل جيدًا.',
        }))
      : undefined,
  'give-go': giveGo,
  'give-into-care': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'giveIntoCare',
      note: 'In good health, with its papers and its bag.',
    })),
  'take-into-care': (situation, duty) => ({
    ...owed(situation, duty, () => ({ type: 'takeIntoCare' })),
    by: situation.view.escort?.official ?? '',
  }),
  'check-in': travel,
  'answer-incident': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'answerIncident',
      incident: subjectOf(duty),
      note: 'Супровідникові зателефонували, діти в безпеці.',
    })),
  'resume-journey': (situation, duty) => owed(situation, duty, () => ({ type: 'resumeJourney' })),
  'decide-recall': (situation, duty) =>
    // Once proposed it waits for a second person.
    situation.view.proposals?.some(({ act }) => act.type === 'decideRecall')
      ? undefined
      : owed(situation, duty, () => ({ type: 'decideRecall', outcome: 'continue' })),
  'resolve-emergency': (situation, duty) =>
    // Not fit at once: the clinician looks again before the child travels.
    owed(situation, duty, () => ({ type: 'resolveMedicalEmergency', fitToTravel: false })),
  'check-recipient-identity': (situation, duty) =>
    owed(situation, duty, (own) => ({
      type: 'checkRecipientIdentity',
      matches: true,
      documentHash: recipientHashIn(own) ?? sha256(`identity paper shown for ${own.id}`),
    })),
  'confirm-handover': (situation, duty) => {
    // Of one named on the way it is first attested who they are.
    const isAsked = situation.view.obligations.some(
      ({ kind, subject }) =>
        (kind === 'attest-facet' || kind === 'review-attestation') &&
        (recipientFacets as readonly string[]).includes(subject ?? ''),
    );
    if (isAsked) return undefined;
    if (duty.subject === 'own-arrival') return owed(situation, duty, () => ({ type: 'confirmOwnArrival' }));
    const escort = situation.view.escort?.official;
    const action = owed(situation, duty, () => ({ type: 'confirmHandover' }));
    return findParty(rulesOf(situation.mechanism), duty.party)?.kind === 'escort' && escort
      ? { ...action, by: escort }
      : action;
  },
  'report-visit': (situation, duty) =>
    isDue(situation, duty)
      ? owed(situation, duty, () => ({
          type: 'reportVisit',
          visit: Number(subjectOf(duty).replace('visit-', '')),
          outcome: 'well',
          note: 'Відвідали вдома; все гаразд.',
        }))
      : undefined,
  'plan-reintegration': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'planReintegration',
      owner: duty.party,
      papers: daysLater(todayOf(situation), 60),
      school: daysLater(todayOf(situation), 30),
      psychological: daysLater(todayOf(situation), 14),
    })),
  'close-case': (situation, duty) =>
    owed(situation, duty, (own) => ({
      type: 'closeCase',
      outcome: endOf(own),
    })),
  'review-hold': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'liftHold', hold: subjectOf(duty) })),
  'prepare-majority': () => undefined,
  'obtain-own-consent': (situation, duty) => {
    const document = situation.view.dossier?.documents.find(({ kind }) => kind === 'consent')?.id;
    return document === undefined
      ? undefined
      : owed(situation, duty, () => ({ type: 'recordOwnConsent', given: true, document }));
  },
  'review-stalled': () => undefined,
  'mend-address': () => undefined,
  // None of the stories leads here.
  'answer-duress': () => undefined,
  'pass-on-alarm': (situation, duty) => {
    const told = situation.mechanism.officials.find(({ id }) => id === subjectOf(duty));
    return (
      told && owed(situation, duty, () => ({ type: 'passOnAlarm', party: told.party, official: told.id }))
    );
  },
  'confirm-proposal': confirmProposal,
  'confirm-urgent-proposal': confirmProposal,
  // None of the stories leads here; a case that does waits for a person.
  'hear-child': (situation, duty) =>
    owed(situation, duty, (own) => ({
      type: 'recordHearing',
      ...(own.plan?.recipient !== null && { recipient: own.recipient.ref }),
      answer: 'willing',
      note: 'Heard alone; wants to go home.',
    })),
  'identify-child': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'identifyChild', how: 'photograph', matches: true })),
  'settle-mismatch': () => undefined,
  'rehouse-child': () => undefined,
  'approve-recipient': (situation, duty) =>
    owed(situation, duty, (own) => ({ type: 'approveRecipient', recipient: own.recipient.ref })),
  'weigh-trace-answer': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'traceFurther',
      note: 'Please name the institution and look there.',
    })),
  'place-in-interim-care': (situation, duty) => {
    const { view } = situation;
    // Whom the plan names next may still come.
    return view.plan?.alternates && !refuses(view)
      ? undefined
      : owed(situation, duty, (own) => ({
          type: 'placeInInterimCare',
          kind: 'foster-family',
          place: own.plan?.handoverPlace ?? '',
          note: 'Прийнято до прийомної родини.',
        }));
  },
  'find-permanent-care': findPermanentCare,
  'resolve-concern': (situation, duty) =>
    owed(situation, duty, () => ({
      type: 'resolveConcern',
      concern: subjectOf(duty),
      outcome: 'referred',
      note: 'Направлено до психолога.',
    })),
  'tell-family': (situation, duty) =>
    owed(situation, duty, ({ dossier, recipient }) => ({
      type: 'tellFamily',
      of: subjectOf(duty) as Milestone,
      how: 'telephone',
      language: dossier?.recipients.find(({ id }) => id === recipient.ref)?.languages?.[0] ?? 'uk',
    })),
  'tell-child': (situation, duty) => {
    const told = owed(situation, duty, ({ dossier }) => ({
      type: 'tellChild',
      of: subjectOf(duty) as ChildMilestone,
      how: 'in-person',
      language: dossier?.child.languages[0] ?? 'uk',
    }));
    // Another escort of the organisation does not see the child.
    const { escort } = situation.view;
    return duty.party === escort?.party ? { ...told, by: escort.official } : told;
  },
  'resolve-refutation': () => undefined,
  'determine-best-interests': (situation, duty) => {
    const { dossier, proposals } = situation.view;
    const determination = dossier?.documents.find(({ kind }) => kind === 'best-interests-determination')?.id;
    const isProposed = proposals?.some(({ act }) => act.type === 'determineBestInterests');
    return determination === undefined || isProposed
      ? undefined
      : owed(situation, duty, () => ({
          type: 'determineBestInterests',
          outcome: 'no-return',
          determination,
        }));
  },
  'nominate-recipient': (situation, duty) => {
    const [recipient] = situation.view.plan?.alternates ?? [];
    return recipient === undefined
      ? undefined
      : owed(situation, duty, (own) => ({
          type: 'nominateRecipient',
          recipient,
          dossierVersion: own.dossierVersion ?? 1,
        }));
  },
} as const satisfies Record<ObligationKind, Duty>;
