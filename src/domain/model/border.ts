/** The border file: which papers who needs at a crossing, in which direction and on which days. Part of the mechanism. */
import type { Duration, LocalDate } from '../calendar/time';
import type { PaperKind } from './dossier-facts';
import type { PartyId, PlaceId } from './ids';

/** `adult`: who came of age and travels as the returnee. */
export const travellers = ['child', 'adult', 'escort', 'recipient'] as const;
export type Traveller = (typeof travellers)[number];

export interface BorderPaper {
  readonly kind: PaperKind;
  /** Kinds that serve as well. */
  readonly instead?: readonly PaperKind[];
  /** The party whose offices issue it. */
  readonly issuer?: PartyId;
  /** From the request to the paper; none where nobody knows. */
  readonly leadTime?: Duration;
  /** Spent once somebody has crossed with it. */
  readonly singleUse?: true;
  /** From the day of issue; whatever the paper itself says sooner counts. */
  readonly validFor?: Duration;
  /** From the crossing on: so long may the rest of the way take. */
  readonly validFromEntry?: Duration;
}

export interface BorderRule {
  readonly crossing: PlaceId;
  /** From whose ground to whose. */
  readonly direction: { readonly from: PartyId; readonly to: PartyId };
  /** First day on which it holds. */
  readonly from: LocalDate;
  /** Last day; without one it holds until further notice. */
  readonly to?: LocalDate;
  readonly travellers: readonly Traveller[];
  /** All of them. */
  readonly papers: readonly BorderPaper[];
}

/** What may be found, and how grave it is: nothing of it decides. `contracts/dossier/border-codes.ts` says what to do. */
export const borderCodes = {
  'border-crossing-closed': 'blocking',
  'border-paper-late': 'blocking',
  'border-paper-used': 'blocking',
  'border-paper-ended': 'blocking',
  'border-paper-missing': 'warning',
  'border-paper-short': 'warning',
  'border-paper-undated': 'warning',
  'border-window-long': 'warning',
  'border-entry-short': 'warning',
} as const satisfies Record<string, 'info' | 'warning' | 'blocking'>;
export type BorderCode = keyof typeof borderCodes;
