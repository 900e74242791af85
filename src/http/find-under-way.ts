/** Who is on the road, as far as the reader may see. */
import type { CaseId } from '../domain/model/ids';
import type { Reader } from '../auth/official-directory';
import type { ApiParts } from './api-parts';
import type { OpenedCase } from './define-route';

/** More are never on the road at once; those that were opened last would be left out. */
const most = 200;

export async function findUnderWay({ record }: ApiParts, reader: Reader): Promise<OpenedCase[]> {
  const lists = await Promise.all(
    (['transit', 'handover'] as const).map((stage) => record.board(reader, { stage }, { limit: most })),
  );
  const ids: CaseId[] = lists.flatMap(({ items }) => items.map((entry) => entry.case));
  const loaded = await Promise.all(ids.map((id) => record.load(id)));
  return loaded.filter((found): found is OpenedCase => found?.state.journey !== undefined);
}
