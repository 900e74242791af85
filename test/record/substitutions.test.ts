import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import type { CaseId } from '../../src/domain/model/ids';
import type { SubstitutionToNote } from '../../src/record/people/substitutions';
import { caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeEach(async () => {
  room = await openRecordRoom();
});
afterEach(() => room.close());

/** The version that many after the first one here. */
const after = (count: number): number => room.mechanism.version + count;
/** A newer version in which these are no longer there. */
async function publish(count: number, gone: Readonly<Record<string, string | undefined>>): Promise<void> {
  const officials = room.mechanism.officials.map((official): Mechanism['officials'][number] => {
    if (!(official.id in gone)) return official;
    const by = gone[official.id];
    return { ...official, active: false, ...(by !== undefined && { replacedBy: by }) };
  });
  await room.record.saveMechanism({ ...room.mechanism, version: after(count), officials });
}
const list = () => room.record.substitutions.listToNote(100);
const note = async ({ case: id, official, party, by, stays, mechanismVersion }: SubstitutionToNote) =>
  room.send(
    { system: 'upkeep' },
    id,
    stays
      ? { type: 'noteOfficerRelieved', official }
      : { type: 'noteSubstitution', official, party, ...(by !== undefined && { by }) },
    { id: `substitution:${official}:${id}:${mechanismVersion}` },
  );
const soon = (): string => new Date(Date.now() + 3_600_000).toISOString();
async function acknowledge(id: CaseId, official: string): Promise<void> {
  const { state } = (await room.record.load(id))!;
  const [owed] = await room.pool
    .query<{ key: string }>(
      `select key from obligations where case_id = $1 and party = 'qatar' order by key limit 1`,
      [state.id],
    )
    .then(({ rows }) => rows);
  await room.act(official, id, { type: 'acknowledgeObligation', obligation: owed!.key, until: soon() });
}

describe('officials who left', () => {
  it('are nowhere to be replaced while nobody has left', async () => {
    await acknowledge((await room.open()).case, 'qa-officer-1');
    await expect(list()).resolves.toEqual([]);
  });

  it('are named with their successor where they said they would see to something, once', async () => {
    const { case: id } = await room.open();
    await acknowledge(id, 'qa-officer-1');
    const { case: other } = await room.open();
    await acknowledge(other, 'qa-officer-2');
    await publish(1, { 'qa-officer-1': 'qa-officer-2' });
    const found = await list();
    expect(found).toEqual([
      { case: id, official: 'qa-officer-1', party: 'qatar', by: 'qa-officer-2', mechanismVersion: after(1) },
    ]);
    await expect(note(found[0]!)).resolves.toMatchObject({ outcome: 'recorded' });
    await expect(list()).resolves.toEqual([]);
    // The one who took over leaves too: named in the case by then.
    await publish(2, { 'qa-officer-1': 'qa-officer-2', 'qa-officer-2': undefined });
    await expect(list()).resolves.toMatchObject(
      [
        { case: id, official: 'qa-officer-2', mechanismVersion: after(2) },
        { case: other, official: 'qa-officer-2', mechanismVersion: after(2) },
      ].sort((a, b) => (a.case < b.case ? -1 : 1)),
    );
  });

  it('are followed to the first successor who is still there, and to nobody of another party', async () => {
    const { case: id } = await room.open();
    await acknowledge(id, 'qa-officer-1');
    await publish(1, { 'qa-officer-1': 'qa-officer-2', 'qa-officer-2': 'qa-duty' });
    await expect(list()).resolves.toMatchObject([{ by: 'qa-duty' }]);
    await publish(2, { 'qa-officer-1': 'ua-official-1' });
    const [found] = await list();
    expect(found).toMatchObject({ case: id, mechanismVersion: after(2) });
    expect(found).not.toHaveProperty('by');
  });

  it('are replaced as escort only by an escort, and only while they are the one assigned', async () => {
    const id = await caseAt(room, 'ready');
    await publish(1, { 'es-escort-1': 'es-dispatcher' });
    const [found] = await list();
    expect(found).toEqual({ case: id, official: 'es-escort-1', party: 'escort', mechanismVersion: after(1) });
    await publish(2, { 'es-escort-1': 'es-escort-2' });
    await expect(list()).resolves.toMatchObject([{ by: 'es-escort-2', mechanismVersion: after(2) }]);
    await room.act('es-dispatcher', id, { type: 'assignEscort', escort: 'es-escort-2' });
    await expect(list()).resolves.toEqual([]);
  });

  it('are replaced as case officer or deputy only by one who may have a case, one after the other', async () => {
    const { case: id } = await room.open();
    await room.act('qa-lead', id, {
      ...{ type: 'assignOfficer', officer: 'qa-officer-1', deputy: 'qa-officer-2' },
    });
    const whose = async () => (await room.record.load(id))?.state.officer;
    await publish(1, { 'qa-officer-2': 'qa-duty' });
    const [second] = await list();
    expect(second).toEqual({
      ...{ case: id, official: 'qa-officer-2', party: 'qatar', mechanismVersion: after(1) },
    });
    await note(second!);
    expect(await whose()).toMatchObject({ official: 'qa-officer-1' });
    expect(await whose()).not.toHaveProperty('deputy');
    await publish(2, { 'qa-officer-2': undefined, 'qa-officer-1': 'qa-lead' });
    await expect(list()).resolves.toMatchObject([{ official: 'qa-officer-1', by: 'qa-lead' }]);
    await note((await list())[0]!);
    expect(await whose()).toMatchObject({ official: 'qa-lead' });
    await expect(list()).resolves.toEqual([]);
    // Who came to it by that leaves, too.
    await publish(3, { 'qa-officer-1': 'qa-lead', 'qa-lead': 'qa-officer-2' });
    await expect(list()).resolves.toMatchObject([{ official: 'qa-lead', by: 'qa-officer-2' }]);
    await note((await list())[0]!);
    expect(await whose()).toMatchObject({ official: 'qa-officer-2' });
  });

  it('who stay and lose the role are listed for the cases that they have, and for nothing else', async () => {
    const [{ case: id }, { case: other }] = [await room.open(), await room.open()];
    await room.act('qa-lead', id, {
      ...{ type: 'assignOfficer', officer: 'qa-officer-1', deputy: 'qa-officer-2' },
    });
    await acknowledge(other, 'qa-officer-1');
    const officials = room.mechanism.officials.map((official): Mechanism['officials'][number] =>
      official.id === 'qa-officer-1' ? { ...official, roles: ['reviewer'] } : official,
    );
    await room.record.saveMechanism({ ...room.mechanism, version: after(1), officials });
    const found = await list();
    expect(found).toEqual([
      { case: id, official: 'qa-officer-1', party: 'qatar', stays: true, mechanismVersion: after(1) },
    ]);
    await note(found[0]!);
    expect((await room.record.load(id))?.state.officer).toMatchObject({ official: 'qa-officer-2' });
    await expect(list()).resolves.toEqual([]);
  });

  it('stay listed: a version that does not list them at all is not kept', async () => {
    const officials = room.mechanism.officials.filter((official) => official.id !== 'qa-officer-1');
    await expect(
      room.record.saveMechanism({ ...room.mechanism, version: after(1), officials }),
    ).rejects.toMatchObject({ code: 'official-removed' });
  });

  it('matter no more once the case is closed', async () => {
    const { case: id } = await room.open();
    await acknowledge(id, 'qa-officer-1');
    await publish(1, { 'qa-officer-1': undefined });
    await expect(list()).resolves.toHaveLength(1);
    await room.act('ua-official-1', id, { type: 'withdrawRequest' });
    await room.act('qa-lead', id, { type: 'closeCase', outcome: 'withdrawn' });
    await expect(list()).resolves.toEqual([]);
  });
});
