/** What is owed in preparation and hosting. */
import { findLivePlan, isOutdated } from '../facts/agreement';
import type { ReturnCase } from '../model/case';
import { siteDayBegins, siteDayOf } from '../facts/beds';
import { siteClosesAt } from '../facts/closed';
import { addDays, beginOf } from '../facts/days';
import { missingOfCrew } from '../facts/crew';
import { gateBlockersOf } from '../facts/gate';
import { isReunited, passesAtSite } from '../facts/reunion';
import { asksFor } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { ReturnPlan } from '../model/plan';
import { addDuration, earliest } from '../calendar/time';
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
    ...carerDrafts(state, rules, since),
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

/** Whoever comes to the site for the child: their papers, and there the handover. Only where a plan says so. */
function carerDrafts(state: ReturnCase, rules: MechanismRules, since: Instant): Draft[] {
  if (!passesAtSite(state) || isReunited(state)) return [];
  const { carerPapers, recipient, handover, stageSince } = state;
  const papers =
    carerPapers?.recipient === recipient.ref
      ? []
      : owedBy(state, rules, 'requesting', ['official', 'decider'], {
          kind: 'confirm-travel-documents',
          subject: 'carer',
          since: latest(since, recipient.nominatedAt),
          commands: ['confirmCarerPapers'],
        });
  if (state.stage !== 'hosting' || papers.length > 0) return papers;
  if (!handover.identity?.matches)
    return owedBy(state, rules, 'receiving', ['receiver'], {
      kind: 'check-recipient-identity',
      since: latest(stageSince, recipient.nominatedAt, handover.identity?.at),
      commands: ['checkRecipientIdentity', 'reportRecipientUnavailable'],
    });
  const { identity, confirmedBy } = handover;
  return (['receiving', 'host'] as const)
    .filter((subject) => !confirmedBy.includes(subject))
    .flatMap((subject) =>
      owedBy(state, rules, subject, subject === 'host' ? ['host', 'clinician'] : ['receiver'], {
        kind: 'confirm-handover',
        subject,
        since: identity.at,
        commands: ['confirmHandover'],
      }),
    );
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
  if (!state.escort || state.escort.credentialEndedAt)
    return owedBy(state, rules, 'escort', ['dispatcher', 'duty-officer'], {
      kind: 'assign-escort',
      since: latest(since, state.escortRequest.at, state.escort?.credentialEndedAt),
      commands: ['assignEscort'],
    });
  return [
    ...(state.legs.length > 0
      ? []
      : owedBy(state, rules, 'escort', ['dispatcher', 'duty-officer'], {
          kind: 'plan-legs',
          since: latest(since, state.escort.since),
          commands: ['planLegs'],
        })),
    ...(missingOfCrew(state, rules).length === 0
      ? []
      : owedBy(state, rules, 'escort', ['dispatcher', 'duty-officer'], {
          kind: 'confirm-crew',
          since: latest(since, state.escort.since, state.medical.clearance?.at),
          commands: ['confirmCrew'],
        })),
  ];
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

/**
 * The bed is there and nobody answers for it: the site closes, or is shut for a time in which the child would still be there.
 * Another place is found, in whatever stage the papers are. Known before the day.
 */
export const rehousingDrafts: DraftSource = (state, rules, now) => {
  if (state.stay?.status !== 'occupied' || state.journey) return [];
  const { site: id, since, leavesOn } = state.stay;
  const site = rules.sites.find((one) => one.id === id);
  const today = siteDayOf(site, now, rules);
  const shut = (site?.closures ?? [])
    .filter(({ from, to }) => to > today && (leavesOn === undefined || from < leavesOn))
    .map(({ from }) => siteDayBegins(site, from, rules));
  const closesAt = earliest([shut, siteClosesAt(id, rules) ?? []].flat());
  return closesAt === undefined
    ? []
    : owedBy(state, rules, 'mediator', ['duty-officer'], {
        kind: 'rehouse-child',
        since: latest(since, closesAt),
        commands: ['recordArrival'],
      });
};

/** Told before the nights that were held for it end: it leaves, or stays longer. */
const stayNotice = -3;
export const stayDrafts: DraftSource = ({ stay, ...state }, rules) => {
  if (stay?.leavesOn === undefined || !asksFor(rules, 'extend-stay')) return [];
  const site = rules.sites.find(({ id }) => id === stay.site);
  const [since, due] = [addDays(stay.leavesOn, stayNotice), stay.leavesOn].map((day) =>
    siteDayBegins(site, day, rules),
  );
  return since === undefined || due === undefined
    ? []
    : owedBy({ ...state, stay }, rules, 'host', ['host', 'clinician'], {
        kind: 'extend-stay',
        since: latest(stay.since, since),
        due,
        commands: ['extendStay'],
      });
};

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
