/** The same child in two cases: the mediator is told, and nobody to whom the other case is not there. */
import type { Dossier } from '../../../src/contracts/dossier/dossier';
import type { CaseId } from '../../../src/domain/model/ids';
import { aDossier } from '../../record/support/record-room';
import { openApiRoom, opening } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

interface Seen {
  likelyDuplicates?: { case: CaseId; grounds: string[] }[];
}
interface Entry {
  case: CaseId;
  kind: string;
  subject?: string;
  commands: string[];
}

describe('a child who is in another case already', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-likely-duplicates', { worker: false });
  });
  afterAll(() => room.close());

  let families = 0;
  /** A child of its own in each test. */
  const aChild = (changes: Partial<Dossier['child']> = {}, number?: string): Dossier => {
    const family = `Вигадана${'абвгд'.charAt(families % 5)}${'клмнп'.charAt(Math.floor(families / 5))}`;
    return {
      ...aDossier,
      documents: [
        ...aDossier.documents.filter(({ holder }) => holder !== 'child' || aDossier.child.names.length > 9),
        ...(number === undefined
          ? []
          : [
              {
                id: 'doc-90',
                kind: 'birth-certificate' as const,
                holder: 'child' as const,
                number,
                issuedBy: 'ДРАЦС',
              },
            ]),
      ],
      child: {
        ...aDossier.child,
        names: [{ script: 'cyrillic', given: 'Соломія', family, recordedOn: '2026-01-22' }],
        birthDate: { exact: '2015-05-05' },
        healthNeeds: [],
        ...changes,
      },
    };
  };
  beforeEach(() => {
    families += 1;
  });
  const child = (given: string, family = aChild().child.names[0]!.family) =>
    ({ names: [{ script: 'cyrillic', given, family, recordedOn: '2026-01-22' }] }) satisfies Partial<
      Dossier['child']
    >;

  const open = async (dossier: Dossier, official = 'ua-official-1'): Promise<CaseId> => {
    const answer = await room.as(official).post('/v1/cases', opening({ dossier }));
    expect(answer.body).toMatchObject({ outcome: 'recorded' });
    return (answer.body as { case: CaseId }).case;
  };
  const seenBy = async (official: string, id: CaseId): Promise<Seen> =>
    (await room.as(official).get(`/v1/cases/${id}`)).body as Seen;
  const owedBy = async (official: string, id: CaseId): Promise<Entry[]> =>
    ((await room.as(official).get('/v1/inbox', { case: id, scope: 'party' })).body as { items: Entry[] })
      .items;

  it('is suggested to the mediator, in the inbox and in both cases', async () => {
    const first = await open(aChild({}, 'І-ЖС № 123456'));
    const second = await open(aChild({}, '1-жс 123456'), 'ua-official-2');
    const grounds = ['same-name', 'same-number'];
    expect((await seenBy('qa-officer-1', second)).likelyDuplicates).toEqual([{ case: first, grounds }]);
    expect((await seenBy('qa-officer-1', first)).likelyDuplicates).toEqual([{ case: second, grounds }]);
    expect(await owedBy('qa-officer-1', second)).toContainEqual(
      expect.objectContaining({ kind: 'settle-duplicate', subject: first, commands: ['flagDuplicate'] }),
    );
  });

  it('is told to no side, and changes nothing that a side reads', async () => {
    const first = await open(aChild());
    const before = await Promise.all(['ua-official-1', 'ru-official-1'].map((who) => seenBy(who, first)));
    const inboxes = await Promise.all(['ua-official-1', 'ru-official-1'].map((who) => owedBy(who, first)));
    const board = async () =>
      (await room.as('ru-official-1').get('/v1/cases', { waitingKind: 'settle-duplicate' })).body as object;
    const found = await board();
    const second = await open(aChild(), 'ua-official-2');
    expect((await seenBy('qa-officer-1', first)).likelyDuplicates).toHaveLength(1);
    const after = await Promise.all(['ua-official-1', 'ru-official-1'].map((who) => seenBy(who, first)));
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).not.toContain(second);
    expect(await Promise.all(['ua-official-1', 'ru-official-1'].map((who) => owedBy(who, first)))).toEqual(
      inboxes,
    );
    expect(await board()).toEqual(found);
    const timeline = await room.as('ru-official-1').get(`/v1/cases/${second}/timeline`);
    expect((timeline.body as { items: unknown[] }).items).toHaveLength(1);
  });

  it('is found by a name in the other order, another apostrophe, and a birth date a year off', async () => {
    const first = await open(aChild(child("Дар'я", 'Перша')));
    const second = await open(
      aChild({
        ...child('Перша', 'Дар’я'),
        birthDate: { estimated: { from: '2016-01-01', to: '2016-12-31' } },
      }),
    );
    expect((await seenBy('qa-officer-1', second)).likelyDuplicates).toEqual([
      { case: first, grounds: ['same-name'] },
    ]);
    const third = await open(aChild({ ...child("Дар'я", 'Перша'), birthDate: { exact: '2010-01-01' } }));
    expect((await seenBy('qa-officer-1', third)).likelyDuplicates).toBeUndefined();
  });

  it('is no twin and no sibling: family name and birth date alone suggest nothing', async () => {
    await open(aChild(child('Анна')));
    const twin = await open(aChild(child('Ганна')));
    expect((await seenBy('qa-officer-1', twin)).likelyDuplicates).toBeUndefined();
  });

  it('is found by a revision too, and forgotten when a later one mends it', async () => {
    const first = await open(aChild({}, 'АБ 777001'));
    const id = await open(aChild({ ...child('Інша'), birthDate: { exact: '2012-02-02' } }));
    const revise = async (version: number, number: string) => {
      const dossier = aChild({ ...child('Інша'), birthDate: { exact: '2012-02-02' } }, number);
      const answer = await room
        .as('ua-official-1')
        .put(`/v1/cases/${id}/dossier`, dossier, { 'if-match': `"${version}"` });
      expect(answer.status).toBe(200);
      return (answer.body as { version: number }).version;
    };
    const version = await revise(1, 'AБ777001');
    expect((await seenBy('qa-officer-1', id)).likelyDuplicates).toEqual([
      { case: first, grounds: ['same-number'] },
    ]);
    await revise(version, 'АБ 777002');
    expect((await seenBy('qa-officer-1', id)).likelyDuplicates).toBeUndefined();
  });

  it('is found when both are opened at the same moment', async () => {
    const missed: string[] = [];
    for (let round = 0; round < 25; round += 1) {
      // Two looks cross: the one that began before the other case was there must not undo what that one found.
      const again = () =>
        aChild(child('Соломія', `Одночасна${'абвгд'.charAt(round % 5)}${'клмнп'.charAt(round / 5)}`));
      const ids = await Promise.all([open(again()), open(again(), 'ua-official-2'), open(again())]);
      for (const id of ids) {
        const others = ids.filter((other) => other !== id).sort();
        const { likelyDuplicates = [] } = await seenBy('qa-officer-1', id);
        if (
          likelyDuplicates
            .map((each) => each.case)
            .sort()
            .join() !== others.join()
        )
          missed.push(`${round}: ${id}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('is found by the upkeep when the process died between', async () => {
    const first = await open(aChild());
    const second = await open(aChild());
    const { pool } = room.process;
    await pool.query('delete from suggestions where case_id = any ($1)', [[first, second]]);
    await pool.query('insert into dossiers_to_compare values ($1, clock_timestamp())', [second]);
    expect((await seenBy('qa-officer-1', second)).likelyDuplicates).toBeUndefined();
    await room.process.record.likelyDuplicates.lookAtRest();
    expect((await seenBy('qa-officer-1', second)).likelyDuplicates).toHaveLength(1);
  });

  it('is settled by a person: once flagged it is suggested no more', async () => {
    const first = await open(aChild());
    const second = await open(aChild());
    await room.as('qa-officer-1').does(second, { type: 'flagDuplicate', other: first });
    await room
      .as('qa-officer-1')
      .does(second, { type: 'settleDuplicate', other: first, verdict: 'distinct' });
    await room.process.pool.query('insert into dossiers_to_compare values ($1, clock_timestamp())', [first]);
    await room.process.record.likelyDuplicates.lookAtRest();
    expect((await seenBy('qa-officer-1', second)).likelyDuplicates).toBeUndefined();
    expect(await owedBy('qa-officer-1', second)).not.toContainEqual(
      expect.objectContaining({ kind: 'settle-duplicate' }),
    );
  });
});
