/** How old a child is, from what of the birth date the reader may know. Whole years, as the reader’s calendar has it. */
import { now } from '../parts/clock';
import type { DossierView } from '../api/types';
import type { Aged } from '../parts/child';

export function ageOf(child: DossierView['child'], today = new Date(now())): Aged {
  if (child?.birthYear !== undefined) return { birthYear: child.birthYear };
  const birth = child?.birthDate;
  if (!birth) return {};
  if ('exact' in birth) return { age: yearsSince(birth.exact, today) };
  const { from, to } = birth.estimated;
  return { birthYear: { from: Number(from.slice(0, 4)), to: Number(to.slice(0, 4)) } };
}
function yearsSince(day: string, today: Date): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const isBefore = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < date);
  return today.getFullYear() - year - (isBefore ? 1 : 0);
}
