import { siteDaysSchema, siteTodaySchema, siteWaitingSchema } from '../../../src/contracts/http/sites';
import { addDays } from '../../../src/domain/facts/days';
import { today } from '../../support/days';
import { openApiRoom, refusalOf } from '../support/api-room';
import type { ApiRoom } from '../support/api-room';
import { aDossier } from '../../record/support/record-room';
import { firstFacets } from '../../../src/domain/model/verification';

const site = '/v1/sites/moscow-residence';

describe('a hosting site over the API', () => {
  let room: ApiRoom;
  let ids: Record<'hosted' | 'expected' | 'waiting' | 'urgent', string>;
  beforeAll(async () => {
    room = await openApiRoom('http-sites', {
      worker: false,
      change: (mechanism) => ({
        ...mechanism,
        parties: [
          ...mechanism.parties,
          { ...mechanism.parties.find(({ kind }) => kind === 'host')!, id: 'inn' },
        ],
        sites: [
          {
            ...mechanism.sites[0]!,
            capacity: 2,
            beds: [{ id: 'blue-1', kind: 'usual' as const, room: 'blue' }],
          },
          { ...mechanism.sites[0]!, id: 'guesthouse', party: 'inn', capacity: 1 },
        ],
      }),
    });
    const asked = async (): Promise<string> => {
      const id = await room.open();
      await bringToHost(room, id);
      return id;
    };
    const [hosted, expected, waiting, urgent] = [await asked(), await asked(), await asked(), await asked()];
    ids = { hosted, expected, waiting, urgent };
    const host = room.as('em-host');
    await host.does(hosted, { type: 'confirmPlace', leavesOn: addDays(today(), 2) });
    await host.does(hosted, { type: 'recordArrival' });
    await host.does(expected, { type: 'confirmPlace' });
    await room.as('qa-officer-1').does(urgent, { type: 'markUrgent', medicallyUrgent: true });
  });
  afterAll(() => room.close());

  it('tells its host, and the mediator, who is there, who is expected, and what is due', async () => {
    for (const official of ['em-host', 'qa-officer-1']) {
      const { body } = await room.as(official).get(`${site}/today`).expect(200);
      const day = siteTodaySchema.parse(body);
      expect(day).toMatchObject({ site: 'moscow-residence', today: today() });
      expect(day.present).toMatchObject([
        { case: ids.hosted, bed: { number: 1, id: 'blue-1', room: 'blue' }, leavesOn: addDays(today(), 2) },
      ]);
      expect(day.expected).toMatchObject([
        { case: ids.expected, bed: { number: 2, id: '2', kind: 'usual' } },
      ]);
      expect(day.leaving).toEqual([]);
      expect(day.endingSoon).toMatchObject([{ case: ids.hosted, overdue: false }]);
    }
    await room.process.pool.query(
      `update bookings set nights = daterange($1::date, $2::date) where case_id = $3`,
      [addDays(today(), -3), today(), ids.hosted],
    );
    const { body } = await room.as('em-host').get(`${site}/today`);
    expect(siteTodaySchema.parse(body).leaving).toMatchObject([{ case: ids.hosted }]);
  });

  it('counts its beds night by night; to a side its own children only, and never what others leave free', async () => {
    const of = async (official: string) =>
      siteDaysSchema.parse(
        (await room.as(official).get(`${site}/days`, { from: addDays(today(), -4), to: addDays(today(), 2) }))
          .body,
      ).days;
    const host = await of('em-host');
    // Whoever should have left and is still there sleeps there tonight.
    expect(host.map(({ occupied }) => occupied)).toEqual([0, 1, 1, 1, 1, 0]);
    expect(host.map(({ held, free }) => [held, free])).toEqual([
      [0, 2],
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(await of('qa-officer-1')).toEqual(host);
    // An end that nobody has said is not tomorrow.
    const ends = (on: string | null) =>
      room.process.pool.query(
        `update bookings set nights = daterange(lower(nights), $1::date) where case_id = $2`,
        [on, ids.hosted],
      );
    await ends(null);
    expect((await of('em-host')).map(({ occupied }) => occupied)).toEqual([0, 1, 1, 1, 1, 1]);
    await ends(today());
    const side = await of('ru-official-1');
    expect(side.map(({ occupied }) => occupied)).toEqual([0, 1, 1, 1, 1, 0]);
    expect(side.every(({ free }) => free === undefined)).toBe(true);
    await room.process.pool.query(
      `update cases set parties = array_remove(parties, 'russia') where id = $1`,
      [ids.hosted],
    );
    expect((await of('ru-official-1')).map(({ occupied, held }) => [occupied, held])).toEqual([
      ...[
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      ...[
        [0, 1],
        [0, 1],
      ],
    ]);
  });

  it('refuses a period that ends before it begins, or goes on for ever', async () => {
    const periods: Record<string, string>[] = [
      { from: '2027-01-02', to: '2027-01-01' },
      { from: '2000-01-01', to: '2027-01-01' },
      { from: 'soon' },
    ];
    for (const period of periods)
      expect(refusalOf(await room.as('em-host').get(`${site}/days`, period))).toEqual([
        422,
        'invalid-request',
      ]);
  });

  it('has a waiting list in turn, and offers the next what is free', async () => {
    const list = async () =>
      siteWaitingSchema.parse((await room.as('em-host').get(`${site}/waiting`).expect(200)).body).items;
    expect((await list()).map((one) => [one.case, one.offered])).toEqual([
      [ids.urgent, undefined],
      [ids.waiting, undefined],
    ]);
    await room.as('ru-decider').does(ids.expected, { type: 'withdrawApproval' });
    expect(await list()).toMatchObject([
      { case: ids.urgent, medicallyUrgent: true, offered: { bed: { number: 2 } } },
      { case: ids.waiting, medicallyUrgent: false },
    ]);
    expect((await list())[1]).not.toHaveProperty('offered');
    expect((await list())[1]).not.toHaveProperty('siblingsComplete');
    const { body } = await room.as('qa-officer-1').get(`${site}/waiting`).expect(200);
    expect(siteWaitingSchema.parse(body).items[0]).toMatchObject({
      case: ids.urgent,
      siblingsComplete: true,
    });
    await room.as('em-host').does(ids.urgent, { type: 'confirmPlace' });
    expect((await list()).map((one) => one.case)).toEqual([ids.waiting]);
  });

  it('is not there for another host, and its day is for nobody else', async () => {
    for (const page of ['days', 'today', 'waiting']) {
      expect(refusalOf(await room.as('em-host').get(`/v1/sites/guesthouse/${page}`))).toEqual([
        404,
        'not-found',
      ]);
      expect(refusalOf(await room.as('em-host').get(`/v1/sites/nowhere/${page}`))).toEqual([
        404,
        'not-found',
      ]);
      for (const official of ['es-dispatcher', 're-receiver', 'ob-observer'])
        expect(refusalOf(await room.as(official).get(`${site}/${page}`))).toEqual([403, 'not-permitted']);
    }
    for (const page of ['today', 'waiting'])
      expect(refusalOf(await room.as('ua-official-1').get(`${site}/${page}`))).toEqual([
        403,
        'not-permitted',
      ]);
  });
});

/** To where the host is asked for a bed. */
async function bringToHost(room: ApiRoom, id: string): Promise<void> {
  const does = (official: string, command: Parameters<ReturnType<ApiRoom['as']>['does']>[1]) =>
    room.as(official).does(id, command);
  await does('qa-officer-1', { type: 'acceptFile' });
  const attesters: Record<string, [string, string]> = {
    whereabouts: ['ru-official-1', 'qa-officer-1'],
    'childs-view': ['qa-interviewer', 'qa-reviewer'],
  };
  for (const facet of firstFacets) {
    const [attester, reviewer] = attesters[facet] ?? ['ua-official-1', 'qa-reviewer'];
    await does(attester, {
      type: 'attestFacet',
      facet,
      finding: 'confirmed',
      evidence: [aDossier.documents[0]!.id],
    });
    await does(reviewer, { type: 'reviewAttestation', facet, verdict: 'upheld' });
  }
  await does('qa-officer-1', {
    type: 'proposePlan',
    terms: {
      recipient: 'recipient-1',
      window: { from: today(), to: addDays(today(), 20) },
      modality: 'road',
      site: 'moscow-residence',
      handoverPlace: 'kyiv',
      escortParty: 'escort',
      receivingParty: 'reception',
      companions: ['escort'],
    },
  });
  const { state } = (await room.process.record.load(id))!;
  const { version: planVersion, hash: planHash } = state.plan!;
  for (const decider of ['ua-decider', 'ru-decider'])
    await does(decider, { type: 'approvePlan', planVersion, planHash, conditions: [] });
  const asked = await room.process.record.submit(
    {
      id: `system:place-${id}`,
      case: id,
      actor: { system: 'process' },
      command: { type: 'requestPlace', planVersion },
    },
    { knownVersion: 0, route: 'system' },
  );
  expect(asked.outcome).toBe('recorded');
}
