/** When somebody looks again at what they hold up: the day they named, read on their own calendar, or the longest there is. */
import type { ReturnCase } from '../model/case';
import { endOf } from '../facts/days';
import { addDuration } from '../calendar/time';
import type { Duration, Instant, LocalDate } from '../calendar/time';
import { officialOf } from './rule-context';
import type { RuleContext } from './rule-context';

/** The end of that day, and at the latest when `within` is over: so too without a day, or with one that is past. */
export function lookAgainAt(
  state: ReturnCase,
  reviewBy: LocalDate | undefined,
  within: Duration,
  context: RuleContext,
): { at: Instant; isPast: boolean } {
  const { now, mechanism } = context;
  const latest = addDuration(now, within);
  const asked =
    reviewBy === undefined
      ? undefined
      : endOf('reviewBy', reviewBy, { state, rules: mechanism, party: officialOf(context).party });
  const isPast = asked !== undefined && asked <= now;
  return { at: asked === undefined || isPast || asked > latest ? latest : lastMomentBefore(asked), isPast };
}

/** Still of that day, whoever shows it. */
const lastMomentBefore = (end: Instant): Instant => new Date(Date.parse(end) - 1).toISOString();
