/** The rules of a group: its states, its list and terms, who says what, who stays behind. */
import { checklistOf } from '../../../src/domain/group/checklist';
import { fitsGroupState, groupCommandTable } from '../../../src/domain/group/command-table';
import { groupDutiesOf, nextInstantOfGroup, stepOfDutyAt } from '../../../src/domain/group/duties';
import { differenceBetween, travellersOf } from '../../../src/domain/group/facts';
import { listTerms } from '../../../src/domain/group/group';
import type { Group, GroupCommand, GroupCommandType } from '../../../src/domain/group/group';
import { offeredInGroup } from '../../../src/domain/group/offers';
import { groupStates } from '../../../src/domain/model/groups';
import { addDuration, before, dateOf } from '../../../src/domain/calendar/time';
import { GroupInPlay, readyChild, sayers } from '../../support/group-play';
import { hostingRules, officialNames, officials } from '../../support/mechanism-rules';
import type { OfficialName } from '../../support/mechanism-rules';
import type { MechanismRules, Office } from '../../../src/domain/model/mechanism';
import { hasAnyRole } from '../../../src/domain/model/parties';

const ids = ['CHDA-0001', 'CHDB-0002', 'CHDC-0003'] as const;
const [first, second, third] = ids;
const room = (rules: MechanismRules = hostingRules): GroupInPlay =>
  new GroupInPlay(new Map(ids.map((id) => [id, readyChild(id)])), undefined, rules);
const at = (stage: 'draft' | 'freeze' | 'confirm' | 'go', rules?: MechanismRules): GroupInPlay => {
  const group = room(rules);
  const steps = {
    draft: () => group.draft(),
    freeze: () => group.freeze(),
    confirm: () => group.confirm(),
    go: () => group.sayGo(),
  };
  for (const [name, step] of Object.entries(steps)) {
    step();
    if (name === stage) break;
  }
  return group;
};
const owed = (group: GroupInPlay) =>
  groupDutiesOf(group.group, group.rules).map(({ kind, subject, party }) =>
    [kind, subject, party].filter(Boolean).join(' '),
  );
const lineOf = (group: GroupInPlay, line: string, of: string) =>
  checklistOf(
    group.group,
    group.rules,
    new Map([...group.cases].map(([id, { status }]) => [id, status])),
  ).find(
    (each) =>
      each.line === line && ('party' in each ? each.party === of : 'case' in each && each.case === of),
  );

it('goes through its states', () => {
  const group = room();
  const states = [];
  for (const step of [
    () => group.draft(),
    () => group.take('officer', { type: 'proposeList' }),
    () => group.take('officer', { type: 'freezeList', version: 1 }),
    () => group.confirm(['host']),
    () => {
      group.confirm();
      group.sayGo();
    },
    () => group.depart(),
  ]) {
    step();
    states.push(group.state);
  }
  expect(states).toEqual(['drafting', 'proposed', 'frozen', 'confirming', 'go', 'departed']);
});

it.each(Object.keys(groupCommandTable) as GroupCommandType[])('takes %s from nobody who may not', (type) => {
  const { by }: { by: readonly Office[] | 'system' } = groupCommandTable[type];
  for (const name of officialNames) {
    const { party, roles } = officials[name];
    const kind = hostingRules.parties.find(({ id }) => id === party)?.kind;
    const may = by !== 'system' && by.some((each) => each.kind === kind && hasAnyRole(roles, each.roles));
    if (may) continue;
    const refused = at('draft').refuse(name, { type } as GroupCommand);
    expect([name, refused.code]).toEqual([name, 'not-your-command']);
  }
});

it('fits each command into its states', () => {
  const fitting = (type: GroupCommandType) =>
    groupStates.filter((state) => fitsGroupState(type, state)).join(' ');
  expect(fitting('departGroup')).toBe('go');
  expect(fitting('sayNoGo')).toBe('frozen confirming go');
  expect(fitting('changeList')).toBe('drafting proposed frozen confirming go');
  expect(fitting('reportBreach')).toBe('proposed frozen confirming go departed');
});

it.each(sayers)('waits for %s, term by term', (sayer) => {
  const group = at('freeze');
  group.confirm(sayers.filter((each) => each !== sayer));
  for (const term of listTerms.slice(1))
    group.take(sayer, { type: 'confirmTerms', ...group.list, terms: [term] });
  expect(group.refuse('lead', { type: 'sayGo', ...group.list }).code).toBe('list-unconfirmed');
  expect(owed(group)).toHaveLength(1);
  group.take(sayer, { type: 'confirmTerms', ...group.list, terms: ['names'] });
  expect(owed(group)).toEqual(['say-go north', 'say-go south', 'say-go mediator']);
});

it('has an owner for all but the place, and a new version to be confirmed again', () => {
  const group = at('confirm');
  group.take('southDecider', { type: 'disputeTerms', ...group.list, terms: ['place'] });
  expect(owed(group)).toEqual(['settle-terms south mediator']);
  expect(lineOf(group, 'terms', 'south')).toMatchObject({ state: 'no', terms: ['place'] });
  const old = group.list;
  const { members, departAt, route } = group.group.list;
  group.take('officer', { type: 'changeList', members, departAt, place: 'station', route });
  expect(group.refuse('southDecider', { type: 'confirmTerms', ...old, terms: ['place'] })).toEqual({
    code: 'stale-list',
    version: 2,
  });
  expect(owed(group)).toEqual(
    ['north', 'south', 'embassy', 'escorts'].map((party) => `confirm-list ${party}`),
  );
  expect(
    group.refuse('officer', { type: 'changeList', members, departAt, place: 'station', route }).code,
  ).toBe('plan-unchanged');
});

describe('who is offered what', () => {
  const offered = (group: Group, name: OfficialName) => offeredInGroup(group, officials[name], hostingRules);

  it.each(['draft', 'freeze', 'confirm', 'go'] as const)('is taken at %s', (stage) => {
    const { group, cases } = at(stage);
    const parties = [...cases.values()].flatMap(({ status }) => status.parties);
    // Others do not know that there is a group.
    for (const name of officialNames.filter((each) => parties.includes(officials[each].party)))
      for (const type of offered(group, name)) {
        const play = at(stage);
        const bodies: Partial<Record<GroupCommandType, object>> = {
          changeList: {
            members: ids,
            departAt: addDuration(play.now, 'PT2H'),
            place: 'border',
            route: 'road',
          },
          refuseMember: { member: first, reason: 'security' },
          freezeList: { version: 1 },
          confirmTerms: { ...play.list, terms: listTerms },
          disputeTerms: { ...play.list, terms: ['place'] },
          sayGo: play.list,
          departGroup: play.list,
          abortGroup: { reason: 'route-closed' },
          sayForAll: { act: { type: 'planLegs', legs: play.child(first).state.legs } },
          relayWord: {
            ...{ relay: 'relay-1', party: 'south', word: { type: 'sayNoGo' } },
            source: { channel: 'note-verbale', dated: dateOf(play.now), documentHash: 'a'.repeat(64) },
          },
        };
        const verdict = play.send(name, { type, ...bodies[type] } as GroupCommand);
        expect([name, type, verdict]).toEqual([name, type, { events: expect.any(Array) as unknown }]);
      }
  });

  it('is no term to who is not asked, no go before all are confirmed, and nothing that was said already', () => {
    const frozen = at('freeze').group;
    expect(offered(frozen, 'northDecider')).toEqual([
      'refuseMember',
      'confirmTerms',
      'disputeTerms',
      'sayNoGo',
      'reportBreach',
    ]);
    const without = { ...frozen, asked: frozen.asked.filter((party) => party !== 'escorts') };
    expect(offered(frozen, 'dispatcher')).toContain('disputeTerms');
    expect(offered(without, 'dispatcher')).toEqual(['refuseMember', 'sayForAll', 'reportBreach']);
    expect(offered(frozen, 'lead')).not.toContain('sayGo');
    const confirmed = at('confirm').group;
    expect(offered(confirmed, 'northDecider')).toContain('sayGo');
    expect(offered(confirmed, 'northDecider')).not.toContain('confirmTerms');
    expect(offered(at('go').group, 'northDecider')).not.toContain('sayGo');
  });
});

it('says in terms what two lists differ in', () => {
  const list = { members: [first, second, third], departAt: 'a', place: 'border', route: 'rail' } as const;
  expect(differenceBetween(list, list)).toEqual({ added: [], removed: [], terms: [] });
  expect(differenceBetween(list, { ...list, members: [second, first, third] }).terms).toEqual(['order']);
  expect(differenceBetween(list, { ...list, members: [first, third] })).toEqual({
    added: [],
    removed: [second],
    terms: ['names'],
  });
  expect(differenceBetween(list, { ...list, departAt: 'b', place: 'c', route: 'road' }).terms).toEqual([
    'date',
    'place',
    'route',
  ]);
});

it('is no-go while anybody is silent, or says no', () => {
  const group = at('confirm');
  group.sayGo(['northDecider', 'lead']);
  expect(group.refuse('lead', { type: 'departGroup', ...group.list })).toEqual({
    code: 'wrong-group-state',
    groupState: 'confirming',
  });
  group.sayGo(['southDecider']);
  group.take('northDecider', { type: 'sayNoGo' });
  expect(group.state).toBe('confirming');
  expect(owed(group)).toEqual(['weigh-no-go north mediator']);
  group.sayGo(['northDecider']);
  expect(group.state).toBe('go');
});

it('sets out two hours before the hour at the earliest, and within a day of it', () => {
  const group = room();
  group.draft(undefined, addDuration(group.now, 'PT3H'));
  group.freeze();
  group.confirm();
  group.sayGo();
  const tooEarly = group.refuse('lead', { type: 'departGroup', ...group.list });
  expect(tooEarly).toEqual({ code: 'gate-closed', blockers: [{ blocker: 'outside-window' }] });
  group.now = before(group.group.list.departAt, 'PT2H');
  expect(group.depart()).toHaveLength(1);
});

describe('siblings', () => {
  it('are on a list together or not at all, drop out together, and stay together', () => {
    const group = room();
    group.link(first, second);
    const { now } = group;
    const terms = { departAt: addDuration(now, 'PT1H'), place: 'border', route: 'rail' } as const;
    expect(group.refuse('officer', { type: 'draftGroup', members: [first, third], ...terms })).toEqual({
      code: 'siblings-apart',
      members: [second],
    });
    group.toGo();
    expect(
      group.send('southDecider', { type: 'refuseMember', member: first, reason: 'route' }),
    ).toMatchObject({
      events: [
        { type: 'MemberDropped', member: first, reason: 'refused', party: 'south' },
        { type: 'MemberDropped', member: second, reason: 'sibling' },
      ],
    });
    expect(travellersOf(group.group)).toEqual([third]);
    expect(group.depart()).toMatchObject([{ departed: [third], left: [] }]);
  });

  const blocks = {
    'a withdrawn approval': (group: GroupInPlay) =>
      group.child(first).send('northDecider', { type: 'withdrawApproval' }),
    'a hold': (group: GroupInPlay) =>
      group.child(first).send('host', { type: 'placeHold', hold: 'h', reason: 'legal' }),
    'an emergency': (group: GroupInPlay) =>
      group.child(first).send('host', { type: 'reportMedicalEmergency' }),
    'a no of the child': (group: GroupInPlay) =>
      group
        .child(first)
        .send('interviewer', { type: 'recordHearing', recipient: 'recipient-1', answer: 'unwilling' }),
    'another child at the door': (group: GroupInPlay) =>
      group.child(first).send('officer', { type: 'identifyChild', how: 'photograph', matches: false }),
    'a withdrawn request': (group: GroupInPlay) =>
      group.child(first).send('northOfficial', { type: 'withdrawRequest' }),
    'a clearance that is taken back': (group: GroupInPlay) =>
      group.child(first).send('clinician', { type: 'clearMedically', fit: false }),
    'a duplicate': (group: GroupInPlay) =>
      group.child(first).send('officer', { type: 'flagDuplicate', other: 'ELSE-0001' }),
  };
  it.each(Object.entries(blocks))('stay behind with one whom %s keeps', (_what, block) => {
    const group = room();
    group.link(first, second);
    group.toGo();
    expect(block(group)).toHaveProperty('events');
    const [departed] = group.depart();
    expect(departed).toMatchObject({ type: 'GroupDeparted', departed: [third] });
    expect(departed?.type === 'GroupDeparted' && departed.left.map((each) => each.case)).toEqual([
      first,
      second,
    ]);
    expect(group.child(second).state.stage).not.toBe('transit');
  });
});

it('lets all go or none where the mechanism says so', () => {
  const groups = {
    freezeBefore: 'PT72H',
    confirmBefore: 'PT24H',
    goBefore: 'PT2H',
    departure: 'all-or-none',
  } as const;
  const group = room({ ...hostingRules, groups });
  group.toGo();
  group.child(first).send('host', { type: 'placeHold', hold: 'h', reason: 'legal' });
  expect(group.refuse('lead', { type: 'departGroup', ...group.list })).toMatchObject({
    code: 'nobody-departs',
    left: [{ case: first, reason: 'gate-closed' }],
  });
  expect(group.child(third).state.stage).toBe('hosting');
});

it('takes off whose agreement ends after the freeze, and is complete when the last child is safe', () => {
  const group = at('go');
  group.child(first).send('northDecider', { type: 'withdrawApproval' });
  expect(group.send('system', { type: 'observeGroup' })).toEqual({
    events: [{ type: 'MemberDropped', member: first, reason: 'no-longer-agreed' }],
  });
  group.depart();
  expect(group.send('system', { type: 'observeGroup' })).toEqual({ events: [] });
  for (const id of [second, third]) {
    const child = group.child(id);
    child.send('host', { type: 'giveIntoCare' });
    child.send('escort', { type: 'takeIntoCare' });
    child.send('escort', { type: 'arrive' });
    child.send('receiver', { type: 'placeInInterimCare', kind: 'hospital', place: 'home-town' });
  }
  expect(group.send('system', { type: 'observeGroup' })).toMatchObject({
    events: [{ type: 'MemberSafe' }, { type: 'MemberSafe' }, { type: 'GroupCompleted' }],
  });
  expect(group.refuse('host', { type: 'reportBreach' }).code).toBe('wrong-group-state');
});

it('reminds halfway and when it is due, and of several steps missed the last alone', () => {
  const group = at('freeze');
  const [duty] = groupDutiesOf(group.group, group.rules);
  expect(nextInstantOfGroup(group.group, group.rules)).toBe(stepOfDutyAt(duty!, 1));
  group.now = stepOfDutyAt(duty!, 1);
  const reminded = (): string[] => {
    const verdict = group.send('system', { type: 'observeGroup' });
    return 'events' in verdict ? verdict.events.map((event) => JSON.stringify(event)) : [];
  };
  expect(reminded()).toHaveLength(4);
  expect(reminded()).toEqual([]);
  group.now = stepOfDutyAt(duty!, 5);
  expect(reminded()).toHaveLength(4);
  expect(group.group.reminded[duty!.key]).toBe(5);
});
