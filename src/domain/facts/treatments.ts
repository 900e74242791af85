/** Which doses are due when: each time of a treatment on each of its days, while the child is at the site. Source: docs/rules.md, "The host's day". */
import { addDuration, before } from '../calendar/time';
import type { Instant } from '../calendar/time';
import type { ReturnCase } from '../model/case';
import type { Treatment } from '../model/hosting';
import type { MechanismRules } from '../model/mechanism';
import { siteDayOf, siteInstant } from './beds';
import { addDays } from './days';

export interface Dose {
  /** The treatment and the instant at which it is due. */
  readonly id: string;
  readonly treatment: Treatment;
  readonly due: Instant;
  /** What became of it; absent while nobody has said. */
  readonly done?: Treatment['doses'][number];
}

/** So long before its time it may be given, and so long after it nobody has to worry. */
export const doseMargin = 'PT1H';
/** Who forgot to say so may still say it. */
export const recordableFor = 'P1D';

/** Those due from the one instant on and before the other, in order. What was due before the child or the order was there never was. */
export function dosesBetween(
  { stay, treatments = [] }: ReturnCase,
  rules: MechanismRules,
  from: Instant,
  to: Instant,
): Dose[] {
  if (stay?.status !== 'occupied') return [];
  const site = rules.sites.find(({ id }) => id === stay.site);
  const lastDay = siteDayOf(site, to, rules);
  const days: string[] = [];
  for (let day = siteDayOf(site, from, rules); day <= lastDay; day = addDays(day, 1)) days.push(day);
  return treatments
    .flatMap((treatment) => {
      const begins = [from, stay.since, treatment.since].reduce((one, other) => (one > other ? one : other));
      return days
        .filter((day) => treatment.firstDay <= day && day <= (treatment.lastDay ?? day))
        .flatMap((day) => treatment.times.map((time) => siteInstant(site, day, time, rules)))
        .filter((due) => begins <= due && due < to)
        .map((due): Dose => {
          const done = treatment.doses.find((dose) => dose.due === due);
          return { id: `${treatment.id}-${Date.parse(due)}`, treatment, due, ...(done && { done }) };
        });
    })
    .sort((one, other) => (one.due < other.due ? -1 : one.due > other.due ? 1 : 0));
}

/** Those of which somebody may say now what became of them. */
export const recordableDoses = (state: ReturnCase, rules: MechanismRules, now: Instant): Dose[] =>
  dosesBetween(state, rules, before(now, recordableFor), addDuration(now, doseMargin));

/** Its time is past by more than the margin, and nobody has said anything. */
export const isLate = ({ due, done }: Dose, now: Instant): boolean =>
  !done && addDuration(due, doseMargin) < now;
