/** Folds of intake, tracing and verification. */
import type { ReturnCase } from '../model/case';
import type { OfficialActor } from '../model/parties';
import type { Facet, FacetState } from '../model/verification';
import type { FoldTable, Patch } from './fold-table';

const withFacet = (state: ReturnCase, facet: Facet, change: FacetState): Patch => ({
  facets: { ...state.facets, [facet]: change },
});

/** Identity and confirmations were about the person before. */
const handoverAnew: Patch = { handover: { confirmedBy: [] } };

/** A determination answers one view of the child; another view asks for another. */
const withoutDetermination = (facet: Facet): Patch =>
  facet === 'childs-view' ? { bestInterests: undefined } : {};

export const verificationFolds: FoldTable<
  | 'CaseAcknowledged'
  | 'DuplicateFlagged'
  | 'DuplicateSettled'
  | 'DuplicateClosed'
  | 'FileAccepted'
  | 'WhereaboutsReported'
  | 'FacetAttested'
  | 'AttestationUpheld'
  | 'AttestationReturned'
  | 'FacetReopened'
  | 'RecipientNominated'
  | 'RecipientUnavailable'
  | 'ChildHeard'
  | 'ChildIdentified'
  | 'BestInterestsDetermined'
  | 'DossierRevised'
  | 'FileChecked'
> = {
  CaseAcknowledged: (_state, _event, { at }) => ({ acknowledgedAt: at }),
  DuplicateFlagged: (state, { other, there }, { at }) => ({
    duplicates: [...state.duplicates, { other, since: at, ...(there && { there }) }],
  }),
  DuplicateSettled: (state, { other, verdict }, { at }) => ({
    duplicates: state.duplicates.map((duplicate) =>
      duplicate.other === other ? { ...duplicate, since: at, verdict } : duplicate,
    ),
  }),
  DuplicateClosed: (state, { other }) => ({
    duplicates: state.duplicates.map((duplicate) =>
      duplicate.other === other ? { ...duplicate, closed: true } : duplicate,
    ),
  }),
  FileAccepted: (state, _event, { at }) => ({
    fileAcceptedAt: at,
    acknowledgedAt: state.acknowledgedAt ?? at,
  }),
  WhereaboutsReported: (_state, _event, { at }) => ({ locatedAt: at }),
  FacetAttested: (state, event, { at, actor }) => ({
    ...withoutDetermination(event.facet),
    ...withFacet(state, event.facet, {
      status: 'attested',
      since: at,
      attestation: {
        finding: event.finding,
        by: actor as OfficialActor, // decide lets only officials attest
        at,
        dossierVersion: event.dossierVersion,
        evidence: event.evidence,
        validUntil: event.validUntil,
        note: event.note,
      },
    }),
  }),
  AttestationUpheld: (state, { facet }, { at, actor }) =>
    withFacet(state, facet, {
      ...state.facets[facet],
      status: 'settled',
      since: at,
      reviewer: actor as OfficialActor,
    }),
  AttestationReturned: (state, { facet }, { at }) => withFacet(state, facet, { status: 'open', since: at }),
  FacetReopened: (state, { facet, reason }, { at }) => ({
    ...withFacet(state, facet, { status: 'open', since: at, reopened: reason }),
    ...withoutDetermination(facet),
  }),
  RecipientNominated: (_state, { recipient }, { at }) => ({
    recipient: { ref: recipient, nominatedAt: at },
    ...handoverAnew,
  }),
  RecipientUnavailable: (state, _event, { at }) => ({
    recipient: { ...state.recipient, unavailableSince: at },
    ...handoverAnew,
  }),
  ChildHeard: (state, { recipient, answer, heardAt }, { at, actor }) =>
    'official' in actor
      ? { hearings: [...(state.hearings ?? []), { recipient, answer, heardAt: heardAt ?? at, by: actor }] }
      : {},
  ChildIdentified: ({ presence }, { how, matches }, { at, actor }) =>
    'official' in actor
      ? {
          presence: {
            ...{ matches, how, at, by: actor },
            ...(!matches && { mismatchSince: presence?.mismatchSince ?? at }),
          },
        }
      : {},
  BestInterestsDetermined: (_state, { outcome, determination }, { at }) => ({
    bestInterests: { outcome, determination, at },
  }),
  DossierRevised: (_state, { dossier, material, byTable }) => ({
    dossier,
    ...((material || !byTable) && { dossierBasis: dossier.version }),
  }),
  FileChecked: (_state, { dossierVersion, planVersion, findings }) => ({
    checks: { dossierVersion, planVersion, findings },
  }),
};
