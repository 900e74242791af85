/**
 * The rules part of a mechanism: what `decide` and `obligations` need to know of the standing arrangement.
 * Officials' names and addresses are not in it, so it may travel through Temporal.
 */
import type { PartyId, PlaceId, SiteId } from './ids';
import type { BorderRule } from './border';
import type { Bed, Closure } from './beds';
import type { PaperKind } from './dossier-facts';
import type { PartyKind, Role } from './parties';
import type { Modality } from './plan';
import type { PerFacet } from './verification';
import type { ObligationKind } from './obligation-kinds';
import type { Duration, LocalDate, Timeframe } from '../calendar/time';
import type { WorkingCalendar } from '../calendar/working-days';

export interface MechanismRef {
  readonly id: string;
  /** Counts from 1; a case keeps the version it was opened under until it is moved on purpose. */
  readonly version: number;
}

export interface PartyRules {
  readonly id: PartyId;
  readonly kind: PartyKind;
  /** IANA zone, e.g. `Europe/Kyiv`. */
  readonly timeZone: string;
  /** Absent: every day is a working day. */
  readonly calendar?: WorkingCalendar;
  /** First day on which nothing new may begin with it; `facts/closed.ts` reads it. */
  readonly closed?: LocalDate;
}

/** Officials of a party with any of the roles; without roles, any official of the party. */
export interface Office {
  readonly kind: PartyKind;
  readonly roles: readonly Role[];
}

export interface FacetRule {
  readonly attestedBy: readonly Office[];
  readonly reviewedBy: readonly Office[];
  /** Kinds of paper that confirm it; `papers.ts` has them where this is absent. */
  readonly papers?: readonly PaperKind[];
}

export interface Site {
  readonly id: SiteId;
  readonly party: PartyId;
  /** Beds it has at most; they are numbered from 1. */
  readonly capacity: number;
  /** The first of them, in the order of their numbers; all others are usual ones. */
  readonly beds?: readonly Bed[];
  readonly closures?: readonly Closure[];
  /** The host's unless named. */
  readonly timeZone?: string;
  /** First day on which nothing new may begin there. */
  readonly closed?: LocalDate;
}

/** What of a site the world decides and no rule: which beds there are, and when it is open. */
export type SiteState = Pick<Site, 'capacity' | 'beds' | 'closures' | 'closed'>;

/**
 * What is done at an offset from the moment an obligation arose; for the kinds in `kindsWithOwnDue` from the
 * instant it was due, because that instant follows from the case and not from the ladder.
 */
export interface LadderStep {
  readonly after: Timeframe;
  /** remind: its owner; escalate: `to` (the mediator's lead unless named); review: the mediator's weekly list. */
  readonly act: 'remind' | 'escalate' | 'review';
  readonly to?: Office;
}
/** Due after `due`; once its steps are spent, the owner is reminded again every `thenEvery`. */
export interface Ladder {
  readonly due: Timeframe;
  readonly steps: readonly LadderStep[];
  readonly thenEvery: Timeframe;
}

/** Kinds that rules of 0.1, which running cases still carry, have no ladder for. */
type LaterKind =
  'mend-address' | 'pass-on-alarm' | 'answer-duress' | 'confirm-proposal' | 'confirm-urgent-proposal';
/** Kinds that nobody owes under rules of before: a process that still carries those learns of them when it starts anew. */
type NewestKind =
  | 'hear-child'
  | 'identify-child'
  | 'settle-mismatch'
  | 'place-in-interim-care'
  | 'find-permanent-care'
  | 'answer-incident'
  | 'resolve-concern'
  | 'approve-recipient'
  | 'plan-reintegration'
  | 'confirm-crew'
  | 'weigh-trace-answer'
  | 'give-into-care'
  | 'take-into-care'
  | 'assign-officer'
  | 'tell-family'
  | 'tell-child'
  | 'rehouse-child'
  | 'grant-safe-conduct'
  | 'avoid-closed-place'
  | 'extend-stay'
  | 'verify-alternate'
  | 'bring-sibling-after';
type FirstKind = Exclude<ObligationKind, LaterKind | NewestKind>;
const laterLadders: Readonly<Record<LaterKind, Ladder>> = {
  'mend-address': {
    due: 'P2D',
    steps: [
      { after: 'P1D', act: 'remind' },
      { after: 'P3D', act: 'escalate' },
    ],
    thenEvery: 'P7D',
  },
  'pass-on-alarm': {
    due: 'PT15M',
    steps: [
      { after: 'PT10M', act: 'remind' },
      { after: 'PT20M', act: 'escalate' },
    ],
    thenEvery: 'PT30M',
  },
  'answer-duress': {
    due: 'PT5M',
    steps: [
      { after: 'PT0S', act: 'remind' },
      { after: 'PT5M', act: 'escalate' },
    ],
    thenEvery: 'PT5M',
  },
  'confirm-proposal': {
    due: 'PT8H',
    steps: [
      { after: 'PT4H', act: 'remind' },
      { after: 'PT8H', act: 'escalate' },
    ],
    thenEvery: 'P1D',
  },
  'confirm-urgent-proposal': {
    due: 'PT1H',
    steps: [
      { after: 'PT0S', act: 'remind' },
      { after: 'PT30M', act: 'remind' },
      { after: 'PT1H', act: 'escalate' },
    ],
    thenEvery: 'PT1H',
  },
};
/** Whether these rules ask for it at all. */
export const asksFor = ({ ladders }: MechanismRules, kind: ObligationKind): boolean =>
  ladders[kind] !== undefined || kind in laterLadders;
/** Only of a kind that is asked for. */
export const ladderOf = ({ ladders }: MechanismRules, kind: ObligationKind): Ladder =>
  ladders[kind] ?? laterLadders[kind as LaterKind];

export interface MechanismRules extends MechanismRef {
  readonly parties: readonly PartyRules[];
  /** Two or more; all must approve. */
  readonly decidingSides: readonly PartyId[];
  /** Deciding sides whose decisions may be relayed by the mediator. */
  readonly relayable: readonly PartyId[];
  readonly facets: PerFacet<FacetRule>;
  readonly sites: readonly Site[];
  readonly places: readonly PlaceId[];
  /** The zones of places that have one of their own, by place. */
  readonly placeZones?: Readonly<Record<PlaceId, string>>;
  /** The first day on which nothing new may begin at a place, by place; only of places that close. */
  readonly placesClosed?: Readonly<Record<PlaceId, LocalDate>>;
  /**
   * Every zone named here, by its name, as `WorkingCalendar.offsets`. Absent in rules of 0.2 and before, which running
   * processes still carry; `days.ts` has what then holds.
   */
  readonly zones?: Readonly<Record<string, readonly number[]>>;
  readonly ladders: Readonly<Record<FirstKind, Ladder>> &
    Readonly<Partial<Record<LaterKind | NewestKind, Ladder>>>;
  readonly approvalValidFor: Duration;
  /** Sides are asked again this long before their approval lapses. */
  readonly approvalNotice: Duration;
  readonly stalledAfter: {
    readonly usual: Duration;
    /** Hosted or medically urgent. */
    readonly urgent: Duration;
    readonly tracing: Duration;
  };
  /** Longest time between two signs of life on the way, unless a leg says otherwise. */
  readonly checkInEvery: Duration;
  /** How long a hearing lets a child depart; three days in rules that do not say. */
  readonly hearingValidFor?: Duration;
  /** The same of an adult; in rules that do not say, an adult is asked what a child is. `facts/adults.ts` */
  readonly adultHearingValidFor?: Duration;
  /** Ages in years; nobody is asked by age in rules that do not say. */
  readonly childsView?: ChildsViewAges;
  /** How many children may travel with one escort; `facts/crew.ts` has what holds in rules that do not say. */
  readonly escortRatio?: EscortRatio;
  /** Whether departure asks for each side's safe conduct: of these modalities, of all, or of none in rules that do not say. */
  /** No escort sets out with a movement while another is under way with them. Not asked unless named. */
  readonly escortsEngagedOnce?: boolean;
  readonly safeConduct?: { readonly asked: boolean | readonly Modality[] };
  /** Papers at the crossings; nobody looks for any in rules that do not say. `facts/border.ts` */
  readonly border?: readonly BorderRule[];
  /** How long a withdrawn request can be taken up again before its case may close; at once in rules of before. */
  readonly reinstateWithin?: Duration;
  /** Welfare notes while hosted. */
  readonly welfareNoteEvery: Duration;
  /** Offsets of the follow-up visits from handover, ascending. */
  readonly followUpVisits: readonly Duration[];
  /** Holds are reviewed at the latest after this long. */
  readonly holdReviewWithin: Duration;
  /** How often a deciding side may renew its hold; 2 in rules that do not say. */
  readonly holdRenewals?: number;
  /* Absent in rules of 0.1, which knew none of it; `pauses.ts` has what then holds. */
  readonly acknowledge?: AcknowledgeLimits;
  readonly snooze?: SnoozeLimits;
  /** Told so long before what a case rests on lapses by its date. */
  readonly expiryNotice?: Duration;
  /** How children travel together; `group/facts.ts` has what holds in rules that do not say. */
  readonly groups?: GroupTimes;
  /** A case looks at the clock up to so much later than due, so that thousands do not wake at once. */
  readonly reminderSpread?: Duration;
}

/** How a group of children sets out. */
export interface GroupTimes {
  /** The list is frozen so long before they set out, confirmed, and said go to. */
  readonly freezeBefore: Duration;
  readonly confirmBefore: Duration;
  readonly goBefore: Duration;
  /** `ready`: all who may go, go, and the others follow. `all-or-none`: one who may not keeps all. */
  readonly departure: 'ready' | 'all-or-none';
}
/** From which age what a child says weighs how much. */
export interface ChildsViewAges {
  /** Below it a specialist observes, whatever the child says. */
  readonly observedBelow: number;
  /** From it on a child is asked: nobody is too young. */
  readonly agreesFrom: number;
  /** From it on nobody determines against the child. */
  readonly decidesFrom: number;
}
/** Children who may travel with one escort: the smallest of those that hold for the child. */
export interface EscortRatio {
  readonly usual: number;
  readonly underSix: number;
  /** One that needs anything on the way. */
  readonly withNeeds: number;
}
/** How long whoever acknowledges an obligation may have until it is met. */
export interface AcknowledgeLimits {
  readonly atMost: Duration;
  readonly safetyAtMost: Duration;
}
/** How long an obligation may be put off, and how often. Never one of safety. */
export interface SnoozeLimits {
  readonly atMost: Duration;
  readonly times: number;
}

export const findParty = (rules: MechanismRules, id: PartyId): PartyRules | undefined =>
  rules.parties.find((party) => party.id === id);
