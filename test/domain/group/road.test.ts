/** A movement is shared: one sign of life of an escort is one for every child in their care, and for nobody else. */
import { addDuration, before } from '../../../src/domain/calendar/time';
import { GroupInPlay, readyChild } from '../../support/group-play';

const ids = ['CHDA-0001', 'CHDB-0002', 'CHDC-0003'] as const;
const [first, second, third] = ids;
/** All have set out and are with the escort; the third travels with another one. */
function underWay(): GroupInPlay {
  const group = new GroupInPlay(new Map(ids.map((id) => [id, readyChild(id)])));
  group.child(third).take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
  group.now = addDuration(group.now, 'PT1M');
  group.toGo();
  group.depart();
  for (const id of ids) {
    group.child(id).take('host', { type: 'giveIntoCare' });
    group.child(id).take(id === third ? 'escort2' : 'escort', { type: 'takeIntoCare' });
  }
  group.pass('PT1H');
  return group;
}
const lastSign = (group: GroupInPlay, id: string) => group.child(id).state.journey?.lastSignAt;

it('speaks for every child with the escort, in each one’s own case, and not for one with another escort', () => {
  const group = underWay();
  const unheard = lastSign(group, third);
  expect(group.take('escort', { type: 'checkIn', place: 'border' })).toEqual([
    { type: 'CheckedIn', cases: [first, second], place: 'border' },
  ]);
  expect(lastSign(group, first)).toBe(group.now);
  expect(lastSign(group, second)).toBe(group.now);
  expect(lastSign(group, third)).toBe(unheard);
});

it('leaves out whom the escort excepts, and refuses one that did not set out', () => {
  const group = underWay();
  const unheard = lastSign(group, second);
  expect(group.take('escort', { type: 'checkIn', except: [second] })).toMatchObject([{ cases: [first] }]);
  expect(lastSign(group, second)).toBe(unheard);
  expect(group.refuse('escort', { type: 'checkIn', except: ['ELSE-0001'] }).code).toBe('unknown-case');
  expect(group.refuse('escort', { type: 'checkIn', except: [first, second] }).code).toBe('not-on-the-way');
  expect(group.refuse('dispatcher', { type: 'checkIn' }).code).toBe('not-your-command');
  expect(group.refuse('escort', { type: 'checkIn', place: 'nowhere' }).code).toBe('unknown-place');
});

const leaves: Readonly<Record<string, (group: GroupInPlay) => void>> = {
  'was taken in': (group) => {
    for (const { id } of group.child(first).state.legs)
      group.child(first).take('escort', { type: 'completeLeg', leg: id });
    group.child(first).take('receiver', { type: 'placeInInterimCare', kind: 'hospital', place: 'home-town' });
  },
  'passed to another escort': (group) => {
    group.child(first).take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
    group.child(first).take('escort', { type: 'giveIntoCare' });
    group.child(first).take('escort2', { type: 'takeIntoCare' });
  },
  'is with the recipient’s authority': (group) => {
    group.child(first).take('escort', { type: 'arrive' });
    group.child(first).take('receiver', { type: 'placeInInterimCare', kind: 'centre', place: 'home-town' });
  },
};
it.each(Object.entries(leaves))('does not speak for a child that %s meanwhile', (_what, leave) => {
  const group = underWay();
  leave(group);
  group.now = addDuration(group.child(first).now, 'PT1M');
  expect(group.take('escort', { type: 'checkIn' })).toMatchObject([{ cases: [second] }]);
});

it('counts by its own time: late, repeated and out of order, never before what was heard, never ahead', () => {
  const group = underWay();
  group.take('escort', { type: 'checkIn', at: before(group.now, 'PT20M') });
  const twentyAgo = lastSign(group, first)!;
  expect(twentyAgo < group.now).toBe(true);
  // An older one arrives after it, twice: it takes nothing back.
  for (const _ of [1, 2]) {
    group.take('escort', { type: 'checkIn', at: before(group.now, 'PT50M') });
    expect(lastSign(group, first)).toBe(twentyAgo);
  }
  // Of a clock years behind, and of one ahead.
  expect(group.take('escort', { type: 'checkIn', at: '2001-01-01T00:00:00.000Z' })).toMatchObject([
    { happenedAt: group.group.departure?.at },
  ]);
  expect(lastSign(group, first)).toBe(twentyAgo);
  group.take('escort', { type: 'checkIn', at: addDuration(group.now, 'P1D') });
  expect(lastSign(group, first)).toBe(group.now);
});

it('tells nothing before they set out', () => {
  const group = new GroupInPlay(new Map([[first, readyChild(first)]]));
  group.toGo();
  expect(group.refuse('escort', { type: 'checkIn' }).code).toBe('wrong-group-state');
});
