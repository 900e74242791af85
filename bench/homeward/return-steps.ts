/**
 * One child's whole plain return as officials bring it home: every command in order, by whom, after the opening.
 * No hold, no objection, no reminder. The other ways send as many messages under the same names.
 */
import { canonicalHash } from '../../src/contracts/seal';
import type { Command } from '../../src/domain/model/commands';
import type { CaseId, OfficialId, SiteId } from '../../src/domain/model/ids';
import type { MechanismRules } from '../../src/domain/model/mechanism';
import type { PlanContent, PlanTerms } from '../../src/domain/model/plan';
import { dateOf } from '../../src/domain/calendar/time';
import { firstFacets } from '../../src/domain/model/verification';
import type { FirstFacet } from '../../src/domain/model/verification';

export interface ReturnStep {
  readonly by: OfficialId;
  readonly command: Command;
}
export interface ReturnFacts {
  readonly case: CaseId;
  readonly rules: MechanismRules;
  readonly dossier: { readonly version: number; readonly hash: string };
  readonly now: Date;
  /** Another than the usual one. */
  readonly site?: SiteId;
}

const day = 86_400_000;
const after = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();

/** Officials of examples/mechanisms/doha.yaml. */
const attestedBy = {
  whereabouts: ['ru-official-1', 'qa-officer-1'],
  identity: ['ua-official-1', 'qa-reviewer'],
  kinship: ['ua-official-1', 'qa-reviewer'],
  custody: ['ua-official-1', 'qa-reviewer'],
  willingness: ['ua-official-1', 'qa-reviewer'],
  'childs-view': ['qa-interviewer', 'qa-reviewer'],
} as const satisfies Record<FirstFacet, readonly [OfficialId, OfficialId]>;

export function returnSteps(facts: ReturnFacts): ReturnStep[] {
  const { now, rules } = facts;
  const terms = termsAt(now, facts.site);
  // As an official would who checks what is to be signed: from the terms, not by trusting an answer.
  const plan = { planVersion: 1, planHash: canonicalHash(planOf(facts, terms)) };
  const approve: Command = { type: 'approvePlan', ...plan, conditions: [] };
  const papers = { documents: ['doc-3'], validUntil: dateOf(after(now, 300 * day)) };
  const step = (by: OfficialId, command: Command): ReturnStep => ({ by, command });
  const atTheDoor = [
    step('qa-officer-1', { type: 'identifyChild', how: 'photograph', matches: true }),
    step('qa-interviewer', { type: 'recordHearing', recipient: 'recipient-1', answer: 'willing' }),
  ];
  return [
    step('qa-officer-1', { type: 'acknowledgeCase' }),
    step('qa-officer-1', { type: 'acceptFile' }),
    ...firstFacets.flatMap((facet) => {
      const [attester, reviewer] = attestedBy[facet];
      return [
        step(attester, { type: 'attestFacet', facet, finding: 'confirmed', evidence: ['doc-1'] }),
        step(reviewer, { type: 'reviewAttestation', facet, verdict: 'upheld' }),
      ];
    }),
    step('qa-officer-2', { type: 'proposePlan', terms }),
    step('ua-decider', approve),
    step('ru-decider', approve),
    step('ua-official-1', { type: 'confirmTravelDocuments', ...papers }),
    step('es-dispatcher', { type: 'assignEscort', escort: 'es-escort-1' }),
    step('es-dispatcher', { type: 'planLegs', legs: legsAt(now) }),
    step('em-host', { type: 'confirmPlace' }),
    step('em-host', { type: 'recordArrival' }),
    step('em-clinician', { type: 'clearMedically', fit: true }),
    ...atTheDoor,
    step('qa-lead', { type: 'depart' }),
    step('em-host', { type: 'giveIntoCare' }),
    step('es-escort-1', { type: 'completeLeg', leg: 'leg-1' }),
    step('es-escort-1', { type: 'checkIn', place: 'border-crossing' }),
    step('es-escort-1', { type: 'completeLeg', leg: 'leg-2' }),
    step('es-escort-1', { type: 'arrive' }),
    ...atTheDoor,
    step('re-receiver', {
      type: 'checkRecipientIdentity',
      matches: true,
      documentHash: canonicalHash('id-card'),
    }),
    step('re-receiver', { type: 'confirmHandover' }),
    step('es-escort-1', { type: 'confirmHandover' }),
    step('re-receiver', {
      type: 'planReintegration',
      owner: 'reception',
      school: dateOf(after(now, 30 * day)),
    }),
    ...rules.followUpVisits.map((_, index) =>
      step('re-receiver', { type: 'reportVisit', visit: index + 1, outcome: 'well' }),
    ),
    step('qa-officer-1', { type: 'closeCase', outcome: 'reunited' }),
  ];
}

const termsAt = (now: Date, site = 'moscow-residence'): PlanTerms => ({
  recipient: 'recipient-1',
  // From yesterday on: a run must not fail because it passes midnight.
  window: { from: dateOf(after(now, -day)), to: dateOf(after(now, 30 * day)) },
  modality: 'road',
  site,
  handoverPlace: 'kyiv',
  escortParty: 'escort',
  receivingParty: 'reception',
  companions: ['escort'],
});

const planOf = ({ case: id, rules, dossier }: ReturnFacts, terms: PlanTerms): PlanContent => ({
  ...terms,
  case: id,
  mechanism: { id: rules.id, version: rules.version },
  version: 1,
  dossier,
});

const legsAt = (now: Date) => [
  {
    id: 'leg-1',
    from: 'moscow',
    to: 'border-crossing',
    departAt: after(now, day),
    arriveAt: after(now, 1.5 * day),
  },
  {
    id: 'leg-2',
    from: 'border-crossing',
    to: 'kyiv',
    departAt: after(now, 1.6 * day),
    arriveAt: after(now, 2 * day),
  },
];
