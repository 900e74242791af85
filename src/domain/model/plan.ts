/** The return plan: what the sides agree to. Every field is material, so any change makes a new version. */
import type { PartyId, PlaceId, RecipientRef, Sha256, SiteId } from './ids';
import type { Instant, LocalDate } from '../calendar/time';

export const modalities = ['road', 'rail', 'air', 'mixed'] as const;
export type Modality = (typeof modalities)[number];
export const companions = ['escort', 'guardian', 'recipient', 'medic', 'sibling'] as const;
export type Companion = (typeof companions)[number];

export const carePlaces = ['at-site', 'at-border', 'at-home'] as const;
/** Where the child passes into the care of its recipient. `at-site`: how they come there, and how they leave with the child. */
export type CarePasses =
  | { readonly where: 'at-site'; readonly wayIn: PlaceId; readonly wayOut: PlaceId }
  | { readonly where: 'at-border' | 'at-home' };

/** What a mediator proposes. Hashed as canonical JSON (RFC 8785) together with case, version and dossier. */
export interface PlanTerms {
  /** Null of an adult who goes home to nobody; `facts/adults.ts` */
  readonly recipient: RecipientRef | null;
  /** With whom the child may stay where the recipient can't take it, in this order; going over to one needs no new decision. */
  readonly alternates?: readonly RecipientRef[];
  /** Days on which the child may depart, both included. */
  readonly window: { readonly from: LocalDate; readonly to: LocalDate };
  readonly modality: Modality;
  /** Null when the plan has no hosting. */
  readonly site: SiteId | null;
  readonly handoverPlace: PlaceId;
  readonly escortParty: PartyId;
  readonly receivingParty: PartyId;
  readonly companions: readonly Companion[];
  /** Absent: at the handover place, as in plans of before. */
  readonly carePasses?: CarePasses;
}

/** The exact value the plan's hash is taken over. */
export interface PlanContent extends PlanTerms {
  readonly case: string;
  readonly mechanism: { readonly id: string; readonly version: number };
  readonly version: number;
  readonly dossier: { readonly version: number; readonly hash: Sha256 };
}

export interface ReturnPlan extends PlanContent {
  readonly hash: Sha256;
  readonly proposedAt: Instant;
  /** Set when a change of the dossier, the recipient or the mechanism made the plan void. */
  readonly lapsed?: { readonly at: Instant; readonly reason: PlanLapseReason };
}
export const planLapseReasons = [
  'dossier-changed',
  'recipient-changed',
  'mechanism-changed',
  'window-passed',
] as const;
export type PlanLapseReason = (typeof planLapseReasons)[number];
