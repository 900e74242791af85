/**
 * What the rules may know of the dossier at the instant of a command: which papers there are, whose, and until when
 * they hold. No name, number or birth date is among it. Read in the record's transaction, never kept in the case.
 */
import type { DocumentRef, RecipientRef, Sha256 } from './ids';
import type { LastDay, LocalDate } from '../calendar/time';

export const paperKinds = [
  'passport',
  'birth-certificate',
  'id-card',
  'court-order',
  'guardianship',
  'power-of-attorney',
  'medical',
  'travel-document',
  'return-certificate',
  'death-certificate',
  'best-interests-determination',
  'waiver',
  'consent',
  'photograph',
  'other',
] as const;
export type PaperKind = (typeof paperKinds)[number];

export interface DocumentFacts {
  readonly ref: DocumentRef;
  readonly kind: PaperKind;
  readonly holder: 'child' | RecipientRef;
  readonly issuedOn?: LocalDate;
  /** Last day on which it holds; absent when nobody knows or it has none. */
  readonly expiresOn?: LastDay;
  readonly sha256?: Sha256;
}

export interface CustodyFacts {
  readonly validFrom?: LocalDate;
  /** Last day. */
  readonly validUntil?: LastDay;
  readonly evidence: readonly DocumentRef[];
}
export interface RecipientFacts {
  readonly ref: RecipientRef;
  readonly kinshipEvidence: readonly DocumentRef[];
  readonly custody: readonly CustodyFacts[];
}

export interface DossierFacts {
  readonly version: number;
  readonly documents: readonly DocumentFacts[];
  readonly recipients: readonly RecipientFacts[];
  /** The 18th birthday, the earliest one of an estimated birth date. */
  readonly ofAgeOn?: LocalDate;
}

export const findDocument = (
  dossier: DossierFacts | undefined,
  ref: DocumentRef,
): DocumentFacts | undefined => dossier?.documents.find((document) => document.ref === ref);
