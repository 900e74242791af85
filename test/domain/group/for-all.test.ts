/** A movement is shared: what is said of it once is said of every child of whom it is so, in each one's own case. */
import { addDuration } from '../../../src/domain/calendar/time';
import { before } from '../../../src/domain/calendar/time';
import { movementActs } from '../../../src/domain/group/group';
import type { MovementAct } from '../../../src/domain/group/group';
import { GroupInPlay, readyChild } from '../../support/group-play';

const ids = ['CHDA-0001', 'CHDB-0002', 'CHDC-0003'] as const;
const [first, second, third] = ids;
/** The third travels with another escort. */
function ready(): GroupInPlay {
  const group = new GroupInPlay(new Map(ids.map((id) => [id, readyChild(id)])));
  group.child(third).take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
  group.now = addDuration(group.now, 'PT1M');
  group.toGo();
  return group;
}
function permitted(): GroupInPlay {
  const group = ready();
  group.depart();
  for (const id of ids) group.child(id).take('host', { type: 'giveIntoCare' });
  return group;
}
function underWay(): GroupInPlay {
  const group = permitted();
  for (const id of ids) group.child(id).take(id === third ? 'escort2' : 'escort', { type: 'takeIntoCare' });
  group.pass('PT1H');
  return group;
}
const said = (group: GroupInPlay, by: 'escort' | 'dispatcher' | 'duty', act: MovementAct) =>
  group.take(by, { type: 'sayForAll', act });
const journey = (group: GroupInPlay, id: string) => group.child(id).state.journey;

describe('legs', () => {
  test('are planned for all of a list before it is frozen, and for all who set out', () => {
    const group = ready();
    const legs = group.child(first).state.legs.map((leg) => ({ ...leg, checkInEvery: 'PT30M' as const }));
    expect(said(group, 'dispatcher', { type: 'planLegs', legs })).toEqual([
      { type: 'SaidForAll', act: 'planLegs', cases: [...ids] },
    ]);
    for (const id of ids) expect(group.child(id).state.legs).toEqual(legs);
    const later = underWay();
    expect(said(later, 'dispatcher', { type: 'planLegs', legs })).toMatchObject([{ cases: [...ids] }]);
  });

  test('are done for those who are with the escort', () => {
    const group = underWay();
    const [leg] = group.child(first).state.legs;
    expect(said(group, 'escort', { type: 'completeLeg', leg: leg!.id })).toMatchObject([
      { act: 'completeLeg', cases: [first, second] },
    ]);
    expect(ids.map((id) => journey(group, id)?.completedLegs)).toEqual([[leg!.id], [leg!.id], []]);
  });
});

test('one escort takes those who are given to it, and nobody gives several at once', () => {
  const group = permitted();
  expect(said(group, 'escort', { type: 'takeIntoCare' })).toMatchObject([{ cases: [first, second] }]);
  expect(movementActs as readonly string[]).not.toContain('giveIntoCare');
});

test('a stop, a way round, a safe point and the way on are said once by whoever may say them of each', () => {
  const group = underWay();
  expect(said(group, 'duty', { type: 'pauseJourney', kind: 'vehicle' })).toMatchObject([{ cases: [...ids] }]);
  expect(ids.map((id) => journey(group, id)?.paused !== undefined)).toEqual([true, true, true]);
  said(group, 'escort', { type: 'resumeJourney' });
  expect(ids.map((id) => journey(group, id)?.paused !== undefined)).toEqual([false, false, true]);
  said(group, 'escort', { type: 'divert', place: 'border', kind: 'security' });
  said(group, 'escort', { type: 'reachSafePoint', place: 'border' });
  expect(journey(group, second)?.lastPlace).toMatchObject({ place: 'border', isSafePoint: true });
});

test('leaves out whom it excepts, and counts from when it happened', () => {
  const group = underWay();
  const at = before(group.now, 'PT20M');
  expect(
    group.take('escort', {
      ...{ type: 'sayForAll', except: [second] },
      act: { type: 'reportIncident', kind: 'vehicle', at },
    }),
  ).toEqual([{ type: 'SaidForAll', act: 'reportIncident', cases: [first], happenedAt: at }]);
  expect(
    group.refuse('escort', { type: 'sayForAll', act: { type: 'arrive' }, except: ['ELSE-0001'] }),
  ).toEqual({ code: 'unknown-case', field: 'except' });
});

test('where it is true of nobody, the answer says why', () => {
  const group = underWay();
  const refused = (by: 'escort' | 'host', act: MovementAct) =>
    group.refuse(by, { type: 'sayForAll', act }).code;
  expect(refused('escort', { type: 'completeLeg', leg: 'no-such-leg' })).toBe('unknown-leg');
  expect(refused('escort', { type: 'resumeJourney' })).toBe('already-done');
  expect(refused('host', { type: 'arrive' })).toBe('not-your-command');
  expect(ready().refuse('escort', { type: 'sayForAll', act: { type: 'arrive' } }).code).toBe('wrong-stage');
});

test('said again of a child of whom it is so already, it is not said of that one', () => {
  const group = underWay();
  group.child(first).take('escort', { type: 'arrive' });
  group.now = group.child(first).now;
  expect(said(group, 'escort', { type: 'arrive' })).toMatchObject([{ cases: [second] }]);
  expect(group.refuse('escort', { type: 'sayForAll', act: { type: 'arrive' } }).code).toBe('wrong-stage');
});
