/** Which child a case is of, in a line of a list: through the readers of the dossier, like everything of it. */
import type { z } from 'zod';
import type { Dossier } from '../../contracts/dossier/dossier';
import type { childBriefSchema } from '../../contracts/http/briefs';
import type { PartyKind } from '../../domain/model/parties';
import type { Instant } from '../../domain/calendar/time';
import { birthYearOf, mayRead } from './dossier-view';

export type ChildBrief = z.infer<typeof childBriefSchema>;

/** Undefined where not even the name is for this kind of party. */
export function childBriefFor(kind: PartyKind, { child }: Dossier, now: Instant): ChildBrief | undefined {
  if (!mayRead(kind, 'child.names')) return undefined;
  const names = child.names.filter(({ recordedInError }) => !recordedInError);
  const { birthDate } = child;
  const knowsDay = mayRead(kind, 'child.birthDate') && 'exact' in birthDate;
  return {
    names: names.map(({ script, given, family }) => ({
      script,
      ...(given !== undefined && { given }),
      ...(family !== undefined && { family }),
    })),
    ...(knowsDay
      ? { age: yearsBetween(birthDate.exact, now) }
      : (mayRead(kind, 'child.birthDate') || mayRead(kind, 'child.birthYear')) && {
          birthYear: birthYearOf(birthDate),
        }),
  };
}

/** Whole years at a day. Shown only: what the rules ask of an age is judged in `domain/facts/majority.ts`. */
function yearsBetween(born: string, now: Instant): number {
  const years = Number(now.slice(0, 4)) - Number(born.slice(0, 4));
  return now.slice(5, 10) < born.slice(5, 10) ? years - 1 : years;
}
