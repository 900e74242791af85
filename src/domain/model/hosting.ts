/** What is said of a hosted child's day: codes of closed lists, so that a tired host taps and nobody has to read prose. */

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
