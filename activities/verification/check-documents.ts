/** Documents of the child and of the recipient: valid as long as they are needed, not older than their holder. */
import type { ListedDocument } from '../../src/contracts/dossier/dossier';
import { foldNumber } from '../../src/contracts/fold';
import type { CheckFinding } from '../../src/domain/model/commands';
import { bornBetween, findBirthDateOf, found, lastDayOf } from './check-input';
import type { CheckInput } from './check-input';

/** The child's papers and this recipient's. */
export const papersOf = ({ dossier, recipient }: CheckInput): ListedDocument[] =>
  dossier.documents.filter(({ holder }) => holder === 'child' || holder === recipient.id);

export function checkDocuments(input: CheckInput): CheckFinding[] {
  const papers = papersOf(input);
  // A custody paper's days count as the custody basis's own: `check-custody.ts`.
  const forCustody = new Set(input.recipient.custody.flatMap(({ evidence }) => evidence));
  return papers.flatMap((paper) => [
    ...(forCustody.has(paper.id) ? [] : validity(paper, papers, input)),
    ...age(paper, input),
    ...sharedNumber(paper, papers),
  ]);
}

function validity(
  paper: ListedDocument,
  papers: readonly ListedDocument[],
  input: CheckInput,
): CheckFinding[] {
  const { expiresOn } = paper;
  const lastDay = lastDayOf(input);
  if (expiresOn === undefined || expiresOn >= lastDay || isReplaced(paper, papers)) return [];
  return [
    found(expiresOn < input.today ? 'document-expired' : 'document-expires-in-window', {
      document: paper.id,
    }),
  ];
}

/** Another paper of the same kind and holder lasts longer: old passports stay on file. */
const isReplaced = (
  { id, kind, holder, expiresOn = '' }: ListedDocument,
  papers: readonly ListedDocument[],
) =>
  papers.some(
    (other) =>
      other.id !== id &&
      other.kind === kind &&
      other.holder === holder &&
      // One whose last day nobody knows may have ended long ago.
      other.expiresOn !== undefined &&
      other.expiresOn > expiresOn,
  );

function age({ id, issuedOn, holder }: ListedDocument, input: CheckInput): CheckFinding[] {
  const birth = findBirthDateOf(input, holder);
  return issuedOn !== undefined && birth !== undefined && issuedOn < bornBetween(birth).from
    ? [found('document-issued-before-birth', { document: id })]
    : [];
}

/** Reported at the later of the two. */
function sharedNumber(paper: ListedDocument, papers: readonly ListedDocument[]): CheckFinding[] {
  const number = foldNumber(paper.number ?? '');
  const first = papers.find(
    ({ kind, number: other = '' }) => kind === paper.kind && foldNumber(other) === number,
  );
  return number !== '' && first !== paper ? [found('document-number-shared', { document: paper.id })] : [];
}
