/** Which children several cases are of. */
import type { CaseId } from '../../domain/model/ids';
import type { PartyKind } from '../../domain/model/parties';
import type { ApiParts } from '../api-parts';
import { childBriefFor } from './child-brief';
import type { ChildBrief } from './child-brief';

/** A case of which nothing may be read is absent. */
export async function childBriefsFor(
  { record }: ApiParts,
  kind: PartyKind,
  cases: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, ChildBrief>> {
  const now = new Date().toISOString();
  const dossiers = await record.newestDossiers([...cases]);
  return new Map(
    [...dossiers].flatMap(([id, dossier]) => {
      const child = childBriefFor(kind, dossier, now);
      return child ? [[id, child] as const] : [];
    }),
  );
}
