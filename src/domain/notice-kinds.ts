/** Everything a letter may be about. */
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
  'recall-raised',
  'hold-placed',
  'emergency',
  'alarm-undelivered',
  'welfare-concern',
  'visit-concern',
  'case-stalled',
  'lapses-soon',
  'case-closed',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
