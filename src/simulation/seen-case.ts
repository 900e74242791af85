/** What an official of the demo sees of a case: their own view of it, as the API answers. */
import type { Dossier } from '../contracts/dossier/dossier';
import type { ReturnCase } from '../domain/model/case';
import type { CaseId } from '../domain/model/ids';
import type { Obligation } from '../domain/obligations/obligations';
import type { HttpOfficial } from './http-official';

type SeenFields =
  | 'id'
  | 'version'
  | 'stage'
  | 'requestingParty'
  | 'holdingParty'
  | 'recipient'
  | 'plan'
  | 'facets'
  | 'alternateFacets'
  | 'decisions'
  | 'pendingRelays'
  | 'proposals'
  | 'medical'
  | 'stay'
  | 'escort'
  | 'legs'
  | 'journey'
  | 'handover'
  | 'hearings'
  | 'interimCare'
  | 'locatedAt'
  | 'trace'
  | 'openedAt'
  | 'siblings'
  | 'closure';

/** The mediator sees all of it; of what an office may not see, the fields are missing. */
export type SeenCase = Pick<ReturnCase, SeenFields> & {
  readonly obligations: readonly Obligation[];
  readonly dossierVersion?: number;
  /** Whole only for the mediator and the requesting side. */
  readonly dossier?: Dossier;
};

export const readCase = (official: HttpOfficial, id: CaseId): Promise<SeenCase> =>
  official.get<SeenCase>(`/v1/cases/${id}`);
