/**
 * What is said of a hosted child's day, and what the child is to get: codes of closed lists, so that a tired host taps and
 * nobody has to read prose. A medicine's name is no code: it stands in a note.
 */
import type { NoteId } from './ids';
import type { Instant, LocalDate } from '../calendar/time';

/** Of food and sleep. */
export const amounts = ['well', 'little', 'not-at-all'] as const;
export type Amount = (typeof amounts)[number];

export const moods = ['calm', 'low', 'distressed'] as const;
export type Mood = (typeof moods)[number];

export const healths = ['well', 'ill', 'hurt'] as const;
export type Health = (typeof healths)[number];

/** What the host saw of one day; what nobody saw is left out. */
export interface DayNote {
  readonly ate?: Amount;
  readonly slept?: Amount;
  readonly mood?: Mood;
  readonly health?: Health;
}

/** Only a pointer: whether it is this child, `identifyChild` says. */
export const recognitions = ['recognised', 'not-sure'] as const;
export type Recognition = (typeof recognitions)[number];

export const belongings = ['with', 'without'] as const;
export type Belongings = (typeof belongings)[number];

/** How a child came to the site, looked at in peace once it is there. */
export interface ArrivalCheck {
  readonly recognised: Recognition;
  readonly health: Health;
  readonly belongings: Belongings;
}

/** Who came to see a child; who it was by name, the note says. */
export const visitorKinds = ['relative', 'official', 'doctor', 'lawyer', 'other'] as const;
export type VisitorKind = (typeof visitorKinds)[number];
export interface Visitor {
  readonly kind: VisitorKind;
  readonly at: Instant;
}

/** `nursing`: dressings, exercises, whatever hands do. `check`: something is measured. */
export const treatmentKinds = ['medicine', 'nursing', 'check', 'diet'] as const;
export type TreatmentKind = (typeof treatmentKinds)[number];

export const doseOutcomes = ['given', 'refused', 'not-given'] as const;
export type DoseOutcome = (typeof doseOutcomes)[number];

/** What a clinician wants done at these times of every day; what it is, the note says. */
export interface TreatmentPlan {
  readonly kind: TreatmentKind;
  /** `HH:MM` by the clocks of the site, ascending, each once. */
  readonly times: readonly string[];
  readonly firstDay: LocalDate;
  /** Absent while nobody knows until when. */
  readonly lastDay?: LocalDate;
  readonly note: NoteId;
}
export interface Treatment extends TreatmentPlan {
  readonly id: string;
  readonly since: Instant;
  /** Of the last days; older ones stand in the events. */
  readonly doses: readonly { readonly due: Instant; readonly outcome: DoseOutcome; readonly at: Instant }[];
}
