/**
 * Who may send which command in which stage: the table that server, API and console share. Deny by default.
 * A command that passes this table may still be rejected by its own rules in `decide/`.
 */
import type { CommandType } from './commands';
import type { Office } from './mechanism';
import type { PartyKind, Role } from './parties';
import { beforeDeparture, openStages } from './stages';
import type { Stage } from './stages';

/**
 * `facet`: the offices that the mechanism names for the facet. `deciding-side`: deciders of a deciding side.
 * `any-party`: any official of a party of the case, observers excepted. `system`: Homeward itself.
 * `interim-care` among the stages: in follow-up, while nobody is found with whom the child can stay.
 * `second-person`: whoever may confirm something that is proposed now; `proposing` also who proposed it.
 */
export type Sender =
  | readonly Office[]
  | 'any-party'
  | 'deciding-side'
  | 'attesting'
  | 'reviewing'
  | 'second-person'
  | 'proposing'
  | 'system';
export interface CommandRule {
  readonly by: Sender;
  readonly stages: readonly (Stage | 'interim-care')[];
}

const office = (kind: PartyKind, ...roles: Role[]): Office => ({ kind, roles });
/** Who runs cases at the mediator's, and whose a case can be. */
export const officerRoles = ['case-officer', 'lead'] as const satisfies readonly Role[];
const mediator = office('mediator', ...officerRoles);
const lead = office('mediator', 'lead');
const dutyMediator = office('mediator', 'lead', 'duty-officer');
const requesting = office('requesting', 'official', 'decider');
const holding = office('holding', 'official', 'decider');
const interviewer = office('mediator', 'interviewer');
const hostInterviewer = office('host', 'interviewer');
const host = office('host', 'host', 'clinician');
const clinician = office('host', 'clinician');
const dispatcher = office('escort', 'dispatcher', 'duty-officer');
const escort = office('escort', 'escort');
const receiver = office('receiving', 'receiver', 'official');

const planned = ['verification', 'agreement', 'preparation', 'hosting'] as const;
const preparing = ['agreement', 'preparation', 'hosting'] as const;
const travelling = ['transit', 'handover'] as const;
/** On the way too: a recipient nominated there is verified before the handover. */
const factFinding = ['tracing', ...planned, ...travelling, 'interim-care'] as const;
/** A closed case still takes what stops and what takes back: recorded, and told to all. */
const always = [...openStages, 'closed'] as const;
const untilHandedOver = [...beforeDeparture, ...travelling, 'interim-care'] as const;

export const commandTable = {
  openCase: { by: [requesting, mediator], stages: [] },
  acknowledgeCase: { by: [mediator], stages: beforeDeparture },
  // Who may give away whose case, its own rule asks.
  assignOfficer: { by: [mediator], stages: openStages },
  flagDuplicate: { by: [mediator, requesting, holding], stages: beforeDeparture },
  settleDuplicate: { by: [mediator], stages: openStages },
  acceptFile: { by: [mediator], stages: ['intake'] },
  reportWhereabouts: { by: [holding], stages: ['intake', 'tracing'] },
  answerTrace: { by: [holding], stages: ['intake', 'tracing'] },
  traceFurther: { by: [mediator], stages: ['intake', 'tracing'] },
  attestFacet: { by: 'attesting', stages: factFinding },
  reviewAttestation: { by: 'reviewing', stages: factFinding },
  reopenFacet: { by: [mediator], stages: factFinding },
  // At the door those who stand there name somebody; two decide.
  nominateRecipient: { by: [requesting, mediator, receiver], stages: untilHandedOver },
  approveRecipient: { by: 'deciding-side', stages: [...travelling, 'interim-care'] },
  reportRecipientUnavailable: { by: [requesting, mediator, receiver], stages: untilHandedOver },
  recordHearing: { by: [interviewer, hostInterviewer], stages: untilHandedOver },
  // Not the holding side: what it says of papers is a facet.
  identifyChild: {
    by: [
      ...[host, hostInterviewer, escort, receiver, requesting],
      office('mediator', 'case-officer', 'lead', 'duty-officer', 'interviewer'),
    ],
    stages: untilHandedOver,
  },
  determineBestInterests: { by: [lead], stages: factFinding },
  reviseDossier: { by: [requesting, mediator], stages: openStages },
  proposePlan: { by: [mediator], stages: planned },
  approvePlan: { by: 'deciding-side', stages: planned },
  objectToPlan: { by: 'deciding-side', stages: planned },
  withdrawApproval: { by: 'deciding-side', stages: always },
  relayDecision: { by: [mediator], stages: always },
  confirmRelay: { by: [mediator], stages: openStages },
  rejectRelay: { by: [mediator], stages: openStages },
  repudiateRelay: { by: 'deciding-side', stages: always },
  settleCondition: { by: 'deciding-side', stages: planned },
  recordMediation: { by: [mediator], stages: planned },
  confirmTravelDocuments: { by: [requesting, holding, mediator], stages: preparing },
  confirmCarerPapers: { by: [requesting, mediator], stages: preparing },
  clearMedically: { by: [clinician, mediator], stages: [...preparing, 'transit'] },
  confirmPlace: { by: [host], stages: ['preparation'] },
  extendStay: { by: [host], stages: [...beforeDeparture, 'transit'] },
  holdCarerBed: { by: [host], stages: ['preparation', 'hosting'] },
  releaseCarerBed: { by: [host], stages: beforeDeparture },
  declinePlace: { by: [host], stages: ['preparation'] },
  // On the way too: an escort may fall ill, and only who is assigned can be heard of.
  assignEscort: { by: [dispatcher], stages: ['preparation', 'hosting', ...travelling] },
  // On the way too: who travels along from there on.
  confirmCrew: { by: [dispatcher], stages: ['preparation', 'hosting', 'transit'] },
  planLegs: { by: [dispatcher, escort, mediator], stages: ['preparation', 'hosting', 'transit'] },
  grantSafeConduct: { by: 'deciding-side', stages: ['preparation', 'hosting', 'transit'] },
  withdrawSafeConduct: { by: 'deciding-side', stages: always },
  recordArrival: { by: [host, dutyMediator], stages: [...beforeDeparture, ...travelling] },
  checkArrival: { by: [host], stages: [...beforeDeparture, 'transit'] },
  // On the way too: until the escort has taken the child, it is at the site.
  writeWelfareNote: { by: [host], stages: [...beforeDeparture, 'transit'] },
  recordVisitor: { by: [host], stages: [...beforeDeparture, 'transit'] },
  setTreatment: { by: [clinician], stages: [...beforeDeparture, 'transit'] },
  endTreatment: { by: [clinician], stages: [...beforeDeparture, 'transit'] },
  // Who has the child; its own rule asks.
  recordDose: { by: [host, escort], stages: [...beforeDeparture, ...travelling] },
  depart: { by: [lead], stages: ['preparation', 'hosting'] },
  // Whose hand it is, its own rule asks.
  giveIntoCare: { by: [host, holding, escort, dispatcher, dutyMediator], stages: travelling },
  takeIntoCare: { by: [escort, dispatcher], stages: travelling },
  checkIn: { by: [escort], stages: travelling },
  completeLeg: { by: [escort], stages: ['transit'] },
  reportIncident: { by: [escort, dispatcher, dutyMediator], stages: travelling },
  answerIncident: { by: [dutyMediator], stages: travelling },
  pauseJourney: { by: [escort, dispatcher, dutyMediator], stages: ['transit'] },
  resumeJourney: { by: [escort, dispatcher, dutyMediator], stages: ['transit'] },
  divert: { by: [escort, dispatcher, dutyMediator], stages: ['transit'] },
  reachSafePoint: { by: [escort, dispatcher, dutyMediator], stages: ['transit'] },
  decideRecall: { by: [lead], stages: [...travelling, 'interim-care'] },
  arrive: { by: [escort], stages: ['transit'] },
  reportMedicalEmergency: { by: 'any-party', stages: openStages },
  resolveMedicalEmergency: { by: [clinician, dutyMediator], stages: openStages },
  // At the site, where a plan lets care pass there: by the host, who gives the child.
  checkRecipientIdentity: { by: [receiver, host], stages: ['hosting', 'handover', 'interim-care'] },
  confirmHandover: { by: [receiver, escort, host], stages: ['hosting', 'handover', 'interim-care'] },
  // Not the escort, who does not read who is of age.
  confirmOwnArrival: { by: [receiver, dutyMediator], stages: ['handover', 'interim-care'] },
  placeInInterimCare: { by: [receiver, escort], stages: travelling },
  reportVisit: { by: [receiver], stages: ['follow-up'] },
  planReintegration: { by: [receiver], stages: ['follow-up'] },
  tellFamily: {
    by: [requesting, receiver, office('mediator', 'case-officer', 'lead', 'duty-officer')],
    stages: openStages,
  },
  // Who has it in sight, its own rule asks.
  tellChild: {
    by: [
      ...[host, hostInterviewer, escort, office('receiving', 'receiver'), holding],
      office('mediator', 'case-officer', 'interviewer'),
    ],
    stages: openStages,
  },
  resolveConcern: { by: [receiver, host, dutyMediator], stages: openStages },
  placeHold: { by: 'any-party', stages: always },
  reviewHold: { by: 'any-party', stages: openStages },
  liftHold: { by: 'any-party', stages: always },
  withdrawRequest: { by: [requesting], stages: always },
  reinstateRequest: { by: [office('requesting', 'decider')], stages: openStages },
  linkSiblings: { by: [mediator, requesting], stages: beforeDeparture },
  unlinkSiblings: { by: [lead], stages: beforeDeparture },
  waiveSiblingUnity: { by: [lead], stages: beforeDeparture },
  markUrgent: { by: [mediator, requesting, host], stages: openStages },
  recordOwnConsent: {
    by: [office('mediator', 'case-officer', 'lead', 'interviewer')],
    stages: untilHandedOver,
  },
  moveMechanism: { by: [lead], stages: beforeDeparture },
  closeCase: { by: [mediator], stages: openStages },
  reopenCase: { by: [lead], stages: ['closed'] },
  confirmProposal: { by: 'second-person', stages: always },
  rejectProposal: { by: 'proposing', stages: always },
  // Whose obligation it is, its own rule asks: owner, an office it escalates to, or the mediator's officers.
  acknowledgeObligation: { by: 'any-party', stages: openStages },
  snoozeObligation: { by: 'any-party', stages: openStages },
  reviewStalledCase: { by: [mediator], stages: openStages },
  mendAddress: { by: [mediator], stages: openStages },
  passOnAlarm: { by: [office('mediator', 'case-officer', 'lead', 'duty-officer')], stages: openStages },
  answerDuress: { by: [office('mediator', 'lead', 'duty-officer')], stages: openStages },
  observeTime: { by: 'system', stages: openStages },
  recordChecks: { by: 'system', stages: openStages },
  putPlanToSides: { by: 'system', stages: planned },
  notePlanReached: { by: 'system', stages: planned },
  requestPlace: { by: 'system', stages: ['preparation'] },
  requestEscort: { by: 'system', stages: ['preparation', 'hosting'] },
  holdWithSibling: { by: 'system', stages: ['preparation'] },
  noteClosings: { by: 'system', stages: openStages },
  noteMajority: { by: 'system', stages: openStages },
  noteSiblings: { by: 'system', stages: openStages },
  // A closed case forgets the link as well, or it would stand at one end.
  noteUnlinked: { by: 'system', stages: always },
  noteSiblingAhead: { by: 'system', stages: openStages },
  noteDuplicate: { by: 'system', stages: openStages },
  noteAbsence: { by: 'system', stages: openStages },
  noteSubstitution: { by: 'system', stages: openStages },
  noteOfficerRelieved: { by: 'system', stages: openStages },
  noteAddressFault: { by: 'system', stages: openStages },
  noteAddressMended: { by: 'system', stages: openStages },
  noteAlarmUndelivered: { by: 'system', stages: openStages },
  noteAlarmDelivered: { by: 'system', stages: openStages },
  noteDuress: { by: 'system', stages: openStages },
} as const satisfies Record<CommandType, CommandRule>;
/** What people send, and not the system. */
export type OfficialsCommandType = {
  [Type in CommandType]: (typeof commandTable)[Type]['by'] extends 'system' ? never : Type;
}[CommandType];

/** Commands whose rules look into the dossier; for others it is not read. */
const commandsReadingDossier = [
  'reportWhereabouts',
  'answerTrace',
  'attestFacet',
  'nominateRecipient',
  'recordHearing',
  'determineBestInterests',
  'proposePlan',
  'confirmTravelDocuments',
  'confirmCarerPapers',
  'clearMedically',
  'assignEscort',
  'depart',
  'checkRecipientIdentity',
  'confirmHandover',
  'waiveSiblingUnity',
  'recordOwnConsent',
  'closeCase',
  // What was proposed is judged anew when it is confirmed.
  'confirmProposal',
] as const satisfies readonly CommandType[];

export const readsDossier = (type: CommandType): boolean =>
  (commandsReadingDossier as readonly CommandType[]).includes(type);
