/** What a revision of a dossier means for the case: facets to look at again, and whether the plan still stands. */
import canonicalize from 'canonicalize';
import type { RecipientRef } from '../domain/ids';
import type { Facet } from '../domain/verification';
import { facets } from '../domain/verification';
import type { Dossier, Recipient } from './dossier';
import type { DossierFault } from './dossier-faults';
import { replacement } from './utf8';

/**
 * The facets a revision touches, in their order, and whether it is material: whether anything a plan rests on
 * changed (the child's identity, the recipient, custody, whereabouts). With `recipient`, changes to other
 * recipients touch nothing; without, a change to any does. A recipient who is only added touches nothing.
 */
export function facetsTouchedBy(
  before: Dossier,
  after: Dossier,
  recipient?: RecipientRef,
): { facets: Facet[]; material: boolean } {
  const touched = new Set<Facet>();
  let material = false;
  const compare: Compare = (facet, isMaterial, past, present) => {
    if (isSame(past, present)) return;
    touched.add(facet);
    material ||= isMaterial;
  };

  compare('whereabouts', true, before.child.whereabouts, after.child.whereabouts);
  compare('identity', true, identityOf(before), identityOf(after));
  compare('identity', true, childsPapersOf(before, before), childsPapersOf(before, after));
  compare('childs-view', false, before.child.view, after.child.view);
  for (const past of before.recipients) {
    if (recipient !== undefined && past.id !== recipient) continue;
    const present = after.recipients.find(({ id }) => id === past.id);
    compareRecipient(before, past, after, present, compare);
  }
  return { facets: facets.filter((facet) => touched.has(facet)), material };
}

type Compare = (facet: Facet, isMaterial: boolean, past: unknown, present: unknown) => void;

/** Compares one recipient, and the papers that speak for them; `present` is undefined when removed. */
function compareRecipient(
  before: Dossier,
  past: Recipient,
  after: Dossier,
  present: Recipient | undefined,
  compare: Compare,
): void {
  const papers = (of: Dossier, refs: readonly string[]) => refs.map((ref) => documentOf(of, ref));
  const kinship = (of: Dossier, { kinship: { evidence } }: Recipient) => papers(of, evidence);
  const custody = (of: Dossier, { custody }: Recipient) =>
    custody.map((basis) => [basis, papers(of, basis.evidence)]);
  compare('kinship', true, personOf(past), present && personOf(present));
  compare('kinship', true, kinship(before, past), present && kinship(after, present));
  compare('custody', true, custody(before, past), present && custody(after, present));
  compare(
    'willingness',
    true,
    past.unavailable ?? 'available',
    present && (present.unavailable ?? 'available'),
  );
  compare('willingness', false, past.contact, present?.contact);
}

/**
 * Written forms are added, never overwritten: names the revision would lose, as paths into `before`. A form may be
 * marked as recorded in error; a form whose letters were lost (U+FFFD) says nothing any more, and may go.
 */
export function findLostNames(before: Dossier, after: Dossier): DossierFault[] {
  const lost = (path: (string | number)[], past: Recipient['names'], present: Recipient['names'] = []) =>
    past.flatMap((name, at) =>
      present.some((kept) => isSame(kept, name) || isSame(withoutMark(kept), name)) || isLost(name)
        ? []
        : [{ path: [...path, at], message: 'a written form of a name is never changed or removed' }],
    );
  return [
    ...lost(['child', 'names'], before.child.names, after.child.names),
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

const identityOf = ({ child }: Dossier) => [unordered(child.names), child.birthDate, child.sex];
const personOf = ({ names, birthDate, kinship }: Recipient) => [unordered(names), birthDate, kinship];
const documentOf = (dossier: Dossier, ref: string) => dossier.documents.find(({ id }) => id === ref);

const identityPapers: readonly string[] = ['passport', 'birth-certificate', 'id-card', 'travel-document'];
/** Those papers of the child's identity that `before` lists, as `of` has them: a new paper changes nothing. */
const childsPapersOf = (before: Dossier, of: Dossier) =>
  before.documents
    .filter(({ holder, kind }) => holder === 'child' && identityPapers.includes(kind))
    .map(({ id }) => documentOf(of, id));
