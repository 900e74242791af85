/** What is owed in preparation and hosting. */
import { findLivePlan, isOutdated } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { beginOf } from '../facts/days';
import { gateBlockersOf } from '../facts/gate';
import type { MechanismRules } from '../model/mechanism';
import type { ReturnPlan } from '../model/plan';
import { addDuration } from '../calendar/time';
import type { Instant } from '../calendar/time';
import { latest, owedBy } from './draft';
import type { Draft, DraftSource } from './draft';

export const preparationDrafts: DraftSource = (state, rules, now) => {
  const plan = findLivePlan(state);
  const since = state.preparingSince;
  if (!plan || !since) return [];
  return [
    ...paperDrafts(state, rules, plan, since),
    ...(isOutdated(state, plan)
      ? owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
          kind: 'propose-plan',
          subject: 'dossier-changed',
          since,
          commands: ['proposePlan'],
        })
      : []),
    ...placeDrafts(state, rules, since),
    ...escortDrafts(state, rules, since),
    ...goDrafts(state, rules, plan, now),
  ];
};

function paperDrafts(state: ReturnCase, rules: MechanismRules, plan: ReturnPlan, since: Instant): Draft[] {
  const papers = state.travelDocuments;
  const { clearance } = state.medical;
  const isCleared =
    clearance?.fit && !clearance.expiredAt && (clearance.validUntil ?? plan.window.from) >= plan.window.from;
  const medic = plan.site === null ? ('mediator' as const) : ('host' as const);
  const mayBeExamined = plan.site === null || state.stay?.status === 'occupied';
  return [
    ...(papers && papers.validUntil >= plan.window.to
      ? []
      : owedBy(state, rules, 'requesting', ['official', 'decider'], {
          kind: 'confirm-travel-documents',
          since: latest(since, papers?.expiredAt),
          commands: ['confirmTravelDocuments'],
        })),
    ...(isCleared || !mayBeExamined
      ? []
      : owedBy(state, rules, medic, medic === 'host' ? ['clinician'] : ['case-officer', 'lead'], {
          kind: 'clear-medically',
          since: latest(since, state.stay?.since, clearance?.expiredAt ?? clearance?.at),
          commands: ['clearMedically'],
        })),
  ];
}

function placeDrafts(state: ReturnCase, rules: MechanismRules, since: Instant): Draft[] {
  if (state.stay?.status === 'held')
    return owedBy(state, rules, 'host', ['host', 'clinician'], {
      kind: 'receive-at-site',
      since: state.stay.since,
      commands: ['recordArrival'],
    });
  if (state.stay || !state.placeRequest) return [];
  const { at, declined } = state.placeRequest;
  if (declined)
    return owedBy(state, rules, 'mediator', ['case-officer', 'lead'], {
      kind: 'propose-plan',
      subject: 'place-declined',
      since: latest(since, at),
      commands: ['proposePlan'],
    });
  return owedBy(state, rules, 'host', ['host', 'clinician'], {
    kind: 'offer-place',
    since: latest(since, at),
    commands: ['confirmPlace', 'declinePlace'],
  });
}

function escortDrafts(state: ReturnCase, rules: MechanismRules, since: Instant): Draft[] {
  if (!state.escortRequest) return [];
  if (!state.escort)
    return owedBy(state, rules, 'escort', ['dispatcher', 'duty-officer'], {
      kind: 'assign-escort',
      since: latest(since, state.escortRequest.at),
      commands: ['assignEscort'],
    });
  if (state.legs.length > 0) return [];
  return owedBy(state, rules, 'escort', ['dispatcher', 'duty-officer'], {
    kind: 'plan-legs',
    since: latest(since, state.escort.since),
    commands: ['planLegs'],
  });
}

/** Once nothing but the date keeps the child: the go is owed from the first day of the window on. */
function goDrafts(state: ReturnCase, rules: MechanismRules, plan: ReturnPlan, now: Instant): Draft[] {
  const opens = beginOf('windowFrom', plan.window.from, { state, rules });
  if (gateBlockersOf(state, rules, latest(now, opens)).length > 0) return [];
  return owedBy(state, rules, 'mediator', ['lead'], {
    kind: 'give-go',
    since: latest(state.stageSince, opens, state.medical.clearance?.at, state.escort?.since),
    commands: ['depart'],
  });
}

/** A hosted child is written about daily, whatever stage the papers are in. */
export const welfareDrafts: DraftSource = (state, rules) => {
  if (state.stay?.status !== 'occupied') return [];
  const since = state.stay.lastNoteAt ?? state.stay.since;
  return owedBy(state, rules, 'host', ['host', 'clinician'], {
    kind: 'write-welfare-note',
    since,
    due: addDuration(since, rules.welfareNoteEvery),
    commands: ['writeWelfareNote'],
  });
};
