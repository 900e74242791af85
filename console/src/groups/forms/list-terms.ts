/** The terms of a list as they stand in a form. */
import type { GroupView } from '../../api/types';
import { readInstant } from '../../commands/date-field';
import type { Typed } from '../../session/draft';

/** As they are now, for whoever changes some of them. */
export function startOf({ list, children }: GroupView): Typed {
  const at = new Date(list.departAt);
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    members: children.filter(({ travels }) => travels).map((each) => each.case),
    'departAt.day': [String(at.getDate())],
    'departAt.month': [String(at.getMonth() + 1)],
    'departAt.year': [String(at.getFullYear())],
    'departAt.time': [`${two(at.getHours())}:${two(at.getMinutes())}`],
    place: [list.place],
    route: [list.route],
  };
}

const minuteOf = (instant: string): number => Math.floor(Date.parse(instant) / 60_000);

/** What of them is written; what is missing the API says. `before`: the hour that stood in the form, to the second. */
export function listIn(typed: Typed, before?: string) {
  const written = readInstant(typed, 'departAt');
  const isSame = written !== undefined && before !== undefined && minuteOf(written) === minuteOf(before);
  const departAt = isSame ? before : written;
  const [place, route] = [typed.place?.[0], typed.route?.[0]];
  return {
    members: typed.members ?? [],
    ...(departAt !== undefined && { departAt }),
    ...(place !== undefined && place !== '' && { place }),
    ...(route !== undefined && { route }),
  };
}
