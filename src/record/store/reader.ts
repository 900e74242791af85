/** For whom a list is read. Lists hold only cases of that party; the edge adds what each may see of a case. */
import type { PartyId } from '../../domain/model/ids';
import type { PartyKind, Role } from '../../domain/model/parties';

export interface CaseReader {
  /** Id of the mechanism the reader's office belongs to: the same party may take part in two. */
  readonly mechanism: string;
  readonly party: PartyId;
  readonly kind: PartyKind;
  /** Lent ones too. */
  readonly roles: readonly Role[];
  /** Of them, those that are theirs only as a deputy, while a colleague is away. */
  readonly lent?: readonly Role[];
}
/** Who may know of every case of the mechanism; to others another case may not be there. */
export const mayBeSuggested = ({ kind }: Pick<CaseReader, 'kind'>): boolean => kind === 'mediator';
/** Kinds of party for which a search looks into the names of a dossier. Others find a case by its reference. */
const nameReaders = ['mediator', 'requesting'] as const satisfies readonly PartyKind[];
export const mayReadNames = ({ kind }: CaseReader): boolean =>
  (nameReaders as readonly PartyKind[]).includes(kind);
