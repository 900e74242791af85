import pino from 'pino';
import { answerPromised } from '../../activities/upkeep/answer-promised';
import type { CommandEnvelope } from '../../src/domain/model/commands';
import { encodeCursor } from '../../src/record/postgres/cursor';
import type { CaseReader } from '../../src/record/store/reader';
import { aDossier, caseAt, newReference, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';
import { bodyHash, canonicalHash } from '../../src/contracts/seal';

let room: RecordRoom;
const ids: string[] = [];
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 10 });
  for (let count = 0; count < 7; count += 1) ids.push((await room.open()).case);
  ids.push(await caseAt(room, 'hosted'));
  await room.act('qa-officer-1', ids[1]!, { type: 'acceptFile' });
  await room.act('qa-officer-1', ids[2]!, { type: 'markUrgent', medicallyUrgent: true });
  await room.act('ru-official-1', ids[3]!, { type: 'placeHold', hold: 'h', reason: 'legal' });
  await room.act('ua-official-1', ids[4]!, { type: 'withdrawRequest' });
  await room.act('qa-officer-1', ids[4]!, { type: 'closeCase', outcome: 'withdrawn' });
});
afterAll(() => room.close());

const reader = (official: string): CaseReader => {
  const { party, roles } = room.actor(official);
  const { kind } = room.mechanism.parties.find(({ id }) => id === party)!;
  return { mechanism: room.mechanism.id, party, kind, roles };
};
const casesOf = ({ items }: { items: readonly { case: string }[] }) =>
  items.map((entry) => entry.case).sort();

describe('the board', () => {
  it('shows a party the cases it takes part in, and no others', async () => {
    await expect(room.record.board(reader('qa-lead'), {}, { limit: 50 }).then(casesOf)).resolves.toEqual(
      [...ids].sort(),
    );
    await expect(room.record.board(reader('em-host'), {}, { limit: 50 }).then(casesOf)).resolves.toEqual([
      ids[7],
    ]);
    await expect(room.record.board(reader('ob-observer'), {}, { limit: 50 }).then(casesOf)).resolves.toEqual(
      [],
    );
    const elsewhere = { ...reader('qa-lead'), mechanism: 'another' };
    await expect(room.record.board(elsewhere, {}, { limit: 50 }).then(casesOf)).resolves.toEqual([]);
  });

  it('finds cases by stage, by whom they wait for, by what is wrong and by reference', async () => {
    const found = (filter: Parameters<RecordRoom['record']['board']>[1], who = 'qa-lead') =>
      room.record.board(reader(who), filter, { limit: 50 }).then(casesOf);
    await expect(found({ stage: 'hosting' })).resolves.toEqual([ids[7]]);
    await expect(found({ stage: 'closed' })).resolves.toEqual([ids[4]]);
    await expect(found({ open: true })).resolves.toEqual(ids.filter((id) => id !== ids[4]).sort());
    await expect(found({ urgent: true })).resolves.toEqual([ids[2]]);
    await expect(found({ onHold: true })).resolves.toEqual([ids[3]]);
    await expect(found({ hosted: true })).resolves.toEqual([ids[7]]);
    await expect(found({ careWith: 'host' })).resolves.toEqual([ids[7]]);
    await expect(found({ careWith: 'recipient' })).resolves.toEqual([]);
    // A closed case answers no such question, and is in nobody's interim care.
    await expect(found({ interimCare: true })).resolves.toEqual([]);
    await expect(found({ interimCare: false })).resolves.toEqual([...ids].sort());
    await expect(found({ unheard: true })).resolves.toEqual([ids[7]]);
    await expect(found({ concern: true })).resolves.toEqual([]);
    await expect(found({ stalled: true })).resolves.toEqual([]);
    await expect(found({ waitingOn: 'embassy' })).resolves.toEqual([ids[7]]);
    await expect(found({ waitingOn: 'russia', stage: 'verification' })).resolves.toEqual([ids[1]]);
    await expect(found({ text: ids[5]!.slice(0, 6).toLowerCase() })).resolves.toEqual([ids[5]]);
    await expect(found({ text: '%' })).resolves.toEqual([]);
  });

  it('says of every open case whom it waits for and until when, and of a closed one how it ended', async () => {
    const { items } = await room.record.board(reader('qa-lead'), {}, { limit: 50 });
    for (const entry of items.filter(({ stage }) => stage !== 'closed')) {
      expect(entry.waitingOn.length).toBeGreaterThan(0);
      expect(entry.primary).toMatchObject({
        due: expect.stringMatching(/Z$/),
        since: expect.stringMatching(/Z$/),
      });
    }
    const closed = items.find(({ stage }) => stage === 'closed');
    expect(closed).toMatchObject({ case: ids[4], waitingOn: [], outcome: 'withdrawn' });
    expect(closed).not.toHaveProperty('primary');
    // That a hosted child is heard and written about is a matter of safety and leads.
    expect(items.find((entry) => entry.case === ids[7])?.primary).toMatchObject({
      kind: 'hear-child',
      safety: true,
    });
  });

  for (const order of ['due', 'opened'] as const) {
    it(`is read page by page without a case missing or shown twice, by ${order}`, async () => {
      const seen: string[] = [];
      const keys: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await room.record.board(reader('qa-lead'), { order }, { limit: 3, cursor });
        seen.push(...page.items.map((entry) => entry.case));
        keys.push(
          ...page.items.map((entry) => (order === 'due' ? (entry.primary?.due ?? '~') : entry.openedAt)),
        );
        if (!page.next) break;
        cursor = page.next;
      }
      expect([...seen].sort()).toEqual([...ids].sort());
      const sorted = [...keys].sort();
      expect(keys).toEqual(order === 'due' ? sorted : sorted.reverse());
    });
  }

  it('begins at the beginning when it is given something that is no cursor', async () => {
    for (const cursor of ['nonsense', encodeCursor(['1']), encodeCursor([{} as string, 'x'])])
      await expect(
        room.record.board(reader('qa-lead'), {}, { limit: 50, cursor }).then(casesOf),
      ).resolves.toHaveLength(8);
  });

  it('finds a child by a part of a name in any script, for those who may read names', async () => {
    const dossier = structuredClone(aDossier);
    dossier.child.names.push({
      script: 'cyrillic',
      given: 'Ганна',
      family: 'Прикладна',
      recordedOn: '2024-02-01',
    });
    const staged = await room.record.stageDossier(ids[6]!, dossier);
    await room.act('ua-official-1', ids[6]!, {
      type: 'reviseDossier',
      dossier: staged,
      facets: [],
      material: false,
    });
    const found = (text: string, who: string) =>
      room.record.board(reader(who), { text }, { limit: 50 }).then(casesOf);
    await expect(found('прикладна ган', 'qa-lead')).resolves.toEqual([ids[6]]);
    await expect(found('ганна прик', 'ua-official-1')).resolves.toEqual([ids[6]]);
    await expect(found('hadana', 'qa-lead')).resolves.toHaveLength(8);
    await expect(found('прикладна', 'ru-official-1')).resolves.toEqual([]);
    await expect(found('hadana', 'em-host')).resolves.toEqual([]);
  });
});

describe('the inbox', () => {
  it('holds what an official owes in their roles, the dangerous first, then by due instant', async () => {
    const inbox = await room.record.inbox(reader('em-host'), { limit: 50 });
    expect(inbox.items.map(({ kind, case: id }) => [kind, id])).toEqual([
      ['identify-child', ids[7]],
      ['write-welfare-note', ids[7]],
      ['tell-child', ids[7]],
    ]);
    const clinician = await room.record.inbox(reader('em-clinician'), { limit: 50 });
    expect(clinician.items.map(({ kind }) => kind).sort()).toEqual([
      'clear-medically',
      'identify-child',
      'write-welfare-note',
    ]);
    const officer = await room.record.inbox(reader('qa-officer-1'), { limit: 200 });
    const keys = officer.items.map(({ safety, due }) => `${safety ? 0 : 1}${due}`);
    expect(keys).toEqual([...keys].sort());
    expect(
      officer.items.every(({ party, since }) => party === 'qatar' && since <= new Date().toISOString()),
    ).toBe(true);
    expect(officer.items.find(({ kind }) => kind === 'acknowledge-case')?.commands).toContain(
      'acknowledgeCase',
    );
  });

  it('is read page by page without an obligation missing or shown twice', async () => {
    const whole = await room.record.inbox(reader('qa-officer-1'), { limit: 200 });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await room.record.inbox(reader('qa-officer-1'), { limit: 2, cursor });
      seen.push(...page.items.map((entry) => `${entry.case} ${entry.key}`));
      if (!page.next) break;
      cursor = page.next;
    }
    expect(seen).toEqual(whole.items.map((entry) => `${entry.case} ${entry.key}`));
    expect(seen.length).toBeGreaterThan(5);
  });

  it('forgets an obligation in the moment it is met', async () => {
    const owed = async () =>
      (await room.record.inbox(reader('qa-officer-1'), { limit: 200 })).items.some(
        ({ case: id, kind }) => id === ids[0] && kind === 'acknowledge-case',
      );
    await expect(owed()).resolves.toBe(true);
    await room.act('qa-officer-1', ids[0]!, { type: 'acknowledgeCase' });
    await expect(owed()).resolves.toBe(false);
  });
});

describe('the timeline', () => {
  it('shows every event in order, with the texts of the reader’s own party and all of them to the mediator', async () => {
    const [own, theirs] = ['8f14e45f-ceea-4672-8b34-0242ac12000a', '8f14e45f-ceea-4672-8b34-0242ac12000b'];
    const { case: id } = await room.open();
    await room.record.depositNotes([
      { id: own, case: id, party: 'ukraine', official: 'ua-official-1', text: 'Ours' },
      { id: theirs, case: id, party: 'russia', official: 'ru-official-1', text: 'Theirs' },
    ]);
    await room.act('ua-official-1', id, { type: 'placeHold', hold: 'a', reason: 'legal', note: own });
    await room.act('ru-official-1', id, { type: 'placeHold', hold: 'b', reason: 'legal', note: theirs });
    const texts = async (who: string) => {
      const { items } = await room.record.timeline(id, reader(who), { limit: 50 });
      expect(items.map(({ version }) => version)).toEqual([1, 2, 3]);
      return items.flatMap(({ notes }) => Object.values(notes));
    };
    await expect(texts('qa-lead')).resolves.toEqual(['Ours', 'Theirs']);
    await expect(texts('ua-official-1')).resolves.toEqual(['Ours']);
    await expect(texts('ru-official-1')).resolves.toEqual(['Theirs']);
    const page = await room.record.timeline(id, reader('qa-lead'), { limit: 2 });
    const rest = await room.record.timeline(id, reader('qa-lead'), { limit: 2, cursor: page.next });
    expect(rest.items.map(({ version }) => version)).toEqual([3]);
    expect(rest.next).toBeUndefined();
  });

  it('shows no text of another case under a reference of this one', async () => {
    const foreign = '8f14e45f-ceea-4672-8b34-0242ac12000c';
    await room.record.depositNotes([
      { id: foreign, case: ids[0]!, party: 'ukraine', official: 'ua-official-1', text: 'Of another child' },
    ]);
    const { case: id } = await room.open();
    await room.act('ua-official-1', id, { type: 'placeHold', hold: 'a', reason: 'legal', note: foreign });
    const { items } = await room.record.timeline(id, reader('qa-lead'), { limit: 50 });
    expect(items.flatMap(({ notes }) => Object.values(notes))).toEqual([]);
  });
});

describe('lists for the upkeep', () => {
  it('name every open case', async () => {
    const open = await room.record.listOpenCases();
    expect(open).toEqual(expect.arrayContaining(ids.filter((id) => id !== ids[4])));
    expect(open).not.toContain(ids[4]);
    expect(await room.record.countOpenCases()).toBe(open.length);
  });
});

describe('a command that release 0.1 accepted for a later answer', () => {
  it('is found until it is answered, and by its id all the time', async () => {
    const { case: id } = await room.open();
    const envelope = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
    await room.pool.query(
      `insert into commands (id, case_id, status, body_hash, envelope) values ($1, $2, 'accepted', $3, $4)`,
      [envelope.id, id, bodyHash(envelope), JSON.stringify(envelope)],
    );
    await expect(room.record.listUnanswered(10)).resolves.toContainEqual(envelope);
    await expect(room.record.findCommand(envelope.id)).resolves.toMatchObject({ status: 'accepted' });
    await room.record.submit(envelope, { knownVersion: 0, route: 'edge' });
    await expect(room.record.listUnanswered(10)).resolves.toEqual([]);
    await expect(room.record.findCommand(envelope.id)).resolves.toMatchObject({ status: 'recorded' });
    await expect(room.record.findCommand('nobody:nothing')).resolves.toBeUndefined();
  });

  const accept = (envelope: CommandEnvelope) =>
    room.pool.query(
      `insert into commands (id, case_id, status, body_hash, envelope) values ($1, $2, 'accepted', $3, $4)`,
      [envelope.id, envelope.case, bodyHash(envelope), JSON.stringify(envelope)],
    );
  const answered = async (envelope: CommandEnvelope) => {
    await answerPromised({ record: room.record, logger: pino({ level: 'silent' }) });
    return room.record.findCommand(envelope.id);
  };

  it('a hold until 9999 is recorded in the nearest form, evidence until 9999 as it was meant', async () => {
    const { case: id } = await room.open();
    await room.act('qa-officer-1', id, { type: 'acceptFile' });
    const reviewBy = '9999-12-31';
    const hold = room.envelope('ua-official-1', id, {
      type: 'placeHold',
      hold: 'h',
      reason: 'legal',
      reviewBy,
    });
    const attest = {
      type: 'attestFacet',
      facet: 'custody',
      finding: 'confirmed',
      evidence: ['doc-1'],
    } as const;
    const custody = room.envelope('ua-official-1', id, { ...attest, validUntil: reviewBy });
    await accept(hold);
    await accept(custody);
    expect(await answered(hold)).toMatchObject({ status: 'recorded' });
    expect(await answered(custody)).toMatchObject({ status: 'recorded' });
  });

  it('one that nobody vouches for, or on which the rules fail, is refused, and keeps no other waiting', async () => {
    const { case: id } = await room.open();
    const { seal: _, ...unsealed } = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
    const failing = room.envelope('ua-official-1', id, { type: 'ofNoRelease' } as never);
    const sound = room.envelope('qa-officer-1', id, { type: 'acknowledgeCase' });
    for (const envelope of [unsealed, failing, sound]) await accept(envelope);
    expect(await answered(sound)).toMatchObject({ status: 'recorded' });
    expect(await answered(unsealed)).toMatchObject({ answer: { rejection: { code: 'seal-missing' } } });
    expect(await answered(failing)).toMatchObject({ answer: { rejection: { code: 'not-recordable' } } });
    await expect(room.record.listUnanswered(10)).resolves.toEqual([]);
  });
});

describe('dossiers', () => {
  it('that nobody took up are removed after a while', async () => {
    const id = newReference();
    await room.record.stageDossier(id, aDossier);
    await expect(room.record.forgetStagedDossiers(60_000)).resolves.toBe(0);
    await expect(room.record.forgetStagedDossiers(-1)).resolves.toBe(1);
  });

  it('keep their dates and their hash, whatever the time zone', async () => {
    const { case: id } = await room.open();
    const kept = await room.record.findDossier(id);
    expect(kept!.dossier.child.birthDate).toEqual({ exact: '2012-07-16' });
    expect(canonicalHash(kept!.dossier)).toBe(kept!.hash);
  });
});
