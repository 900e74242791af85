/**
 * Rules of holds: anybody of a party places one at once; who lifts one, and how often it may be renewed, is not
 * anybody's. Source: docs/rules.md, "A stop never strands", "Four eyes"; who lifts: `../holds.ts`.
 */
import { decidingSidesOf } from '../facts/agreement';
import type { Hold, ReturnCase } from '../model/case';
import type { CommandOf } from '../model/commands';
import { dateIn } from '../facts/days';
import type { CaseEvent } from '../model/events';
import { holdRenewalsOf, isGuarded, lifterOf } from '../facts/holds';
import { rejected } from '../model/rejections';
import { addDuration } from '../calendar/time';
import type { Instant, LocalDate } from '../calendar/time';
import { officialOf } from './rule-context';
import { omitUndefined } from '../model/omit-undefined';
import type { RuleContext, HandlerTable } from './rule-context';
import { pausedOf } from './journey';
import { lookAgainAt } from './look-again';

/** No two active holds share an id: lifting one would lift the other. */
export function freeHoldId({ holds, version }: ReturnCase, asked: string): string {
  const isTaken = (id: string): boolean => holds.some((hold) => hold.id === id);
  let id = asked;
  for (let next = version + 1; isTaken(id); next += 1) id = `${asked}-${next}`;
  return id;
}

/** A day later it says something new: that the reason is still there. */
const sameWithin = 'P1D';

/** Of the same official with the same id, reason, words and day, not older than a day, and as it was placed. */
function isSameHold(
  state: ReturnCase,
  standing: Hold,
  { hold, reason, reviewBy, note }: CommandOf<'placeHold'>,
  context: RuleContext,
): boolean {
  const { official, party } = officialOf(context);
  const { mechanism: rules, now } = context;
  const dayOf = (at: Instant): LocalDate => dateIn('reviewBy', at, { state, rules, party });
  const asked = lookAgainAt(state, reviewBy, rules.holdReviewWithin, context).at;
  return (
    standing.id === hold &&
    standing.party === party &&
    'official' in standing.by &&
    standing.by.official === official &&
    standing.reason === reason &&
    standing.note === note &&
    standing.reviewedAt === undefined &&
    now < addDuration(standing.placedAt, sameWithin) &&
    (reviewBy === undefined || dayOf(asked) === dayOf(standing.reviewAt))
  );
}

export const holdRules: HandlerTable<'placeHold' | 'reviewHold' | 'liftHold'> = {
  /*
   * Never refused; on the way it stops the journey. An id already used gets a suffix rather than a refusal. The very same
   * once more is one hold: whoever is not sure that it arrived must not have to lift two.
   */
  placeHold: (state, command, context) => {
    const { hold, reason, reviewBy, note } = command;
    const journey = pausedOf(state, context, 'security');
    if (state.holds.some((standing) => isSameHold(state, standing, command, context))) return journey;
    return [
      omitUndefined({
        type: 'HoldPlaced',
        hold: freeHoldId(state, hold),
        party: officialOf(context).party,
        reason,
        reviewAt: lookAgainAt(state, reviewBy, context.mechanism.holdReviewWithin, context).at,
        note,
      }),
      ...journey,
    ];
  },

  reviewHold: (state, { hold, reviewBy, note }, context) => {
    const found = state.holds.find(({ id }) => id === hold);
    if (!found) return rejected('unknown-hold', { field: 'hold' });
    if (found.party !== officialOf(context).party) return rejected('not-your-party');
    const { at, isPast } = lookAgainAt(state, reviewBy, context.mechanism.holdReviewWithin, context);
    if (isPast) return rejected('date-past', { field: 'reviewBy' });
    // A deciding side that wants no return says so, and mediation owes it something; the hold stands meanwhile.
    const isSides = decidingSidesOf(state, context.mechanism).includes(found.party);
    if (isSides && (found.renewals ?? 0) >= holdRenewalsOf(context.mechanism))
      return rejected('hold-renewals-spent', { field: 'hold' });
    return [omitUndefined({ type: 'HoldReviewed', hold, reviewAt: at, note })];
  },

  liftHold: (state, { hold: id, ground, note }, context) => {
    const hold = state.holds.find((one) => one.id === id);
    if (!hold) return rejected('unknown-hold', { field: 'hold' });
    const lifter = lifterOf(hold, officialOf(context), state, context.mechanism, context.now);
    if (!lifter)
      return rejected(hold.party === officialOf(context).party ? 'not-your-command' : 'not-your-party');
    if (isGuarded(hold) && ground === undefined) return rejected('ground-required', { field: 'ground' });
    const by = lifter === 'mediator' ? lifter : undefined;
    return [
      omitUndefined({
        type: 'HoldLifted',
        hold: id,
        party: hold.party,
        ground,
        by,
        note,
      } satisfies CaseEvent),
    ];
  },
};
