/** Which papers of the dossier the demo's officials put forward, and how a custody paper is renewed. */
import type { Dossier, Recipient } from '../contracts/dossier/dossier';
import type { DocumentRef } from '../domain/model/ids';
import { recipientPaperKinds } from '../domain/facts/papers';
import type { PaperlessReason, Facet } from '../domain/model/verification';
import type { LocalDate } from '../domain/calendar/time';
import { daysLater } from './action';
import type { SeenCase } from './seen-case';

interface Evidence {
  readonly evidence: DocumentRef[];
  readonly validUntil?: LocalDate;
  readonly withoutPapers?: PaperlessReason;
}

/** What was heard or seen rests on no paper. */
const paperless = {
  whereabouts: 'told-by-authority',
  willingness: 'heard-in-person',
  'childs-view': 'heard-in-person',
} as const satisfies Partial<Record<Facet, PaperlessReason>>;

export function evidenceFor({ dossier, recipient: { ref } }: SeenCase, facet: Facet): Evidence {
  if (facet in paperless) return { evidence: [], withoutPapers: paperless[facet as keyof typeof paperless] };
  const recipient = dossier?.recipients.find(({ id }) => id === ref);
  if (!dossier || !recipient) return { evidence: [] };
  if (facet === 'identity')
    return { evidence: childsPapers(dossier, ['passport', 'birth-certificate', 'id-card']) };
  if (facet === 'kinship') return { evidence: recipient.kinship.evidence };
  if (facet !== 'custody') return { evidence: [] };
  const basis = lastingBasis(recipient);
  if (!basis) return { evidence: [] };
  const { evidence, validUntil } = basis;
  return { evidence, ...(validUntil === undefined ? {} : { validUntil }) };
}

const childsPapers = ({ documents }: Dossier, kinds: readonly string[]): DocumentRef[] =>
  documents.filter(({ holder, kind }) => holder === 'child' && kinds.includes(kind)).map(({ id }) => id);

/** The custody paper that is valid longest; one without an end is. */
function lastingBasis({ custody }: Recipient): Recipient['custody'][number] | undefined {
  const forever = '9999-12-31';
  return [...custody].sort((a, b) => ((a.validUntil ?? forever) < (b.validUntil ?? forever) ? 1 : -1))[0];
}

/** Hash of the paper by which the receiving authority knows the recipient. */
export function recipientHashIn({ dossier, recipient: { ref } }: SeenCase): string | undefined {
  const kinds: readonly string[] = recipientPaperKinds;
  return dossier?.documents.find(
    ({ holder, kind, sha256 }) => holder === ref && kinds.includes(kind) && sha256,
  )?.sha256;
}

export function travelPapersOf(
  { dossier, plan }: SeenCase,
  today: LocalDate,
): { documents: DocumentRef[]; validUntil: LocalDate } {
  const last = plan?.window.to ?? today;
  const papers = dossier ? childsPapers(dossier, ['passport', 'travel-document', 'return-certificate']) : [];
  // A child without a passport travels on a paper the consulate gives for this journey.
  const lasting = (dossier?.documents ?? []).flatMap(({ id, expiresOn }) =>
    papers.includes(id) && expiresOn !== undefined && expiresOn >= last ? [{ id, expiresOn }] : [],
  );
  const ends = lasting.map(({ expiresOn }) => expiresOn).sort();
  return { documents: lasting.map(({ id }) => id), validUntil: ends[0] ?? last };
}

/** Of whoever comes to the site for the child: with what they travel, and what lets them take the child along. */
export function carerPapersOf(
  { dossier, plan, recipient: { ref } }: SeenCase,
  today: LocalDate,
): { documents: DocumentRef[]; permission: DocumentRef; validUntil: LocalDate } {
  const own = dossier?.documents.filter(({ holder }) => holder === ref) ?? [];
  const toTravel: readonly string[] = ['passport', 'travel-document', 'id-card'];
  const permission = own.find(({ kind }) => !toTravel.includes(kind));
  if (!permission) throw new Error(`${ref} has no paper that permits them to take the child along`);
  return {
    documents: own.filter(({ kind }) => toTravel.includes(kind)).map(({ id }) => id),
    permission: permission.id,
    validUntil: plan?.window.to ?? today,
  };
}

/** Whether custody rests on a paper that ends within the plan's window. */
export function custodyEndsTooSoon({ dossier, recipient: { ref }, plan }: SeenCase): boolean {
  const recipient = dossier?.recipients.find(({ id }) => id === ref);
  const end = recipient && lastingBasis(recipient)?.validUntil;
  return end !== undefined && plan !== undefined && end < plan.window.to;
}

/** The same basis on a new paper; the old one stays listed beside it. */
export function withRenewedCustody(dossier: Dossier, ref: string, today: LocalDate): Dossier {
  const id = `doc-${Math.max(0, ...dossier.documents.map((listed) => Number(listed.id.slice(4)))) + 1}`;
  const recipient = dossier.recipients.find((one) => one.id === ref);
  const basis = recipient && lastingBasis(recipient);
  if (!basis) throw new Error(`${ref} has no custody paper to renew`);
  const validUntil = daysLater(today, 365);
  const old = dossier.documents.find((listed) => basis.evidence.includes(listed.id));
  return {
    ...dossier,
    documents: [
      ...dossier.documents,
      {
        id,
        kind: old?.kind ?? 'power-of-attorney',
        holder: ref,
        issuedBy: old?.issuedBy ?? 'Notary (invented)',
        issuedOn: today,
        expiresOn: validUntil,
      },
    ],
    recipients: dossier.recipients.map((one) =>
      one.id === ref
        ? { ...one, custody: [...one.custody, { ...basis, validFrom: today, validUntil, evidence: [id] }] }
        : one,
    ),
  };
}
