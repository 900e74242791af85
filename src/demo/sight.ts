/** What an official of the demo sees of a case: their own view of it, as the API answers. */
import type { Dossier } from '../contracts/dossier';
import type { ReturnCase } from '../domain/case';
import type { CaseId } from '../domain/ids';
import type { Obligation } from '../domain/obligations';
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
  | 'decisions'
  | 'pendingRelays'
  | 'medical'
  | 'stay'
  | 'escort'
  | 'legs'
  | 'journey'
  | 'siblings'
  | 'closure';

/** The mediator sees all of it; of what an office may not see, the fields are missing. */
export type CaseSight = Pick<ReturnCase, SeenFields> & {
  readonly obligations: readonly Obligation[];
  /** Whole only for the mediator and the requesting side. */
  readonly dossier?: Dossier;
};

interface CaseAnswer {
  readonly case: Pick<ReturnCase, SeenFields>;
  readonly obligations: readonly Obligation[];
  readonly dossier?: Dossier & { readonly version: number };
}

export async function readSight(official: HttpOfficial, id: CaseId): Promise<CaseSight> {
  const { case: seen, obligations, dossier } = await official.get<CaseAnswer>(`/v1/cases/${id}`);
  if (!dossier) return { ...seen, obligations };
  const { version: _version, ...papers } = dossier; // the number is the record's, not part of the dossier
  return { ...seen, obligations, dossier: papers };
}
