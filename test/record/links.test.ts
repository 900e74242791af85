/** Links bind both ends: whatever one case says of another, both records say (issue 9, A5). */
import { randomUUID } from 'node:crypto';
import { siblingStatusOf } from '../../src/domain/facts/gate';
import { obligationsOf } from '../../src/domain/obligations/obligations';
import { byTwo, caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

describe('a link between two cases', () => {
  let room: RecordRoom;
  beforeAll(async () => {
    room = await openRecordRoom({ capacity: 20 });
  });
  afterAll(() => room.close());
  const load = async (id: string) => (await room.record.load(id))!;
  const waive = async (id: string): Promise<void> => {
    const waiver = { type: 'waiveSiblingUnity', determination: 'doc-8', waiver: 'doc-9' } as const;
    await room.act('qa-lead', id, waiver);
    const [proposal] = (await load(id)).state.proposals ?? [];
    await room.act('qa-reviewer', id, { type: 'confirmProposal', proposal: proposal!.id });
  };
  const typesOf = async (id: string) =>
    (await room.record.catchUp(id, 0)).events.map(({ event }) => event.type);

  it('is told by one case and stands in both, whether made at the opening or later', async () => {
    const { case: older } = await room.open();
    const { case: younger } = await room.open({ siblings: [older] });
    expect((await load(older)).state.siblings).toEqual([younger]);
    const { case: third } = await room.open();
    await room.act('ua-official-1', third, { type: 'linkSiblings', siblings: [older, younger] });
    expect((await load(younger)).state.siblings).toEqual([older, third]);
    expect((await load(older)).state.siblings).toEqual([younger, third]);
    const board = await room.record.board(
      { mechanism: 'doha', party: 'ukraine', kind: 'requesting', roles: [] },
      {},
      { limit: 50 },
    );
    expect(board.items.find((entry) => entry.case === older)?.siblings).toEqual([younger, third]);
    const { rows } = await room.pool.query('select command from news where case_id = $1', [older]);
    expect(rows.filter(({ command }) => command === 'noteSiblings')).toHaveLength(2);
  });

  it('said twice is written once, and both ends at once do not wait for each other for ever', async () => {
    const { case: one } = await room.open();
    const { case: other } = await room.open();
    await Promise.all([
      room.send('ua-official-1', one, { type: 'linkSiblings', siblings: [other] }),
      room.send('ua-official-2', other, { type: 'linkSiblings', siblings: [one] }),
    ]);
    for (const [id, linked] of [
      [one, other],
      [other, one],
    ] as const)
      expect((await load(id)).state.siblings).toEqual([linked]);
  });

  it('is seen at the gate of the case that was named, and no waiver of before speaks of it', async () => {
    const older = await caseAt(room, 'ready');
    await waive(older);
    const younger = await caseAt(room, 'agreed', { siblings: [older] });
    const { state } = await load(older);
    expect(state.siblingWaiver).toBeUndefined();
    const now = new Date().toISOString();
    await expect(room.record.links.siblings(older, now)).resolves.toEqual([
      { case: younger, stage: 'preparation', cleared: false },
    ]);
  });

  it('makes a waiver speak of the whole family, and of nobody who joins it by another', async () => {
    const older = await caseAt(room, 'ready');
    const { case: younger } = await room.open({ siblings: [older] });
    await waive(older);
    const { case: third } = await room.open({ siblings: [younger] });
    await expect(room.send('qa-lead', older, { type: 'depart' })).resolves.toMatchObject({
      rejection: { code: 'gate-closed', blockers: [{ blocker: 'sibling-not-cleared', subject: third }] },
    });
    await waive(older);
    await expect(room.send('qa-lead', older, { type: 'depart' })).resolves.toMatchObject({
      outcome: 'recorded',
    });
  });

  it('to a sibling whose case ended without a return keeps the gate shut, to one at home it does not', async () => {
    const older = await caseAt(room, 'ready');
    const { case: younger } = await room.open({ siblings: [older] });
    await room.act('ua-official-1', younger, { type: 'withdrawRequest' });
    await room.act('qa-lead', younger, { type: 'closeCase', outcome: 'withdrawn' });
    await expect(room.send('qa-lead', older, { type: 'depart' })).resolves.toMatchObject({
      rejection: { blockers: [{ blocker: 'sibling-not-cleared', subject: younger }] },
    });
    const { state, rules } = await load(younger);
    const home = { ...state, closure: { ...state.closure!, outcome: 'already-home' as const } };
    expect(siblingStatusOf(home, rules, state.openedAt).cleared).toBe(true);
  });

  it('of a duplicate shuts both gates, is settled from either end, and leaves one case open', async () => {
    const first = await caseAt(room, 'ready');
    const { case: second } = await room.open();
    await room.act('ua-official-1', second, { type: 'flagDuplicate', other: first });
    await expect(room.send('qa-lead', first, { type: 'depart' })).resolves.toMatchObject({
      rejection: { blockers: [{ blocker: 'duplicate-unsettled', subject: second }] },
    });
    await room.act('qa-officer-1', first, { type: 'settleDuplicate', other: second, verdict: 'same' });
    expect((await load(second)).state.duplicates).toMatchObject([{ other: first, verdict: 'same' }]);
    const owed = async (id: string) => {
      const { state, rules } = await load(id);
      return obligationsOf(state, rules, new Date().toISOString()).map(({ kind }) => kind);
    };
    expect(await owed(second)).toContain('close-case');
    expect(await owed(first)).not.toContain('close-case');
    await room.act('qa-officer-1', second, { type: 'closeCase', outcome: 'duplicate' });
    await expect(
      room.send('qa-officer-1', first, { type: 'closeCase', outcome: 'duplicate', note: 'note-1' }),
    ).resolves.toMatchObject({ rejection: { code: 'closure-unfounded' } });
    expect(await typesOf(first)).toContain('DuplicateClosed');
  });

  it('is taken away by two, at both ends, also where one is closed; and the rebuild knows no more of it', async () => {
    const { case: one } = await room.open();
    const { case: other } = await room.open({ siblings: [one] });
    await byTwo(room, 'qa-officer-1', 'qa-officer-2', other, {
      ...{ type: 'closeCase', outcome: 'already-home', note: 'note-1' },
    });
    const unlink = { type: 'unlinkSiblings', siblings: [other], note: randomUUID() } as const;
    await room.act('qa-lead', one, unlink);
    expect((await load(one)).state.siblings).toEqual([other]);
    const [proposal] = (await load(one)).state.proposals ?? [];
    const confirm = { type: 'confirmProposal', proposal: proposal!.id } as const;
    await expect(room.send('qa-lead', one, confirm)).resolves.toMatchObject({ outcome: 'refused' });
    await room.act('qa-reviewer', one, confirm);
    for (const id of [one, other]) expect((await load(id)).state.siblings).toEqual([]);
    const links = async () =>
      (await room.pool.query('select * from sibling_links order by case_id, sibling')).rows as object[];
    const before = await links();
    expect(before).not.toContainEqual(expect.objectContaining({ case_id: one }));
    await room.record.rebuildProjections();
    expect(await links()).toEqual(before);
  });

  it('of before both ends were written is told to the other end by the upkeep, once', async () => {
    const { case: older } = await room.open();
    const { case: younger } = await room.open();
    await room.pool.query('insert into sibling_links (case_id, sibling) values ($1, $2)', [younger, older]);
    const listed = (await room.record.listOneEnded(500)).filter((each) => each.case === older);
    expect(listed).toMatchObject([{ command: { type: 'noteSiblings', siblings: [younger] } }]);
    for (const envelope of [...listed, ...listed])
      await room.record.submit(envelope, { knownVersion: 0, route: 'upkeep' });
    expect((await load(older)).state.siblings).toEqual([younger]);
    expect((await typesOf(older)).filter((type) => type === 'SiblingsLinked')).toHaveLength(1);
    expect((await room.record.listOneEnded(500)).filter((each) => each.case === older)).toEqual([]);
  });
});
