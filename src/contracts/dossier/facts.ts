/** What the rules may know of a dossier, made from the dossier itself. The record's own are taken by Postgres. */
import type { LocalDate } from '../../domain/calendar/time';
import { comesOfAgeOn } from '../../domain/facts/majority';
import type { Dossier } from './dossier';
import type { DossierFacts } from '../../domain/model/dossier-facts';

/** The 18th birthday, the earliest one of an estimated birth date. */
export const ofAgeOnOf = ({ child: { birthDate } }: Dossier): LocalDate =>
  comesOfAgeOn('exact' in birthDate ? birthDate.exact : birthDate.estimated.from);

export const factsOf = (dossier: Dossier, version = 1): DossierFacts => ({
  version,
  ofAgeOn: ofAgeOnOf(dossier),
  documents: dossier.documents.map(({ id: ref, kind, holder, issuedOn, expiresOn, sha256 }) => ({
    ref,
    kind,
    holder,
    ...(issuedOn !== undefined && { issuedOn }),
    ...(expiresOn !== undefined && { expiresOn }),
    ...(sha256 !== undefined && { sha256 }),
  })),
  recipients: dossier.recipients.map(({ id: ref, kinship, custody }) => ({
    ref,
    kinshipEvidence: kinship.evidence,
    custody: custody.map(({ validFrom, validUntil, evidence }) => ({
      ...(validFrom !== undefined && { validFrom }),
      ...(validUntil !== undefined && { validUntil }),
      evidence,
    })),
  })),
});
