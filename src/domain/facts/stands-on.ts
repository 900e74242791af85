/** What a case stands on of its mechanism: under other rules it must be there too. The plan lapses on the way there. */
import type { ReturnCase } from '../model/case';
import type { MechanismRules } from '../model/mechanism';

/** Ids of parties, sites and places that the case names and the target does not have. */
export function absentFrom(
  { parties, sites, places }: MechanismRules,
  { requestingParty, holdingParty, holds, stay, interimCare, legs }: ReturnCase,
): string[] {
  const lacks = (known: readonly string[], named: readonly (string | undefined)[]): string[] =>
    named.filter((id): id is string => id !== undefined && !known.includes(id));
  const absent = [
    ...lacks(
      parties.map(({ id }) => id),
      [requestingParty, holdingParty, ...holds.map(({ party }) => party)],
    ),
    ...lacks(
      sites.map(({ id }) => id),
      [stay?.site],
    ),
    ...lacks(places, [interimCare?.place, ...legs.flatMap(({ from, to }) => [from, to])]),
  ];
  return [...new Set(absent)];
}
