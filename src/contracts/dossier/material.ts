/**
 * What a change of each field of the dossier means for what was agreed: the facet to look at again, and whether the plan
 * and its approvals still stand. Material is the default; the table says what is not, and why. A new field of the schema
 * does not compile without a row. docs/decisions/revisions-after-approval.md.
 */
import type { Facet } from '../../domain/model/verification';
import type { Dossier, ListedDocument, Recipient } from './dossier';

type Child = Dossier['child'];
/** May be filled in later: an empty one that is filled changes nothing of what was agreed. */
type FilledLater = 'photograph' | 'placeOfBirth' | 'parents' | 'features' | 'nationality' | 'presentCarer';
export type RevisedField =
  | `child.${keyof Child}`
  | `recipient.${keyof Recipient}`
  | `childDocument.${keyof ListedDocument}`
  | `recipientDocument.${keyof ListedDocument}`
  | Exclude<keyof Dossier, 'child' | 'recipients' | 'documents'>
  /** Recipients whom the case does not name. */
  | 'otherRecipients'
  /** Put beside what was there, which stays as it was. */
  | 'child.names added'
  | 'recipient.names added'
  | 'child.healthNeeds added'
  | `child.${FilledLater} added`
  | 'document added';

interface Row {
  readonly facet?: Facet;
  /** Why what was agreed still stands; absent: it does not. */
  readonly immaterial?: string;
}
const identity: Row = { facet: 'identity' };
/** Kinship is attested of this person; their papers say who that is. */
const kinship: Row = { facet: 'kinship' };
const material: Row = {};
const filled: Row = {
  immaterial: 'nothing that was said is changed; a file completed later voids no approval',
};

const paper = (row: Row) => ({
  id: row,
  kind: row,
  holder: row,
  number: row,
  mrz: row,
  issuedBy: row,
  issuedOn: row,
  expiresOn: row,
  sha256: row,
});
const prefixed = <Prefix extends string, Key extends string>(
  prefix: Prefix,
  rows: Readonly<Record<Key, Row>>,
): Record<`${Prefix}.${Key}`, Row> =>
  Object.fromEntries(Object.entries(rows).map(([key, row]) => [`${prefix}.${key}`, row])) as Record<
    `${Prefix}.${Key}`,
    Row
  >;

export const revisedFields: Readonly<Record<RevisedField, Row>> = {
  'child.names': identity,
  'child.names added': {
    immaterial: 'no form is lost; it serves search and checks, and two people have seen it',
  },
  'child.birthDate': identity,
  'child.sex': identity,
  'child.placeOfBirth': identity,
  'child.placeOfBirth added': filled,
  'child.nationality': identity,
  'child.nationality added': filled,
  'child.parents': identity,
  'child.parents added': filled,
  'child.photograph': identity,
  'child.photograph added': filled,
  'child.features': identity,
  'child.features added': filled,
  'child.languages': { immaterial: 'says who may speak with the child; nobody agrees to it' },
  'child.whereabouts': { facet: 'whereabouts' },
  'child.presentCarer': { facet: 'whereabouts' },
  'child.presentCarer added': filled,
  'child.bloodGroup': { immaterial: 'for who treats the child, and tested anew before it counts' },
  'child.healthNeeds': material,
  'child.healthNeeds added': { immaterial: 'to record a need must cost nothing; whoever is told may hold' },
  'child.view': {
    facet: 'childs-view',
    immaterial: 'the facet is open until the child is heard, and the gate with it',
  },
  'recipient.id': kinship,
  'recipient.kind': kinship,
  'recipient.names': kinship,
  'recipient.names added': { immaterial: 'as of the child’s names' },
  'recipient.birthDate': kinship,
  'recipient.languages': { immaterial: 'says how to speak with them' },
  'recipient.kinship': kinship,
  'recipient.custody': { facet: 'custody' },
  // Also where it was not said before: who agreed did not know it.
  'recipient.consentMissing': { facet: 'custody' },
  'recipient.contact': { facet: 'willingness', immaterial: 'it is the same person; they are asked again' },
  'recipient.unavailable': { facet: 'willingness' },
  ...prefixed('childDocument', paper(material)),
  ...prefixed('recipientDocument', paper(material)),
  'document added': {
    immaterial: 'papers are renewed beside the old; what one proves is attested by itself',
  },
  otherRecipients: { immaterial: 'no plan speaks of them; to nominate one voids it' },
  sourceNote: { immaterial: 'says where the file comes from' },
  invented: { immaterial: 'of example data only' },
  assumed: { immaterial: 'of example data only' },
};
