/** Every way in which siblings could be parted by accident; and who follows by a waiver is not forgotten. */
import { candidatesOf } from '../../../src/domain/group/candidates';
import { checklistOf } from '../../../src/domain/group/checklist';
import { followersOf } from '../../../src/domain/group/member';
import { otherEndsOf } from '../../../src/domain/facts/other-ends';
import { addDuration } from '../../../src/domain/calendar/time';
import { caseIn } from '../../support/factories';
import type { CaseInPlay } from '../../support/factories';
import { GroupInPlay, readyChild } from '../../support/group-play';
import { hostingRules } from '../../support/mechanism-rules';
import { homeAgain, owed, ready } from '../plays/returns';

const ids = ['CHDA-0001', 'CHDB-0002', 'CHDC-0003'] as const;
const [first, second, third] = ids;
const room = (other: CaseInPlay = readyChild(first)): GroupInPlay =>
  new GroupInPlay(new Map([[first, other], ...[second, third].map((id) => [id, readyChild(id)] as const)]));
const terms = (group: GroupInPlay) =>
  ({ departAt: addDuration(group.now, 'PT1H'), place: 'border', route: 'rail' }) as const;
const membersOf = (group: GroupInPlay) => new Map([...group.cases].map(([id, { status }]) => [id, status]));

/** What befalls the first child when everybody has said go; the sibling stays with it. */
const befalls: Readonly<Record<string, (group: GroupInPlay) => void>> = {
  'a withdrawn approval': (group) => group.child(first).take('southDecider', { type: 'withdrawApproval' }),
  'an approval that ends by its date': (group) => {
    const decision = group.child(first).state.decisions.south!;
    expire(group, first, {
      decisions: { ...group.child(first).state.decisions, south: { ...decision, expiresAt: group.now } },
    });
  },
  'papers that end by their date': (group) =>
    expire(group, first, {
      travelDocuments: { ...group.child(first).state.travelDocuments!, validUntil: '2001-01-01' },
    }),
  'a medical hold': (group) =>
    group.child(first).take('clinician', { type: 'placeHold', hold: 'h', reason: 'health' }),
  'no bed': (group) => expire(group, first, { stay: undefined }),
  'no escort': (group) => expire(group, first, { escort: undefined }),
  'a duplicate': (group) => group.child(first).take('officer', { type: 'flagDuplicate', other: 'ELSE-0001' }),
};
/** As time or another command has left the child. */
function expire(group: GroupInPlay, id: string, patch: object): void {
  const child = group.child(id);
  const state = { ...child.state, ...patch };
  Object.defineProperty(child, 'state', { get: () => state });
}

it.each(Object.entries(befalls))('stay together when %s keeps one of them', (_what, befall) => {
  const group = room();
  group.link(first, second);
  group.toGo();
  befall(group);
  const [departed] = group.depart();
  expect(departed).toMatchObject({ departed: [third] });
  expect(departed?.type === 'GroupDeparted' && departed.left.map((each) => each.case)).toEqual([
    first,
    second,
  ]);
});

it('stay together when the list is edited: nobody is taken off alone', () => {
  const group = room();
  group.link(first, second);
  group.draft();
  group.freeze();
  expect(group.refuse('officer', { type: 'changeList', members: [second, third], ...terms(group) })).toEqual({
    code: 'siblings-apart',
    members: [first],
  });
});

it('stay together when there is one seat too few', () => {
  const group = room();
  group.link(first, second);
  const found = candidatesOf(membersOf(group), { now: group.now, days: 30, lists: 5, seats: 1 });
  expect(found.lists.flatMap(({ members }) => members.map((each) => each.case))).toEqual([third]);
  expect(found.apart.map(({ case: id, why }) => [id, why])).toEqual([
    [first, 'no-seat'],
    [second, 'no-seat'],
  ]);
});

const elsewhere: Readonly<Record<string, () => CaseInPlay>> = {
  'not located': () => caseIn('tracing', hostingRules, first),
  'an adult who has not been asked': () => {
    const play = readyChild(first);
    play.take('system', { type: 'noteMajority', daysLeft: 0 });
    return play;
  },
};
it.each(Object.entries(elsewhere))(
  'one who is %s keeps the other, by name, until a waiver lets it follow',
  (_who, other) => {
    const group = room(other());
    group.link(first, second);
    expect(
      group.refuse('officer', { type: 'draftGroup', members: [second, third], ...terms(group) }),
    ).toEqual({
      code: 'siblings-apart',
      members: [first],
    });
    group.now = addDuration(group.now, 'PT1S');
    const child = group.child(second);
    child.siblings = [{ case: first, stage: 'tracing', cleared: false }];
    child.takeByTwo('lead', 'reviewer', {
      type: 'waiveSiblingUnity',
      determination: 'doc-5',
      waiver: 'doc-6',
    });
    group.now = child.now;
    group.toGo([second, third]);
    expect(followersOf([second, third], membersOf(group))).toEqual([first]);
    expect(checklistOf(group.group, group.rules, membersOf(group))).toContainEqual({
      line: 'follows',
      cases: [first],
      state: 'yes',
    });
    expect(group.depart()).toMatchObject([{ departed: [second, third], left: [] }]);
  },
);

describe('a child whom siblings may go ahead of', () => {
  const line = `bring-sibling-after ${second} mediator`;
  const followed = (play: CaseInPlay): CaseInPlay => {
    play.take('system', { type: 'noteSiblings', siblings: [second] });
    play.take('system', { type: 'noteSiblingAhead', sibling: second });
    return play;
  };

  it('is named by the waiver, in its own case', () => {
    const play = ready();
    play.take('officer', { type: 'linkSiblings', siblings: [second] });
    play.siblings = [{ case: third, stage: 'tracing', cleared: false }];
    const command = { type: 'waiveSiblingUnity', determination: 'doc-5', waiver: 'doc-6' } as const;
    const events = play.takeByTwo('lead', 'reviewer', command);
    expect(otherEndsOf(play.state, command, events)).toEqual(
      [second, third].map((id) => ({
        case: id,
        command: { type: 'noteSiblingAhead', sibling: play.id },
      })),
    );
  });

  it('is owed a way home while it is looked for, and reminded of, whatever befalls the sibling', () => {
    const play = followed(caseIn('tracing'));
    expect(owed(play)).toContain(line);
    expect(play.send('system', { type: 'noteSiblingAhead', sibling: second })).toEqual({ events: [] });
  });

  it('until it is home itself, or is no sibling after all', () => {
    const play = followed(ready());
    expect(owed(play)).toContain(line);
    const unlinked = play.fork();
    unlinked.takeByTwo('lead', 'reviewer', { type: 'unlinkSiblings', siblings: [second], note: 'note' });
    expect(owed(unlinked)).not.toContain(line);
    homeAgain(play);
    expect(play.state.handover.at).toBeDefined();
    expect(owed(play)).not.toContain(line);
  });

  it('is nobody’s to see to under rules that do not know of it', () => {
    const { 'bring-sibling-after': _, ...ladders } = hostingRules.ladders;
    expect(owed(followed(ready({ ...hostingRules, ladders })))).not.toContain(line);
  });
});
