/** What stands in a list's way and no party's word mends is owed by somebody, and nothing sets out beside it. */
import { groupDutiesOf } from '../../../src/domain/group/duties';
import type { CaseId } from '../../../src/domain/model/ids';
import { GroupInPlay, readyChild, sayers } from '../../support/group-play';

const ids = Array.from({ length: 6 }, (_, index) => `CHD${'ABCDEF'[index]!}-000${index + 1}`);
const [first, second] = ids as [CaseId, CaseId];
const group = (count: number): GroupInPlay =>
  new GroupInPlay(new Map(ids.slice(0, count).map((id) => [id, readyChild(id)] as const)));
const observe = (play: GroupInPlay) => play.take('system', { type: 'observeGroup' });
const owed = (play: GroupInPlay) =>
  groupDutiesOf(play.group, play.rules).map(({ kind, party }) => `${kind} ${party}`);
const termsOf = ({ group: { list } }: GroupInPlay) => ({
  ...{ members: list.members, departAt: list.departAt, place: list.place, route: list.route },
});

it.each(sayers)(
  'a term that %s disputes after every go takes back the departure until it is settled',
  (by) => {
    const play = group(2);
    play.toGo();
    play.take(by, { type: 'disputeTerms', ...play.list, terms: ['place'] });
    expect(play.state).toBe('confirming');
    expect(owed(play)).toContain('settle-terms mediator');
    expect(play.refuse('lead', { type: 'departGroup', ...play.list }).code).toBe('wrong-group-state');
  },
);

it('too few escorts for a frozen list are owed by their dispatcher until the crew is confirmed, and again when it is gone', () => {
  const play = group(6);
  play.draft();
  expect(observe(play)).toEqual([]);
  play.freeze();
  expect(observe(play)).toEqual([{ type: 'HindrancesNoted', escorts: ['escorts'], sayers: false }]);
  expect(observe(play)).toEqual([]);
  play.confirm();
  expect(owed(play)).toContain('add-escorts escorts');
  const dispatch = (escorts: number, children: number): void => {
    play.child(first).take('dispatcher', { type: 'confirmCrew', has: [], escorts, children });
    play.now = play.child(first).now;
  };
  dispatch(2, 6);
  expect(observe(play)).toEqual([{ type: 'HindrancesNoted', escorts: [], sayers: false }]);
  expect(owed(play)).not.toContain('add-escorts escorts');
  play.sayGo();
  dispatch(1, 1);
  observe(play);
  expect(owed(play)).toEqual(expect.arrayContaining(['add-escorts escorts', 'depart-group mediator']));
});

it('another host who has a child of the list now has a say: the mediator owes a list that asks it, though nothing else changes', () => {
  const play = group(2);
  play.toGo();
  play.child(first).take('duty', { type: 'recordArrival', site: 'guesthouse' });
  play.now = play.child(first).now;
  expect(observe(play)).toEqual([{ type: 'HindrancesNoted', escorts: [], sayers: true }]);
  expect(owed(play)).toContain('mend-list mediator');
  play.take('officer', { type: 'changeList', ...termsOf(play) });
  expect(play.group.asked).toContain('inn');
  expect(observe(play)).toEqual([]);
  expect(play.refuse('officer', { type: 'changeList', ...termsOf(play) }).code).toBe('plan-unchanged');
});

it('a list that all have dropped out of is owed by the mediator alone', () => {
  const play = group(2);
  play.toGo();
  for (const member of [first, second])
    play.take('southDecider', { type: 'refuseMember', member, reason: 'route' });
  expect(owed(play)).toEqual(['mend-list mediator']);
});

it('a list whose hour is over by a day is put, frozen and told go no more', () => {
  const late = group(2);
  late.draft();
  late.pass('PT26H');
  expect(late.refuse('officer', { type: 'proposeList' })).toMatchObject({
    code: 'date-past',
    field: 'departAt',
  });
  const frozen = group(2);
  frozen.draft();
  frozen.take('officer', { type: 'proposeList' });
  frozen.pass('PT26H');
  expect(frozen.refuse('officer', { type: 'freezeList', version: 1 }).code).toBe('date-past');
  const confirmed = group(2);
  confirmed.draft();
  confirmed.freeze();
  confirmed.confirm();
  confirmed.pass('PT26H');
  expect(confirmed.refuse('northDecider', { type: 'sayGo', ...confirmed.list }).code).toBe('date-past');
});

it('a child that dies on the way does not keep the others’ silence in force for ever', () => {
  const play = group(2);
  play.toGo();
  play.depart();
  play
    .child(first)
    .takeByTwo('officer', 'lead', { type: 'closeCase', outcome: 'deceased', evidence: ['doc-9'] });
  play.now = play.child(first).now;
  expect(observe(play)).toEqual([]);
  play
    .child(second)
    .takeByTwo('officer', 'lead', { type: 'closeCase', outcome: 'deceased', evidence: ['doc-9'] });
  play.now = play.child(second).now;
  expect(observe(play)).toEqual([{ type: 'GroupCompleted' }]);
});
