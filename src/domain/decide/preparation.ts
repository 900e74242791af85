/** Rules of preparation and hosting. Source: docs/rules.md, "Stages of one return"; never-rule 5 is the record's. */
import { findLivePlan } from '../facts/agreement';
import { expectedSiteOf } from '../facts/care';
import { dateIn, isOver } from '../facts/days';
import { gateBlockersOf } from '../facts/gate';
import { rejected } from '../model/rejections';
import { actPapers, judgedIn, lastDayOf, paperFault } from '../facts/papers';
import type { CaseEvent } from '../model/events';
import { findParty } from '../model/mechanism';
import { addDuration } from '../calendar/time';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { HandlerTable } from './rule-context';
import { pausedOf } from './journey';
import { plannedLegs } from './legs';

/** A child's health changes: no clearance is of any use for longer. */
const maxClearance = 'P90D';
/** One that names no date holds to the end of the second day after: at most 72 hours. */
const undatedClearance = 'P2D';

export const preparationRules: HandlerTable<
  | 'confirmTravelDocuments'
  | 'clearMedically'
  | 'requestPlace'
  | 'confirmPlace'
  | 'declinePlace'
  | 'requestEscort'
  | 'assignEscort'
  | 'planLegs'
  | 'recordArrival'
  | 'writeWelfareNote'
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
    return validUntil > lastDay
      ? rejected('beyond-paper', { field: 'validUntil' })
      : [{ type: 'TravelDocumentsConfirmed', documents, validUntil }];
  },

  clearMedically: (state, { fit, evidence = [], validUntil, note }, context) => {
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
    return fault ?? [omitUndefined({ type: 'MedicallyCleared', evidence: papers, validUntil: until, note })];
  },

  requestPlace: (state, { planVersion }) => {
    const plan = findLivePlan(state);
    if (plan?.version !== planVersion || plan.site === null || state.placeRequest || state.stay)
      return rejected('already-done');
    return [{ type: 'PlaceRequested', site: plan.site, planVersion }];
  },

  confirmPlace: (state) => {
    const site = findLivePlan(state)?.site;
    if (!site || !state.placeRequest) return rejected('no-place-asked');
    return state.stay ? rejected('already-done') : [{ type: 'PlaceHeld', site }];
  },

  declinePlace: (state, { note }) => {
    const site = findLivePlan(state)?.site;
    if (!site || !state.placeRequest) return rejected('no-place-asked');
    if (state.placeRequest.declined) return rejected('already-done');
    return [
      ...(state.stay?.status === 'held' ? [{ type: 'PlaceReleased', site } as const] : []),
      omitUndefined({ type: 'PlaceDeclined', site, note }),
    ];
  },

  requestEscort: (state, { planVersion }) => {
    const plan = findLivePlan(state);
    if (plan?.version !== planVersion || state.escortRequest) return rejected('already-done');
    return [{ type: 'EscortRequested', party: plan.escortParty, planVersion }];
  },

  assignEscort: (state, { escort }) =>
    state.escort?.official === escort ? rejected('already-done') : [{ type: 'EscortAssigned', escort }],

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
    const isBack = state.journey?.turningBack === true;
    // Back where there was no hosting, the child is with whoever had its care before.
    if (!known) return isBack ? [{ type: 'JourneyEnded' }] : rejected('unknown-site', { field: 'site' });
    if (state.stay?.status === 'occupied' && state.stay.site === known.id) return rejected('already-done');
    // Everybody may know that the journey is over; where the child now is, only those who care for it.
    const ended: CaseEvent[] = state.journey ? [{ type: 'JourneyEnded' }] : [];
    return [...ended, { type: 'ArrivedAtSite', site: known.id }];
  },

  writeWelfareNote: (state, { wellbeing, note }) =>
    state.stay?.status === 'occupied'
      ? [omitUndefined({ type: 'WelfareNoted', wellbeing, note })]
      : rejected('wrong-stage'),

  depart: (state, _command, { mechanism, now, siblings }) => {
    const blockers = gateBlockersOf(state, mechanism, now, siblings);
    const plan = findLivePlan(state);
    if (blockers.length > 0 || !plan) return rejected('gate-closed', { blockers });
    return [{ type: 'Departed', planVersion: plan.version, planHash: plan.hash }];
  },
};
