/** Folds of intake, tracing and verification. */
import { facetStateOf } from '../facts/adults';
import { aboutPerson } from '../facts/alternates';
import type { ReturnCase } from '../model/case';
import type { RecipientRef } from '../model/ids';
import type { OfficialActor } from '../model/parties';
import type { Facet, FacetState } from '../model/verification';
import type { FoldTable, Patch } from './fold-table';

interface Of {
  readonly facet: Facet;
  readonly recipient?: RecipientRef;
}
const withFacet = (
  { facets, alternateFacets }: ReturnCase,
  { facet, recipient }: Of,
  change: FacetState,
): Patch =>
  recipient === undefined
    ? { facets: { ...facets, [facet]: change } }
    : {
        alternateFacets: {
          ...alternateFacets,
          [recipient]: { ...alternateFacets?.[recipient], [facet]: change },
        },
      };

/** Whoever is nominated brings along what was found of them beforehand; of whoever was recipient it is forgotten. */
function broughtAlong(state: ReturnCase, recipient: RecipientRef, verified: readonly Facet[]): Patch {
  const { [recipient]: own = {}, ...others } = state.alternateFacets ?? {};
  const brought = verified.flatMap((facet) => (own[facet] ? [[facet, own[facet]] as const] : []));
  return {
    facets: { ...state.facets, ...(Object.fromEntries(brought) as Partial<ReturnCase['facets']>) },
    ...(state.alternateFacets && { alternateFacets: others }),
    ...(verified.includes('childs-view') && { bestInterests: undefined }),
  };
}

/** Identity and confirmations were about the person before. */
const handoverAnew: Patch = { handover: { confirmedBy: [] }, reunion: undefined };

/** A determination answers one view of the child; another view asks for another. */
const withoutDetermination = ({ facet, recipient }: Of): Patch =>
  facet === 'childs-view' && recipient === undefined ? { bestInterests: undefined } : {};

export const verificationFolds: FoldTable<
  | 'CaseAcknowledged'
  | 'DuplicateFlagged'
  | 'DuplicateSettled'
  | 'DuplicateClosed'
  | 'FileAccepted'
  | 'WhereaboutsReported'
  | 'TraceAnswered'
  | 'TraceResumed'
  | 'FacetAttested'
  | 'AttestationUpheld'
  | 'AttestationReturned'
  | 'FacetReopened'
  | 'RecipientNominated'
  | 'RecipientApproved'
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
  WhereaboutsReported: (_state, _event, { at }) => ({ locatedAt: at, trace: undefined }),
  TraceAnswered: (_state, { answer, hold }, { at }) => ({
    trace: { since: at, answer, ...(hold !== undefined && { hold }) },
  }),
  TraceResumed: (_state, _event, { at }) => ({ trace: { since: at } }),
  FacetAttested: (state, event, { at, actor }) => ({
    ...withoutDetermination(event),
    ...withFacet(state, event, {
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
  AttestationUpheld: (state, event, { at, actor }) =>
    withFacet(state, event, {
      ...facetStateOf(aboutPerson(state, event.recipient), event.facet),
      status: 'settled',
      since: at,
      reviewer: actor as OfficialActor,
    }),
  AttestationReturned: (state, event, { at }) => withFacet(state, event, { status: 'open', since: at }),
  FacetReopened: (state, event, { at }) => ({
    ...withFacet(state, event, { status: 'open', since: at, reopened: event.reason }),
    ...withoutDetermination(event),
  }),
  RecipientNominated: (state, { recipient, toBeApproved, verified = [] }, { at }) => ({
    ...broughtAlong(state, recipient, verified),
    recipient: { ref: recipient, nominatedAt: at, ...(toBeApproved && { approvedBy: [] }) },
    ...handoverAnew,
  }),
  RecipientApproved: ({ recipient }, { party, relay }) => ({
    recipient: {
      ...recipient,
      approvedBy: [...(recipient.approvedBy ?? []), party],
      ...(relay !== undefined && { relayed: [...(recipient.relayed ?? []), { party, relay }] }),
    },
  }),
  RecipientUnavailable: (state, _event, { at }) => ({
    recipient: { ...state.recipient, unavailableSince: at },
    ...handoverAnew,
  }),
  ChildHeard: (state, { recipient, answer, heardAt }, { at, actor }) =>
    'official' in actor
      ? {
          // A child that does not want to is in the host’s care again.
          ...(answer === 'unwilling' && { reunion: undefined }),
          hearings: [...(state.hearings ?? []), { recipient, answer, heardAt: heardAt ?? at, by: actor }],
        }
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
