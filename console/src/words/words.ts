/**
 * What only the console says, per language: data, complete by the compiler. A name out of data stands only where
 * nothing inflects it (label: value), and no verb agrees with it. `{slot}` is filled in by `fill`.
 */
import type { FieldErrorCode } from '#contracts/field-errors';
import type { OfficialCommandType } from '#contracts/commands';
import type { EventType } from '#domain/model/events';
import type { EdgeProblemCode } from '#contracts/http/problem';
import type { RejectionCode } from '#domain/model/rejections';
import type { Vocabulary } from '#words/vocabulary';
import type { TaskWords } from './task-words';
import type { Language, Plural } from './language';

export interface CommandWords {
  /** The act, imperative: the heading of its form and the label of its button. */
  readonly act: string;
  /** What follows from it, one sentence. */
  readonly means: string;
}
/** Commands, and the two that carry a dossier. */
export type ActType = OfficialCommandType | 'openCase' | 'reviseDossier';

export interface ConsoleWords<L extends Language = Language> {
  /** The language’s own name. */
  readonly name: string;
  readonly pages: Readonly<
    Record<'inbox' | 'cases' | 'hosting' | 'journeys' | 'road' | 'figures' | 'you' | 'newCase', string>
  >;
  readonly shell: {
    readonly skip: string;
    readonly pages: string;
    readonly language: string;
    readonly signOut: string;
    readonly signIn: string;
    readonly signedOut: string;
    readonly signedIn: string;
    /** After signing in beside a page that waits. */
    readonly goOnThere: string;
    readonly live: string;
    readonly away: string;
    readonly loading: string;
    readonly notHere: string;
    readonly notHereWhy: string;
    readonly broke: string;
    readonly again: string;
    readonly clockWrong: string;
    readonly anotherPerson: string;
    readonly keys: string;
    readonly homeward: string;
  };
  readonly inbox: {
    readonly title: string;
    readonly groups: Readonly<Record<'safety' | 'late' | 'week' | 'later', string>>;
    readonly scopes: Readonly<Record<'mine' | 'party' | 'delegated', string>>;
    readonly nothing: string;
    readonly waiting: Plural<L>;
    readonly overdue: Plural<L>;
    readonly safety: Plural<L>;
    readonly dueAtOnce: string;
    readonly notYou: Readonly<Record<'own-relay' | 'own-attestation' | 'own-proposal', string>>;
    readonly othersWait: string;
    readonly longest: string;
    readonly barNote: string;
    readonly stalled: string;
  };
  readonly case: {
    readonly years: Plural<L>;
    readonly bornIn: string;
    readonly recipient: string;
    readonly stageOf: string;
    readonly skipped: string;
    readonly way: string;
    readonly now: string;
    readonly youOwe: string;
    readonly othersOwe: string;
    readonly nothingOwed: string;
    readonly since: string;
    readonly due: string;
    readonly overdueSince: string;
    readonly reminded: string;
    readonly nextReminder: string;
    readonly decisions: string;
    readonly sameForAll: string;
    readonly undecided: string;
    readonly given: string;
    readonly validUntil: string;
    readonly relayed: string;
    readonly lapsedBecause: string;
    readonly condition: string;
    readonly reason: string;
    readonly plan: string;
    readonly noPlan: string;
    readonly to: string;
    readonly departure: string;
    readonly travel: string;
    readonly hosted: string;
    readonly notHosted: string;
    readonly handover: string;
    readonly with: string;
    readonly escort: string;
    readonly verification: string;
    readonly facet: string;
    readonly attested: string;
    readonly reviewed: string;
    readonly found: string;
    readonly checks: string;
    readonly journey: string;
    readonly left: string;
    readonly planned: string;
    readonly lastSign: string;
    readonly nextSign: string;
    readonly paused: string;
    readonly stay: string;
    readonly happened: string;
    readonly allEntries: string;
    readonly canDo: string;
    readonly more: Plural<L>;
    readonly beforeDeparture: string;
    readonly mayDepart: string;
    readonly holds: string;
    readonly holdNow: string;
    readonly siblings: string;
    readonly proposals: string;
    readonly closed: string;
    readonly file: string;
    readonly child: string;
    readonly born: string;
    readonly between: string;
    readonly names: string;
    readonly papers: string;
    readonly noOne: string;
    readonly print: string;
    readonly printedBy: string;
    readonly homeward: string;
    readonly urgent: string;
  };
  readonly form: {
    readonly note: string;
    readonly optional: string;
    readonly seenBy: string;
    readonly seenByMediator: string;
    readonly back: string;
    readonly confirmTitle: string;
    readonly typeReference: string;
    readonly suffix: string;
    readonly mismatch: string;
    readonly whatFollows: string;
    readonly nothingFollows: string;
    readonly wouldBeRefused: string;
    readonly followedBy: string;
    readonly notSent: string;
    readonly unreachable: string;
    readonly signedOut: string;
    readonly stale: string;
    readonly sending: string;
    readonly kept: string;
    readonly recorded: string;
    readonly adjusted: string;
    readonly proposed: string;
    readonly toCase: string;
    readonly toInbox: string;
    readonly receipt: string;
    readonly version: string;
    readonly day: string;
    readonly month: string;
    readonly year: string;
    readonly time: string;
    readonly inDays: Plural<L>;
    readonly otherDay: string;
    readonly noDay: string;
    readonly notADay: string;
    readonly nothingToChoose: string;
    readonly otherReference: string;
    readonly chooseFile: string;
    readonly fileStays: string;
    readonly fingerprint: string;
    readonly required: string;
    readonly characters: string;
    readonly draftKept: string;
    readonly discard: string;
  };
  /** Field of a command → its question. */
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly commands: Readonly<Record<ActType, CommandWords>>;
  readonly events: Readonly<Record<EventType, string>>;
  readonly refusals: Readonly<Record<RejectionCode | EdgeProblemCode, string>>;
  /** Fault of one field → what is wrong with it. `{atMost}`, `{atLeast}`, `{from}`, `{to}`: its facts. */
  readonly faults: Readonly<Record<FieldErrorCode, string>>;
}

export const fieldNames = [
  'other',
  'verdict',
  'evidence',
  'facet',
  'finding',
  'withoutPapers',
  'validUntil',
  'recipient',
  'outcome',
  'determination',
  'relay',
  'condition',
  'party',
  'documents',
  'fit',
  'escort',
  'wellbeing',
  'kind',
  'fitToTravel',
  'matches',
  'documentHash',
  'reason',
  'reviewBy',
  'hold',
  'ground',
  'siblings',
  'waiver',
  'medicallyUrgent',
  'given',
  'document',
  'version',
  'proposal',
  'obligation',
  'until',
  'next',
  'official',
  'visit',
  'place',
  'leg',
  'decision',
  'channel',
  'reference',
  'dated',
  'conditions',
  'window',
  'modality',
  'site',
  'handoverPlace',
  'escortParty',
  'receivingParty',
  'companions',
  'from',
  'to',
  'departAt',
  'arriveAt',
  'checkInEvery',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** All that is said in one language. */
export type Words = Vocabulary & ConsoleWords & TaskWords;
