/**
 * A group return: children of several cases who travel together, as the fold of the group's own events. Members are known by
 * reference; what is so of each of them stands in its own case. Source: docs/rules.md, "They travel together".
 */
import type { ObjectionReason, RelaySource } from '../model/decisions';
import type { CaseId, CommandId, NoteId, PartyId, PlaceId, Sha256 } from '../model/ids';
import type { CommandOf, CommandType, Envelope } from '../model/commands';
import type { RecordedOf } from '../model/events';
import type { LeftReason } from '../model/groups';
import type { MechanismRef } from '../model/mechanism';
import type { Actor, OfficialActor } from '../model/parties';
import type { Modality } from '../model/plan';
import type { GateBlocker } from '../model/rejections';
import type { Instant } from '../calendar/time';

/** Group reference, `G-XXXX-XXXX` in Crockford base 32. */
export type GroupId = string;

/** No case reference begins so. */
export const isGroupId = (id: string): boolean => id.startsWith('G-');
/** The one Temporal workflow id of a group. */
export const groupWorkflowIdOf = (id: GroupId): string => `group-${id}`;

/** What is confirmed each for itself: who travels, day and hour, where they pass, in which order, and how. */
export const listTerms = ['names', 'date', 'place', 'order', 'route'] as const;
export type ListTerm = (typeof listTerms)[number];

export interface GroupTerms {
  /** In the order in which they pass. */
  readonly members: readonly CaseId[];
  /** When they set out. */
  readonly departAt: Instant;
  /** Where the children pass from the one side to the other. */
  readonly place: PlaceId;
  readonly route: Modality;
}
/** The exact value a list's hash is taken over. */
export interface ListContent extends GroupTerms {
  readonly group: GroupId;
  readonly version: number;
}

/**
 * Why a child drops out: a party said no; a sibling of it dropped out; its case is no longer agreed, or was closed; the mediator
 * took it off.
 */
export const dropReasons = ['refused', 'sibling', 'no-longer-agreed', 'case-closed'] as const;
export type DropReason = (typeof dropReasons)[number];

export interface LeftBehind {
  readonly case: CaseId;
  readonly reason: LeftReason;
  readonly blockers: readonly GateBlocker[];
}

export const abortReasons = ['side-withdrew', 'security', 'route-closed', 'nobody-ready', 'other'] as const;
export type AbortReason = (typeof abortReasons)[number];

/** What a side may say of a list by way of the mediator, as the command by which it would say it itself. */
export const relayedWords = ['confirmTerms', 'disputeTerms', 'refuseMember', 'sayGo', 'sayNoGo'] as const;
export type RelayedWordType = (typeof relayedWords)[number];
export type RelayedWord = {
  [Type in RelayedWordType]: { readonly type: Type } & Readonly<GroupCommandPayloads[Type]>;
}[RelayedWordType];
/** A relayed word that waits for its second mediator. */
export interface PendingWord {
  readonly id: string;
  readonly party: PartyId;
  readonly word: RelayedWord;
  readonly source: RelaySource;
  readonly enteredBy: OfficialActor;
  readonly at: Instant;
}

interface GroupCommandPayloads {
  draftGroup: GroupTerms & { note?: NoteId };
  changeList: GroupTerms & { note?: NoteId };
  proposeList: object;
  /** A party's no to one child of the list. */
  refuseMember: { member: CaseId; reason: ObjectionReason; note?: NoteId };
  freezeList: { version: number };
  confirmTerms: { version: number; hash: Sha256; terms: readonly ListTerm[] };
  disputeTerms: { version: number; hash: Sha256; terms: readonly ListTerm[]; note?: NoteId };
  sayGo: { version: number; hash: Sha256 };
  sayNoGo: { note?: NoteId };
  /** A side's word that reached the mediator by note, letter or call. What stops counts at once, the rest with the second. */
  relayWord: { relay: string; party: PartyId; word: RelayedWord; source: RelaySource };
  confirmRelay: { relay: string };
  rejectRelay: { relay: string; note?: NoteId };
  /** The side disowns it. */
  repudiateRelay: { relay: string; note?: NoteId };
  departGroup: { version: number; hash: Sha256 };
  /** One escort's sign of life for every child of the group in their care, but for these. `at`: when it was, if not now. */
  checkIn: { place?: PlaceId; at?: Instant; except?: readonly CaseId[]; note?: NoteId };
  /** The same of each child of the movement, but for these: its legs, a stop, a leg that is done. */
  sayForAll: { act: MovementAct; except?: readonly CaseId[]; note?: NoteId };
  abortGroup: { reason: AbortReason; note?: NoteId };
  /** Somebody has published what was to be silent until every child is safe. */
  reportBreach: { note?: NoteId };
  /** The system's own: what has become of the members since, and what time brings. */
  observeGroup: object;
}
/** Commands of a case that may be said of all children of a movement at once. Never the giving of a child: that is a hand each. */
export const movementActs = [
  ...(['planLegs', 'takeIntoCare', 'completeLeg', 'reportIncident', 'pauseJourney'] as const),
  ...(['resumeJourney', 'divert', 'reachSafePoint', 'arrive'] as const),
] as const satisfies readonly CommandType[];
export type MovementAct = CommandOf<(typeof movementActs)[number]>;
export type GroupCommandType = keyof GroupCommandPayloads;
export type GroupCommand = {
  [Type in GroupCommandType]: { readonly type: Type } & Readonly<GroupCommandPayloads[Type]>;
}[GroupCommandType];
export type GroupCommandOf<Type extends GroupCommandType> = Extract<GroupCommand, { type: Type }>;
/** `case`: the group's id; the envelope of every kind of stream calls its stream so. */
export type GroupEnvelope = Envelope<GroupCommand>;

interface GroupEventPayloads {
  GroupDrafted: { mechanism: MechanismRef; list: ListContent; hash: Sha256; note?: NoteId };
  /** A new version: what was confirmed of the one before counts no longer. */
  ListChanged: { list: ListContent; hash: Sha256; note?: NoteId };
  ListProposed: object;
  /** `asked`: who has to confirm it. `deciding`: those of them who say go, beside the mediator's lead. */
  ListFrozen: { version: number; asked: readonly PartyId[]; deciding: readonly PartyId[] };
  /** `relay`, here and below: by which relay the party said so, where it did not say so itself. */
  TermsConfirmed: {
    party: PartyId;
    version: number;
    hash: Sha256;
    terms: readonly ListTerm[];
    relay?: string;
  };
  TermsDisputed: {
    party: PartyId;
    version: number;
    hash: Sha256;
    terms: readonly ListTerm[];
    note?: NoteId;
    relay?: string;
  };
  MemberDropped: {
    member: CaseId;
    reason: DropReason;
    party?: PartyId;
    objection?: ObjectionReason;
    note?: NoteId;
    relay?: string;
  };
  GoSaid: { party: PartyId; version: number; hash: Sha256; relay?: string };
  NoGoSaid: { party: PartyId; note?: NoteId; relay?: string };
  WordRelayed: { relay: string; party: PartyId; word: RelayedWord; source: RelaySource };
  RelayConfirmed: { relay: string; party: PartyId };
  RelayRejected: { relay: string; party: PartyId; note?: NoteId };
  RelayRepudiated: { relay: string; party: PartyId; note?: NoteId };
  GroupDeparted: { version: number; hash: Sha256; departed: readonly CaseId[]; left: readonly LeftBehind[] };
  /** The escort was heard of: for whom it counts stands in each one's own case too. */
  CheckedIn: { cases: readonly CaseId[]; place?: PlaceId; happenedAt?: Instant; note?: NoteId };
  /** Said of these at once; what it is stands in each one's own case. */
  SaidForAll: { act: MovementAct['type']; cases: readonly CaseId[]; happenedAt?: Instant; note?: NoteId };
  MemberSafe: { member: CaseId };
  GroupCompleted: object;
  GroupAborted: { reason: AbortReason; note?: NoteId };
  EmbargoBroken: { party: PartyId; note?: NoteId };
  /** Of the frozen list, all that hinder it now: `domain/group/hindrances.ts`. */
  HindrancesNoted: { escorts: readonly PartyId[]; sayers: boolean; place?: boolean };
  /** Whoever owes it was told again, or the mediator's lead was. */
  GroupReminded: { duty: string; step: number };
}
export type GroupEventType = keyof GroupEventPayloads;
export type GroupEvent = {
  [Type in GroupEventType]: { readonly type: Type } & Readonly<GroupEventPayloads[Type]>;
}[GroupEventType];
export type GroupEventOf<Type extends GroupEventType> = Extract<GroupEvent, { type: Type }>;
export type RecordedGroupEvent = RecordedOf<GroupEvent>;

/** What one party has said of the present list; a term of which it has said nothing is absent. */
export interface Stand {
  readonly terms: Readonly<Partial<Record<ListTerm, 'confirmed' | 'disputed'>>>;
  readonly since: Instant;
  /** Terms that it spoke of by a relay, and by which. */
  readonly relayed?: Readonly<Partial<Record<ListTerm, string>>>;
}
/** For or against setting out; `by` the last who said so. */
export interface GoSaid {
  readonly go: boolean;
  readonly at: Instant;
  readonly by: Actor;
  /** Set when it was relayed. */
  readonly relay?: string;
}

export interface Group {
  readonly id: GroupId;
  readonly mechanism: MechanismRef;
  /** Number of events so far. */
  readonly version: number;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly lastAt: Instant;
  readonly lastCommand: CommandId;
  readonly list: ListContent & { readonly hash: Sha256; readonly since: Instant };
  readonly proposedAt?: Instant;
  readonly frozenAt?: Instant;
  readonly asked: readonly PartyId[];
  readonly deciding: readonly PartyId[];
  /** Of the present list, those who no longer travel with it. */
  readonly dropped: readonly {
    readonly case: CaseId;
    readonly reason: DropReason;
    readonly since: Instant;
    readonly party?: PartyId;
  }[];
  /** By party, of the present list. */
  readonly stands: Readonly<Record<PartyId, Stand>>;
  readonly go: Readonly<Record<PartyId, GoSaid>>;
  readonly departure?: {
    readonly at: Instant;
    readonly departed: readonly CaseId[];
    readonly left: readonly LeftBehind[];
  };
  /** Of the present list. */
  readonly pendingRelays: readonly PendingWord[];
  /** Every relay ever entered: what a side may repudiate, and ids that can't be used again. */
  readonly relays: readonly {
    readonly id: string;
    readonly party: PartyId;
    readonly documentHash: Sha256;
    /** Version of the list it spoke of. */
    readonly list: number;
    readonly repudiatedAt?: Instant;
  }[];
  /** Of those who departed, with whom each can stay, since when. */
  readonly safe: readonly { readonly case: CaseId; readonly since: Instant }[];
  readonly completedAt?: Instant;
  readonly aborted?: { readonly at: Instant; readonly reason: AbortReason };
  readonly breaches: readonly { readonly party: PartyId; readonly at: Instant }[];
  /**
   * Absent until noted. Of the present list, since when: an escort organisation has too few, others have a say than are asked,
   * the place is one that will be closed.
   */
  readonly hindrances?: {
    readonly escorts: Readonly<Record<PartyId, Instant>>;
    readonly sayers?: Instant;
    readonly place?: Instant;
  };
  /** Steps taken of the duties that are open, by duty. */
  readonly reminded: Readonly<Record<string, number>>;
}
