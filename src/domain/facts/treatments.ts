/**
 * Which doses are due when: each time of a treatment on each of its days, while the child is at the site, and on the way while an
 * escort has it. Source: docs/rules.md, "The host's day".
 */
import { addDuration, before } from '../calendar/time';
import type { Instant } from '../calendar/time';
import type { ReturnCase } from '../model/case';
import type { Treatment } from '../model/hosting';
import type { SiteId } from '../model/ids';
import { findParty } from '../model/mechanism';
import type { MechanismRules } from '../model/mechanism';
import type { OfficialActor } from '../model/parties';
import { siteDayOf, siteInstant } from './beds';
import { careOf } from './care';
import { addDays } from './days';
import { travelsWith } from './transfer';

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

/** By the clocks of which site, and since when: where the child is, or whence it set out. */
function clocksOf(state: ReturnCase): { readonly site?: SiteId; readonly since: Instant } | undefined {
  const { stay, plan } = state;
  if (stay?.status === 'occupied') return stay;
  return isWithEscort(state) ? { since: '', ...(plan?.site && { site: plan.site }) } : undefined;
}
const isWithEscort = (state: ReturnCase): boolean => careOf(state).with === 'escort';

/** Those due from the one instant on and before the other, in order. What was due before the child or the order was there never was. */
export function dosesBetween(state: ReturnCase, rules: MechanismRules, from: Instant, to: Instant): Dose[] {
  const { treatments = [] } = state;
  const where = clocksOf(state);
  if (!where) return [];
  const site = rules.sites.find(({ id }) => id === where.site);
  const lastDay = siteDayOf(site, to, rules);
  const days: string[] = [];
  for (let day = siteDayOf(site, from, rules); day <= lastDay; day = addDays(day, 1)) days.push(day);
  return treatments
    .flatMap((treatment) => {
      const begins = [from, where.since, treatment.since].reduce((one, other) => (one > other ? one : other));
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

/** Who has the child says it; the host still says it of what was due while it had it. */
export function dosesToRecord(
  state: ReturnCase,
  rules: MechanismRules,
  now: Instant,
  { official, party }: OfficialActor,
): Dose[] {
  const doses = recordableDoses(state, rules, now);
  const takenAt = isWithEscort(state) ? (state.journey?.takenAt ?? state.journey?.departedAt) : undefined;
  if (findParty(rules, party)?.kind === 'host')
    return doses.filter(({ due }) => takenAt === undefined || due < takenAt);
  return takenAt !== undefined && travelsWith(state, official) ? doses : [];
}

/** Its time is past by more than the margin, and nobody has said anything. */
export const isLate = ({ due, done }: Dose, now: Instant): boolean =>
  !done && addDuration(due, doseMargin) < now;
