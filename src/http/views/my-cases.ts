/** Whose cases are the reader's own: theirs, and those of a colleague for whom they stand in now. */
import type { Reader } from '../../auth/official-directory';
import type { OfficialId } from '../../domain/model/ids';
import type { ApiParts } from '../api-parts';
import { readsField } from './case-view';

/** Undefined where nothing is asked, and for who may not know whose a case is: the answer would tell it. */
export async function officersMeant(
  { record }: Pick<ApiParts, 'record'>,
  { kind, mechanism, official }: Reader,
  mine: boolean | undefined,
): Promise<readonly OfficialId[] | undefined> {
  if (mine !== true || !readsField(kind, 'officer')) return undefined;
  const now = new Date().toISOString();
  const absences = await record.absences.current(mechanism);
  const away = absences.filter(
    ({ deputy, from, until }) => deputy === official && from <= now && until > now,
  );
  return [official, ...away.map((absence) => absence.official)];
}
