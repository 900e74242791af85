/** Over HTTP, the day of a hosted child: what its host says of it, and that no side reads of its health. */
import { z } from 'zod';
import { journeySchema } from '../../../src/contracts/http/briefs';
import { siteTodaySchema } from '../../../src/contracts/http/sites';
import type { CaseId } from '../../../src/domain/model/ids';
import { caseAt, openRecordRoom } from '../../record/support/record-room';
import type { RecordRoom } from '../../record/support/record-room';
import { movableClock } from '../../support/movable-clock';
import type { MovableClock } from '../../support/movable-clock';
import { createTestDatabase } from '../../support/postgres';
import { openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';

let cases: RecordRoom;
let room: ApiRoom;
let id: CaseId;
let clock: MovableClock;
/** Every hour: one was due by now, and one may be given now. */
const times = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
beforeAll(async () => {
  const database = await createTestDatabase();
  clock = await movableClock(database);
  cases = await openRecordRoom({ database });
  room = await openApiRoom('hosted-day', {
    worker: false,
    database: cases.database,
    change: () => cases.mechanism,
  });
  // Hosted since then, and with a dressing to be changed that nobody has changed.
  await clock.set('-3 hours');
  id = await caseAt(cases, 'hosted');
  const order = { type: 'setTreatment', kind: 'nursing', times, note: 'kanarka-dressing' } as const;
  await room.as('em-clinician').does(id, order);
  await clock.set('0');
});
afterAll(async () => {
  await clock.close();
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
const dayOf = async (official: string) =>
  siteTodaySchema.parse((await room.as(official).get('/v1/sites/moscow-residence/today').expect(200)).body);
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

describe('the arrival check', () => {
  it('is due at the site within a day, until somebody has looked', async () => {
    const due = async () => (await dayOf('em-host')).checksDue.map(({ case: of, overdue }) => [of, overdue]);
    expect(await due()).toEqual([[id, false]]);
    await room.as('em-host').does(id, {
      ...{ type: 'checkArrival', recognised: 'not-sure', health: 'hurt', belongings: 'without' },
      note: 'kanarka-says that its foot hurts',
    });
    expect(await due()).toEqual([]);
  });

  it('is for the host and the mediator, the child’s own words with it', async () => {
    for (const official of ward) {
      expect(await seen(official)).toMatchObject({ arrivalCheck: { health: 'hurt' } });
      const entry = (await told(official)).find(({ type }) => type === 'ArrivalChecked');
      expect(entry).toMatchObject({ health: 'hurt', note: 'kanarka-says that its foot hurts' });
    }
    for (const official of others) {
      const all = JSON.stringify([await seen(official), await told(official)]);
      expect([official, /kanarka-(?!dressing)|arrivalCheck|ArrivalChecked/.test(all)]).toEqual([
        official,
        false,
      ]);
    }
  });
});

describe('a visitor', () => {
  it('is recorded by the host, and read by it and the mediator with the name in the note', async () => {
    const came = { type: 'recordVisitor', kind: 'official', note: 'kanarka-consul' } as const;
    expect(refusalOf(await post('qa-officer-1', came))).toEqual([403, 'not-your-command']);
    await room.as('em-host').does(id, came);
    for (const official of ward) {
      expect(await seen(official)).toMatchObject({ visitors: [{ kind: 'official' }] });
      const entry = (await told(official)).find(({ type }) => type === 'VisitorRecorded');
      expect(entry).toMatchObject({ kind: 'official', note: 'kanarka-consul' });
    }
    for (const official of others) {
      const all = JSON.stringify([await seen(official), await told(official)]);
      expect([official, /kanarka-(?!dressing)|visitors|VisitorRecorded/.test(all)]).toEqual([
        official,
        false,
      ]);
    }
  });
});

describe('what a child is to get', () => {
  const what = 'kanarka-syrup, 5 ml, with water';
  let treatment: string;
  let dose: string;

  it('is ordered by the host’s clinician, in words that no event holds', async () => {
    const order = { type: 'setTreatment', kind: 'medicine', times, note: what } as const;
    expect(refusalOf(await post('em-host', order))).toEqual([403, 'not-your-command']);
    expect(refusalOf(await post('qa-officer-1', order))).toEqual([403, 'not-your-command']);
    await room.as('em-clinician').does(id, order);
    const kept = await cases.pool.query(`select event::text from events where case_id = $1`, [id]);
    expect(kept.rows.length).toBeGreaterThan(5);
    expect(JSON.stringify(kept.rows)).not.toContain('kanarka');
    expect(JSON.stringify(kept.rows)).toContain('TreatmentSet');
  });

  it('is read by the host, the mediator and who takes it home, in the clinician’s words; no side reads of it', async () => {
    for (const official of [...ward, 'es-dispatcher']) {
      const { treatments } = (await seen(official)) as { treatments: { id: string }[] };
      expect(treatments).toMatchObject([
        { kind: 'nursing', times, note: 'kanarka-dressing', doses: [] },
        { kind: 'medicine', times, note: what, doses: [] },
      ]);
      treatment = treatments[1]!.id;
    }
    for (const official of others.filter((each) => each !== 'es-dispatcher')) {
      const all = JSON.stringify([await seen(official), await told(official)]);
      expect([official, /kanarka|treatment|TreatmentSet/.test(all)]).toEqual([official, false]);
    }
  });

  it('stands in the day of the site with its time, and with what became of it', async () => {
    const { offers } = (await seen('em-host')) as { offers: { type: string; subjects?: string[] }[] };
    const { subjects = [] } = offers.find(({ type }) => type === 'recordDose')!;
    dose = subjects.find((one) => one.startsWith(`${treatment}-`))!;
    await room.as('em-host').does(id, { type: 'recordDose', dose, outcome: 'refused', note: 'spat it out' });
    for (const official of ward) {
      const done = (await dayOf(official)).doses.find((one) => one.dose === dose);
      expect(done).toMatchObject({ case: id, kind: 'medicine', what, outcome: 'refused', late: false });
      expect(await seen(official)).toMatchObject({ treatments: [{}, { doses: [{ outcome: 'refused' }] }] });
    }
    const again = await post('em-clinician', { type: 'recordDose', dose, outcome: 'refused' });
    expect(refusalOf(again)).toEqual([409, 'already-done']);
  });

  it('is late an hour after its time while nobody has said anything, whoever’s day it was due on', async () => {
    const { doses } = await dayOf('em-host');
    const late = doses.filter((one) => one.late);
    expect([1, 2]).toContain(late.length);
    for (const one of late)
      expect(one).toMatchObject({ case: id, kind: 'nursing', what: 'kanarka-dressing' });
    expect(doses.map(({ due }) => due)).toEqual(doses.map(({ due }) => due).sort());
    for (const { dose: each } of late)
      await room.as('em-host').does(id, { type: 'recordDose', dose: each, outcome: 'not-given' });
    expect((await dayOf('em-host')).doses.filter((one) => one.late)).toEqual([]);
  });

  it('is no longer due once it is ended, and nobody else may end it', async () => {
    const end = { type: 'endTreatment', treatment } as const;
    expect(refusalOf(await post('em-host', end))).toEqual([403, 'not-your-command']);
    await room.as('em-clinician').does(id, end);
    expect((await dayOf('em-host')).doses.filter(({ kind }) => kind === 'medicine')).toEqual([]);
    const late = await post('em-host', { type: 'recordDose', dose, outcome: 'given' });
    expect(refusalOf(late)).toEqual([422, 'unknown-treatment']);
    expect(refusalOf(await post('em-clinician', end))).toEqual([422, 'unknown-treatment']);
  });

  it('goes with the child: on the road its escort reads what is due, says what became of it, and no side sees it', async () => {
    const travelling = await caseAt(cases, 'may-leave');
    await room.as('em-clinician').does(travelling, {
      ...{ type: 'setTreatment', kind: 'medicine', times, note: what },
    });
    const journeys = async (official: string) =>
      z
        .object({ items: z.array(journeySchema) })
        .parse((await room.as(official).get('/v1/journeys', { mine: 'false' }).expect(200)).body).items;
    const [before] = (await journeys('es-escort-1')).flatMap(({ doses = [] }) => doses);
    const early = { type: 'recordDose', dose: before!.dose, outcome: 'given' } as const;
    // It is known to them, and the host's to say until the child is theirs.
    expect(refusalOf(await room.as('es-escort-1').post(`/v1/cases/${travelling}/commands`, early))).toEqual([
      ...[422, 'unknown-treatment'],
    ]);
    await cases.act('em-host', travelling, { type: 'giveIntoCare' });
    await cases.act('es-escort-1', travelling, { type: 'takeIntoCare' });
    const [first] = (await journeys('es-escort-1')).flatMap(({ doses = [] }) => doses);
    expect(first).toMatchObject({ case: travelling, kind: 'medicine', what, late: false });
    const said = { type: 'recordDose', dose: first!.dose, outcome: 'given' } as const;
    const post = (official: string) => room.as(official).post(`/v1/cases/${travelling}/commands`, said);
    expect(refusalOf(await post('es-escort-2'))).toEqual([422, 'unknown-treatment']);
    expect((await post('es-escort-1')).status).toBe(200);
    expect((await journeys('qa-duty')).flatMap(({ doses = [] }) => doses)[0]).toMatchObject({
      outcome: 'given',
    });
    for (const official of ['ua-official-1', 'ru-official-1', 're-receiver'])
      expect(JSON.stringify(await journeys(official))).not.toMatch(/doses|kanarka/);
  });

  it.each([
    ['no time of day', { times: ['25:00'] }],
    ['no time at all', { times: [] }],
    ['no words', { note: '' }],
  ])('is refused with %s', async (_, wrong) => {
    const order = { type: 'setTreatment', kind: 'medicine', times: ['08:00'], note: what, ...wrong };
    expect(refusalOf(await post('em-clinician', order))).toEqual([422, 'invalid-request']);
  });
});
