import type { FigureScope } from '../../src/record/reads/figures';
import { aDossier, byTwo, caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 10 });
  await caseAt(room, 'agreed');
  const objected = await caseAt(room, 'agreed');
  await room.act('ru-decider', objected, { type: 'withdrawApproval' });
  const closed = (await room.open()).case;
  await room.act('ua-official-1', closed, { type: 'withdrawRequest' });
  await room.act('qa-officer-1', closed, { type: 'closeCase', outcome: 'withdrawn' });
});
afterAll(() => room.close());

const around = (): FigureScope => ({
  mechanism: room.mechanism.id,
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
});

describe('figures for a steering meeting', () => {
  it('count what is open, decided and closed, and each part adds up to its whole', async () => {
    const figures = await room.record.figures(around());
    expect(figures.open).toMatchObject({ total: 2, stalled: 0, hosted: 0 });
    expect(figures.stages.reduce((sum, { open }) => sum + open, 0)).toBe(2);
    expect(figures.closed).toEqual([{ outcome: 'withdrawn', cases: 1 }]);
    const sum = (act: 'approve' | 'withdraw') => figures.decisions.reduce((all, week) => all + week[act], 0);
    expect([sum('approve'), sum('withdraw')]).toEqual([4, 1]);
    for (const { week } of figures.decisions) expect(week).toMatch(/^\d{4}-W\d{2}$/);
    for (const { party, met } of figures.parties)
      expect(
        figures.waits.filter((wait) => wait.party === party).reduce((all, wait) => all + wait.met, 0),
      ).toBe(met);
  });

  it('name a party that owes nothing now by what it has met, and one that has met nothing by what it owes', async () => {
    const { parties } = await room.record.figures(around());
    for (const { owes, overdue, met } of parties)
      expect([owes, overdue, met].every((count) => Number.isInteger(count))).toBe(true);
    expect(parties.some(({ owes, met, took }) => owes === 0 && met > 0 && took !== undefined)).toBe(true);
    expect(parties.map(({ party }) => party)).toEqual(parties.map(({ party }) => party).sort());
  });

  it('measure how long a stage and a party took by what is recorded, and nothing outside the period', async () => {
    const { rows } = await room.pool.query<{ median: number }>(
      `select round(percentile_cont(0.5) within group (order by extract(epoch from ended_at - since) * 1000)) as median
         from past_stages where stage = 'verification'`,
    );
    const figures = await room.record.figures(around());
    const verification = figures.stages.find(({ stage }) => stage === 'verification');
    expect(verification).toMatchObject({ left: 2, took: { medianMs: rows[0]!.median } });
    const longAgo = { ...around(), from: '2020-01-01T00:00:00.000Z', to: '2020-02-01T00:00:00.000Z' };
    const none = await room.record.figures(longAgo);
    expect([none.decisions, none.closed, none.waits]).toEqual([[], [], []]);
    expect(none.stages.every(({ left, took }) => left === 0 && took === undefined)).toBe(true);
  });

  it('are of a party’s own cases, where they are for a party', async () => {
    const all = await room.record.figures(around());
    const side = await room.record.figures({ ...around(), party: 'ukraine' });
    expect(side.open).toEqual(all.open);
    const host = await room.record.figures({ ...around(), party: 'elsewhere' });
    expect([host.open.total, host.stages, host.parties, host.closed]).toEqual([0, [], [], []]);
  });

  it('count the children to whom something happened that a meeting must know of', async () => {
    const nobody = { interimCare: 0, unwilling: 0, notMet: 0, otherThanAgreed: 0, diedWaiting: 0 };
    expect((await room.record.figures(around())).children).toEqual(nobody);
    const apart = await openRecordRoom({ capacity: 10 });
    const figures = () =>
      apart.record.figures({ ...around(), mechanism: apart.mechanism.id }).then(({ children }) => children);
    const certificate = {
      id: 'doc-10',
      kind: 'death-certificate',
      holder: 'child',
      issuedBy: 'Registry',
    } as const;
    const home = await caseAt(apart, 'handed-over');
    const way = await caseAt(apart, 'departed');
    await apart.act('re-receiver', way, { type: 'placeInInterimCare', kind: 'hospital', place: 'kyiv' });
    const ready = await caseAt(apart, 'ready');
    for (let times = 0; times < 2; times += 1)
      await apart.act('qa-interviewer', ready, {
        type: 'recordHearing',
        recipient: 'recipient-1',
        answer: 'unwilling',
      });
    await apart.act('re-receiver', home, { type: 'reportVisit', visit: 1, outcome: 'not-met' });
    const { case: died } = await apart.open({
      file: { ...aDossier, documents: [...aDossier.documents, certificate] },
    });
    const dead = { type: 'closeCase', outcome: 'deceased', evidence: ['doc-10'] } as const;
    await byTwo(apart, 'qa-officer-1', 'qa-lead', died, dead);
    expect(await figures()).toEqual({ ...nobody, interimCare: 1, unwilling: 1, notMet: 1, diedWaiting: 1 });
    await apart.close();
  });
});
