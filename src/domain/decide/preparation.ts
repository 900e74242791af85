/** Rules of preparation and hosting. Source: docs/rules.md, "Stages of one return"; never-rule 5 is the record's. */
import { isReunited, passesAtSite } from '../facts/reunion';
import { findLivePlan } from '../facts/agreement';
import { borderFindingsOf } from '../facts/border';
import { expectedSiteOf } from '../facts/care';
import { dateIn, isOver } from '../facts/days';
import { engagedElsewhere, isEngagedElsewhere } from '../facts/engagements';
import { keptCredentialOf } from '../facts/escorts';
import { perEscortByAge } from '../facts/crew';
import { gateBlockersOf } from '../facts/gate';
import { rejected } from '../model/rejections';
import { actPapers, judgedIn, lastDayOf, paperFault } from '../facts/papers';
import { travelNeeds } from '../model/commands';
import type { CheckFinding, TravelNeed } from '../model/commands';
import type { ReturnCase } from '../model/case';
import type { DocumentRef } from '../model/ids';
import type { CaseEvent } from '../model/events';
import { asksFor, findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import { hasSetOut } from '../facts/transfer';
import { addDuration } from '../calendar/time';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { HandlerTable, RuleContext } from './rule-context';
import { pausedOf } from './journey';
import { plannedLegs } from './legs';

/** A child's health changes: no clearance is of any use for longer. */
const maxClearance = 'P90D';
/** One that names no date holds to the end of the second day after: at most 72 hours. */
const undatedClearance = 'P2D';

/** Rules of before asked nobody whose hand the child is in. */
const handToHand = (rules: MechanismRules): { transfer?: true } =>
  asksFor(rules, 'take-into-care') ? { transfer: true } : {};

/** What the border file asks for and these papers of the child do not cover: told, and decided by people. */
function beyondPapers(
  state: ReturnCase,
  documents: readonly DocumentRef[],
  { dossier, mechanism: rules, now }: RuleContext,
): CheckFinding[] {
  if (!dossier) return [];
  const named = dossier.documents.filter(({ ref, holder }) => holder !== 'child' || documents.includes(ref));
  const today = dateIn('checked', now, { state, rules });
  return borderFindingsOf({ state, rules, dossier: { ...dossier, documents: named }, today });
}

/** Each once, however it was said. */
const inOrder = (named: readonly TravelNeed[]): TravelNeed[] =>
  travelNeeds.filter((need) => named.includes(need));

export const preparationRules: HandlerTable<
  | 'confirmTravelDocuments'
  | 'confirmCarerPapers'
  | 'clearMedically'
  | 'requestPlace'
  | 'requestEscort'
  | 'assignEscort'
  | 'confirmCrew'
  | 'planLegs'
  | 'recordArrival'
  | 'depart'
> = {
  confirmTravelDocuments: (state, { documents, validUntil }, context) => {
    const { now, mechanism } = context;
    if (isOver('validUntil', validUntil, now, { state, rules: mechanism }))
      return rejected('date-past', { field: 'validUntil' });
    const judged = judgedIn(state, context);
    const fault = paperFault('documents', documents, actPapers.travelDocuments, judged);
    if (fault) return fault;
    // A border takes no paper of which nobody knows until when it holds.
    const lastDay = lastDayOf(documents, actPapers.travelDocuments, judged);
    if (lastDay === undefined) return rejected('paper-unfit', { field: 'documents' });
    if (validUntil > lastDay) return rejected('beyond-paper', { field: 'validUntil' });
    const findings = beyondPapers(state, documents, context);
    return [
      omitUndefined({
        type: 'TravelDocumentsConfirmed',
        documents,
        validUntil,
        findings: findings.length > 0 ? findings : undefined,
      }),
    ];
  },

  confirmCarerPapers: (state, { documents, permission, validUntil }, context) => {
    if (!passesAtSite(state)) return rejected('nothing-to-decide');
    if (isOver('validUntil', validUntil, context.now, { state, rules: context.mechanism }))
      return rejected('date-past', { field: 'validUntil' });
    const judged = judgedIn(state, context);
    const fault =
      paperFault('documents', documents, actPapers.carer, judged) ??
      paperFault('permission', [permission], actPapers.permission, judged);
    if (fault) return fault;
    // What ends first is what they stand on.
    const ends = [
      lastDayOf(documents, actPapers.carer, judged),
      lastDayOf([permission], actPapers.permission, judged),
    ].filter((end) => end !== undefined);
    if (ends.some((end) => validUntil > end)) return rejected('beyond-paper', { field: 'validUntil' });
    const { ref: recipient } = state.recipient;
    return [{ type: 'CarerPapersConfirmed', recipient, documents, permission, validUntil }];
  },

  clearMedically: (state, { fit, evidence = [], validUntil, needs = [], note }, context) => {
    const { now, mechanism } = context;
    const calendars = { state, rules: mechanism };
    if (isOver('validUntil', validUntil, now, calendars))
      return rejected('date-past', { field: 'validUntil' });
    // The safe direction needs nobody's paper.
    if (!fit)
      return [omitUndefined({ type: 'ClearanceWithheld', note }), ...pausedOf(state, context, 'health')];
    const latest = dateIn('validUntil', addDuration(now, maxClearance), calendars);
    if (validUntil !== undefined && validUntil > latest)
      return rejected('date-too-far', { field: 'validUntil' });
    const isClinician = officialOf(context).roles.includes('clinician');
    const fault =
      isClinician && evidence.length === 0
        ? undefined
        : paperFault('evidence', evidence, actPapers.clearance, judgedIn(state, context));
    const papers = evidence.length > 0 ? evidence : undefined;
    const until = validUntil ?? dateIn('validUntil', addDuration(now, undatedClearance), calendars);
    return (
      fault ?? [
        omitUndefined({
          type: 'MedicallyCleared',
          evidence: papers,
          validUntil: until,
          needs: needs.length > 0 ? inOrder(needs) : undefined,
          note,
        }),
      ]
    );
  },

  requestPlace: (state, { planVersion }) => {
    const plan = findLivePlan(state);
    if (plan?.version !== planVersion || plan.site === null || state.placeRequest || state.stay)
      return rejected('already-done');
    return [{ type: 'PlaceRequested', site: plan.site, planVersion }];
  },

  requestEscort: (state, { planVersion }) => {
    const plan = findLivePlan(state);
    if (plan?.version !== planVersion || state.escortRequest) return rejected('already-done');
    return [{ type: 'EscortRequested', party: plan.escortParty, planVersion }];
  },

  assignEscort: (state, { escort }, context) => {
    const { mechanism: rules, now } = context;
    const credential = keptCredentialOf(escort, context);
    if (isOver('validUntil', credential.credentialUntil, now, { state, rules }))
      return rejected('escort-credential-ended', { field: 'escort' });
    const { official, credentialUntil } = state.escort ?? {};
    const isSame = official === escort;
    // Again, once their credential was renewed.
    if (isSame && credentialUntil === credential.credentialUntil) return rejected('already-done');
    if (isEngagedElsewhere(escort, context.underWay)) return rejected('escort-engaged', { field: 'escort' });
    return [
      omitUndefined({
        type: 'EscortAssigned',
        escort,
        ...(state.journey && !isSame && handToHand(rules)),
        perEscort: perEscortByAge(state, context),
        ...credential,
      }),
    ];
  },

  confirmCrew: (state, { has, escorts, children, note }) =>
    state.escort
      ? [omitUndefined({ type: 'CrewConfirmed', has: inOrder(has), escorts, children, note })]
      : rejected('escort-unassigned'),

  planLegs: plannedLegs,

  /* Where a child is, is a fact: taken in every stage, whatever was planned. Going on is the gate's. */
  recordArrival: (state, command, context) => {
    const { mechanism } = context;
    const { party } = officialOf(context);
    const site = command.site ?? expectedSiteOf(state);
    const known = mechanism.sites.find(({ id }) => id === site);
    if (site !== undefined && !known) return rejected('unknown-site', { field: 'site' });
    const isHost = findParty(mechanism, party)?.kind === 'host';
    if (isHost && known?.party !== party) return rejected('not-your-command');
    // Back, or never left.
    const isBack = state.journey?.turningBack === true || (state.journey && !hasSetOut(state));
    // Back where there was no hosting, the child is with whoever had its care before.
    if (!known) return isBack ? [{ type: 'JourneyEnded' }] : rejected('unknown-site', { field: 'site' });
    if (state.stay?.status === 'occupied' && state.stay.site === known.id)
      return state.journey ? [{ type: 'JourneyEnded' }] : rejected('already-done');
    // Everybody may know that the journey is over; where the child now is, only those who care for it.
    const ended: CaseEvent[] = state.journey ? [{ type: 'JourneyEnded' }] : [];
    return [...ended, { type: 'ArrivedAtSite', site: known.id }];
  },

  depart: (state, _command, { mechanism, now, siblings, underWay }) => {
    const blockers = gateBlockersOf(state, mechanism, now, siblings);
    const plan = findLivePlan(state);
    if (blockers.length > 0 || !plan) return rejected('gate-closed', { blockers });
    if (isEngagedElsewhere(state.escort?.official, underWay))
      return rejected('escort-engaged', { blockers: [engagedElsewhere] });
    return [
      {
        type: 'Departed',
        planVersion: plan.version,
        planHash: plan.hash,
        // The child is with its carer already: nobody gives it.
        ...(isReunited(state) ? {} : handToHand(mechanism)),
        ...(underWay && { movement: underWay.movement }),
      },
    ];
  },
};
