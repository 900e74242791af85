/** Coming of age is judged at the instant: from the first moment of the birthday on, wherever it comes first. */
import { zoneOffsetsOf } from '../../../src/contracts/zone-offsets';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import { asOfAge, comesOfAgeOn, daysToMajority, milestoneOf } from '../../../src/domain/facts/majority';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { obligationsOf } from '../../../src/domain/obligations/obligations';
import { hostingRules } from '../../support/mechanism-rules';
import { ready } from '../plays/returns';

/** Kyiv two hours ahead of UTC, Moscow three. */
const rules: MechanismRules = {
  ...hostingRules,
  parties: hostingRules.parties.map((party) => ({
    ...party,
    timeZone: party.kind === 'holding' ? 'Europe/Moscow' : 'Europe/Kyiv',
  })),
  zones: { 'Europe/Kyiv': zoneOffsetsOf('Europe/Kyiv'), 'Europe/Moscow': zoneOffsetsOf('Europe/Moscow') },
};
const { state, now } = ready(rules);
const birthday = now.slice(0, 10);
const eve = new Date(Date.parse(birthday) - 86_400_000).toISOString().slice(0, 10);
const midnightInMoscow = `${eve}T21:00:00.000Z`;
const justBefore = `${eve}T20:59:59.999Z`;

it('a child of seventeen is one until the last moment, and an adult from midnight in Moscow on', () => {
  const at = (instant: string) => asOfAge(state, rules, instant, birthday).majority;
  expect(at(justBefore)).toBeUndefined();
  expect(at(midnightInMoscow)).toEqual({ daysLeft: 0, at: midnightInMoscow });
});

it('nobody departs without their own consent from that moment, whatever the upkeep has noted', () => {
  const nearly = { ...state, majority: { daysLeft: 30, at: now } as const };
  const blockers = (of: typeof state) => gateBlockersOf(of, rules, now).map(({ blocker }) => blocker);
  expect(blockers(asOfAge(nearly, rules, now, birthday))).toEqual(['own-consent-missing']);
  const consented = { ...nearly, majority: { ...nearly.majority, ownConsent: true } };
  expect(blockers(asOfAge(consented, rules, now, birthday))).toEqual([]);
  expect(obligationsOf(asOfAge(nearly, rules, now, birthday), rules, now).map(({ kind }) => kind)).toContain(
    'obtain-own-consent',
  );
});

it('days left are those until the birthday, not until the last milestone', () => {
  const on = { state, rules };
  expect(daysToMajority(birthday, justBefore, on)).toBe(1);
  expect(daysToMajority(birthday, midnightInMoscow, on)).toBe(0);
  expect(daysToMajority(eve, now, on)).toBe(0);
  expect([181, 180, 91, 31, 30, 1, 0].map(milestoneOf)).toEqual([undefined, 180, 180, 90, 30, 30, 0]);
});

it.each([
  ['2008-11-27', '2026-11-27'],
  ['2008-02-29', '2026-02-28'],
  ['2010-02-28', '2028-02-28'],
  ['2008-12-31', '2026-12-31'],
])('who was born on %s comes of age on %s', (born, on) => expect(comesOfAgeOn(born)).toBe(on));
