/** The recipient's relation against the documents named for it. */
import type { Relation } from '../../src/contracts/dossier/dossier';
import type { CheckFinding } from '../../src/domain/model/commands';
import type { PaperKind } from '../../src/domain/model/dossier-facts';
import { found } from './check-input';
import type { CheckInput } from './check-input';

const parentage = ['birth-certificate', 'court-order'] as const;
const byBlood = ['birth-certificate', 'court-order', 'guardianship'] as const;
const byOrder = ['guardianship', 'court-order'] as const;

/** Kinds of document that can show each relation; null where any may. */
const evidenceFor = {
  mother: parentage,
  father: parentage,
  grandmother: byBlood,
  grandfather: byBlood,
  aunt: byBlood,
  uncle: byBlood,
  sister: byBlood,
  brother: byBlood,
  cousin: byBlood,
  'step-parent': null,
  'foster-parent': byOrder,
  guardian: byOrder,
  // After an adoption the register writes a new birth certificate.
  'adoptive-parent': parentage,
  'half-sibling': byBlood,
  'great-grandparent': byBlood,
  authority: byOrder,
  other: null,
} as const satisfies Record<Relation, readonly PaperKind[] | null>;

export function checkKinship({ dossier, recipient }: CheckInput): CheckFinding[] {
  const about = { recipient: recipient.id };
  const { relation, evidence } = recipient.kinship;
  if (evidence.length === 0) return [found('kinship-unevidenced', about)];
  const fitting: readonly PaperKind[] | null = evidenceFor[relation];
  const kinds = dossier.documents.filter(({ id }) => evidence.includes(id)).map(({ kind }) => kind);
  if (fitting && !kinds.some((kind) => fitting.includes(kind)))
    return [found('kinship-evidence-unfit', about)];
  // A court or guardianship authority has looked at the chain already.
  const certificates = kinds.filter((kind) => kind === 'birth-certificate').length;
  return fitting === byBlood && certificates === 1 && kinds.every((kind) => kind === 'birth-certificate')
    ? [found('kinship-chain-short', about)]
    : [];
}
