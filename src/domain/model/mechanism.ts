/**
 * The rules part of a mechanism: what `decide` and `obligations` need to know of the standing arrangement.
 * Officials' names and addresses are not in it, so it may travel through Temporal.
 */
import type { PartyId, PlaceId, SiteId } from './ids';
import type { PaperKind } from './dossier-facts';
import type { PartyKind, Role } from './parties';
import type { Facet } from './verification';
import type { ObligationKind } from './obligation-kinds';
import type { Duration, Timeframe } from '../calendar/time';
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
  /** Children it can host at once. */
  readonly capacity: number;
  /** The host's unless named. */
  readonly timeZone?: string;
}

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
type LaterKind = 'mend-address' | 'pass-on-alarm' | 'confirm-proposal' | 'confirm-urgent-proposal';
/** Kinds that nobody owes under rules of before: a process that still carries those learns of them when it starts anew. */
type NewestKind =
  | 'hear-child'
  | 'identify-child'
  | 'settle-mismatch'
  | 'place-in-interim-care'
  | 'find-permanent-care'
  | 'resolve-concern';
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
  readonly facets: Readonly<Record<Facet, FacetRule>>;
  readonly sites: readonly Site[];
  readonly places: readonly PlaceId[];
  /** The zones of places that have one of their own, by place. */
  readonly placeZones?: Readonly<Record<PlaceId, string>>;
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
  /** A case looks at the clock up to so much later than due, so that thousands do not wake at once. */
  readonly reminderSpread?: Duration;
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
