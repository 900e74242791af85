/**
 * One child's return as the fold of its events. Plain JSON: it crosses Temporal's local activities and
 * continue-as-new. Whatever can be computed from these fields is not kept here.
 */
import type {
  CheckFinding,
  ClosureOutcome,
  HearingAnswer,
  HoldReason,
  Identification,
  IncidentKind,
  InterimCareKind,
  Leg,
  MajorityMilestone,
  RecallOutcome,
  ReintegrationLine,
  Stretch,
  TraceAnswer,
  TravelNeed,
  VisitOutcome,
} from './commands';
import type { Decision, PendingRelay } from './decisions';
import type { AddressFault, Pause, StalledReview, UnheardAlarm } from './reminding';
import type {
  CaseId,
  DocumentRef,
  OfficialId,
  PartyId,
  PlaceId,
  RecipientRef,
  Sha256,
  SiteId,
  NoteId,
} from './ids';
import type { EscortSkill, MovementId } from './escorts';
import type { ArrivalCheck, DayNote, Treatment, Visitor } from './hosting';
import type { MechanismRef } from './mechanism';
import type { Actor, OfficialActor } from './parties';
import type { ReturnPlan } from './plan';
import type { Proposal } from './proposals';
import type { Stage } from './stages';
import type { ChildMilestone, Told } from './telling';
import type { Transfer } from './transfer';
import type { Instant, LastDay, LocalDate } from '../calendar/time';
import type { Facet, FacetState, PerFacet } from './verification';

export interface Hold {
  readonly id: string;
  readonly party: PartyId;
  readonly by: Actor;
  readonly reason: HoldReason;
  readonly placedAt: Instant;
  readonly reviewedAt?: Instant;
  readonly reviewAt: Instant;
  /** How often it was renewed by a review; absent when never. */
  readonly renewals?: number;
  /** Said when it was placed; absent in processes of older releases. */
  readonly note?: NoteId;
}

export interface Stay {
  readonly site: SiteId;
  readonly status: 'held' | 'occupied';
  readonly since: Instant;
  /** First night and day of leaving, where they were said. */
  readonly firstNight?: LocalDate;
  readonly leavesOn?: LocalDate;
  readonly lastNoteAt?: Instant;
  readonly lastWellbeing?: 'well' | 'concern';
}

export interface Journey {
  readonly departedAt: Instant;
  readonly planVersion: number;
  readonly lastSignAt: Instant;
  readonly completedLegs: readonly string[];
  readonly paused?: { readonly since: Instant; readonly kind: IncidentKind };
  readonly turningBack?: true;
  readonly arrivedAt?: Instant;
  /** Where it was last heard to be; absent until then, and in journeys begun before this was kept. */
  readonly lastPlace?: { readonly place: PlaceId; readonly since: Instant; readonly isSafePoint?: true };
  /** From when the present escort has the child; absent until then, and in journeys begun before this was kept. */
  readonly takenAt?: Instant;
  /** The child is to pass to the escort, and not both hands have said that it has. */
  readonly transfer?: Transfer;
  /** Those over too: each has a number. Absent when nothing was reported that asks for an answer. */
  readonly incidents?: readonly Incident[];
  /** Off the planned way, and to where. */
  readonly diverted?: { readonly place: PlaceId; readonly since: Instant; readonly unplanned?: true };
}

export interface Crew {
  readonly at: Instant;
  readonly has: readonly TravelNeed[];
  readonly escorts: number;
  /** How many travel together. */
  readonly children: number;
}

/** Trouble on the road, until the mediator has answered it or the child has arrived. */
export interface Incident {
  /** `security-2`: its kind, and which of this journey it was. */
  readonly id: string;
  readonly kind: IncidentKind;
  /** When the record heard of it: only from then on can anybody answer. */
  readonly since: Instant;
  readonly over?: true;
}

/** A side will not stop the child there, from `opens` until `until`. */
export interface SafeConduct extends Stretch {
  readonly party: PartyId;
  readonly opens: Instant;
  readonly until: Instant;
  /** Set when it was relayed; repudiating that relay withdraws what the side has granted. */
  readonly relay?: string;
}

export interface Hearing {
  /** Absent of an adult who goes home to nobody. */
  readonly recipient?: RecipientRef;
  readonly answer: HearingAnswer;
  readonly heardAt: Instant;
  readonly by: OfficialActor;
}

export interface CaseOfficer {
  readonly official: OfficialId;
  /** Never the same person. */
  readonly deputy?: OfficialId;
  /** From when this official has it. */
  readonly since: Instant;
}

/** Whose word a handover asks for: who receives, and who gives. */
export type Confirmer = 'receiving' | 'escort' | 'host';

export interface Concern {
  /** `visit-3`, or `note-17` by the version of the welfare note. */
  readonly id: string;
  /** Who sees to it: whoever has the child in sight. */
  readonly party: PartyId;
  readonly since: Instant;
}

/** How many events there were for whom: few different ones, so a fold can carry it. */
export type Readership = Readonly<Record<string, number>>;

export interface ReturnCase {
  readonly id: CaseId;
  readonly mechanism: MechanismRef;
  /** The later version by which it is judged what is open, and since when. Absent: the case's own. */
  readonly closings?: { readonly version: number; readonly at: Instant };
  /** Number of events so far. */
  readonly version: number;
  readonly stage: Stage;
  readonly stageSince: Instant;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly lastProgressAt: Instant;
  readonly requestingParty: PartyId;
  readonly holdingParty: PartyId;
  readonly dossier: { readonly version: number; readonly hash: Sha256 };
  /** The version since which nothing has changed that a plan rests on; absent while that is the first. */
  readonly dossierBasis?: number;
  readonly recipient: {
    readonly ref: RecipientRef;
    /** Absent for the one the case was opened with. */
    readonly nominatedAt?: Instant;
    readonly unavailableSince?: Instant;
    /** Nominated on the way and not named in the plan: the deciding sides that have agreed to them so far. */
    readonly approvedBy?: readonly PartyId[];
    /** Of those, whose word was relayed, by which relay; disowned, it counts no more. Absent where none was. */
    readonly relayed?: readonly { readonly party: PartyId; readonly relay: string }[];
  };
  readonly medicallyUrgent: boolean;
  readonly acknowledgedAt?: Instant;
  /** Whose case it is at the mediator’s. Absent while it is nobody’s, and in cases of before. */
  readonly officer?: CaseOfficer;
  /** Since when it is nobody’s again; absent where somebody has it or nobody ever had. */
  readonly officerLeftAt?: Instant;
  readonly duplicates: readonly {
    readonly other: CaseId;
    /** Flagged, or settled once there is a verdict. */
    readonly since: Instant;
    readonly verdict?: 'same' | 'distinct';
    /** Said in the other case. */
    readonly there?: true;
    /** The other one was closed as the duplicate. */
    readonly closed?: true;
  }[];
  readonly fileAcceptedAt?: Instant;
  /** Absent while nobody has located the child. */
  readonly locatedAt?: Instant;
  /** What the holding side answered instead; without an answer it is asked anew. Absent until it answers. */
  readonly trace?: { readonly since: Instant; readonly answer?: TraceAnswer; readonly hold?: string };
  /** By facet; one that is absent is open since the opening. `facetStateOf` */
  readonly facets: PerFacet<FacetState>;
  /** The same of persons whom a plan names in the recipient’s place. Absent while nothing was found of any. */
  readonly alternateFacets?: Readonly<Record<RecipientRef, Readonly<Partial<Record<Facet, FacetState>>>>>;
  /** What the child said, in the order in which it was entered. Absent in cases that knew no hearing. */
  readonly hearings?: readonly Hearing[];
  /** What the last who saw it said: whether it is this child. Absent in cases that did not ask. */
  readonly presence?: {
    readonly matches: boolean;
    readonly how: Identification;
    readonly at: Instant;
    readonly by: OfficialActor;
    /** Since somebody said that it is not, until two find that it is. */
    readonly mismatchSince?: Instant;
  };
  readonly bestInterests?: {
    readonly outcome: 'return' | 'no-return';
    readonly determination: DocumentRef;
    readonly at: Instant;
  };
  readonly checks?: {
    readonly dossierVersion: number;
    readonly planVersion: number;
    readonly findings: readonly CheckFinding[];
  };
  /** The newest version; it may have lapsed. */
  readonly plan?: ReturnPlan;
  readonly planPutToSidesAt?: Instant;
  /** By side, when a letter about this version was first taken by its channel. Absent while none was, and in cases of before. */
  readonly planReached?: Readonly<Record<PartyId, Instant>>;
  /** The latest decision of each deciding side, lapsed ones included. */
  readonly decisions: Readonly<Record<PartyId, Decision>>;
  /** Decisions so far of each side, the source of the next sequence. */
  readonly decisionCounts: Readonly<Record<PartyId, number>>;
  readonly pendingRelays: readonly PendingRelay[];
  /** Every relay ever entered: what a side may repudiate, and ids that can't be used again. */
  readonly relays: readonly {
    readonly id: string;
    readonly party: PartyId;
    /** Absent for those carried over from before they were kept. */
    readonly documentHash?: Sha256;
    /** The plan it spoke of, if of one. */
    readonly planVersion?: number;
    /** The recipient it spoke of, if of one. */
    readonly recipient?: RecipientRef;
    readonly repudiatedAt?: Instant;
  }[];
  /** By side. */
  readonly lastMediationAt?: Readonly<Record<PartyId, Instant>>;
  /** Since when preparation runs under the present agreement; absent outside preparation and hosting. */
  readonly preparingSince?: Instant;
  readonly travelDocuments?: {
    readonly documents: readonly DocumentRef[];
    readonly validUntil: LastDay;
    readonly at?: Instant;
    readonly expiredAt?: Instant;
    /** What the border file asks for beyond them; absent where nothing. */
    readonly findings?: readonly CheckFinding[];
  };
  /** Of journeys that ended before the handover: the papers, and the places that were left behind with them. */
  readonly pastCrossings?: readonly {
    readonly documents: readonly DocumentRef[];
    readonly left: readonly PlaceId[];
  }[];
  readonly medical: {
    readonly clearance?: {
      readonly fit: boolean;
      /** A clinician found it; absent where somebody else did, or nobody knows. */
      readonly byClinician?: true;
      readonly at: Instant;
      readonly validUntil?: LocalDate;
      readonly expiredAt?: Instant;
      /** What the child needs on the way; absent where nothing was named. */
      readonly needs?: readonly TravelNeed[];
    };
    readonly emergencySince?: Instant;
  };
  /** For which plan version a place and an escort were asked for, and when. */
  readonly placeRequest?: { readonly planVersion: number; readonly at: Instant; readonly declined?: true };
  readonly stay?: Stay;
  /** How it came to the site where it is. Absent until somebody looked, and in cases of before. */
  readonly arrivalCheck?: ArrivalCheck & { readonly at: Instant };
  /** What the host last saw of the child's day. Absent until it said more than how the child is. */
  readonly dailyNote?: DayNote & { readonly at: Instant };
  /** The last who came to see the child where it is now. Absent while nobody did. */
  readonly visitors?: readonly Visitor[];
  /** What the child is to get, until somebody ends it. Absent in cases that knew none. */
  readonly treatments?: readonly Treatment[];
  /** For a relative who comes to the site to fetch the child. */
  readonly carerBed?: { readonly site: SiteId; readonly firstNight: LocalDate; readonly leavesOn: LocalDate };
  readonly escortRequest?: { readonly planVersion: number; readonly at: Instant };
  readonly escort?: {
    readonly official: OfficialId;
    readonly party: PartyId;
    readonly since: Instant;
    /** So few children may travel with one escort, as this one is small. */
    readonly perEscort?: number;
    /** Last day on which they may set out with a child, and what they are beside an escort, as it was when they were assigned. */
    readonly credentialUntil?: LocalDate;
    readonly skills?: readonly EscortSkill[];
    readonly credentialEndedAt?: Instant;
    /** Who and what is ready for the journey. Of this escort: with another one, or another plan, it is confirmed anew. */
    readonly crew?: Crew;
  };
  readonly legs: readonly Leg[];
  /** Absent in processes of older releases. */
  readonly legsPlannedAt?: Instant;
  /** Of the legs, those whose check-ins may be rarer than the mechanism's. */
  readonly grantedLegs?: readonly string[];
  /** Those that stand, one of each side for each stretch. Absent in cases that knew none. */
  readonly safeConducts?: readonly SafeConduct[];
  /** By side: when the last of its own was withdrawn or lapsed. */
  readonly safeConductEndedAt?: Readonly<Record<PartyId, Instant>>;
  /** By side: what it said last of it, and when; `own`: itself, and not by a relay. */
  readonly safeConductSaid?: Readonly<Record<PartyId, { readonly at: Instant; readonly own?: true }>>;
  readonly journey?: Journey;
  /** With which the child is under way; absent where its rules did not ask. */
  readonly movement?: MovementId;
  /** Set when a side withdrew while the child is on the way, until people decide. */
  readonly recall?: {
    readonly since: Instant;
    readonly party: PartyId;
    readonly decided?: RecallOutcome;
    readonly decidedAt?: Instant;
  };
  readonly handover: {
    readonly identity?: { readonly matches: boolean; readonly at: Instant; readonly by: OfficialActor };
    readonly confirmedBy: readonly Confirmer[];
    readonly at?: Instant;
    /** An adult’s own word, and nobody took them. */
    readonly own?: true;
  };
  /** Handed over at the site, until they are home or it can be so no longer. Absent where care passes elsewhere. */
  readonly reunion?: { readonly recipient: RecipientRef; readonly at: Instant };
  /** Of whoever comes to the site for the child: their papers, what permits them to, and until when both hold. */
  readonly carerPapers?: {
    readonly recipient: RecipientRef;
    readonly documents: readonly DocumentRef[];
    readonly permission: DocumentRef;
    readonly validUntil: LastDay;
    readonly at: Instant;
  };
  /** Where the journey ended otherwise than with the recipient; stays after a later handover. */
  readonly interimCare?: {
    readonly kind: InterimCareKind;
    readonly place: PlaceId;
    readonly since: Instant;
  };
  /** What the child needs in its new home. Absent until it is planned, and in cases that did not ask. */
  readonly reintegration?: { readonly since: Instant; readonly lines: readonly ReintegrationLine[] };
  /** Of each milestone the last time that the family, and the child, was told. Absent while nobody was. */
  readonly familyTold?: readonly Told[];
  readonly childTold?: readonly Told<ChildMilestone>[];
  /** What somebody saw that worries them, until it is dealt with. Absent in cases that knew none. */
  readonly concerns?: readonly Concern[];
  /** By number, counting from 1; one at which the child was not met may come again. */
  readonly visits: readonly {
    readonly visit: number;
    readonly outcome: VisitOutcome;
    readonly at: Instant;
  }[];
  /** Active ones only; lifted holds stand in the events. */
  readonly holds: readonly Hold[];
  readonly requestWithdrawnAt?: Instant;
  /** Named by this case or naming it. */
  readonly siblings: readonly CaseId[];
  /** Siblings who may go without this child by a waiver, and since when it is to follow. Absent where there are none. */
  readonly siblingsAhead?: readonly { readonly other: CaseId; readonly since: Instant }[];
  readonly siblingWaiver?: {
    readonly determination: DocumentRef;
    readonly waiver: DocumentRef;
    /** Whom it speaks of, and nobody else. */
    readonly siblings: readonly CaseId[];
  };
  readonly majority?: {
    readonly daysLeft: MajorityMilestone;
    readonly at: Instant;
    readonly ownConsent?: boolean;
    readonly consentAt?: Instant;
  };
  /** Steps taken on the ladders of the obligations now open, by obligation key. */
  readonly ladderSteps: Readonly<Record<string, number>>;
  /** Ladders that wait, by obligation key; those long over may still be here. Absent in cases of 0.1. */
  readonly pauses?: Readonly<Record<string, Pause>>;
  /** What was told of before it lapses, with its date; see `expiryKey`. */
  readonly expiriesNoted?: readonly string[];
  /** Acts that wait for their second person. Absent in cases that knew none. */
  readonly proposals?: readonly Proposal[];
  readonly stalledSince?: Instant;
  /** Of the present stall. */
  readonly stalledReview?: StalledReview;
  /** Addresses that letters of this case could not reach and nobody has mended. */
  readonly addressFaults?: readonly AddressFault[];
  /** Officials whom an alarm has not reached, until it does or somebody tells them. */
  readonly unheardAlarms?: readonly (UnheardAlarm & { readonly since: Instant })[];
  /** Who signalled that they do not speak freely, until the mediator has answered. Nobody else reads it. */
  readonly duress?: readonly {
    readonly official: OfficialId;
    readonly party: PartyId;
    readonly since: Instant;
  }[];
  readonly closure?: { readonly outcome: ClosureOutcome; readonly at: Instant };
  /** How many events there were for whom to read; absent in processes of older releases. */
  readonly readership?: Readership;
  /** How many there were since the last event that a decision may rest on. */
  readonly asides?: number;
}
