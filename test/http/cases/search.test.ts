/** What officials type on the telephone and into the search, and whether the case is found. */
import type { z } from 'zod';
import type { boardEntrySchema } from '../../../src/contracts/http/answers';
import type { Dossier } from '../../../src/contracts/dossier/dossier';
import type { CaseId } from '../../../src/domain/model/ids';
import { aDossier } from '../../record/support/record-room';
import { openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

type Board = { items: z.infer<typeof boardEntrySchema>[] };

describe('finding a case', () => {
  let room: ApiRoom;
  beforeAll(async () => {
    room = await openApiRoom('http-search', { worker: false });
  });
  afterAll(() => room.close());

  const named = (given: string, family: string): Dossier => ({
    ...aDossier,
    child: {
      ...aDossier.child,
      names: [{ script: 'cyrillic', given, family, recordedOn: '2026-01-22' }],
    },
  });
  const find = async (text: string, official = 'ua-official-1'): Promise<CaseId[]> => {
    const answer = await room.as(official).get('/v1/cases', { text });
    expect(answer.status).toBe(200);
    return (answer.body as Board).items.map((entry) => entry.case);
  };

  it.each([
    ['an apostrophe', 'Олена', "Солов'йова", ['Солов’йова', 'Соловʼйова', 'Соловйова', "солов'й"]],
    ['ё', 'Пётр', 'Алёшин', ['Алешин', 'алёшин', 'Алешин Петр', 'Петр Алешин']],
    ['і', 'Марія', 'Тестенко', ['Мария', 'Тестенко Марiя', 'марія']],
    [
      'a space from Excel',
      'Анна\u00A0Марія',
      'Подвійна',
      ['Анна Марія', 'Анна-Марія', 'Аннамарія', 'Анна  Марія'],
    ],
    ['a stress mark', 'Оле́на', 'Наголос', ['Олена Наголос', 'Оле́на']],
    ['a Latin letter', 'Coломія', 'Латинська', ['Соломія Латинська', 'Латинська Соломія']],
  ])('by a name with %s', async (_what, given, family, texts) => {
    const id = await room.open({ dossier: named(given, family) });
    for (const text of texts) expect(await find(text)).toContain(id);
    expect(await find('Нікогонемає')).toEqual([]);
  });

  it('tells no name to a side that may not search by names', async () => {
    const id = await room.open({ dossier: named('Таємна', 'Прихована') });
    expect(await find('Прихована')).toContain(id);
    expect(await find('Прихована', 'ru-official-1')).toEqual([]);
  });

  it('finds by the newest dossier only', async () => {
    const id = await room.open({ dossier: named('Нова', 'Назва') });
    const dossier = named('Нова', 'Назва');
    const first = dossier.child.names;
    dossier.child.names = [...first, { ...first[0]!, family: 'Додана' }];
    const answer = await room
      .as('ua-official-1')
      .put(`/v1/cases/${id}/dossier`, dossier, { 'if-match': '"1"' });
    expect(answer.status).toBe(200);
    expect(await find('Додана')).toEqual([id]);
  });

  it('keeps a form that was recorded in error to be seen, and does not find by it', async () => {
    const dossier = named('Cоломія', 'Помилкова');
    const [wrong] = dossier.child.names;
    const id = await room.open({ dossier });
    const revise = (names: Dossier['child']['names'], version: number) =>
      room
        .as('ua-official-1')
        .put(
          `/v1/cases/${id}/dossier`,
          { ...dossier, child: { ...dossier.child, names } },
          { 'if-match': `"${version}"` },
        );
    const right = { ...wrong!, family: 'Правильна', given: 'Соломія' };
    const lost = await revise([right], 1);
    expect(JSON.stringify(lost.body)).toContain('name-lost');
    const marked = { ...wrong!, recordedInError: { reason: 'typed-wrongly', on: '2026-11-01' } } as const;
    const mended = await revise([marked, right], 1);
    expect(mended.status).toBe(200);
    expect(await find('Правильна')).toEqual([id]);
    expect(await find('Помилкова')).toEqual([]);
    const view = (await room.as('ua-official-1').get(`/v1/cases/${id}`)).body as { dossier: Dossier };
    expect(view.dossier.child.names).toEqual([marked, right]);
    const back = await revise([wrong!, right], (mended.body as { version: number }).version);
    expect(JSON.stringify(back.body)).toContain('name-lost');
  });

  it('takes a child of one name, and finds it', async () => {
    const { family: _none, ...single } = named('Айше', 'x').child.names[0]!;
    const dossier = { ...aDossier, child: { ...aDossier.child, names: [single] } };
    const id = await room.open({ dossier });
    expect(await find('айше')).toEqual([id]);
  });

  it('by a reference as it was read out, at every address that takes one', async () => {
    const id = await room.open();
    const typed = id.toLowerCase().replace('-', '').replaceAll('0', 'o').replaceAll('1', 'l');
    const official = room.as('ua-official-1');
    expect((await official.get(`/v1/cases/${typed}`)).body).toMatchObject({ id });
    expect((await official.get(`/v1/cases/${encodeURIComponent(id.replace('-', '–'))}`)).status).toBe(200);
    expect((await official.get(`/v1/cases/${typed}/timeline`)).status).toBe(200);
    expect((await official.get('/v1/inbox', { case: typed })).status).toBe(200);
    expect(await find(typed)).toEqual([id]);
    expect(await find(typed.slice(0, 6))).toContain(id);
    const command = { type: 'placeHold', hold: 'h', reason: 'identity' };
    expect((await official.post(`/v1/cases/${typed}/commands`, command)).status).toBe(200);
    const other = await room.open();
    await official.post(`/v1/cases/${id}/commands`, {
      type: 'linkSiblings',
      siblings: [other.toLowerCase()],
    });
    expect((await official.get(`/v1/cases/${id}`)).body).toMatchObject({ siblings: [other] });
    expect(refusalOf(await official.get('/v1/cases/not-a-reference'))[0]).toBe(404);
  });
});
