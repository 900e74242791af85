/** When the workflow's one timer fires next: never in the past without cause, and never too late. */
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { foreseenObligationsOf } from '../../../src/domain/obligations/obligations';
import { expiriesOf, nextInstantOf } from '../../../src/domain/obligations/schedule';
import { openStages } from '../../../src/domain/model/stages';
import { addDuration } from '../../../src/domain/calendar/time';
import { caseIn, daysAfter, hear, settle } from '../../support/factories';
import { hostingRules } from '../../support/mechanism-rules';
import type { CaseInPlay } from '../../support/factories';
import { owed } from '../plays/returns';

const next = ({ state, rules, now }: CaseInPlay): string | undefined => nextInstantOf(state, rules, now);

describe.each(openStages)('in %s', (stage) => {
  test('once all that is due was looked at, the next instant lies ahead and brings something', () => {
    for (const silence of ['PT1H', 'P20D', 'P200D']) {
      const play = caseIn(stage);
      play.sleep(silence);
      const at = next(play)!;
      expect(at > play.now).toBe(true);
      const { version } = play.state;
      play.passUntil(new Date(Date.parse(at) - 1).toISOString());
      expect(play.state.version).toBe(version);
      play.pass('PT0.001S');
      expect(play.state.version).toBeGreaterThan(version);
    }
  });
});

test('a closed case is never looked at again', () => expect(next(caseIn('closed'))).toBeUndefined());

test('on the way nothing expires, so nothing wakes the process for it', () => {
  expect(expiriesOf(caseIn('preparation').state, hostingRules)).toHaveLength(3); // two approvals and the window
  for (const stage of ['transit', 'handover', 'follow-up'] as const)
    expect(expiriesOf(caseIn(stage).state, hostingRules)).toEqual([]);
});

test('the first thing to expire comes first', () => {
  const play = caseIn('verification');
  settle(play, 'identity', { validUntil: daysAfter(play.now, 9) });
  settle(play, 'kinship', { validUntil: daysAfter(play.now, 5) });
  expect(next(play)).toBe(`${daysAfter(play.now, 6)}T00:00:00.000Z`);
});

test('a visit reported early leaves the next one in sight, and the timer knows of it', () => {
  const play = caseIn('follow-up');
  play.pass('P1D');
  play.take('receiver', { type: 'reportVisit', visit: 1, outcome: 'well' });
  expect(owed(play)).toEqual([]);
  const [second, ...rest] = foreseenObligationsOf(play.state, play.rules, play.now);
  expect(rest).toEqual([]);
  expect(second).toMatchObject({
    subject: 'visit-2',
    since: addDuration(play.state.handover.at!, 'PT48H'),
    due: addDuration(play.state.handover.at!, 'P1W'),
  });
  expect(next(play)! >= second!.due).toBe(true);
});

test('the go is foreseen from the first day of the window on, and asked for then', () => {
  const play = caseIn('hosting');
  play.runEffects();
  const { from, to } = play.state.plan!.window;
  play.take('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil: to });
  play.take('clinician', { type: 'clearMedically', fit: true, validUntil: to });
  play.take('dispatcher', { type: 'assignEscort', escort: 'escort' });
  const leg = { departAt: `${from}T06:00:00.000Z`, arriveAt: `${from}T18:00:00.000Z` };
  play.take('dispatcher', {
    type: 'planLegs',
    legs: [{ id: 'leg-1', from: 'station', to: 'home-town', ...leg }],
  });
  play.passUntil(`${daysAfter(`${from}T00:00:00.000Z`, -1)}T12:00:00.000Z`);
  expect(owed(play)).toContain('hear-child departure mediator');
  hear(play);
  const go = foreseenObligationsOf(play.state, play.rules, play.now).find(({ kind }) => kind === 'give-go');
  expect(go?.since).toBe(`${from}T00:00:00.000Z`);
  expect(owed(play)).not.toContain('give-go mediator');
  play.passUntil(`${from}T00:00:00.000Z`);
  expect(owed(play)).toContain('give-go mediator');
});

describe('reminders of many cases', () => {
  const spread: MechanismRules = { ...hostingRules, reminderSpread: 'PT10M' };
  const at = (play: CaseInPlay, id: string, rules = spread): number =>
    Date.parse(nextInstantOf({ ...play.state, id }, rules, play.now)!);
  const ids = Array.from({ length: 1000 }, (_value, index) => `C4SE-${`${index}`.padStart(4, '0')}`);

  test('are looked for up to ten minutes after they are due, each case at its own time, always the same', () => {
    const play = caseIn('tracing');
    const due = at(play, ids[0]!, hostingRules);
    const late = ids.map((id) => at(play, id) - due);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(600_000);
    expect(ids.map((id) => at(play, id) - due)).toEqual(late);
    // Of a thousand cases about a hundred fall into each minute.
    const perMinute = Array.from(
      { length: 10 },
      (_value, minute) => late.filter((time) => Math.floor(time / 60_000) === minute).length,
    );
    for (const count of perMinute) expect([count, count > 60 && count < 140]).toEqual([count, true]);
  });

  test('are taken when the clock is looked at for another reason in between', () => {
    const play = caseIn('tracing', spread);
    play.now = new Date(at(play, 'x', hostingRules)).toISOString();
    play.send('system', { type: 'observeTime' });
    expect(play.types.at(-1)).toBe('LadderStepTaken');
  });

  test('wait for nobody where a child’s safety is concerned', () => {
    const play = caseIn('transit');
    for (const id of ids.slice(0, 20)) expect(at(play, id)).toBe(at(play, id, hostingRules));
  });

  test('do not put off what lapses', () => {
    const play = caseIn('verification');
    settle(play, 'kinship', { validUntil: daysAfter(play.now, 5) });
    for (const id of ids.slice(0, 20))
      expect(at(play, id)).toBe(Date.parse(`${daysAfter(play.now, 6)}T00:00:00.000Z`));
  });

  test('nor the stall of an urgent case, but that of any other', () => {
    const play = caseIn('agreement');
    // Nothing else falls due before it.
    const slow = { due: 'P300D', steps: [], thenEvery: 'P300D' };
    const rules = {
      ...spread,
      ladders: { ...spread.ladders, 'propose-plan': slow, 'acknowledge-case': slow },
    };
    const stall = (medicallyUrgent: boolean, id: string): number =>
      Date.parse(nextInstantOf({ ...play.state, id, medicallyUrgent }, rules, play.now)!);
    const { lastProgressAt } = play.state;
    for (const id of ids.slice(0, 20))
      expect(stall(true, id)).toBe(Date.parse(addDuration(lastProgressAt, 'P14D')));
    expect(new Set(ids.slice(0, 20).map((id) => stall(false, id))).size).toBeGreaterThan(15);
  });

  test('are looked for when they are due by rules of 0.1, which spread nothing', () => {
    const { reminderSpread: _, ...old } = spread;
    const play = caseIn('tracing');
    for (const id of ids.slice(0, 20)) expect(at(play, id, old)).toBe(at(play, id, hostingRules));
  });
});
