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
import { daysLater, officialFor, owed, todayOf } from './act';
import type { Act, Scene } from './act';
import { evidenceFor, recipientHashIn, travelPapersOf } from './papers';
import { legsOf, termsOf } from './plan-terms';
import { sha256 } from './sha256';
import type { CaseSight } from './sight';

/** Undefined: not yet, or nothing to be done by a person. */
type Duty = (scene: Scene, obligation: Obligation) => Act | undefined;

const isDue = ({ now }: Scene, { due }: Obligation): boolean => due <= now;
const subjectOf = ({ kind, subject }: Obligation): string => {
  if (subject === undefined) throw new Error(`${kind} without its subject`);
  return subject;
};
const planOf = ({ plan }: CaseSight) => {
  if (!plan) throw new Error('this official sees no plan');
  return { planVersion: plan.version, planHash: plan.hash };
};
const approve: Duty = (scene, obligation) =>
  owed(scene, obligation, (own) => ({ type: 'approvePlan', ...planOf(own), conditions: [] }));

/** After mediation a side that withdrew agrees again; one that objected gets another plan. */
const mediate: Duty = (scene, obligation) => {
  const { sight } = scene;
  const side = subjectOf(obligation);
  const decision = sight.decisions[side];
  const isMediated = decision !== undefined && obligation.since > decision.at;
  if (!isMediated)
    return owed(scene, obligation, () => ({
      type: 'recordMediation',
      party: side,
      note: 'Spoke with both sides about what stands in the way.',
    }));
  if (decision.act === 'withdraw')
    return {
      step: 'approve-again',
      occasion: obligation.key,
      by: officialFor(scene, side, ['decider']),
      deed: (own) => ({ command: { type: 'approvePlan', ...planOf(own), conditions: [] } }),
    };
  return {
    ...owed(scene, obligation, () => ({ type: 'proposePlan', terms: termsOf(scene) })),
    step: 'revise-plan',
  };
};

/** Another person of the office than the one who proposed it. */
const confirmProposal: Duty = (scene, obligation) => {
  const proposal = subjectOf(obligation);
  const proposer = scene.sight.proposals?.find(({ id }) => id === proposal)?.by.official;
  return owed(scene, obligation, () => ({ type: 'confirmProposal', proposal }), proposer);
};

/** Siblings leave together: the go is given once each of them could leave. */
const giveGo: Duty = (scene, obligation) =>
  scene.siblings.every(({ stage, obligations }) => {
    const mayLeave = obligations.some(({ kind }) => kind === 'give-go');
    return (
      mayLeave ||
      !['intake', 'tracing', 'verification', 'agreement', 'preparation', 'hosting'].includes(stage)
    );
  })
    ? owed(scene, obligation, () => ({ type: 'depart' }))
    : undefined;

/** A sign of life at the start of each leg, then the leg's end; at the last one's end the arrival. */
const travel: Duty = (scene, obligation) => {
  const { legs, journey, escort } = scene.sight;
  if (!escort || !journey || journey.paused) return undefined;
  const act = (step: string, command: EdgeCommand): Act => ({
    step,
    occasion: obligation.key,
    by: escort.official,
    deed: () => ({ command }),
  });
  const leg = legs.find(({ id }) => !journey.completedLegs.includes(id));
  if (!leg) return act('arrive', { type: 'arrive' });
  const sign = `check-in-${leg.id}`;
  if (!scene.done.has(sign) || isDue(scene, obligation))
    return act(sign, { type: 'checkIn', place: leg.from });
  return act(`complete-${leg.id}`, { type: 'completeLeg', leg: leg.id });
};

export const duties = {
  'acknowledge-case': (scene, duty) => owed(scene, duty, () => ({ type: 'acknowledgeCase' })),
  'settle-duplicate': (scene, duty) =>
    owed(scene, duty, () => ({
      type: 'settleDuplicate',
      other: subjectOf(duty),
      verdict: 'distinct',
      note: 'Compared side by side: two children.',
    })),
  'accept-file': (scene, duty) => owed(scene, duty, () => ({ type: 'acceptFile' })),
  'locate-child': (scene, duty) =>
    owed(scene, duty, () => ({
      type: 'reportWhereabouts',
      evidence: [],
      note: 'Найден; находится под присмотром учреждения.',
    })),
  'attest-facet': (scene, duty) =>
    owed(scene, duty, (own) => {
      const facet = subjectOf(duty) as Facet;
      return { type: 'attestFacet', facet, finding: 'confirmed', ...evidenceFor(own, facet) };
    }),
  'review-attestation': (scene, duty) => {
    const facet = subjectOf(duty) as Facet;
    const attester = scene.sight.facets[facet].attestation?.by.official;
    return owed(scene, duty, () => ({ type: 'reviewAttestation', facet, verdict: 'upheld' }), attester);
  },
  'propose-plan': (scene, duty) => owed(scene, duty, () => ({ type: 'proposePlan', terms: termsOf(scene) })),
  'decide-on-plan': approve,
  'renew-approval': approve,
  'confirm-relay': (scene, duty) => {
    const relay = subjectOf(duty);
    const entered = scene.sight.pendingRelays.find(({ id }) => id === relay)?.enteredBy.official;
    return owed(scene, duty, () => ({ type: 'confirmRelay', relay }), entered);
  },
  'mediate-objection': mediate,
  'settle-condition': (scene, duty) =>
    owed(scene, duty, () => ({ type: 'settleCondition', condition: subjectOf(duty), outcome: 'met' })),
  'confirm-travel-documents': (scene, duty) =>
    owed(scene, duty, (own) => ({ type: 'confirmTravelDocuments', ...travelPapersOf(own, todayOf(scene)) })),
  'clear-medically': (scene, duty) =>
    owed(scene, duty, () => ({
      type: 'clearMedically',
      fit: true,
      validUntil: daysLater(todayOf(scene), 30),
      note: 'Examined; fit for a long journey with pauses.',
    })),
  'offer-place': (scene, duty) => owed(scene, duty, () => ({ type: 'confirmPlace' })),
  'assign-escort': (scene, duty) => {
    const escort = officialFor(scene, duty.party, ['escort']);
    return owed(scene, duty, () => ({ type: 'assignEscort', escort }));
  },
  'plan-legs': (scene, duty) => owed(scene, duty, (own) => ({ type: 'planLegs', legs: legsOf(scene, own) })),
  'receive-at-site': (scene, duty) => owed(scene, duty, () => ({ type: 'recordArrival' })),
  'write-welfare-note': (scene, duty) =>
    scene.sight.stay?.lastNoteAt === undefined || isDue(scene, duty)
      ? owed(scene, duty, () => ({
          type: 'writeWelfareNote',
          wellbeing: 'well',
          note: 'نام جيدًا وأكل جيدًا.',
        }))
      : undefined,
  'give-go': giveGo,
  'check-in': travel,
  'resume-journey': (scene, duty) => owed(scene, duty, () => ({ type: 'resumeJourney' })),
  'decide-recall': (scene, duty) =>
    // Once proposed it waits for a second person.
    scene.sight.proposals?.some(({ act }) => act.type === 'decideRecall')
      ? undefined
      : owed(scene, duty, () => ({ type: 'decideRecall', outcome: 'continue' })),
  'resolve-emergency': (scene, duty) =>
    // Not fit at once: the clinician looks again before the child travels.
    owed(scene, duty, () => ({ type: 'resolveMedicalEmergency', fitToTravel: false })),
  'check-recipient-identity': (scene, duty) =>
    owed(scene, duty, (own) => ({
      type: 'checkRecipientIdentity',
      matches: true,
      documentHash: recipientHashIn(own) ?? sha256(`identity paper shown for ${own.id}`),
    })),
  'confirm-handover': (scene, duty) => {
    const escort = scene.sight.escort?.official;
    const act = owed(scene, duty, () => ({ type: 'confirmHandover' }));
    return findParty(rulesOf(scene.mechanism), duty.party)?.kind === 'escort' && escort
      ? { ...act, by: escort }
      : act;
  },
  'report-visit': (scene, duty) =>
    isDue(scene, duty)
      ? owed(scene, duty, () => ({
          type: 'reportVisit',
          visit: Number(subjectOf(duty).replace('visit-', '')),
          outcome: 'well',
          note: 'Відвідали вдома; все гаразд.',
        }))
      : undefined,
  'close-case': (scene, duty) => owed(scene, duty, () => ({ type: 'closeCase', outcome: 'reunited' })),
  'review-hold': (scene, duty) => owed(scene, duty, () => ({ type: 'liftHold', hold: subjectOf(duty) })),
  'prepare-majority': () => undefined,
  'obtain-own-consent': () => undefined,
  'review-stalled': () => undefined,
  'mend-address': () => undefined,
  'pass-on-alarm': () => undefined,
  'confirm-proposal': confirmProposal,
  'confirm-urgent-proposal': confirmProposal,
  // None of the stories leads here; a case that does waits for a person.
  'resolve-refutation': () => undefined,
  'determine-best-interests': () => undefined,
  'nominate-recipient': () => undefined,
} as const satisfies Record<ObligationKind, Duty>;
