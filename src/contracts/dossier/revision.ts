/** What a revision of a dossier means for the case: facets to look at again, and whether the plan still stands. */
import canonicalize from 'canonicalize';
import type { RecipientRef } from '../../domain/model/ids';
import type { Facet } from '../../domain/model/verification';
import { facets } from '../../domain/model/verification';
import type { Dossier, ListedDocument, Recipient } from './dossier';
import type { DossierFault } from './faults';
import { revisedFields } from './material';
import type { RevisedField } from './material';
import { replacement } from '../utf8';

/**
 * The facets a revision touches, in their order, and whether it is material, by the table. With `recipient`, changes to
 * other recipients and to their papers touch nothing; without, a change to any does.
 */
export function facetsTouchedBy(
  before: Dossier,
  after: Dossier,
  recipient?: RecipientRef,
): { facets: Facet[]; material: boolean } {
  const touched = new Set<Facet>();
  let material = false;
  for (const { field, facets: more } of changesOf(before, after, recipient)) {
    const row = revisedFields[field];
    for (const facet of [...(row.facet ? [row.facet] : []), ...more]) touched.add(facet);
    material ||= row.immaterial === undefined;
  }
  return { facets: facets.filter((facet) => touched.has(facet)), material };
}

interface Change {
  readonly field: RevisedField;
  /** Beside the row's own: what a paper is evidence of. */
  readonly facets: readonly Facet[];
}
const change = (field: RevisedField, touched: readonly Facet[] = []): Change => ({ field, facets: touched });

function changesOf(before: Dossier, after: Dossier, recipient: RecipientRef | undefined): Change[] {
  const isMeant = ({ id }: Recipient): boolean => recipient === undefined || id === recipient;
  const others = (of: Dossier) => of.recipients.filter((one) => !isMeant(one));
  const { child: _c, recipients: _r, documents: _d, ...rest } = { ...before, ...after };
  return [
    ...fieldsChanged('child', before.child, after.child, ['names', 'healthNeeds']),
    ...before.recipients.filter(isMeant).flatMap((past): Change[] => {
      const present = after.recipients.find(({ id }) => id === past.id);
      return present
        ? fieldsChanged('recipient', withKind(past), withKind(present), ['names'])
        : [change('recipient.id', ['custody', 'willingness'])];
    }),
    ...(isSame(others(before), others(after)) ? [] : [change('otherRecipients')]),
    ...before.documents.flatMap((past) => documentChanges(before, past, after, isMeant)),
    ...(after.documents.some(({ id }) => !documentOf(before, id)) ? [change('document added')] : []),
    ...(Object.keys(rest) as (keyof typeof rest)[]).flatMap((key) =>
      isSame(before[key], after[key]) ? [] : [change(key)],
    ),
  ];
}

/** Without a word of it, a person is meant. */
const withKind = (recipient: Recipient): Recipient => ({ kind: 'person', ...recipient });

/**
 * Fields of one part. What is only added to a list of forms or needs is a change of its own, and so is what is filled in
 * where the table has a row for it.
 */
function fieldsChanged<Part extends object>(
  prefix: 'child' | 'recipient',
  past: Part,
  present: Part,
  growing: readonly (keyof Part)[],
): Change[] {
  const keys = [...new Set([...Object.keys(past), ...Object.keys(present)])] as (keyof Part & string)[];
  return keys.flatMap((key): Change[] => {
    const field = `${prefix}.${key}` as RevisedField;
    if (!growing.includes(key)) {
      if (isSame(past[key], present[key])) return [];
      const added = `${field} added` as RevisedField;
      return [change(added in revisedFields && isFilledIn(past[key], present[key]) ? added : field)];
    }
    const [was, is] = [unordered(past[key] as object[]), unordered(present[key] as object[])];
    if (was.some((one) => !is.includes(one))) return [change(field)];
    return is.length > was.length ? [change(`${field} added` as RevisedField)] : [];
  });
}

/** Whether all that was said is said still, with more in places that were empty or beside written forms of a name. */
function isFilledIn(was: unknown, is: unknown): boolean {
  if (was === undefined || isSame(was, is)) return true;
  if (Array.isArray(was) && Array.isArray(is))
    return was.every((one) => typeof one === 'object' && is.some((each) => isSame(one, each)));
  return (
    isObject(was) && isObject(is) && Object.entries(was).every(([key, value]) => isFilledIn(value, is[key]))
  );
}
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a paper proves is looked at again: whose it is, and what it is named as evidence of. */
function documentChanges(
  before: Dossier,
  past: ListedDocument,
  after: Dossier,
  isMeant: (recipient: Recipient) => boolean,
): Change[] {
  const present = documentOf(after, past.id);
  if (isSame(past, present)) return [];
  const meant = before.recipients.filter(isMeant);
  const isChilds = past.holder === 'child';
  if (!isChilds && !meant.some(({ id }) => id === past.holder)) return [change('otherRecipients')];
  const isIdentity = identityPapers.includes(past.kind);
  const touched: Facet[] = [
    ...(isIdentity ? [isChilds ? ('identity' as const) : ('kinship' as const)] : []),
    ...(meant.some(({ kinship }) => kinship.evidence.includes(past.id)) ? (['kinship'] as const) : []),
    ...(meant.some(({ custody }) => custody.some(({ evidence }) => evidence.includes(past.id)))
      ? (['custody'] as const)
      : []),
  ];
  const prefix = isChilds ? 'childDocument' : 'recipientDocument';
  if (!present) return [change(`${prefix}.id`, touched)];
  const keys = [...new Set([...Object.keys(past), ...Object.keys(present)])] as (keyof ListedDocument)[];
  return keys.flatMap((key) =>
    isSame(past[key], present[key]) ? [] : [change(`${prefix}.${key}`, touched)],
  );
}

/**
 * Written forms are added, never overwritten: names the revision would lose, as paths into `before`. A form may be
 * marked as recorded in error; a form whose letters were lost (U+FFFD) says nothing any more, and may go.
 */
export function findLostNames(before: Dossier, after: Dossier): DossierFault[] {
  const lost = (path: (string | number)[], past: Recipient['names'], present: Recipient['names'] = []) =>
    past.flatMap((name, at): DossierFault[] =>
      present.some((kept) => isSame(kept, name) || isSame(withoutMark(kept), name)) || isLost(name)
        ? []
        : [
            {
              path: [...path, at],
              code: 'name-lost',
              message: 'a written form of a name is never changed or removed',
            },
          ],
    );
  return [
    ...lost(['child', 'names'], before.child.names, after.child.names),
    ...(['mother', 'father'] as const).flatMap((parent) => {
      const [past, present] = [before, after].map(({ child }) => child.parents?.[parent]?.names);
      return past && present ? lost(['child', 'parents', parent, 'names'], past, present) : [];
    }),
    ...before.recipients.flatMap(({ id, names }, at) => {
      const present = after.recipients.find((recipient) => recipient.id === id);
      return present ? lost(['recipients', at, 'names'], names, present.names) : [];
    }),
  ];
}

const withoutMark = ({ recordedInError: _mark, ...name }: Recipient['names'][number]) => name;
const isLost = ({ given = '', family = '', patronymic = '' }: Recipient['names'][number]): boolean =>
  `${given}${family}${patronymic}`.includes(replacement);

/** As canonical JSON: the order of fields, and a field that is there but undefined, make no difference. */
const isSame = (a: unknown, b: unknown): boolean => canonicalize(a) === canonicalize(b);

/** The order in which name forms are listed says nothing. */
const unordered = (values: readonly object[]): string[] =>
  values.map((value) => canonicalize(value) ?? '').sort();

const documentOf = (dossier: Dossier, ref: string): ListedDocument | undefined =>
  dossier.documents.find(({ id }) => id === ref);

const identityPapers: readonly string[] = [
  'passport',
  'birth-certificate',
  'id-card',
  'travel-document',
  'return-certificate',
  'photograph',
];
