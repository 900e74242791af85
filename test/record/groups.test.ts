/** A group on the record: one way in for two kinds of stream, and one transaction in which all set out who may. */
import { checklistOf } from '../../src/domain/group/checklist';
import { canonicalHash } from '../../src/contracts/seal';
import type { CaseId } from '../../src/domain/model/ids';
import { groupsOf, inHours } from './support/group-room';
import { byTwo, caseAt, newReference, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

describe('a group of children', () => {
  let room: RecordRoom;
  let groups: ReturnType<typeof groupsOf>;
  beforeAll(async () => {
    room = await openRecordRoom({ capacity: 400 });
    groups = groupsOf(room);
  });
  afterAll(() => room.close());

  const ready = (siblings: CaseId[] = []): Promise<CaseId> => caseAt(room, 'ready', { siblings });
  const stages = (ids: readonly CaseId[]) => Promise.all(ids.map((id) => groups.stage(id)));
  const rejectionOf = async (answer: Promise<{ rejection?: object }>) => (await answer).rejection;

  it('is drafted, proposed, frozen, confirmed term by term, told to go, and sets out with all who may', async () => {
    const first = await ready();
    const members = [first, await ready([first]), await ready()];
    const group = await groups.at('go', members);
    const answer = await groups.depart(group);
    expect(answer.rejection).toBeUndefined();
    expect(answer.found?.state.departure?.departed).toEqual(members);
    expect(answer.others?.map((news) => [news.case, news.command])).toEqual(
      members.map((id) => [id, 'depart']),
    );
    expect(await stages(members)).toEqual(['transit', 'transit', 'transit']);
    const departed = (await room.record.listEvents(first, 1_000)).at(-1);
    expect(departed).toMatchObject({ at: answer.receipt?.at, actor: { official: 'qa-lead' } });
    expect((await room.record.selfCheck.round(1_000)).found).toEqual([]);
  });

  it('gives the first answer to a departure that is sent again, and refuses another one', async () => {
    const members = [await ready()];
    const group = await groups.at('go', members);
    const { record } = room.another();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        groups.depart(group, { id: 'the-one', on: index % 2 ? record : room.record }),
      ),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['recorded', ...Array(19).fill('repeated')]);
    expect(new Set(answers.map(({ receipt }) => canonicalHash(receipt))).size).toBe(1);
    expect(await rejectionOf(groups.depart(group))).toEqual({
      code: 'wrong-group-state',
      groupState: 'departed',
    });
    const events = await room.record.listEvents(members[0]!, 1_000);
    expect(events.filter(({ event }) => event.type === 'Departed')).toHaveLength(1);
  });

  it('leaves behind whose gate is shut, with the siblings, and the rest goes', async () => {
    const held = await ready();
    const [sibling, other] = [await ready([held]), await ready()];
    const group = await groups.at('go', [held, sibling, other]);
    await room.act('em-host', held, { type: 'placeHold', hold: 'fever', reason: 'health' });
    const { found } = await groups.depart(group);
    expect(found?.state.departure).toMatchObject({
      departed: [other],
      left: [
        { case: held, reason: 'gate-closed', blockers: [{ blocker: 'hold-active', subject: 'fever' }] },
        {
          case: sibling,
          reason: 'gate-closed',
          blockers: [{ blocker: 'sibling-not-cleared', subject: held }],
        },
      ],
    });
    expect(await stages([held, sibling, other])).toEqual(['hosting', 'hosting', 'transit']);
    // Who was left is free to travel with another group.
    expect(await groups.at('drafting', [held, sibling])).toMatch(/^G-/);
  });

  it('does not part a child from a sibling who is cleared and not on the list', async () => {
    const first = await ready();
    const group = await groups.at('go', [first]);
    const second = await ready();
    await room.act('qa-officer-1', second, { type: 'linkSiblings', siblings: [first] });
    expect(await rejectionOf(groups.depart(group))).toMatchObject({
      code: 'nobody-departs',
      left: [
        {
          case: first,
          reason: 'sibling-stays',
          blockers: [{ blocker: 'sibling-not-cleared', subject: second }],
        },
      ],
    });
    expect(await stages([first, second])).toEqual(['hosting', 'hosting']);
  });

  it('parts them where two decided so on a determination and a waiver', async () => {
    const first = await ready();
    const second = await ready([first]);
    await byTwo(room, 'qa-lead', 'qa-reviewer', first, {
      type: 'waiveSiblingUnity',
      determination: 'doc-8',
      waiver: 'doc-9',
    });
    const group = await groups.at('go', [first]);
    expect((await groups.depart(group)).found?.state.departure?.departed).toEqual([first]);
    expect(await stages([first, second])).toEqual(['transit', 'hosting']);
    // Whoever stays is owed a way home in its own case, written with the waiver.
    const { rows } = await room.pool.query(
      'select kind, subject, party from obligations where case_id = $1',
      [second],
    );
    expect(rows).toContainEqual({ kind: 'bring-sibling-after', subject: first, party: 'qatar' });
  });

  it('tells a case that was closed when the waiver spoke of it, once it is open again', async () => {
    const first = await ready();
    const { case: second } = await room.open({ siblings: [first] });
    await room.act('ua-official-1', second, { type: 'withdrawRequest' });
    await room.act('qa-lead', second, { type: 'closeCase', outcome: 'withdrawn' });
    await byTwo(room, 'qa-lead', 'qa-reviewer', first, {
      ...{ type: 'waiveSiblingUnity', determination: 'doc-8', waiver: 'doc-9' },
    });
    const told = async () =>
      (await room.record.listOneEnded(100))
        .filter(({ case: id }) => id === second)
        .map(({ command }) => command);
    expect(await told()).toEqual([]);
    await byTwo(room, 'qa-lead', 'qa-officer-2', second, { type: 'reopenCase', reason: 'new-information' });
    expect(await told()).toEqual([{ type: 'noteSiblingAhead', sibling: first }]);
  });

  it('takes one sign of life for all who are with the escort, in one transaction, and a repeat once', async () => {
    const members = [await ready(), await ready(), await ready()];
    const group = await groups.at('go', members);
    await groups.depart(group);
    for (const id of members) {
      await room.act('em-host', id, { type: 'giveIntoCare' });
      await room.act('es-escort-1', id, { type: 'takeIntoCare' });
    }
    const [, second] = members;
    const { record } = room.another();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        groups.send(
          'es-escort-1',
          group,
          { type: 'checkIn', except: [second!] },
          {
            id: 'one-tap',
            on: index % 2 ? record : room.record,
          },
        ),
      ),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['recorded', ...Array(9).fill('repeated')]);
    const signs = async (id: CaseId) =>
      (await room.record.listEvents(id, 1_000)).filter(({ event }) => event.type === 'CheckedIn');
    for (const id of members) {
      const heard = await signs(id);
      expect(heard).toHaveLength(id === second ? 0 : 1);
      for (const { at, actor } of heard)
        expect({ at, actor }).toMatchObject({
          at: answers[0]?.receipt?.at,
          actor: { official: 'es-escort-1' },
        });
    }
    expect(await rejectionOf(groups.send('es-escort-2', group, { type: 'checkIn' }))).toEqual({
      code: 'not-on-the-way',
    });
    expect((await room.record.selfCheck.round(1_000)).found).toEqual([]);
  });

  it('takes no list that lacks a sibling, nor one with a child of another group, nor one unknown or not agreed', async () => {
    const first = await ready();
    const second = await ready([first]);
    const draft = (members: CaseId[]) =>
      rejectionOf(
        groups.send('qa-officer-1', `G-${newReference()}`, {
          ...{ type: 'draftGroup', members, departAt: inHours(1), place: 'kyiv', route: 'road' },
        }),
      );
    expect(await draft([first])).toEqual({ code: 'siblings-apart', members: [second] });
    expect(await draft([newReference()])).toEqual({ code: 'unknown-case', field: 'members' });
    const group = await groups.at('proposed', [first, second]);
    expect(await draft([second, first])).toEqual({ code: 'in-other-group', members: [second, first] });
    await room.act('ua-decider', second, { type: 'withdrawApproval' });
    const { version } = await groups.listOf(group);
    expect(await rejectionOf(groups.send('qa-officer-1', group, { type: 'freezeList', version }))).toEqual({
      code: 'members-not-agreed',
      members: [second],
    });
  });

  it('puts a child into one group, though ten are drafted at once', async () => {
    const members = [await ready(), await ready()];
    const { record } = room.another();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        groups.send(
          'qa-officer-1',
          `G-${newReference()}`,
          {
            ...{ type: 'draftGroup', departAt: inHours(1), place: 'kyiv', route: 'road' },
            members: index % 3 ? members : members.slice(0, 1),
          },
          { on: index % 2 ? record : room.record },
        ),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome === 'recorded')).toHaveLength(1);
    expect(new Set(answers.flatMap(({ rejection }) => rejection?.code ?? []))).toEqual(
      new Set(['in-other-group']),
    );
  });

  it('lets a withdrawal or a hold that was committed before win, and makes one after it a recall or a stop', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const [first, other] = [await ready(), await ready()];
      const group = await groups.at('go', [first, other]);
      const list = await groups.listOf(group);
      const [departure] = await Promise.all([
        groups.send('qa-lead', group, { type: 'departGroup', ...list }),
        round % 2
          ? room.act('ua-decider', first, { type: 'withdrawApproval' })
          : room.act('ru-official-1', first, { type: 'placeHold', hold: 'h', reason: 'safety' }),
      ]);
      const events = (await room.record.listEvents(first, 1_000)).map(({ event }) => event.type);
      const went = departure.found?.state.departure?.departed ?? [];
      const stopped = round % 2 ? 'ApprovalWithdrawn' : 'HoldPlaced';
      const wasBefore = !events.includes('Departed') || events.indexOf(stopped) < events.indexOf('Departed');
      seen.add(wasBefore ? 'before' : 'after');
      expect(went.includes(first)).toBe(!wasBefore);
      expect(went).toContain(other);
      if (!wasBefore && round % 2) expect(events).toContain('RecallRaised');
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it('is written whole or not at all', async () => {
    const members = [await ready(), await ready(), await ready()];
    const group = await groups.at('go', members);
    await room.pool.query(`
      create function fail_once() returns trigger language plpgsql as $$
      begin raise exception 'pulled' using errcode = 'raise_exception'; end $$;
      create trigger pulled before insert on events for each row
        when (new.case_id = '${members[2]!}') execute function fail_once()`);
    await expect(groups.depart(group, { id: 'pulled' })).rejects.toThrow();
    expect(await stages(members)).toEqual(['hosting', 'hosting', 'hosting']);
    expect((await room.record.groups.load(group))?.group.departure).toBeUndefined();
    await room.pool.query('drop trigger pulled on events');
    expect((await groups.depart(group, { id: 'pulled' })).outcome).toBe('recorded');
    expect(await stages(members)).toEqual(['transit', 'transit', 'transit']);
  });

  it('keeps a child whose record is in doubt, and lets the others go', async () => {
    const [forged, other] = [await ready(), await ready()];
    const group = await groups.at('go', [forged, other]);
    await room.pool.query(
      `insert into events (case_id, version, at, event, actor, command_id)
       select case_id, version + 1, at, '{"type":"UrgencyMarked","medicallyUrgent":true}', actor, command_id
         from events where case_id = $1 order by version desc limit 1`,
      [forged],
    );
    const { found } = await groups.depart(group);
    expect(found?.state.departure).toMatchObject({
      departed: [other],
      left: [{ case: forged, reason: 'record-in-doubt' }],
    });
  });

  it('takes off the list whose approval was withdrawn after the freeze, and is complete when the last child is safe', async () => {
    const [gone, other] = [await ready(), await ready()];
    const group = await groups.at('go', [gone, other]);
    const observe = () => groups.observe(group);
    await room.act('ua-decider', gone, { type: 'withdrawApproval' });
    await observe();
    expect((await room.record.groups.load(group))!.group.dropped).toMatchObject([
      { case: gone, reason: 'no-longer-agreed' },
    ]);
    expect((await groups.depart(group)).found?.state.departure?.departed).toEqual([other]);
    await observe();
    expect((await room.record.groups.load(group))!.group.completedAt).toBeUndefined();
    await room.act('em-host', other, { type: 'giveIntoCare' });
    await room.act('es-escort-1', other, { type: 'takeIntoCare' });
    await room.act('es-escort-1', other, { type: 'arrive' });
    await room.act('re-receiver', other, { type: 'placeInInterimCare', kind: 'hospital', place: 'kyiv' });
    await observe();
    expect((await room.record.groups.load(group))!.group).toMatchObject({ safe: [{ case: other }] });
    expect((await room.record.groups.load(group))!.group.completedAt).toBeDefined();
  });

  it('follows from its events: the rebuild makes the same rows', async () => {
    const rows = async () => ({
      groups: (await room.pool.query('select * from groups order by id')).rows,
      members: (await room.pool.query('select * from group_members order by group_id, position')).rows,
      outbox: (
        await room.pool.query(
          `select id, notice, party, roles, safety, obligation, created_at, status from outbox
            where case_id like 'G-%' order by id`,
        )
      ).rows,
    });
    const before = await rows();
    expect(before.groups.length).toBeGreaterThan(5);
    await room.record.rebuildProjections();
    expect(await rows()).toEqual(before);
  });

  it('takes nothing from its children when it is called off: bed and escort stay, and another list may name them', async () => {
    const member = await ready();
    const group = await groups.at('go', [member]);
    const of = async () => {
      const { stay, escort } = (await room.record.load(member))!.state;
      const { rows } = await room.pool.query('select * from bookings where case_id = $1', [member]);
      const engaged = await room.pool.query('select * from engagements where case_id = $1', [member]);
      return { stay, escort, rows, engaged: engaged.rows };
    };
    const before = await of();
    expect(before).toMatchObject({ stay: { status: 'occupied' }, rows: { length: 1 }, engaged: [] });
    await groups.act('qa-lead', group, { type: 'abortGroup', reason: 'route-closed' });
    expect(await of()).toEqual(before);
    expect(await rejectionOf(groups.depart(group))).toMatchObject({ code: 'wrong-group-state' });
    const again = await groups.at('go', [member]);
    expect((await groups.depart(again)).found?.state.departure?.departed).toEqual([member]);
  });

  it('says what will keep a child at the hour of departure, and no more what is over by then', async () => {
    const member = await ready();
    const group = await groups.at('drafting', [member]);
    const lineAt = async (departAt: string) => {
      await groups.act('qa-officer-1', group, {
        ...{ type: 'changeList', members: [member], departAt, place: 'kyiv', route: 'rail' },
      });
      const { group: state, rules, members } = (await room.record.groups.load(group))!;
      return checklistOf(state, rules, members).find(({ line }) => line === 'child');
    };
    expect(await lineAt(inHours(1.5))).toEqual({ line: 'child', case: member, state: 'yes', blockers: [] });
    const later = await lineAt(inHours(24 * 400));
    expect(later).toMatchObject({ state: 'no', blockers: [] });
    expect(later?.line === 'child' && later.lapses).toEqual(
      expect.arrayContaining([
        { blocker: 'approval-missing', subject: 'ukraine' },
        { blocker: 'outside-window' },
        { blocker: 'medical-clearance-missing' },
        { blocker: 'legs-missing' },
      ]),
    );
  });

  it('proposes who could travel: families whole, and says why a child does not fit', async () => {
    const first = await ready();
    const second = await ready([first]);
    const alone = await ready();
    const withdrawn = await ready();
    const brother = await ready([withdrawn]);
    await room.act('ua-decider', withdrawn, { type: 'withdrawApproval' });
    const { lists, apart } = await room.record.groups.candidates('doha', { days: 30, lists: 5 });
    const members = lists[0]!.members.map((each) => each.case);
    expect(members).toEqual(expect.arrayContaining([first, second, alone]));
    expect(members).not.toContain(brother);
    expect(apart).toContainEqual({ case: brother, why: 'sibling-does-not-fit', siblings: [withdrawn] });
    const one = await room.record.groups.candidates('doha', { days: 30, lists: 5, seats: 1 });
    expect(one.lists.every((list) => list.members.length === 1)).toBe(true);
    expect(one.apart).toContainEqual({ case: first, why: 'no-seat', siblings: [second] });
  });
});
