/** Words of groups that refusals and events of cases need, too. */
export const groupStates = [
  'drafting',
  'proposed',
  'frozen',
  'confirming',
  'go',
  'departed',
  'completed',
  'aborted',
] as const;
export type GroupState = (typeof groupStates)[number];

/**
 * Why a child stayed behind at the departure: its own gate was shut; a sibling of it stays; its record, or a sibling's, is in
 * doubt.
 */
export const leftReasons = ['gate-closed', 'sibling-stays', 'record-in-doubt'] as const;
export type LeftReason = (typeof leftReasons)[number];
