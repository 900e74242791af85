/** The ten stages of one return, in order. Source: docs/rules.md, "Stages of one return". */
export const stages = [
  'intake',
  'tracing',
  'verification',
  'agreement',
  'preparation',
  'hosting',
  'transit',
  'handover',
  'follow-up',
  'closed',
] as const;
export type Stage = (typeof stages)[number];
export type OpenStage = Exclude<Stage, 'closed'>;
export const openStages = stages.filter((stage): stage is OpenStage => stage !== 'closed');
/** Stages in which the child has not set out: a withdrawal takes the case back to agreement. */
export const beforeDeparture = [
  'intake',
  'tracing',
  'verification',
  'agreement',
  'preparation',
  'hosting',
] as const satisfies readonly OpenStage[];
