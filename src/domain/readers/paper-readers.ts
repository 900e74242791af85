/**
 * Who may know that a paper is there: mediator and requesting side all, others those of the child and of the named
 * recipient that are theirs to see. To anybody else a paper is as unknown as one that never was.
 */
import type { DocumentFacts } from '../model/dossier-facts';
import type { RecipientRef } from '../model/ids';
import type { PartyKind } from '../model/parties';

const file = ['mediator', 'requesting'] as const;
/** Illness and needs are for who cares for the child. */
const medical = [...file, 'host', 'receiving'] as const;
/** For who must recognise the child. */
const photograph = [...file, 'holding', 'host', 'escort', 'receiving'] as const;
const other = [...file, 'holding', 'receiving'] as const;

export function readsPaper(
  reader: PartyKind,
  { kind, holder }: Pick<DocumentFacts, 'kind' | 'holder'>,
  recipient: RecipientRef,
): boolean {
  const isChildsPhotograph = kind === 'photograph' && holder === 'child';
  const readers: readonly PartyKind[] =
    kind === 'medical' ? medical : isChildsPhotograph ? photograph : other;
  if (!readers.includes(reader)) return false;
  return (file as readonly PartyKind[]).includes(reader) || holder === 'child' || holder === recipient;
}
