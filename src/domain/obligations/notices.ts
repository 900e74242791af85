/** Whom an event tells: the notices an event implies, without a word of personal data. */
import { decidingSidesOf, isRestedOn } from '../facts/agreement';
import { isOnTheWay } from '../facts/care';
import type { ReturnCase } from '../model/case';
import { expiryKey, lapsesAt } from '../facts/expiries';
import type { Lapsing, Facet } from '../model/verification';
import { isTrouble } from '../model/commands';
import type { CaseEvent, EventOf, EventType, RecordedEvent } from '../model/events';
import type { PartyId } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules, Office } from '../model/mechanism';
import type { NoticeKind } from '../model/notice-kinds';
import { safetyKinds } from '../model/obligation-kinds';
import type { ObligationKind } from '../model/obligation-kinds';
import { obligationsOf } from './obligations';
import type { Obligation } from './obligations';
import { isOfficial, hasAnyRole, rolesToAsk } from '../model/parties';
import type { Actor, PartyKind, Role } from '../model/parties';
import type { Instant } from '../calendar/time';
import { findPartyOf, partiesOf } from '../facts/visibility';

export interface Notice {
  /** Unique with the event: the receiver's key to recognise a repeat. */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly party: PartyId;
  /** Empty: every official of the party. */
  readonly roles: readonly Role[];
  /** Sent at once, whatever the hour. */
  readonly safety: boolean;
  /** Set for what is about an obligation, or about what lapses: once met or renewed, what was not yet sent is silenced. */
  readonly obligation?: string;
  /** Codes for the text, e.g. the obligation's kind, the stage, the due instant. */
  readonly facts: Readonly<Record<string, string>>;
}

type NoticeDraft = Omit<Notice, 'key'>;
type NoticeBuilder<Type extends EventType> = (
  event: EventOf<Type>,
  state: ReturnCase,
  rules: MechanismRules,
) => NoticeDraft[];

const to = (
  state: ReturnCase,
  rules: MechanismRules,
  kind: PartyKind,
  roles: readonly Role[],
  rest: Omit<NoticeDraft, 'party' | 'roles' | 'facts'> & { facts?: NoticeDraft['facts'] },
): NoticeDraft[] => {
  const party = findPartyOf(state, rules, kind);
  return party ? [{ party: party.id, roles, facts: {}, ...rest }] : [];
};

const mediators: Office = { kind: 'mediator', roles: ['case-officer', 'lead'] };

function officesRenewing(lapsing: Lapsing, state: ReturnCase, { facets }: MechanismRules): Office[] {
  const others: Readonly<Record<Exclude<Lapsing, Facet>, readonly Office[]>> = {
    'travel-documents': [{ kind: 'requesting', roles: ['official', 'decider'] }],
    'medical-clearance': state.plan?.site ? [{ kind: 'host', roles: ['clinician'] }] : [],
    'escort-credential': [{ kind: 'escort', roles: ['dispatcher', 'duty-officer'] }],
    'date-window': [],
  };
  const renewing =
    lapsing in others ? others[lapsing as keyof typeof others] : (facets[lapsing as Facet]?.attestedBy ?? []);
  const byMediator = renewing.filter(({ kind }) => kind === 'mediator').flatMap(({ roles }) => roles);
  return [
    { ...mediators, roles: [...new Set([...mediators.roles, ...byMediator])] },
    ...renewing.filter(({ kind }) => kind !== 'mediator'),
  ];
}

/** To everybody who may disown it, and to those who work for them. */
const inNameOf = (
  party: PartyId,
  kind: 'relay-entered' | 'relay-confirmed',
  facts: NoticeDraft['facts'],
): NoticeDraft => ({ kind, party, roles: ['decider', 'official'], safety: true, facts });

const ofRevision = (
  kind: 'revision-proposed' | 'dossier-revised',
  material: boolean,
  state: ReturnCase,
  rules: MechanismRules,
): NoticeDraft[] =>
  decidingSidesOf(state, rules).map((party) => ({
    kind,
    party,
    roles: ['decider', 'official'],
    safety: state.journey !== undefined,
    facts: { material: material ? 'yes' : 'no' },
  }));

const actKinds = { remind: 'reminder', escalate: 'escalation', review: 'review' } as const;

/** `receivers` are those who have not heard: they are not written to once more. */
function unheard(
  party: PartyId,
  roles: readonly Role[],
  receivers: EventOf<'AlarmUndelivered'>['receivers'],
): NoticeDraft[] {
  const [first] = receivers;
  if (!first) return [];
  const { alarm, about } = first;
  const facts = { alarm, receivers: receivers.map(({ official }) => official).join(' ') };
  return [
    {
      ...{ kind: 'alarm-undelivered', party, roles, safety: true },
      facts: about === undefined ? facts : { ...facts, about },
    },
  ];
}

/** Events that tell nobody are absent: officials find them in the timeline. */
const tellers: { readonly [Type in EventType]?: NoticeBuilder<Type> } = {
  LadderStepTaken: ({ act, party, office, obligation, kind, due }, { escort }) => [
    {
      kind: actKinds[act],
      party,
      roles: office.roles,
      safety: (safetyKinds as readonly ObligationKind[]).includes(kind),
      obligation,
      facts: {
        obligation: kind,
        due,
        // Of several escorts only the one who travels with the child can do it.
        ...(escort?.party === party && office.roles.join() === 'escort' ? { official: escort.official } : {}),
      },
    },
  ],
  PlanPutToSides: ({ planVersion }, state, rules) =>
    decidingSidesOf(state, rules).map((party) => ({
      kind: 'plan-put',
      party,
      roles: ['decider'],
      safety: false,
      facts: { plan: `${planVersion}` },
    })),
  PlaceRequested: (_event, state, rules) =>
    to(state, rules, 'host', ['host', 'clinician'], { kind: 'place-asked', safety: false }),
  EscortRequested: (_event, state, rules) =>
    to(state, rules, 'escort', ['dispatcher', 'duty-officer'], { kind: 'escort-asked', safety: false }),
  ApprovalWithdrawn: ({ party }, state, rules) =>
    to(state, rules, 'mediator', ['case-officer', 'lead'], {
      kind: 'approval-withdrawn',
      safety: state.journey !== undefined,
      facts: { side: party },
    }),
  /* At once, at any hour: what was entered in a side's name may open the gate before its people are at their desks. */
  DecisionRelayed: ({ party, decision }) => [inNameOf(party, 'relay-entered', { act: decision.act })],
  RelayConfirmed: ({ party }) => [inNameOf(party, 'relay-confirmed', {})],
  /* What the sides agreed on is about to be another, or is. */
  ActProposed: ({ act }, state, rules) =>
    act.type === 'reviseDossier' ? ofRevision('revision-proposed', act.material, state, rules) : [],
  DossierRevised: ({ material }, state, rules) =>
    isRestedOn(state) ? ofRevision('dossier-revised', material, state, rules) : [],
  RecallRaised: ({ party }, state, rules) => [
    ...to(state, rules, 'mediator', ['lead', 'duty-officer'], {
      kind: 'recall-raised',
      safety: true,
      facts: { side: party },
    }),
    ...to(state, rules, 'escort', ['escort', 'duty-officer'], {
      kind: 'recall-raised',
      safety: true,
      facts: { side: party },
    }),
  ],
  /* On the way it is news for whoever is on the road, and stops nobody. */
  SafeConductWithdrawn: ({ party }, state, rules) => {
    const told = {
      kind: 'safe-conduct-withdrawn',
      safety: isOnTheWay(state),
      facts: { side: party },
    } as const;
    return [
      ...to(state, rules, 'mediator', ['case-officer', 'lead', 'duty-officer'], told),
      ...to(state, rules, 'escort', ['escort', 'dispatcher', 'duty-officer'], told),
    ];
  },
  HoldPlaced: ({ hold, party, reason }, state, rules) =>
    partiesOf(state, rules)
      .filter((id) => id !== party)
      .map((id) => ({
        kind: 'hold-placed',
        party: id,
        roles: findParty(rules, id)?.kind === 'mediator' ? ['case-officer', 'lead', 'duty-officer'] : [],
        safety: state.journey !== undefined,
        facts: { by: party, reason, hold },
      })),
  /* Somebody else than the agreed person stands at the door: nobody who could prevent a handover may not know. */
  RecipientIdentified: ({ matches }, state, rules) =>
    matches
      ? []
      : partiesOf(state, rules)
          .filter((id) => findParty(rules, id)?.kind !== 'host')
          .map((party) => ({
            kind: 'identity-mismatch',
            party,
            roles: rolesToAsk[findParty(rules, party)?.kind ?? 'observer'].atMismatch,
            safety: true,
            facts: {},
          })),
  /* Whoever relied on the stop hears that it is gone. Older events do not say whose it was. */
  HoldLifted: ({ hold, party: placedBy, by }, state, rules) =>
    placedBy === undefined
      ? []
      : [...new Set([...partiesOf(state, rules), placedBy])].map((id) => ({
          kind: 'hold-lifted',
          party: id,
          roles: findParty(rules, id)?.kind === 'mediator' ? ['case-officer', 'lead', 'duty-officer'] : [],
          safety: isOnTheWay(state),
          facts: { side: placedBy, hold, ...(by && { by }) },
        })),
  MedicalEmergencyReported: (_event, state, rules) =>
    partiesOf(state, rules).map((party) => ({
      kind: 'emergency',
      party,
      roles: [],
      safety: true,
      facts: {},
    })),
  /* About no obligation, so that it is told also where the child has arrived before the letter is out. */
  IncidentReported: ({ kind }, state, rules) => {
    if (!isTrouble(kind) || !isOnTheWay(state)) return [];
    const told = { kind: 'incident', safety: true, facts: { incident: kind } } as const;
    return [
      ...to(state, rules, 'mediator', ['duty-officer', 'lead'], told),
      ...to(state, rules, 'escort', ['dispatcher', 'duty-officer'], told),
    ];
  },
  /* Whoever else is of their party, and the mediator's duty officer: at once, not when the last attempt has failed. */
  AlarmUndelivered: ({ receivers }, state, rules) => {
    const mediator = findPartyOf(state, rules, 'mediator')?.id;
    const of = (party: PartyId) => receivers.filter((each) => each.party === party);
    return [
      ...[...new Set(receivers.map(({ party }) => party))].flatMap((party) => unheard(party, [], of(party))),
      ...(mediator === undefined
        ? []
        : unheard(
            mediator,
            ['duty-officer', 'lead'],
            receivers.filter(({ party }) => party !== mediator),
          )),
    ];
  },
  WelfareNoted: ({ wellbeing }, state, rules) =>
    wellbeing === 'concern'
      ? to(state, rules, 'mediator', ['lead', 'duty-officer'], { kind: 'welfare-concern', safety: true })
      : [],
  VisitReported: ({ visit, outcome }, state, rules) =>
    outcome === 'well'
      ? []
      : to(state, rules, 'mediator', ['case-officer', 'lead'], {
          kind: 'visit-concern',
          safety: outcome === 'concern',
          facts: { visit: `${visit}` },
        }),
  /* A child on the way without its escort is not for tomorrow's digest. */
  OfficialSubstituted: (_event, state, rules) =>
    isOnTheWay(state) && !state.escort
      ? to(state, rules, 'escort', ['dispatcher', 'duty-officer'], { kind: 'escort-asked', safety: true })
      : [],
  CaseStalled: ({ since }, state, rules) =>
    to(state, rules, 'mediator', ['lead'], { kind: 'case-stalled', safety: false, facts: { since } }),
  /* To the mediator, and to whoever can renew it. */
  ExpiryNoted: ({ lapsing, validUntil }, state, rules) => {
    const due = lapsesAt({ lapsing, validUntil }, state, rules);
    return officesRenewing(lapsing, state, rules).flatMap(({ kind, roles }) =>
      to(state, rules, kind, roles, {
        kind: 'lapses-soon',
        safety: false,
        obligation: expiryKey({ lapsing, validUntil }),
        // The day is what people read; the instant, which is of another day elsewhere, is for sorting.
        facts: { lapsing, lastDay: validUntil, ...(due !== undefined && { due }) },
      }),
    );
  },
  CaseClosed: ({ outcome }, state, rules) =>
    partiesOf(state, rules).map((party) => ({
      kind: 'case-closed',
      party,
      roles: rolesToAsk[findParty(rules, party)?.kind ?? 'observer'].atClosure,
      safety: false,
      facts: { outcome },
    })),
};

/** `state` is the case after the event. */
export function noticesOf(recorded: RecordedEvent, state: ReturnCase, rules: MechanismRules): Notice[] {
  // The table gives each type its own teller; TypeScript can't follow the pairing through the index.
  const tell = tellers[recorded.event.type] as
    ((event: CaseEvent, state: ReturnCase, rules: MechanismRules) => NoticeDraft[]) | undefined;
  const sketches = tell?.(recorded.event, state, rules) ?? [];
  return sketches.map((sketch, index) => ({
    ...sketch,
    ...saidOf(sketch, state, rules, recorded.at),
    key: `${recorded.case}:${recorded.version}:${index + 1}`,
    facts: { stage: state.stage, ...sketch.facts },
  }));
}

/** Notices that say already that something is to be done. */
const saysAlready: Partial<Record<NoticeKind, ObligationKind>> = {
  'plan-put': 'decide-on-plan',
  'place-asked': 'offer-place',
  'escort-asked': 'assign-escort',
  'case-stalled': 'review-stalled',
};

/** What such a notice is about, so that it is silenced as soon as that is met. */
function saidOf(
  { kind, party, obligation }: NoticeDraft,
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
): Pick<NoticeDraft, 'obligation'> {
  const said = saysAlready[kind];
  if (said === undefined || obligation !== undefined) return {};
  const owed = obligationsOf(state, rules, now).find((one) => one.kind === said && one.party === party);
  return owed ? { obligation: owed.key } : {};
}

const isOwedBy = ({ party, roles }: Obligation, actor: Actor): boolean =>
  isOfficial(actor) && actor.party === party && hasAnyRole(actor.roles, roles);

/**
 * Once, when something new waits for somebody (what time alone brings is said by its ladder): asked after the last event of a command, `before` being the case
 * before its first and `told` what its events told. Not of safety, whose ladders speak at once, and not of what
 * the sender's own doing left to themselves.
 */
export function waitingNoticesOf(
  before: ReturnCase | undefined,
  last: RecordedEvent,
  state: ReturnCase,
  rules: MechanismRules,
  told: readonly Notice[],
): Notice[] {
  const known = new Set(before && obligationsOf(before, rules, last.at).map(({ key }) => key));
  const said = told.map(({ kind }) => saysAlready[kind]);
  return obligationsOf(state, rules, last.at)
    .filter(
      (obligation) =>
        !known.has(obligation.key) &&
        !obligation.safety &&
        !isOwedBy(obligation, last.actor) &&
        !said.includes(obligation.kind) &&
        // The sides hear of a plan when it is put to them, a moment later.
        !(obligation.kind === 'decide-on-plan' && !state.planPutToSidesAt),
    )
    .map(({ key, kind, party, roles, due }, index) => ({
      key: `${last.case}:${last.version}:w${index + 1}`,
      kind: 'waiting',
      party,
      roles,
      safety: false,
      obligation: key,
      facts: { stage: state.stage, obligation: kind, due },
    }));
}
