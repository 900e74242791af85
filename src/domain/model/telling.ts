/** What the family and the child are told of a return, how, and what is kept of it. Source: docs/rules.md, "Family and child are told". */
import type { OfficialActor } from './parties';
import type { Instant } from '../calendar/time';

/** What a family waits for, in the order of a usual return. */
export const milestones = ['taken-up', 'located', 'agreed', 'dated', 'delayed', 'handed-over'] as const;
export type Milestone = (typeof milestones)[number];
/** A child knows where it is; that somebody took up its case is nothing it waits for. */
export const childMilestones = [
  'agreed',
  'dated',
  'delayed',
  'handed-over',
] as const satisfies readonly Milestone[];
export type ChildMilestone = (typeof childMilestones)[number];

export const waysOfTelling = ['in-person', 'telephone', 'video', 'letter'] as const;
export type WayOfTelling = (typeof waysOfTelling)[number];

/** The last time that somebody was told of one milestone. */
export interface Told<Of extends Milestone = Milestone> {
  readonly of: Of;
  /** Since when what was told holds: the same milestone may come again. */
  readonly since: Instant;
  readonly at: Instant;
  readonly by: OfficialActor;
  readonly how: WayOfTelling;
  /** BCP 47, as the dossier has it. */
  readonly language: string;
}
