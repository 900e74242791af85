/** Escorts by ratio for all who set out together: a crew confirmed for one child does not do for seven. */
import fc from 'fast-check';
import { candidatesOf } from '../../../src/domain/group/candidates';
import { checklistOf } from '../../../src/domain/group/checklist';
import { escortsFor, shortOfEscorts } from '../../../src/domain/group/escorts';
import type { MemberStatus } from '../../../src/domain/group/member';
import type { CaseId } from '../../../src/domain/model/ids';
import type { MechanismRules } from '../../../src/domain/model/mechanism';
import { GroupInPlay, readyChild } from '../../support/group-play';
import { hostingRules } from '../../support/mechanism-rules';

const ids = Array.from({ length: 7 }, (_, index) => `CHD${'ABCDEFG'[index]!}-000${index + 1}`);
const [first, second] = ids as [CaseId, CaseId];
const short = { blocker: 'crew-missing', subject: 'escort-ratio' };
const { 'confirm-crew': _unasked, ...ladders } = hostingRules.ladders;
const withoutCrews: MechanismRules = { ...hostingRules, ladders };

function group(count: number, rules = hostingRules): GroupInPlay {
  const children = ids.slice(0, count).map((id) => [id, readyChild(id, rules)] as const);
  return new GroupInPlay(new Map(children), undefined, rules);
}
const confirm = (play: GroupInPlay, id: CaseId, escorts: number, children = 1): void => {
  play.child(id).take('dispatcher', { type: 'confirmCrew', has: [], escorts, children });
  play.now = play.child(id).now;
};
const statuses = (play: GroupInPlay) => new Map([...play.cases].map(([id, { status }]) => [id, status]));
const childLines = (play: GroupInPlay) =>
  checklistOf(play.group, play.rules, statuses(play)).flatMap((line) =>
    line.line === 'child' ? [line.blockers] : [],
  );

it('sets out with as many children as one escort may have', () => {
  const five = group(5);
  five.toGo();
  expect(childLines(five)).toEqual(ids.slice(0, 5).map(() => []));
  expect(five.depart()).toMatchObject([{ departed: ids.slice(0, 5), left: [] }]);
});

it('does not set out with one more, and the checklist has said so of each', () => {
  const six = group(6);
  six.toGo();
  expect(childLines(six)).toEqual(ids.slice(0, 6).map(() => [short]));
  expect(six.refuse('lead', { type: 'departGroup', ...six.list })).toMatchObject({
    code: 'nobody-departs',
    left: ids.slice(0, 6).map((id) => ({ case: id, reason: 'gate-closed', blockers: [short] })),
  });
});

it('sets out once the crew is of two, whichever case says it; of two words the smaller counts', () => {
  const six = group(6);
  confirm(six, first, 2, 6);
  six.toGo();
  confirm(six, second, 1);
  expect(childLines(six)[2]).toEqual([short]);
  confirm(six, second, 2, 6);
  expect(six.depart()).toMatchObject([{ departed: ids.slice(0, 6), left: [] }]);
});

it('leaves those of one escort, and their siblings, and the others go', () => {
  const seven = group(7);
  const last = ids[6]!;
  seven.child(last).take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
  seven.now = seven.child(last).now;
  seven.toGo();
  expect(seven.depart()).toMatchObject([{ departed: [last], left: { length: 6 } }]);

  const tied = group(7);
  tied.child(last).take('dispatcher', { type: 'assignEscort', escort: 'escort2' });
  tied.now = tied.child(last).now;
  tied.link(first, last);
  tied.toGo();
  const { left } = tied.refuse('lead', { type: 'departGroup', ...tied.list });
  expect(left?.find((each) => each.case === last)).toMatchObject({
    reason: 'sibling-stays',
    blockers: [{ subject: first }],
  });
});

it('counts who goes: one who stays for another reason takes no escort', () => {
  const six = group(6);
  six.toGo();
  six.child(first).take('clinician', { type: 'placeHold', hold: 'h', reason: 'health' });
  expect(six.depart()).toMatchObject([{ departed: ids.slice(1, 6), left: [{ case: first }] }]);
});

it('is asked of nobody where the mechanism asks for no crew', () => {
  const seven = group(7, withoutCrews);
  seven.toGo();
  expect(seven.depart()).toMatchObject([{ departed: ids }]);
  expect(candidatesOf(statuses(group(7, withoutCrews)), asked(seven)).lists[0]!.escorts).toBe(0);
});

const asked = ({ now }: GroupInPlay) => ({ now, days: 30, lists: 1 });
it('says with a list how many escorts it needs', () => {
  const seven = group(7);
  expect(candidatesOf(statuses(seven), asked(seven)).lists[0]!).toMatchObject({ escorts: 2 });
});

const member = (perEscort: number, escorts?: number): MemberStatus => ({
  ...[...group(1).cases.values()][0]!.status,
  ...{ perEscort, crew: { lead: 'escort', ...(escorts !== undefined && { escorts }) } },
});
it('needs whole escorts, exactly: never more than one for each child, never fewer than the ratio says', () => {
  const one = member(1);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }), (ratios) => {
      // In whole numbers: 1/n as parts of what all of them divide.
      const all = [...new Set(ratios)].reduce((product, n) => product * BigInt(n), 1n);
      const parts = ratios.reduce((sum, n) => sum + all / BigInt(n), 0n);
      const whole = Number((parts + all - 1n) / all);
      expect(escortsFor(ratios.map((perEscort) => ({ ...one, perEscort })))).toBe(whole);
    }),
  );
});
it('asks more for the small and for those with needs', () => {
  const members = (ratios: readonly number[], escorts: number) =>
    new Map(ratios.map((perEscort, index) => [ids[index]!, member(perEscort, escorts)] as const));
  const isShort = (ratios: readonly number[], escorts: number): boolean => {
    const all = members(ratios, escorts);
    return shortOfEscorts([...all.keys()], [...all.keys()], all).length > 0;
  };
  expect(isShort([2, 2], 1)).toBe(false);
  expect(isShort([2, 2, 5], 1)).toBe(true);
  expect(isShort([2, 2, 5], 2)).toBe(false);
  expect(isShort([1, 1, 1, 5], 3)).toBe(true);
});
