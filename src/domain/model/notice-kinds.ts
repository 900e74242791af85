/** Everything a letter may be about. */
import type { ObligationKind } from './obligation-kinds';

export const noticeKinds = [
  'waiting',
  'reminder',
  'escalation',
  'review',
  'plan-put',
  'place-asked',
  'escort-asked',
  'approval-withdrawn',
  'relay-entered',
  'relay-confirmed',
  'revision-proposed',
  'dossier-revised',
  'recall-raised',
  'safe-conduct-withdrawn',
  'hold-placed',
  'hold-lifted',
  'identity-mismatch',
  'emergency',
  'incident',
  'alarm-undelivered',
  'welfare-concern',
  'visit-concern',
  'case-stalled',
  'lapses-soon',
  'case-closed',
  'group-waiting',
  'group-reminder',
  'group-escalation',
  'group-child-dropped',
  'group-departed',
  'group-aborted',
  'embargo-broken',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Of what concerns safety that which a minute decides: told before all else. */
export const firstNoticeKinds = [
  'emergency',
  'incident',
  'alarm-undelivered',
  'recall-raised',
] as const satisfies readonly NoticeKind[];
export const firstObligationKinds = [
  'check-in',
  'answer-incident',
  'resolve-emergency',
  'pass-on-alarm',
  'answer-duress',
  'decide-recall',
] as const satisfies readonly ObligationKind[];
export const goesFirst = ({
  kind,
  safety,
  facts,
}: {
  readonly kind: NoticeKind;
  readonly safety: boolean;
  readonly facts: Readonly<Record<string, string>>;
}): boolean =>
  safety &&
  ((firstNoticeKinds as readonly NoticeKind[]).includes(kind) ||
    (firstObligationKinds as readonly (string | undefined)[]).includes(facts.obligation));
