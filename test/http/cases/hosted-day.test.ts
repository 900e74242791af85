/** Over HTTP, the day of a hosted child: what its host says of it, and that no side reads of its health. */
import type { CaseId } from '../../../src/domain/model/ids';
import { caseAt, openRecordRoom } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

let cases: RecordRoom;
let room: ApiRoom;
let id: CaseId;
beforeAll(async () => {
  cases = await openRecordRoom();
  room = await openApiRoom('hosted-day', {
    worker: false,
    database: cases.database,
    change: () => cases.mechanism,
  });
  id = await caseAt(cases, 'hosted');
});
afterAll(async () => {
  await room.close();
  await cases.close();
});

const ward = ['em-host', 'em-clinician', 'qa-officer-1'] as const;
const others = ['ua-official-1', 'ru-official-1', 'es-dispatcher', 're-receiver'] as const;
type Read = Readonly<Record<string, unknown>>;
const seen = async (official: string): Promise<Read> =>
  (await room.as(official).get(`/v1/cases/${id}`).expect(200)).body as Read;
const told = async (official: string): Promise<Read[]> =>
  (
    (await room.as(official).get(`/v1/cases/${id}/timeline`, { limit: '200' }).expect(200)).body as {
      items: Read[];
    }
  ).items;
const post = (official: string, command: object) =>
  room.as(official).post(`/v1/cases/${id}/commands`, command);

describe('the daily note', () => {
  const day = { ate: 'little', slept: 'well', mood: 'low', health: 'ill' } as const;

  it('is read in full by the host and the mediator; others read how the child is', async () => {
    await room.as('em-host').does(id, {
      ...{ type: 'writeWelfareNote', wellbeing: 'well', note: 'asks for its mother' },
      ...day,
    });
    for (const official of ward) {
      expect(await seen(official)).toMatchObject({ dailyNote: day, stay: { lastWellbeing: 'well' } });
      expect((await told(official)).slice(-2)).toMatchObject([
        { type: 'WelfareNoted', wellbeing: 'well', note: 'asks for its mother' },
        { type: 'DayNoted', ...day },
      ]);
    }
    for (const official of others) {
      expect(await seen(official)).not.toHaveProperty('dailyNote');
      const types = (await told(official)).map(({ type }) => type);
      expect([official, types.includes('DayNoted')]).toEqual([official, false]);
    }
    for (const official of ['ua-official-1', 'ru-official-1'])
      expect(await seen(official)).toMatchObject({ stay: { lastWellbeing: 'well' } });
  });

  it('takes only words of its lists', async () => {
    const wrong = { type: 'writeWelfareNote', wellbeing: 'well', mood: 'homesick' };
    expect(refusalOf(await post('em-host', wrong))).toEqual([422, 'invalid-request']);
  });
});
