/**
 * Command → what is asked, and how much reading it takes before it is sent. One table for every command that is
 * given by a form (`command-pages.ts`): one or a field of one without an entry does not compile. Words are in `words/`.
 */
import {
  closureOutcomes,
  concernOutcomes,
  hearingAnswers,
  holdReasons,
  identifications,
  incidentKinds,
  interimCareKinds,
  recallOutcomes,
  traceAnswers,
  duressOutcomes,
  reopenCaseReasons,
  visitOutcomes,
  holdGrounds,
} from '#domain/model/commands';
import { bedKinds } from '#domain/model/beds';
import {
  amounts,
  belongings,
  doseOutcomes,
  healths,
  moods,
  recognitions,
  treatmentKinds,
  visitorKinds,
} from '#domain/model/hosting';
import { paperlessReasons, facets, findings } from '#domain/model/verification';
import { childMilestones, milestones, waysOfTelling } from '#domain/model/telling';
import { snoozeReasons, stalledNexts } from '#domain/model/reminding';
import type { EdgeCommand, OfficialCommandType } from '#contracts/commands';
import {
  choice,
  date,
  given,
  instant,
  note,
  requiredNote,
  number,
  onlyWhen,
  optionalChoice,
  optionalDate,
  optionalInstant,
  optionalPick,
  optionalYesNo,
  pick,
  pickCase,
  pickCases,
  pickMany,
  pickSome,
  times,
  yesNo,
} from './fields';
import type { FormType } from './command-pages';
import type { Field } from './fields';
import {
  alarmOfficials,
  carersPapers,
  childLanguages,
  concerns,
  doses,
  deputies,
  escorts,
  facetOptions,
  familyLanguages,
  holdOptions,
  legOptions,
  neededOnTheWay,
  milestoneOptions,
  obligationOptions,
  officers,
  parties,
  openConditions,
  otherCases,
  papers,
  papersOf,
  places,
  proposals,
  alternates,
  recipients,
  relays,
  safePlaces,
  sides,
  sites,
  siblingCases,
  subjectNumber,
  treatments,
  underDuress,
  incidents,
} from './options';

type CommandOf<Type extends OfficialCommandType> = Extract<EdgeCommand, { type: Type }>;
type Fields<Type extends OfficialCommandType> = {
  readonly [Name in Exclude<keyof CommandOf<Type>, 'type'>]-?: Field<CommandOf<Type>[Name]>;
};
/**
 * `light`: harmless or in the safe direction, sent at once. `plain`: what follows stands above the button. `grave`:
 * brings a child nearer to departure or cannot be undone; the end of the reference is typed from what was read.
 */
export type Weight = 'light' | 'plain' | 'grave';
interface CommandForm<Type extends FormType> {
  readonly weight: Weight;
  readonly fields: Fields<Type>;
}

export const commandForms = {
  acknowledgeCase: { weight: 'light', fields: {} },
  assignOfficer: {
    weight: 'light',
    fields: { officer: pick(officers), deputy: optionalPick(deputies), note: note() },
  },
  flagDuplicate: { weight: 'plain', fields: { other: pickCase(otherCases) } },
  settleDuplicate: {
    weight: 'grave',
    fields: {
      other: pick(otherCases),
      verdict: choice('duplicateVerdict', ['same', 'distinct']),
      note: note(),
    },
  },
  acceptFile: { weight: 'plain', fields: {} },
  reportWhereabouts: { weight: 'plain', fields: { evidence: pickMany(papers), note: note() } },
  answerTrace: {
    weight: 'plain',
    fields: {
      answer: choice('traceAnswer', traceAnswers, 'traceAnswer'),
      courtDate: onlyWhen('answer', ['under-proceedings'], date(30, 60, 90)),
      evidence: pickSome(papers),
      note: note(),
    },
  },
  traceFurther: { weight: 'plain', fields: { note: note() } },
  attestFacet: {
    weight: 'plain',
    fields: {
      facet: pick(facetOptions(facets)),
      recipient: optionalPick(alternates),
      finding: choice('finding', findings),
      evidence: pickMany(papers),
      withoutPapers: optionalChoice('withoutPapers', paperlessReasons),
      validUntil: optionalDate(90, 180, 365),
      note: note(),
    },
  },
  reviewAttestation: {
    weight: 'plain',
    fields: {
      facet: pick(facetOptions(facets)),
      recipient: optionalPick(alternates),
      verdict: choice('attestationVerdict', ['upheld', 'returned']),
      note: note(),
    },
  },
  reopenFacet: {
    weight: 'plain',
    fields: { facet: pick(facetOptions(facets)), recipient: optionalPick(alternates), note: note() },
  },
  nominateRecipient: {
    weight: 'plain',
    fields: {
      recipient: pick(recipients),
      dossierVersion: given(({ view: { dossierVersion = 1 } }) => dossierVersion),
      note: note(),
    },
  },
  approveRecipient: {
    weight: 'grave',
    fields: { recipient: given(({ view }) => view.recipient.ref), note: note() },
  },
  reportRecipientUnavailable: { weight: 'plain', fields: { note: note() } },
  identifyChild: {
    weight: 'light',
    fields: { matches: yesNo('isThisChild'), how: choice('identification', identifications), note: note() },
  },
  recordHearing: {
    weight: 'plain',
    fields: {
      recipient: given(({ view: { plan, recipient } }) =>
        plan && !plan.lapsed && plan.recipient === null ? undefined : recipient.ref,
      ),
      answer: choice('hearing', hearingAnswers),
      heardAt: given<string | undefined>(() => undefined),
      note: note(),
    },
  },
  determineBestInterests: {
    weight: 'grave',
    fields: {
      outcome: choice('bestInterests', ['return', 'no-return']),
      determination: pick(papersOf('best-interests-determination', 'court-order')),
      note: note(),
    },
  },
  // In the safe direction: never hindered.
  withdrawApproval: { weight: 'light', fields: { note: note() } },
  rejectRelay: { weight: 'plain', fields: { relay: pick(relays), note: note() } },
  repudiateRelay: { weight: 'light', fields: { relay: pick(relays), note: note() } },
  settleCondition: {
    weight: 'grave',
    fields: {
      condition: pick(openConditions),
      outcome: choice('settlement', ['met', 'waived']),
      note: note(),
    },
  },
  recordMediation: { weight: 'light', fields: { party: pick(sides), note: note() } },
  confirmCarerPapers: {
    weight: 'plain',
    fields: {
      documents: pickMany(carersPapers('passport', 'travel-document', 'return-certificate', 'id-card')),
      permission: pick(carersPapers()),
      validUntil: date(30, 90),
    },
  },
  confirmTravelDocuments: {
    weight: 'plain',
    fields: {
      documents: pickMany(papersOf('passport', 'travel-document', 'return-certificate', 'id-card')),
      validUntil: date(),
    },
  },
  clearMedically: {
    weight: 'plain',
    fields: {
      fit: yesNo(),
      evidence: pickSome(papersOf('medical')),
      validUntil: onlyWhen('fit', ['true'], optionalDate(14, 30)),
      needs: onlyWhen('fit', ['true'], pickSome(neededOnTheWay)),
      note: note(),
    },
  },
  confirmPlace: {
    weight: 'light',
    fields: {
      firstNight: optionalDate(7, 14),
      leavesOn: optionalDate(7, 14, 30),
      bed: optionalChoice('bed', bedKinds),
      together: pickSome(siblingCases),
    },
  },
  extendStay: { weight: 'light', fields: { leavesOn: date() } },
  holdCarerBed: { weight: 'light', fields: { firstNight: optionalDate(1, 3, 7), leavesOn: date() } },
  releaseCarerBed: { weight: 'plain', fields: {} },
  declinePlace: { weight: 'plain', fields: { note: note() } },
  assignEscort: { weight: 'plain', fields: { escort: pick(escorts) } },
  confirmCrew: {
    weight: 'plain',
    fields: {
      has: pickMany(neededOnTheWay),
      escorts: number(20),
      children: number(50),
      note: note(),
    },
  },
  grantSafeConduct: {
    weight: 'grave',
    fields: { legs: pickMany(legOptions), opens: instant(), until: instant(), note: note() },
  },
  withdrawSafeConduct: { weight: 'light', fields: { note: note() } },
  recordArrival: { weight: 'light', fields: { site: optionalPick(sites) } },
  checkArrival: {
    weight: 'light',
    fields: {
      recognised: choice('recognised', recognitions),
      health: choice('health', healths),
      belongings: choice('belongings', belongings),
      note: note('ownWords'),
    },
  },
  writeWelfareNote: {
    weight: 'light',
    fields: {
      wellbeing: choice('wellbeing', ['well', 'concern']),
      ate: optionalChoice('ate', amounts),
      slept: optionalChoice('slept', amounts),
      mood: optionalChoice('mood', moods),
      health: optionalChoice('health', healths),
      note: note(),
    },
  },
  recordVisitor: {
    weight: 'light',
    fields: {
      kind: choice('visitor', visitorKinds, 'visitor'),
      at: optionalInstant(),
      note: note('visitorNote'),
    },
  },
  setTreatment: {
    weight: 'plain',
    fields: {
      kind: choice('treatmentKind', treatmentKinds, 'treatmentKind'),
      note: requiredNote('treatmentNote'),
      times: times(),
      firstDay: optionalDate(1, 2),
      lastDay: optionalDate(3, 7, 14),
    },
  },
  endTreatment: { weight: 'plain', fields: { treatment: pick(treatments), note: note() } },
  recordDose: {
    weight: 'light',
    fields: {
      dose: pick(doses),
      outcome: choice('doseOutcome', doseOutcomes),
      at: optionalInstant(),
      note: note(),
    },
  },
  giveIntoCare: { weight: 'light', fields: { note: note() } },
  answerIncident: { weight: 'plain', fields: { incident: pick(incidents), note: requiredNote() } },
  pauseJourney: {
    weight: 'light',
    fields: {
      kind: choice('incident', incidentKinds),
      at: given<string | undefined>(() => undefined),
      note: note(),
    },
  },
  resumeJourney: { weight: 'plain', fields: { note: note() } },
  divert: {
    weight: 'light',
    fields: {
      place: pick(safePlaces),
      kind: choice('incident', incidentKinds),
      at: given<string | undefined>(() => undefined),
      note: note(),
    },
  },
  reachSafePoint: {
    weight: 'light',
    fields: { place: pick(safePlaces), at: given<string | undefined>(() => undefined), note: note() },
  },
  decideRecall: { weight: 'grave', fields: { outcome: choice('recall', recallOutcomes), note: note() } },
  reportMedicalEmergency: { weight: 'light', fields: { note: note() } },
  resolveMedicalEmergency: { weight: 'plain', fields: { fitToTravel: yesNo(), note: note() } },
  confirmOwnArrival: { weight: 'grave', fields: { note: note() } },
  placeInInterimCare: {
    weight: 'plain',
    fields: {
      kind: choice('interimCare', interimCareKinds, 'interimCare'),
      place: pick(places),
      note: note(),
    },
  },
  reportVisit: {
    weight: 'light',
    fields: {
      visit: given(subjectNumber),
      outcome: choice('visit', visitOutcomes),
      alone: onlyWhen('outcome', ['well', 'concern'], optionalYesNo()),
      note: note(),
    },
  },
  planReintegration: {
    weight: 'plain',
    fields: {
      owner: pick(parties),
      papers: optionalDate(30, 60),
      school: optionalDate(14, 30),
      medical: optionalDate(14, 30),
      status: optionalDate(30, 90),
      housing: optionalDate(30, 60),
      psychological: optionalDate(14, 30),
      note: note(),
    },
  },
  tellFamily: {
    weight: 'light',
    fields: {
      of: pick(milestoneOptions(milestones)),
      how: choice('telling', waysOfTelling, 'toldHow'),
      language: pick(familyLanguages),
      note: note(),
    },
  },
  tellChild: {
    weight: 'light',
    fields: {
      of: pick(milestoneOptions(childMilestones)),
      how: choice('telling', waysOfTelling, 'toldHow'),
      language: pick(childLanguages),
      note: note(),
    },
  },
  resolveConcern: {
    weight: 'plain',
    fields: { concern: pick(concerns), outcome: choice('concern', concernOutcomes), note: note() },
  },
  placeHold: {
    weight: 'light',
    fields: {
      hold: given(({ newId }) => newId('hold')),
      reason: choice('holdReason', holdReasons),
      reviewBy: optionalDate(3, 7, 14),
      note: note(),
    },
  },
  reviewHold: {
    weight: 'plain',
    fields: { hold: pick(holdOptions), reviewBy: date(3, 7, 14), note: note() },
  },
  liftHold: {
    weight: 'grave',
    fields: { hold: pick(holdOptions), ground: optionalChoice('holdGround', holdGrounds), note: note() },
  },
  withdrawRequest: { weight: 'plain', fields: { note: note() } },
  reinstateRequest: { weight: 'plain', fields: { note: note() } },
  linkSiblings: { weight: 'plain', fields: { siblings: pickCases(siblingCases) } },
  unlinkSiblings: { weight: 'grave', fields: { siblings: pickCases(siblingCases), note: requiredNote() } },
  waiveSiblingUnity: {
    weight: 'grave',
    fields: {
      determination: pick(papersOf('best-interests-determination', 'court-order')),
      waiver: pick(papersOf('waiver')),
      note: note(),
    },
  },
  markUrgent: { weight: 'light', fields: { medicallyUrgent: yesNo(), note: note() } },
  recordOwnConsent: {
    weight: 'grave',
    fields: { given: yesNo(), document: pick(papersOf('consent')), note: note() },
  },
  moveMechanism: { weight: 'grave', fields: { version: given(({ mechanism: { version } }) => version) } },
  closeCase: {
    weight: 'grave',
    fields: { outcome: choice('closure', closureOutcomes), evidence: pickSome(papers), note: note() },
  },
  reopenCase: { weight: 'grave', fields: { reason: choice('reopening', reopenCaseReasons), note: note() } },
  confirmProposal: { weight: 'grave', fields: { proposal: pick(proposals) } },
  rejectProposal: { weight: 'plain', fields: { proposal: pick(proposals), note: note() } },
  acknowledgeObligation: {
    weight: 'light',
    fields: { obligation: pick(obligationOptions), until: instant(1, 3, 7) },
  },
  snoozeObligation: {
    weight: 'light',
    fields: {
      obligation: pick(obligationOptions),
      until: instant(3, 7, 14),
      reason: choice('snooze', snoozeReasons),
      note: note(),
    },
  },
  reviewStalledCase: {
    weight: 'plain',
    fields: { next: choice('stalledNext', stalledNexts), reviewBy: date(7, 14, 30), note: note() },
  },
  mendAddress: {
    weight: 'light',
    fields: {
      party: given(({ view, me }) => view.addressFaults?.[0]?.party ?? me.party),
      official: given(({ view }) => view.addressFaults?.[0]?.official),
    },
  },
  answerDuress: {
    weight: 'plain',
    fields: {
      official: pick(underDuress),
      outcome: choice('duress', duressOutcomes, 'duressOutcome'),
      note: note(),
    },
  },
  passOnAlarm: {
    weight: 'light',
    fields: {
      party: given(({ view, me }) => view.unheardAlarms?.[0]?.party ?? me.party),
      official: pick(alarmOfficials),
      note: note(),
    },
  },
} as const satisfies { readonly [Type in FormType]: CommandForm<Type> };
