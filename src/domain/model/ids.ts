/**
 * Identifiers. Branded strings, so that a case can't be passed where a party is meant.
 * None of them carries personal data: they appear in Temporal, in logs and in mail.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]?: Name };

/** Case reference, `XXXX-XXXX` in Crockford base 32. Read out on the telephone, printed in mails. */
export type CaseId = Branded<'CaseId'>;
/** Chosen by whoever sends a command; a command id is written once, a repeat gets the first answer. */
export type CommandId = Branded<'CommandId'>;
/** Names a party of the mechanism, e.g. `ukraine`. */
export type PartyId = Branded<'PartyId'>;
/** Names an official of the mechanism, e.g. `ua-official-1`. */
export type OfficialId = Branded<'OfficialId'>;
/** Names a hosting site of the mechanism. */
export type SiteId = Branded<'SiteId'>;
/** Names a place of the mechanism (handover point, border crossing, station). */
export type PlaceId = Branded<'PlaceId'>;
/** Free text deposited apart from events, in the record's notes; UUID. */
export type NoteId = Branded<'NoteId'>;
/** A document listed in the dossier, e.g. `doc-3`. */
export type DocumentRef = Branded<'DocumentRef'>;
/** A recipient listed in the dossier, e.g. `recipient-1`. */
export type RecipientRef = Branded<'RecipientRef'>;
/** Lower-case hexadecimal SHA-256. */
export type Sha256 = Branded<'Sha256'>;

/** The one Temporal workflow id of a case. */
export const workflowIdOf = (id: CaseId): string => `case-${id}`;
/** The case of a workflow id, or undefined when the id is not a case's. */
export const findCaseIdOf = (workflowId: string): CaseId | undefined =>
  workflowId.startsWith('case-') ? workflowId.slice('case-'.length) : undefined;
