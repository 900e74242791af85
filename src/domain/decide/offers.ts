/**
 * What one official may do in a case now, and about what: every command that `decide` would not refuse for how things
 * stand. A sample of each command is put to the rules; what they refuse for its content alone (a paper, a date, a note)
 * somebody can write otherwise, so it is offered. What only hidden things hinder is offered, too: `http-no-oracles.md`.
 */
import { openIncidentsOf } from '../facts/care';
import { decidingSidesOf } from '../facts/agreement';
import { fitsStage, maySend } from '../facts/allowed-commands';
import { blockersFor } from '../readers/blocker-readers';
import type { ReturnCase } from '../model/case';
import { type commandTable } from '../model/command-table';
import { childMilestones, milestones } from '../model/telling';
import { closureOutcomes, recallOutcomes, traceAnswers } from '../model/commands';
import { dosesToRecord } from '../facts/treatments';
import { doseOutcomes } from '../model/hosting';
import { heardAbout } from '../facts/hearing';
import type { RecipientRef } from '../model/ids';
import { alternatesOf, mayNominate } from '../facts/alternates';
import type { CommandOf, CommandType } from '../model/commands';
import { refusalFor } from './decide';
import type { DecisionContext } from './rule-context';
import { readsObligation } from '../readers/obligation-readers';
import { obligationsOf } from '../obligations/obligations';
import { findParty } from '../model/mechanism';
import type { OfficialActor } from '../model/parties';
import type { RejectionCode } from '../model/rejections';
import { addDuration, dateOf } from '../calendar/time';
import { facets } from '../model/verification';

export interface Offer {
  readonly type: OfferedType;
  /** What it can be about; absent where there is nothing to choose. */
  readonly subjects?: readonly string[];
}
/** Asked by people; an opening is of no case. */
export type OfferedType = Exclude<
  { [Type in CommandType]: (typeof commandTable)[Type]['by'] extends 'system' ? never : Type }[CommandType],
  'openCase'
>;

/** Beside the rules: who of the reader's party may travel along or have a case, and up to which version the mechanism can be moved. */
export interface Offering extends DecisionContext {
  readonly escorts?: readonly string[];
  /** Of the reader’s party, whose a case can be. */
  readonly officers?: readonly string[];
  readonly newestMechanism?: number;
}
interface Asked extends Offering {
  readonly state: ReturnCase;
  readonly actor: OfficialActor;
}

/** Of one command: without a choice one sample; else several for each thing it can be about. */
type Samples<Type extends CommandType> =
  CommandOf<Type> | readonly (readonly [subject: string, ...samples: readonly CommandOf<Type>[]])[];
type Sampler<Type extends CommandType> = (asked: Asked) => Samples<Type>;

const otherCase = '0000-0000';
const noHash = '0'.repeat(64);
const each = <Item, Type extends CommandType>(
  items: readonly Item[],
  row: (item: Item) => readonly [string, ...CommandOf<Type>[]],
) => items.map(row);
const inAWhile = ({ now }: Asked): string => addDuration(now, 'PT5M');
const inDays = ({ now }: Asked, days: number): string => dateOf(addDuration(now, `P${days}D`));
const planOf = ({ state }: Asked) => ({
  planVersion: state.plan?.version ?? 0,
  planHash: state.plan?.hash ?? '',
});
const owed = ({ state, mechanism, now, actor }: Asked) => {
  const kind = findParty(mechanism, actor.party)?.kind ?? 'observer';
  return obligationsOf(state, mechanism, now).filter((one) =>
    readsObligation({ party: actor.party, kind }, one),
  );
};
const aboutWhom = (state: ReturnCase): Pick<CommandOf<'recordHearing'>, 'recipient'> => {
  const recipient = heardAbout(state);
  return recipient === undefined ? {} : { recipient };
};
/** Of the recipient, and of each alternate. */
const ofPersons = (state: ReturnCase): readonly { recipient?: RecipientRef }[] => [
  {},
  ...alternatesOf(state).map((recipient) => ({ recipient })),
];
const anyPaper = ({ dossier }: Asked): string => dossier?.documents[0]?.ref ?? '';

const samplers: { readonly [Type in OfferedType]: Sampler<Type> } = {
  acknowledgeCase: () => ({ type: 'acknowledgeCase' }),
  assignOfficer: ({ officers = [] }) =>
    each(officers, (officer) => [
      officer,
      { type: 'assignOfficer', officer },
      // Whoever has it already can be given a deputy.
      ...officers
        .filter((deputy) => deputy !== officer)
        .map((deputy) => ({ type: 'assignOfficer', officer, deputy }) as const),
    ]),
  flagDuplicate: () => ({ type: 'flagDuplicate', other: otherCase }),
  settleDuplicate: ({ state }) =>
    each(state.duplicates, ({ other }) => [
      other,
      { type: 'settleDuplicate', other, verdict: 'same' },
      { type: 'settleDuplicate', other, verdict: 'distinct' },
    ]),
  acceptFile: () => ({ type: 'acceptFile' }),
  reportWhereabouts: () => ({ type: 'reportWhereabouts', evidence: [] }),
  answerTrace: (asked) =>
    each(traceAnswers, (answer) => [
      answer,
      { type: 'answerTrace', answer, courtDate: inDays(asked, 7), note: '' },
    ]),
  traceFurther: () => ({ type: 'traceFurther', note: '' }),
  attestFacet: () =>
    each(facets, (facet) => [facet, { type: 'attestFacet', facet, finding: 'insufficient', evidence: [] }]),
  reviewAttestation: ({ state }) =>
    each(facets, (facet) => [
      facet,
      ...ofPersons(state).map(
        (of) => ({ type: 'reviewAttestation', facet, ...of, verdict: 'returned' }) as const,
      ),
    ]),
  reopenFacet: ({ state }) =>
    each(facets, (facet) => [
      facet,
      ...ofPersons(state).map((of) => ({ type: 'reopenFacet', facet, ...of }) as const),
    ]),
  nominateRecipient: ({ state, dossier, mechanism, actor }) => {
    const kind = findParty(mechanism, actor.party)?.kind;
    const known = (dossier?.recipients ?? []).filter(({ ref }) => mayNominate(state, ref, kind));
    return each(known, ({ ref }) => [
      ref,
      { type: 'nominateRecipient', recipient: ref, dossierVersion: state.dossier.version },
    ]);
  },
  approveRecipient: ({ state }) => ({ type: 'approveRecipient', recipient: state.recipient.ref }),
  reportRecipientUnavailable: () => ({ type: 'reportRecipientUnavailable' }),
  recordHearing: ({ state }) => ({
    type: 'recordHearing',
    ...aboutWhom(state),
    answer: 'willing',
  }),
  identifyChild: () => ({ type: 'identifyChild', how: 'features', matches: false }),
  determineBestInterests: (asked) => ({
    type: 'determineBestInterests',
    outcome: 'return',
    determination: anyPaper(asked),
  }),
  reviseDossier: ({ state }) => ({
    type: 'reviseDossier',
    dossier: { version: state.dossier.version + 1, hash: noHash },
    facets: [],
    material: false,
  }),
  proposePlan: (asked) => ({
    type: 'proposePlan',
    terms: {
      recipient: asked.state.recipient.ref,
      window: { from: inDays(asked, 7), to: inDays(asked, 28) },
      modality: 'mixed',
      site: asked.state.stay?.site ?? null,
      handoverPlace: asked.mechanism.places[0] ?? '',
      escortParty: '',
      receivingParty: '',
      companions: [],
    },
  }),
  approvePlan: (asked) => ({ type: 'approvePlan', ...planOf(asked), conditions: [] }),
  objectToPlan: (asked) => ({ type: 'objectToPlan', ...planOf(asked), reason: 'other' }),
  withdrawApproval: () => ({ type: 'withdrawApproval' }),
  relayDecision: ({ state, mechanism, now }) =>
    each(decidingSidesOf(state, mechanism), (party) => [
      party,
      {
        type: 'relayDecision',
        relay: 'relay',
        party,
        decision: { act: 'withdraw' },
        source: { channel: 'letter', reference: '', dated: dateOf(now), documentHash: noHash },
      },
    ]),
  confirmRelay: ({ state }) =>
    each(state.pendingRelays, ({ id }) => [id, { type: 'confirmRelay', relay: id }]),
  rejectRelay: ({ state }) => each(state.pendingRelays, ({ id }) => [id, { type: 'rejectRelay', relay: id }]),
  repudiateRelay: ({ state }) => each(state.relays, ({ id }) => [id, { type: 'repudiateRelay', relay: id }]),
  settleCondition: ({ state, actor }) =>
    each(state.decisions[actor.party]?.conditions ?? [], ({ id }) => [
      id,
      { type: 'settleCondition', condition: id, outcome: 'met' },
    ]),
  recordMediation: ({ state, mechanism }) =>
    each(decidingSidesOf(state, mechanism), (party) => [party, { type: 'recordMediation', party }]),
  confirmTravelDocuments: (asked) => ({
    type: 'confirmTravelDocuments',
    documents: [],
    validUntil: inDays(asked, 30),
  }),
  confirmCarerPapers: (asked) => ({
    type: 'confirmCarerPapers',
    documents: [],
    permission: '',
    validUntil: inDays(asked, 30),
  }),
  clearMedically: () => ({ type: 'clearMedically', fit: false }),
  confirmPlace: () => ({ type: 'confirmPlace' }),
  extendStay: (asked) => ({ type: 'extendStay', leavesOn: inDays(asked, 4000) }),
  holdCarerBed: (asked) => ({ type: 'holdCarerBed', leavesOn: inDays(asked, 4000) }),
  releaseCarerBed: () => ({ type: 'releaseCarerBed' }),
  declinePlace: () => ({ type: 'declinePlace' }),
  assignEscort: ({ escorts = [] }) => each(escorts, (escort) => [escort, { type: 'assignEscort', escort }]),
  confirmCrew: () => ({ type: 'confirmCrew', has: [], escorts: 1, children: 1 }),
  planLegs: (asked) => {
    const { state, mechanism } = asked;
    const to = state.plan?.handoverPlace ?? '';
    const from = mechanism.places.find((place) => place !== to) ?? to;
    const departAt = asked.now;
    return { type: 'planLegs', legs: [{ id: 'leg', from, to, departAt, arriveAt: inAWhile(asked) }] };
  },
  grantSafeConduct: (asked) => ({
    type: 'grantSafeConduct',
    legs: asked.state.legs.map(({ id }) => id),
    opens: asked.now,
    until: inAWhile(asked),
  }),
  withdrawSafeConduct: () => ({ type: 'withdrawSafeConduct' }),
  recordArrival: ({ mechanism: { sites } }) =>
    sites.length === 0
      ? { type: 'recordArrival' }
      : each(sites, ({ id: site }) => [site, { type: 'recordArrival', site }]),
  checkArrival: () => ({
    type: 'checkArrival',
    recognised: 'recognised',
    health: 'well',
    belongings: 'with',
  }),
  writeWelfareNote: () => ({ type: 'writeWelfareNote', wellbeing: 'well' }),
  recordVisitor: () => ({ type: 'recordVisitor', kind: 'other' }),
  setTreatment: () => ({ type: 'setTreatment', kind: 'medicine', times: ['00:00'], note: '' }),
  endTreatment: ({ state: { treatments = [] } }) =>
    each(treatments, ({ id }) => [id, { type: 'endTreatment', treatment: id }]),
  // What was said of it may have been wrong: it is there to be said otherwise.
  recordDose: ({ state, mechanism, now, actor }) =>
    each(dosesToRecord(state, mechanism, now, actor), ({ id }) => [
      id,
      ...doseOutcomes.map((outcome) => ({ type: 'recordDose', dose: id, outcome }) as const),
    ]),
  depart: () => ({ type: 'depart' }),
  giveIntoCare: () => ({ type: 'giveIntoCare', note: '' }),
  takeIntoCare: () => ({ type: 'takeIntoCare', note: '' }),
  checkIn: () => ({ type: 'checkIn' }),
  completeLeg: ({ state }) => each(state.legs, ({ id }) => [id, { type: 'completeLeg', leg: id }]),
  reportIncident: () => ({ type: 'reportIncident', kind: 'other' }),
  answerIncident: ({ state }) =>
    each(openIncidentsOf(state), ({ id }) => [id, { type: 'answerIncident', incident: id, note: 'note' }]),
  pauseJourney: () => ({ type: 'pauseJourney', kind: 'other' }),
  resumeJourney: () => ({ type: 'resumeJourney' }),
  divert: ({ mechanism }) => ({ type: 'divert', place: mechanism.places[0] ?? '', kind: 'other' }),
  reachSafePoint: ({ mechanism }) => ({ type: 'reachSafePoint', place: mechanism.places[0] ?? '' }),
  decideRecall: () => each(recallOutcomes, (outcome) => [outcome, { type: 'decideRecall', outcome }]),
  arrive: () => ({ type: 'arrive' }),
  reportMedicalEmergency: () => ({ type: 'reportMedicalEmergency' }),
  resolveMedicalEmergency: () => ({ type: 'resolveMedicalEmergency', fitToTravel: false }),
  checkRecipientIdentity: () => ({ type: 'checkRecipientIdentity', matches: false, documentHash: noHash }),
  confirmHandover: () => ({ type: 'confirmHandover' }),
  confirmOwnArrival: () => ({ type: 'confirmOwnArrival' }),
  placeInInterimCare: ({ mechanism }) => ({
    type: 'placeInInterimCare',
    kind: 'centre',
    place: mechanism.places[0] ?? '',
  }),
  reportVisit: ({ mechanism }) =>
    each(
      mechanism.followUpVisits.map((_offset, index) => index + 1),
      (visit) => [`${visit}`, { type: 'reportVisit', visit, outcome: 'well' }],
    ),
  planReintegration: (asked) => ({
    type: 'planReintegration',
    owner: asked.actor.party,
    papers: inDays(asked, 30),
  }),
  tellFamily: () =>
    each(milestones, (of) => [of, { type: 'tellFamily', of, how: 'telephone', language: 'en' }]),
  tellChild: () =>
    each(childMilestones, (of) => [of, { type: 'tellChild', of, how: 'in-person', language: 'en' }]),
  resolveConcern: ({ state }) =>
    each(state.concerns ?? [], ({ id }) => [
      id,
      { type: 'resolveConcern', concern: id, outcome: 'referred' },
    ]),
  placeHold: () => ({ type: 'placeHold', hold: 'hold', reason: 'other' }),
  reviewHold: (asked) =>
    each(asked.state.holds, ({ id }) => [id, { type: 'reviewHold', hold: id, reviewBy: inDays(asked, 2) }]),
  liftHold: ({ state }) =>
    each(state.holds, ({ id }) => [id, { type: 'liftHold', hold: id, ground: 'other' }]),
  withdrawRequest: () => ({ type: 'withdrawRequest' }),
  reinstateRequest: () => ({ type: 'reinstateRequest' }),
  linkSiblings: () => ({ type: 'linkSiblings', siblings: [otherCase] }),
  unlinkSiblings: ({ state }) => ({ type: 'unlinkSiblings', siblings: state.siblings, note: 'note' }),
  waiveSiblingUnity: (asked) => ({
    type: 'waiveSiblingUnity',
    determination: anyPaper(asked),
    waiver: anyPaper(asked),
  }),
  markUrgent: ({ state }) => ({ type: 'markUrgent', medicallyUrgent: !state.medicallyUrgent }),
  recordOwnConsent: (asked) => ({ type: 'recordOwnConsent', given: true, document: anyPaper(asked) }),
  moveMechanism: ({ state, newestMechanism }) => ({
    type: 'moveMechanism',
    version: newestMechanism ?? state.mechanism.version,
  }),
  closeCase: () => each(closureOutcomes, (outcome) => [outcome, { type: 'closeCase', outcome, note: '' }]),
  reopenCase: () => ({ type: 'reopenCase', reason: 'other' }),
  confirmProposal: ({ state }) =>
    each(state.proposals ?? [], ({ id }) => [id, { type: 'confirmProposal', proposal: id }]),
  rejectProposal: ({ state }) =>
    each(state.proposals ?? [], ({ id }) => [id, { type: 'rejectProposal', proposal: id }]),
  acknowledgeObligation: (asked) =>
    each(owed(asked), ({ key }) => [
      key,
      { type: 'acknowledgeObligation', obligation: key, until: inAWhile(asked) },
    ]),
  snoozeObligation: (asked) =>
    each(owed(asked), ({ key }) => [
      key,
      { type: 'snoozeObligation', obligation: key, until: inAWhile(asked), reason: 'awaiting-family' },
    ]),
  reviewStalledCase: (asked) => ({
    type: 'reviewStalledCase',
    next: 'keep-waiting',
    reviewBy: inDays(asked, 2),
  }),
  mendAddress: ({ state }) =>
    each(state.addressFaults ?? [], ({ party, official }) => [
      official ?? party,
      { type: 'mendAddress', party, ...(official !== undefined && { official }) },
    ]),
  answerDuress: ({ state }) =>
    each(state.duress ?? [], ({ official }) => [
      official,
      { type: 'answerDuress', official, outcome: 'safe-now' },
    ]),
  passOnAlarm: ({ state }) =>
    each(state.unheardAlarms ?? [], ({ party, official }) => [
      official,
      { type: 'passOnAlarm', party, official },
    ]),
};

/** Refusals that another paper, date, place or word would lift: no fact of the case stands behind them. */
export const refusalsOfContent: readonly RejectionCode[] = [
  'unknown-site',
  'unknown-place',
  'unknown-party',
  'closed-for-new',
  'unknown-official',
  'unknown-document',
  'paper-missing',
  'paper-unfit',
  'beyond-paper',
  'date-too-far',
  'date-missing',
  'date-past',
  'date-future',
  'window-past',
  'window-inverted',
  'legs-disordered',
  'legs-outside-window',
  'check-in-too-rare',
  'ground-required',
  'note-required',
  'pause-too-long',
  'plan-unchanged',
];

/** In the command table's order. */
export function offersFor(state: ReturnCase, actor: OfficialActor, offering: Offering): Offer[] {
  const asked: Asked = { ...offering, actor, state: asKnownTo(actor, state, offering) };
  const types = (Object.keys(samplers) as OfferedType[]).filter(
    (type) => maySend(type, actor, asked.state, offering.mechanism) && fitsStage(type, asked.state),
  );
  return types.flatMap((type): Offer[] => {
    const samples = (samplers[type] as Sampler<OfferedType>)(asked);
    if (!isChoice(samples)) return isOffered(samples, asked) ? [{ type }] : [];
    const subjects = samples.flatMap(([subject, ...rest]) =>
      rest.some((sample) => isOffered(sample, asked)) ? [subject] : [],
    );
    return subjects.length > 0 ? [{ type, subjects }] : [];
  });
}
const isChoice = (
  samples: Samples<OfferedType>,
): samples is Exclude<Samples<OfferedType>, CommandOf<OfferedType>> => Array.isArray(samples);

function isOffered(command: CommandOf<OfferedType>, { state, actor, ...context }: Asked): boolean {
  const refusal = refusalFor(state, { actor, command }, context);
  if (refusal === undefined || refusalsOfContent.includes(refusal.code)) return true;
  // What hinders and is not theirs to read can't be told by an offer that is missing.
  const { blockers = [] } = refusal;
  const kind = findParty(context.mechanism, actor.party)?.kind;
  return blockers.length > 0 && kind !== undefined && blockersFor(kind, blockers).length === 0;
}

/**
 * That somebody of another party has an obligation wait is between them and the mediator: to others it is offered as if
 * nobody had.
 */
function asKnownTo(actor: OfficialActor, state: ReturnCase, { mechanism }: Offering): ReturnCase {
  if (!state.pauses || findParty(mechanism, actor.party)?.kind === 'mediator') return state;
  const own = Object.entries(state.pauses).filter(([, { by }]) => by.party === actor.party);
  return { ...state, pauses: Object.fromEntries(own) };
}
