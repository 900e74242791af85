/** What the contracts list and the console must have a word for. */
import type { OfficialCommandType } from '#contracts/commands';
import type { FieldErrorCode } from '#contracts/field-errors';
import type { EdgeProblemCode } from '#contracts/http/problem';
import type {
  AbortReason,
  DropReason,
  GroupCommandType,
  GroupEventType,
  ListTerm,
} from '#domain/group/group';
import type { ChecklistLine, LineState } from '#domain/group/checklist';
import type { GroupDutyKind } from '#domain/group/duties';
import type { Misfit } from '#domain/group/candidates';
import type { EventType } from '#domain/model/events';
import type { GroupState, LeftReason } from '#domain/model/groups';
import type { RejectionCode } from '#domain/model/rejections';

interface CommandWords {
  /** The act, imperative: the heading of its form and the label of its button. */
  readonly act: string;
  /** What follows from it, one sentence. */
  readonly means: string;
}
/** Commands, and the two that carry a dossier. */
export type ActType = OfficialCommandType | 'openCase' | 'reviseDossier';

export interface Listed {
  readonly commands: Readonly<Record<ActType, CommandWords>>;
  readonly events: Readonly<Record<EventType, string>>;
  readonly refusals: Readonly<Record<RejectionCode | EdgeProblemCode, string>>;
  /** Fault of one field → what is wrong with it. `{atMost}`, `{atLeast}`, `{from}`, `{to}`: its facts. */
  readonly faults: Readonly<Record<FieldErrorCode, string>>;
}

type Said<Key extends string, What = string> = Readonly<Record<Key, What>>;
/** The same of groups of children who travel together. */
export interface GroupListed {
  readonly states: Said<GroupState>;
  readonly terms: Said<ListTerm>;
  readonly duties: Said<GroupDutyKind>;
  readonly lines: Said<ChecklistLine['line']>;
  readonly lineStates: Said<LineState>;
  readonly dropReasons: Said<DropReason>;
  readonly leftReasons: Said<LeftReason>;
  readonly abortReasons: Said<AbortReason>;
  readonly misfits: Said<Misfit>;
  readonly commands: Said<Exclude<GroupCommandType, 'observeGroup'>, CommandWords>;
  readonly events: Said<GroupEventType>;
}
