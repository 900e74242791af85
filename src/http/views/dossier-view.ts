/**
 * Which fields of a dossier each kind of party reads: an allow-list, deny by default, exhaustive by the
 * compiler. A new field of the dossier does not compile until somebody has said who may read it.
 */
import type { Dossier, ListedDocument, Recipient } from '../../contracts/dossier/dossier';
import type { BirthYear, DossierView } from '../../contracts/http/dossier';
import type { DocumentRef, RecipientRef } from '../../domain/model/ids';
import { readsPaper } from '../../domain/readers/paper-readers';
import type { PartyKind } from '../../domain/model/parties';
import { file, sides, everyone } from '../../domain/readers/audiences';

type Child = Dossier['child'];
export type DossierField =
  | `child.${keyof Child}`
  | `recipient.${keyof Recipient}`
  | `childDocument.${keyof ListedDocument}`
  | `recipientDocument.${keyof ListedDocument}`
  | Exclude<keyof Dossier, 'child' | 'recipients' | 'documents'>
  /** Who said where the child is. */
  | 'child.whereabouts.source'
  /** Instead of the birth date. */
  | 'child.birthYear'
  /** Recipients beside the one the case now names. */
  | 'otherRecipients';

const whoHasTheChild = ['host', 'escort'] as const;
const identity = [...sides, 'receiving'] as const;
/** They must know the child when they see it. */
const recognises = [...file, 'holding', ...whoHasTheChild, 'receiving'] as const;

export const dossierReaders = {
  'child.names': everyone,
  'child.birthDate': identity,
  'child.birthYear': whoHasTheChild,
  'child.placeOfBirth': identity,
  'child.nationality': identity,
  'child.parents': identity,
  'child.photograph': recognises,
  'child.features': recognises,
  'child.sex': everyone,
  'child.languages': everyone,
  'child.whereabouts': [...file, 'holding'],
  'child.whereabouts.source': file,
  'child.presentCarer': [...file, 'holding'],
  'child.bloodGroup': [...file, ...whoHasTheChild, 'receiving'],
  'child.healthNeeds': [...file, ...whoHasTheChild, 'receiving'],
  'child.view': file,
  'recipient.id': everyone,
  'recipient.kind': [...sides, ...whoHasTheChild, 'receiving'],
  'recipient.names': [...sides, ...whoHasTheChild, 'receiving'],
  'recipient.birthDate': [...file, 'receiving'],
  'recipient.languages': [...file, 'escort', 'receiving'],
  'recipient.kinship': [...sides, 'receiving'],
  'recipient.custody': [...file, 'holding', 'receiving'],
  'recipient.consentMissing': [...file, 'holding', 'receiving'],
  'recipient.contact': [...file, 'receiving'],
  'recipient.unavailable': file,
  otherRecipients: file,
  // Which papers at all, `domain/readers/paper-readers.ts` says: a host sees medical ones and the photograph, the escort the
  // photograph, the holding side those that are not medical.
  'childDocument.id': recognises,
  'childDocument.kind': recognises,
  'childDocument.holder': recognises,
  'childDocument.number': [...file, 'holding'],
  'childDocument.mrz': [...file, 'holding'],
  'childDocument.issuedBy': [...file, 'holding'],
  'childDocument.issuedOn': [...file, 'holding'],
  'childDocument.expiresOn': [...file, 'holding'],
  'childDocument.sha256': [...file, 'holding'],
  'recipientDocument.id': [...file, 'holding', 'receiving'],
  'recipientDocument.kind': [...file, 'holding', 'receiving'],
  'recipientDocument.holder': [...file, 'holding', 'receiving'],
  'recipientDocument.number': [...file, 'receiving'],
  'recipientDocument.mrz': [...file, 'receiving'],
  'recipientDocument.issuedBy': [...file, 'receiving'],
  'recipientDocument.issuedOn': [...file, 'receiving'],
  'recipientDocument.expiresOn': [...file, 'receiving'],
  'recipientDocument.sha256': [...file, 'receiving'],
  sourceNote: file,
  invented: everyone,
  assumed: file,
} as const satisfies Record<DossierField, readonly PartyKind[]>;

export const mayRead = (kind: PartyKind, field: DossierField): boolean =>
  (dossierReaders[field] as readonly PartyKind[]).includes(kind);

const fields = Object.keys(dossierReaders) as DossierField[];
/** Whoever reads every field gets the dossier as it is kept, and may send it back with a change. */
export const readsWholeDossier = (kind: PartyKind): boolean =>
  fields.every((field) => field === 'child.birthYear' || mayRead(kind, field));

/** What a party of this kind reads of a dossier, in a case that names this recipient. Observers: nothing. */
export function dossierViewFor(kind: PartyKind, dossier: Dossier, recipient: RecipientRef): DossierView {
  if (readsWholeDossier(kind)) return dossier;
  const { child, recipients, documents, sourceNote, invented, assumed } = dossier;
  const allRecipients = mayRead(kind, 'otherRecipients');
  const seen = recipients.filter(({ id }) => allRecipients || id === recipient);
  const view: DossierView = {
    child: {
      ...pick(kind, 'child', {
        ...withPhotograph(child, papersFor(kind, dossier, recipient)),
        whereabouts: whereaboutsFor(kind, child.whereabouts),
      }),
      ...(mayRead(kind, 'child.birthYear') && { birthYear: birthYearOf(child.birthDate) }),
    },
    recipients: seen.map((entry) => pick(kind, 'recipient', entry)),
    documents: documents
      .filter((paper) => readsPaper(kind, paper, recipient))
      .map((entry) => pick(kind, entry.holder === 'child' ? 'childDocument' : 'recipientDocument', entry)),
    ...(mayRead(kind, 'sourceNote') && { sourceNote }),
    ...(mayRead(kind, 'invented') && { invented: invented?.filter((mark) => isMarkSeen(kind, mark, seen)) }),
    ...(mayRead(kind, 'assumed') && { assumed }),
  };
  return withoutEmpty(view);
}

/** What a value refers to and this reader may know of; `all` for who reads the file. */
export const papersFor = (
  kind: PartyKind,
  { documents }: Pick<Dossier, 'documents'>,
  recipient: RecipientRef,
): ReadonlySet<DocumentRef> =>
  new Set(documents.filter((paper) => readsPaper(kind, paper, recipient)).map(({ id }) => id));

function whereaboutsFor(kind: PartyKind, whereabouts: Child['whereabouts']): Child['whereabouts'] {
  if (!('source' in whereabouts) || mayRead(kind, 'child.whereabouts.source')) return whereabouts;
  const { source: _source, ...rest } = whereabouts;
  return rest;
}

/** A paper named as the photograph by mistake is no more there for its reader than any other. */
function withPhotograph({ photograph, ...child }: Child, papers: ReadonlySet<DocumentRef>): Child {
  return photograph !== undefined && papers.has(photograph) ? { ...child, photograph } : child;
}

function pick<Part extends object>(kind: PartyKind, prefix: string, part: Part): Partial<Part> {
  const entries = Object.entries(part).filter(([key]) => {
    const field = `${prefix}.${key}`;
    return Object.hasOwn(dossierReaders, field) && mayRead(kind, field as DossierField);
  });
  return Object.fromEntries(entries) as Partial<Part>;
}

/** A mark names a field by its path, and so tells that it is there: shown only with the field itself. */
function isMarkSeen(kind: PartyKind, mark: string, seen: readonly Recipient[]): boolean {
  const [part, second, third] = mark.split('.');
  if (part === 'child') return second === undefined || isFieldSeen(kind, `child.${second}`);
  if (part === 'recipients')
    return (
      seen.some(({ id }) => id === second) && (third === undefined || isFieldSeen(kind, `recipient.${third}`))
    );
  return mayRead(kind, 'otherRecipients');
}
const isFieldSeen = (kind: PartyKind, field: string): boolean =>
  Object.hasOwn(dossierReaders, field) && mayRead(kind, field as DossierField);

export function birthYearOf(birthDate: Child['birthDate']): BirthYear {
  const year = (date: string): number => Number(date.slice(0, 4));
  if ('exact' in birthDate) return year(birthDate.exact);
  const { from, to } = birthDate.estimated;
  return { from: year(from), to: year(to) };
}

/** Nothing to read leaves no trace: neither an empty list nor the number of its entries. */
function withoutEmpty(view: DossierView): DossierView {
  const isEmpty = (value: unknown): boolean =>
    value === undefined ||
    (Array.isArray(value)
      ? value.every(isEmpty)
      : typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(view).filter(([, value]) => !isEmpty(value)));
}
