/** Facets of verification and what officials may find on each. Source: docs/rules.md, "Verification". */
import type { DocumentRef, NoteId } from './ids';
import type { OfficialActor } from './parties';
import type { Instant, LastDay } from '../calendar/time';

export const facets = [
  'whereabouts',
  'identity',
  'kinship',
  'custody',
  'willingness',
  'childs-view',
  'suitability',
] as const;
/**
 * `willingness` is the recipient's; `childs-view` holds the child's wish and best interests; `suitability` is of the home: room,
 * means, rights that were not withdrawn.
 */
export type Facet = (typeof facets)[number];
/**
 * Asked only where a mechanism names them, and only once a plan names who attests them: they hold up a departure and a
 * handover, and neither verification nor an agreement. Cases and mechanisms of before know none of them.
 */
export const laterFacets = ['suitability'] as const satisfies readonly Facet[];
export type LaterFacet = (typeof laterFacets)[number];
/** What every mechanism names a rule for, and every case has a state of. */
export const firstFacets = facets.filter((facet) => !isLater(facet)) as readonly FirstFacet[];
export type FirstFacet = Exclude<Facet, LaterFacet>;
export type PerFacet<Value> = Readonly<Record<FirstFacet, Value>> &
  Readonly<Partial<Record<LaterFacet, Value>>>;
/** Facets that speak of one recipient and start anew with another. */
export const recipientFacets = [
  'kinship',
  'custody',
  'willingness',
  'suitability',
] as const satisfies readonly Facet[];

/** What is found of a person, and so can be found of an alternate before they are needed. */
export const personFacets = [
  'kinship',
  'custody',
  'willingness',
  'childs-view',
  'suitability',
] as const satisfies readonly Facet[];

export function isLater(facet: Facet): facet is LaterFacet {
  return (laterFacets as readonly Facet[]).includes(facet);
}

export const findings = ['confirmed', 'refuted', 'insufficient'] as const;
export type Finding = (typeof findings)[number];

export const reopenReasons = [
  'evidence-expired',
  'expires-before-window',
  'dossier-changed',
  'recipient-changed',
  'child-came-of-age',
  'new-information',
] as const;
export type ReopenReason = (typeof reopenReasons)[number];

export interface Attestation {
  readonly finding: Finding;
  readonly by: OfficialActor;
  readonly at: Instant;
  readonly dossierVersion: number;
  readonly evidence: readonly DocumentRef[];
  /** Last day the evidence is valid, e.g. of a power of attorney. */
  readonly validUntil?: LastDay;
  readonly note?: NoteId;
}

export interface FacetState {
  /** open: nobody attested; attested: waits for its second reviewer; settled: reviewed and upheld. */
  readonly status: 'open' | 'attested' | 'settled';
  /** Since when the facet is in this status. */
  readonly since: Instant;
  readonly attestation?: Attestation;
  readonly reviewer?: OfficialActor;
  readonly reopened?: ReopenReason;
}

export const isConfirmed = (facet: FacetState): boolean =>
  facet.status === 'settled' && facet.attestation?.finding === 'confirmed';

/** Why a finding rests on no paper. */
export const paperlessReasons = ['seen-in-person', 'heard-in-person', 'told-by-authority'] as const;
export type PaperlessReason = (typeof paperlessReasons)[number];

/** What of a case holds until a date. A facet stands for the evidence on which it was attested. */
export const lapsings = [
  ...facets,
  'travel-documents',
  'medical-clearance',
  'escort-credential',
  'date-window',
] as const;
export type Lapsing = (typeof lapsings)[number];
