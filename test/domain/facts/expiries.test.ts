/** What will lapse is told of in time, once, to whoever can do something about it. */
import { expiryNoticesOf } from '../../../src/domain/facts/expiries';
import { noticesOf } from '../../../src/domain/obligations/notices';
import type { Notice } from '../../../src/domain/obligations/notices';
import { evolve } from '../../../src/domain/evolve/evolve';
import type { ReturnCase } from '../../../src/domain/model/case';
import { nextInstantOf } from '../../../src/domain/obligations/schedule';
import { addDuration, before } from '../../../src/domain/calendar/time';
import { caseIn, daysAfter, endOfDate, settle } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';

const noted = ({ events }: CaseInPlay) =>
  events.flatMap(({ event, at }) =>
    event.type === 'ExpiryNoted' ? [{ at, lapsing: event.lapsing, validUntil: event.validUntil }] : [],
  );
function told({ events, rules }: CaseInPlay): Notice[] {
  let state: ReturnCase | undefined;
  return events.flatMap((recorded) => {
    state = evolve(state, recorded);
    return noticesOf(recorded, state, rules).filter(({ kind }) => kind === 'lapses-soon');
  });
}

test('evidence: two weeks before, once, to the mediator and to whoever attested it', () => {
  const play = caseIn('verification');
  const validUntil = daysAfter(play.now, 40);
  settle(play, 'custody', { validUntil });
  play.pass('P39D');
  const at = before(endOfDate(validUntil), 'P14D');
  expect(noted(play)).toEqual([{ at, lapsing: 'custody', validUntil }]);
  expect(told(play)).toMatchObject([
    { party: 'mediator', roles: ['case-officer', 'lead'], safety: false },
    { party: 'north', roles: ['official'], safety: false },
  ]);
  expect(told(play)[0]!.facts).toMatchObject({
    lapsing: 'custody',
    lastDay: validUntil,
    due: endOfDate(validUntil),
  });
});

test('evidence renewed: what it now lasts until is told of anew, the old date is not', () => {
  const play = caseIn('verification');
  settle(play, 'custody', { validUntil: daysAfter(play.now, 20) });
  play.pass('P8D');
  expect(noted(play)).toHaveLength(1);
  play.pass('P20D'); // lapsed by now, and to be attested again
  const validUntil = daysAfter(play.now, 30);
  settle(play, 'custody', { validUntil });
  play.pass('P25D');
  expect(noted(play).map(({ lapsing, validUntil: until }) => [lapsing, until])).toEqual([
    ['custody', expect.any(String)],
    ['custody', validUntil],
  ]);
  expect(play.state.expiriesNoted).toEqual([`custody@${validUntil}`]);
});

test('whoever recorded what holds for less than that knows, and nobody is told', () => {
  const play = caseIn('verification');
  settle(play, 'custody', { validUntil: daysAfter(play.now, 10) });
  play.pass('P9D');
  expect(noted(play)).toEqual([]);
});

test('papers, clearance and the window of the plan, each to its own office; nothing once the child is on the way', () => {
  const play = caseIn('hosting');
  const until = daysAfter(play.now, 60);
  play.take('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil: until });
  play.take('clinician', { type: 'clearMedically', fit: true, validUntil: until });
  const found = expiryNoticesOf(play.state, play.rules);
  expect(found.map(({ lapsing }) => lapsing)).toEqual(
    expect.arrayContaining(['travel-documents', 'medical-clearance']),
  );
  const offices = (lapsing: string): string[] => {
    const fork = play.fork();
    fork.pass('P50D');
    return told(fork)
      .filter(({ facts }) => facts.lapsing === lapsing)
      .map(({ party, roles }) => `${party} ${roles.join('+')}`);
  };
  expect(offices('travel-documents')).toEqual(['mediator case-officer+lead', 'north official+decider']);
  expect(offices('medical-clearance')).toEqual(['mediator case-officer+lead', 'embassy clinician']);
  const agreed = caseIn('preparation');
  const window = agreed.state.plan!.window.to;
  agreed.rules = { ...agreed.rules, expiryNotice: 'P1D' };
  agreed.passUntil(endOfDate(window));
  expect(noted(agreed)).toContainEqual({
    at: before(endOfDate(window), 'P1D'),
    lapsing: 'date-window',
    validUntil: window,
  });
  expect(told(agreed).map(({ party }) => party)).toEqual(['mediator']);
  for (const stage of ['transit', 'handover', 'follow-up', 'closed'] as const) {
    const { state, rules } = caseIn(stage);
    expect(expiryNoticesOf(state, rules)).toEqual([]);
  }
});

test('the process wakes for it, each case by an offset of its own, and rules of 0.1 know nothing of it', () => {
  const play = caseIn('verification');
  settle(play, 'custody', { validUntil: daysAfter(play.now, 17) });
  const quiet = { ...hostingRules, reminderSpread: 'PT1H' };
  const at = before(endOfDate(daysAfter(play.now, 17)), 'P14D');
  const wakes = nextInstantOf(play.state, quiet, play.now)!;
  expect(wakes >= at && wakes < addDuration(at, 'PT1H')).toBe(true);
  const { expiryNotice: _none, ...old } = hostingRules;
  expect(expiryNoticesOf(play.state, old)).toEqual([]);
});

test('a notice shorter than the spread is given all the same, before the thing lapses', () => {
  const play = caseIn('verification');
  play.rules = { ...hostingRules, expiryNotice: 'PT1S', reminderSpread: 'PT1H' };
  settle(play, 'custody', { validUntil: daysAfter(play.now, 3) });
  play.pass('P5D');
  expect(noted(play)).toHaveLength(1);
});

test('it is no progress: a stalled case stays stalled', () => {
  const play = caseIn('verification');
  settle(play, 'custody', { validUntil: daysAfter(play.now, 60) });
  const { lastProgressAt } = play.state;
  play.pass('P50D');
  expect(noted(play)).toHaveLength(1);
  expect(play.state.lastProgressAt).toBe(lastProgressAt);
  expect(play.state.stalledSince).toBeDefined();
});
