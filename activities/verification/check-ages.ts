/** Ages that a relation, or childhood itself, does not allow. Estimates get the benefit of the doubt. */
import type { CheckFinding } from '../../src/domain/model/commands';
import { comesOfAgeOn } from '../../src/domain/facts/majority';
import { bornBetween, found, lastDayOf, yearsBetween } from './check-input';
import type { CheckInput } from './check-input';

const ofAge = 18;
const youngestParent = 12;
const oldestMother = 55;
/** Two parents of twelve. */
const youngestGrandparent = 24;
/** Three. */
const youngestGreatGrandparent = 36;

export function checkAges(input: CheckInput): CheckFinding[] {
  return [...childsAge(input), ...recipientsAge(input)];
}

function childsAge(input: CheckInput): CheckFinding[] {
  const { birthDate } = input.dossier.child;
  // Both ends of an estimate matter: with the earlier one, own consent may be needed.
  const { from } = bornBetween(birthDate);
  return [
    ...('estimated' in birthDate ? [found('birth-date-estimated')] : []),
    ...(comesOfAgeOn(from) <= input.today
      ? [found('child-of-age')]
      : comesOfAgeOn(from) <= lastDayOf(input)
        ? [found('child-of-age-in-window')]
        : []),
  ];
}

function recipientsAge({ dossier, recipient, today }: CheckInput): CheckFinding[] {
  // An authority has no birthday.
  if (recipient.kind === 'authority') return [];
  if (!recipient.birthDate) return [found('recipient-birth-date-missing', { recipient: recipient.id })];
  const about = { recipient: recipient.id };
  const theirs = bornBetween(recipient.birthDate);
  const childs = bornBetween(dossier.child.birthDate);
  const oldestAtBirth = yearsBetween(theirs.from, childs.to);
  const youngestAtBirth = yearsBetween(theirs.to, childs.from);
  const { relation } = recipient.kinship;
  const isParent = relation === 'mother' || relation === 'father';
  const isGrandparent = relation === 'grandmother' || relation === 'grandfather';
  return [
    ...(yearsBetween(theirs.from, today) < ofAge ? [found('recipient-minor', about)] : []),
    ...(isParent && oldestAtBirth < youngestParent ? [found('parent-too-young', about)] : []),
    ...(relation === 'mother' && youngestAtBirth > oldestMother ? [found('mother-too-old', about)] : []),
    ...((isGrandparent && oldestAtBirth < youngestGrandparent) ||
    (relation === 'great-grandparent' && oldestAtBirth < youngestGreatGrandparent)
      ? [found('grandparent-too-young', about)]
      : []),
  ];
}
