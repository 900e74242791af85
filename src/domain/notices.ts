/** Whom an event tells: the mails an event implies, without a word of personal data. */
import type { RecordedEvent } from './events';
import type { PartyId } from './ids';
import type { MechanismRules } from './mechanism';
import type { Role } from './parties';
import type { ReturnCase } from './case';

export const noticeKinds = [
  'reminder',
  'escalation',
  'plan-put',
  'place-asked',
  'escort-asked',
  'decision-recorded',
  'approval-withdrawn',
  'recall-raised',
  'hold-placed',
  'emergency',
  'case-stalled',
  'case-closed',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export interface Notice {
  /** Unique with the event: the receiver's key to recognise a repeat. */
  readonly key: string;
  readonly kind: NoticeKind;
  readonly party: PartyId;
  readonly roles: readonly Role[];
  /** Sent at once, whatever the hour. */
  readonly safety: boolean;
  /** Codes for the text, e.g. the obligation's kind, the stage, the due instant. */
  readonly facts: Readonly<Record<string, string>>;
}
/** `state` is the case after the event. */
export function noticesOf(_recorded: RecordedEvent, _state: ReturnCase, _rules: MechanismRules): Notice[] {
  throw new Error('being written');
}
