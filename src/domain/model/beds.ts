/** Beds of a hosting site, and the nights for which one is held. */
import type { LocalDate } from '../calendar/time';

/** `carer`: for a relative who came to fetch the child. */
export const bedKinds = ['usual', 'cot', 'accessible', 'carer'] as const;
export type BedKind = (typeof bedKinds)[number];

/** Who sleeps there. */
export type Sleeper = 'child' | 'carer';

export interface Bed {
  readonly id: string;
  readonly kind: BedKind;
  /** Beds with the same room stand together: siblings get those. */
  readonly room?: string;
  /** First night; from the beginning unless named. */
  readonly opens?: LocalDate;
  /** First night on which it is there no more. */
  readonly closed?: LocalDate;
}

/** Dates of the site's own calendar. A night is named by the day on which it begins; that of `to` is no longer meant. */
export interface Nights {
  readonly from: LocalDate;
  /** Absent while nobody has said until when. */
  readonly to?: LocalDate;
}

/** A site takes nobody in from `from` on; on `to` it does again. */
export interface Closure {
  readonly from: LocalDate;
  readonly to: LocalDate;
}
