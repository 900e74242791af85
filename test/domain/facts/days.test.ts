/** Days belong to places: at half past midnight in Kyiv it is no longer yesterday, whatever day it is in Greenwich. */
import { zoneOffsetsOf } from '../../../src/contracts/zone-offsets';
import { beginOf, dateIn, endOf } from '../../../src/domain/facts/days';
import { gateBlockersOf } from '../../../src/domain/facts/gate';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { expiriesOf } from '../../../src/domain/obligations/schedule';
import type { Instant } from '../../../src/domain/calendar/time';
import { caseIn, planOf, settle, shift, termsOf } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { hostingRules, passageRules } from '../../support/mechanism-rules';
import { obligationsIn, ready } from '../plays/returns';

const zoneOf: Record<string, string> = {
  mediator: 'Asia/Qatar',
  north: 'Europe/Kyiv',
  south: 'Europe/Moscow',
  embassy: 'Europe/Moscow',
  escorts: 'Europe/Zurich',
  welfare: 'Europe/Kyiv',
};
const zonesOf = (...names: string[]): MechanismRules['zones'] =>
  Object.fromEntries(names.map((name) => [name, zoneOffsetsOf(name)]));
/** The parties where they are. In March: Kyiv two hours ahead of UTC, Moscow and Doha three. */
const inZones = (rules: MechanismRules, change: Partial<MechanismRules> = {}): MechanismRules => ({
  ...rules,
  parties: rules.parties.map((party) => ({ ...party, timeZone: zoneOf[party.id] ?? 'Europe/Zurich' })),
  zones: zonesOf('Asia/Qatar', 'Europe/Kyiv', 'Europe/Moscow', 'Europe/Zurich', 'America/New_York'),
  ...change,
});
const rules = inZones(hostingRules);
const at = (play: CaseInPlay, now: Instant): CaseInPlay => {
  const then = play.fork();
  then.now = now;
  return then;
};
const blockers = ({ state, now }: CaseInPlay): string[] =>
  gateBlockersOf(state, rules, now).map(({ blocker }) => blocker);
/** Of the day on which the window of a ready case began, and the day before it ends. */
const windowOf = ({ state }: CaseInPlay) => state.plan!.window;
const before = (date: string): string => shift(`${date}T00:00:00.000Z`, -86_400_000).slice(0, 10);

describe('the window of the plan', () => {
  const play = ready(rules);
  const { from, to } = windowOf(play);

  it('opens when its first day begins where the child is: at midnight in Moscow', () => {
    expect(blockers(at(play, `${before(from)}T20:59:59.999Z`))).toContain('outside-window');
    expect(blockers(at(play, `${before(from)}T21:00:00.000Z`))).not.toContain('outside-window');
  });

  it('lets a child depart half past midnight of that day in Moscow, and the go is owed from midnight', () => {
    const early = at(play, `${before(from)}T21:30:00.000Z`);
    expect(blockers(early)).toEqual([]);
    expect(obligationsIn(early).map(({ kind }) => kind)).toContain('give-go');
    expect(early.take('lead', { type: 'depart' })).toMatchObject([{ type: 'Departed' }, {}]);
  });

  it('is over with the first of those whose agreement it is', () => {
    expect(blockers(at(play, `${to}T20:59:59.999Z`))).not.toContain('outside-window');
    expect(blockers(at(play, `${to}T21:00:00.000Z`))).toContain('outside-window');
    const late = at(play, `${to}T21:00:00.000Z`);
    expect(late.take('system', { type: 'observeTime' })).toContainEqual(
      expect.objectContaining({ type: 'PlanLapsed', reason: 'window-passed' }),
    );
  });

  it('that ended yesterday in Kyiv can’t be proposed, whatever day it is in Greenwich', () => {
    const plan = caseIn('agreement', rules);
    plan.now = '2026-03-20T22:12:00.000Z'; // twelve past midnight in Kyiv
    const window = { from: '2026-03-20', to: '2026-03-20' };
    const past = { type: 'proposePlan', terms: termsOf(plan, { window }) } as const;
    expect(plan.refuse('officer', past)).toMatchObject({ code: 'window-past', field: 'window' });
    plan.now = '2026-03-20T20:12:00.000Z';
    plan.take('officer', past);
  });
});

describe('evidence, travel documents and a clearance', () => {
  it('that ended yesterday in Kyiv are refused twelve past midnight there', () => {
    const play = at(ready(rules), '2026-03-20T22:12:00.000Z');
    const validUntil = '2026-03-20';
    const past = { code: 'date-past', field: 'validUntil' };
    expect(
      play.refuse('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil }),
    ).toMatchObject(past);
    expect(play.refuse('clinician', { type: 'clearMedically', fit: true, validUntil })).toMatchObject(past);
    const attest = { type: 'attestFacet', facet: 'custody', finding: 'confirmed', evidence: [] } as const;
    const early = at(caseIn('verification', rules), play.now);
    expect(early.refuse('northOfficial', { ...attest, validUntil })).toMatchObject(past);
  });

  it('are over as soon as they are for anybody, at the gate and by the clock alike', () => {
    const play = ready(rules);
    const day = windowOf(play).from;
    play.take('northOfficial', { type: 'confirmTravelDocuments', documents: ['doc-3'], validUntil: day });
    const ends = `${day}T21:00:00.000Z`; // midnight in Doha and Moscow, eleven in Kyiv
    expect(expiriesOf(play.state, rules)).toContain(ends);
    expect(blockers(at(play, shift(ends, -1)))).not.toContain('travel-documents-missing');
    expect(blockers(at(play, ends))).toContain('travel-documents-missing');
    const late = at(play, ends);
    expect(late.take('system', { type: 'observeTime' })).toContainEqual({ type: 'TravelDocumentsExpired' });
  });

  it('unlimited never end, and nobody is told that they will', () => {
    const play = caseIn('verification', rules);
    settle(play, 'custody', { validUntil: 'unlimited' });
    play.pass('P18Y');
    expect(play.types).not.toContain('ExpiryNoted');
    expect(play.state.facets.custody).toMatchObject({
      status: 'settled',
      attestation: { validUntil: 'unlimited' },
    });
  });

  it('follow the clocks of a crossing that has its own', () => {
    const play = ready(rules);
    const east = inZones(hostingRules, {
      placeZones: { [play.state.plan!.handoverPlace]: 'Asia/Yekaterinburg' },
      zones: zonesOf('Asia/Qatar', 'Europe/Moscow', 'Europe/Kyiv', 'Europe/Zurich', 'Asia/Yekaterinburg'),
    });
    const on = { state: play.state, rules: east };
    expect(endOf('validUntil', '2026-03-20', on)).toBe('2026-03-20T19:00:00.000Z');
    expect(endOf('validUntil', '2026-03-20', { ...on, rules })).toBe('2026-03-20T21:00:00.000Z');
  });
});

describe('a day by which a party looks again', () => {
  it('is one of its own: a hold of Kyiv by today, when it is tomorrow in Moscow', () => {
    const play = at(ready(rules), '2026-03-20T21:30:00.000Z');
    play.take('northOfficial', { type: 'placeHold', hold: 'h', reason: 'safety', reviewBy: '2026-03-20' });
    expect(play.state.holds[0]?.reviewAt).toBe('2026-03-20T21:59:59.999Z'); // the last moment of the 20th in Kyiv
    const moscow = at(ready(rules), '2026-03-20T21:30:00.000Z');
    moscow.take('southOfficial', { type: 'placeHold', hold: 'h', reason: 'safety', reviewBy: '2026-03-20' });
    // Over there, so the mechanism's longest: a hold is never refused.
    expect(moscow.state.holds[0]?.reviewAt).toBe('2026-03-27T21:30:01.000Z');
  });

  it.each(['9999-12-31', '2200-01-01'])(
    'too far to mean anything (%s) is the longest there is',
    (reviewBy) => {
      const play = ready(rules);
      play.take('northOfficial', { type: 'placeHold', hold: 'h', reason: 'safety', reviewBy });
      expect(play.state.holds[0]?.reviewAt).toBe(shift(play.now, 7 * 86_400_000));
    },
  );
});

describe('the date of a side’s paper', () => {
  const relay = (dated: string, play: CaseInPlay) =>
    ({
      type: 'relayDecision',
      relay: 'r-1',
      party: 'south',
      decision: { act: 'approve', ...planOf(play), conditions: [] },
      source: { channel: 'note-verbale', reference: '1', dated, documentHash: '0'.repeat(64) },
    }) as const;

  it('lies in the future only while it does for everybody', () => {
    const play = caseIn('agreement', rules);
    play.take('officer', { type: 'proposePlan', terms: termsOf(play) });
    play.now = '2026-03-20T21:30:00.000Z'; // the 21st in Moscow and Doha, the 20th in Kyiv
    expect(play.refuse('officer', relay('2026-03-22', play))).toMatchObject({ code: 'date-future' });
    play.take('officer', relay('2026-03-21', play));
  });
});

describe('whose calendar', () => {
  const { state } = caseIn('agreement', inZones(passageRules));

  it.each([
    ['Europe/Kyiv', '2026-03-28', '2026-03-27T22:00:00.000Z', '2026-03-28T22:00:00.000Z'],
    // A day of 23 hours: summer time begins that morning.
    ['Europe/Kyiv', '2026-03-29', '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
    ['America/New_York', '2026-03-20', '2026-03-20T04:00:00.000Z', '2026-03-21T04:00:00.000Z'],
  ])('a day in %s, %s, begins and ends there', (timeZone, date, begins, ends) => {
    const alone = inZones(passageRules, {
      parties: hostingRules.parties.map((party) => ({ ...party, timeZone })),
    });
    const on = { state, rules: alone };
    expect([beginOf('birthday', date, on), endOf('validUntil', date, on)]).toEqual([begins, ends]);
    expect(dateIn('checked', begins, on)).toBe(date);
    expect(dateIn('checked', shift(begins, -1), on) < date).toBe(true);
  });

  it('is that of UTC for rules of running processes that know no zones', () => {
    const on = { state, rules: hostingRules };
    expect(endOf('validUntil', '2026-03-20', on)).toBe('2026-03-21T00:00:00.000Z');
  });
});
