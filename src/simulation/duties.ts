/**
 * How the demo's officials meet what they owe when all goes well: one entry for every kind of obligation. What a
 * story does otherwise stands in `stories.ts`.
 */
import type { EdgeCommand } from '../contracts/commands';
import { findParty } from '../domain/model/mechanism';
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { Obligation } from '../domain/obligations/obligations';
import type { Facet } from '../domain/model/verification';
import { rulesOf } from '../contracts/mechanism/mechanism';
import { daysLater, officialFor, owed, todayOf } from './action';
import type { Action, Situation } from './action';
import { evidenceFor, recipientHashIn, travelPapersOf } from './papers';
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

/** Siblings leave together: the go is given once each of them could leave. */
const giveGo: Duty = (situation, obligation) =>
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

export const duties = {
  'acknowledge-case': (situation, duty) => owed(situation, duty, () => ({ type: 'acknowledgeCase' })),
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
    const attester = situation.view.facets[facet].attestation?.by.official;
    return owed(situation, duty, () => ({ type: 'reviewAttestation', facet, verdict: 'upheld' }), attester);
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
    owed(situation, duty, (own) => ({
      type: 'confirmTravelDocuments',
      ...travelPapersOf(own, todayOf(situation)),
    })),
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
  'plan-legs': (situation, duty) =>
    owed(situation, duty, (own) => ({ type: 'planLegs', legs: legsOf(situation, own) })),
  'receive-at-site': (situation, duty) => owed(situation, duty, () => ({ type: 'recordArrival' })),
  'write-welfare-note': (situation, duty) =>
    situation.view.stay?.lastNoteAt === undefined || isDue(situation, duty)
      ? owed(situation, duty, () => ({
          type: 'writeWelfareNote',
          wellbeing: 'well',
          note: 'نام جيدًا وأكل جيدًا.',
        }))
      : undefined,
  'give-go': giveGo,
  'check-in': travel,
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
  'close-case': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'closeCase', outcome: 'reunited' })),
  'review-hold': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'liftHold', hold: subjectOf(duty) })),
  'prepare-majority': () => undefined,
  'obtain-own-consent': () => undefined,
  'review-stalled': () => undefined,
  'mend-address': () => undefined,
  'pass-on-alarm': () => undefined,
  'confirm-proposal': confirmProposal,
  'confirm-urgent-proposal': confirmProposal,
  // None of the stories leads here; a case that does waits for a person.
  'hear-child': (situation, duty) =>
    owed(situation, duty, (own) => ({
      type: 'recordHearing',
      recipient: own.recipient.ref,
      answer: 'willing',
      note: 'Heard alone; wants to go home.',
    })),
  'identify-child': (situation, duty) =>
    owed(situation, duty, () => ({ type: 'identifyChild', how: 'photograph', matches: true })),
  'settle-mismatch': () => undefined,
  'place-in-interim-care': () => undefined,
  'find-permanent-care': () => undefined,
  'resolve-concern': () => undefined,
  'resolve-refutation': () => undefined,
  'determine-best-interests': () => undefined,
  'nominate-recipient': () => undefined,
} as const satisfies Record<ObligationKind, Duty>;
