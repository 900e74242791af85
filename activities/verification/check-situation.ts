/** What the dossier says of where the child is, what it wants, and whether the recipient is there at all. */
import { alternatesOf, isVerifiedAlternate } from '../../src/domain/facts/alternates';
import type { CheckFinding } from '../../src/domain/model/commands';
import { bornBetween, daysBetween, found, yearsBetween } from './check-input';
import type { CheckInput } from './check-input';

/** Old enough to be asked in any case; younger children may be, and are where possible. */
const askedFrom = 6;
/** A wish may change; longer than the validity of an approval or two. */
const viewHoldsForDays = 180;

/** Whom the plan names in the recipient’s place, and of whom something is still to be found. */
function unverifiedAlternates({ way, today }: CheckInput): CheckFinding[] {
  if (!way) return [];
  const { state, rules: mechanism } = way;
  return alternatesOf(state)
    .filter((ref) => !isVerifiedAlternate(state, ref, { mechanism, now: `${today}T00:00:00.000Z` }))
    .map((ref) => found('alternate-unverified', { recipient: ref }));
}

export function checkSituation(input: CheckInput): CheckFinding[] {
  const { dossier, recipient, window, today } = input;
  const { whereabouts, view, birthDate } = dossier.child;
  const born = bornBetween(birthDate);
  const marked = (dossier.invented ?? []).length + (dossier.assumed ?? []).length > 0;
  return [
    ...(recipient.unavailable ? [found('recipient-unavailable', { recipient: recipient.id })] : []),
    ...unverifiedAlternates(input),
    ...(window !== undefined && !whereabouts.known ? [found('whereabouts-unknown')] : []),
    ...(whereabouts.since !== undefined && whereabouts.since < born.from
      ? [found('whereabouts-before-birth')]
      : []),
    ...(view === undefined && yearsBetween(born.to, today) >= askedFrom
      ? [found('childs-view-missing')]
      : []),
    ...(view !== undefined && daysBetween(view.recordedOn, today) > viewHoldsForDays
      ? [found('childs-view-old')]
      : []),
    ...(marked ? [found('example-data')] : []),
  ];
}
