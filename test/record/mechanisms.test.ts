import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { canonicalHash } from '../../src/contracts/seal';
import { mechanismFile, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom();
});
afterAll(() => room.close());

/** As release 0.1 would have kept this mechanism: without what came since, and with the defaults of its day. */
function keptBy01({ ladders, ...mechanism }: Mechanism): object {
  const since = [
    'quietHours',
    'digest',
    'lendableRoles',
    'acknowledge',
    'snooze',
    'reminderSpread',
    'signIn',
  ] as const satisfies (keyof Mechanism)[];
  const { 'mend-address': _since, ...known } = ladders;
  const sevenDays = {
    due: 'P7D',
    steps: [
      { after: 'P5D', act: 'remind' },
      { after: 'P7D', act: 'escalate' },
    ],
    thenEvery: 'P7D',
  };
  return {
    ...Object.fromEntries(Object.entries(mechanism).filter(([key]) => !since.some((each) => each === key))),
    ladders: { ...known, 'acknowledge-case': sevenDays },
  };
}

let count = 0;
/** A mechanism that says no more than a file of 0.1 could, under an id of its own. */
function ofItsOwn(): Mechanism {
  count += 1;
  const file = mechanismFile('doha');
  const parties = file.parties.map(({ calendar: _calendar, webhook: _webhook, ...party }) => party);
  const officials = file.officials.map(
    ({ replacedBy: _by, quietHours: _quiet, digest: _digest, ...official }) => official,
  );
  const acknowledge = {
    due: '5 working days',
    steps: [
      { after: '3 working days', act: 'remind' as const },
      { after: '5 working days', act: 'escalate' as const },
    ],
    thenEvery: '5 working days',
  };
  return {
    ...file,
    id: `doha-${count}`,
    parties,
    officials,
    ladders: { ...file.ladders, 'acknowledge-case': acknowledge },
    reminderSpread: 'PT10M',
  };
}

async function keep(content: object, { id, version }: Mechanism): Promise<void> {
  await room.pool.query('insert into mechanisms (id, version, content, hash) values ($1, $2, $3, $4)', [
    id,
    version,
    JSON.stringify(content),
    canonicalHash(content),
  ]);
}
const refusal = { name: 'RecordError', code: 'mechanism-differs' };

describe('a version of a mechanism that is kept already', () => {
  it('is taken again, however often', async () => {
    const mechanism = ofItsOwn();
    await room.record.saveMechanism(mechanism);
    await expect(room.record.saveMechanism(mechanism)).resolves.toBeUndefined();
  });

  it('never loses an official, nor changes an id: those who left stay listed', async () => {
    const mechanism = ofItsOwn();
    await room.record.saveMechanism(mechanism);
    const version = mechanism.version + 1;
    const renamed = mechanism.officials.map((official) =>
      official.id === 'ob-observer' ? { ...official, id: 'ob-watcher' } : official,
    );
    for (const officials of [renamed, mechanism.officials.filter(({ id }) => id !== 'ob-observer')])
      await expect(room.record.saveMechanism({ ...mechanism, version, officials })).rejects.toMatchObject({
        code: 'official-removed',
        message: expect.stringContaining('ob-observer'),
      });
    const left = mechanism.officials.map((official) =>
      official.id === 'ob-observer' ? { ...official, active: false } : official,
    );
    await expect(
      room.record.saveMechanism({ ...mechanism, version, officials: left }),
    ).resolves.toBeUndefined();
  });

  it('without an official of before is taken neither again nor as the one to follow, whoever kept it', async () => {
    const mechanism = ofItsOwn();
    await room.record.saveMechanism(mechanism);
    const officials = mechanism.officials.filter(({ id }) => id !== 'ob-observer');
    const lacking = { ...mechanism, officials, version: mechanism.version + 1 };
    await keep(lacking, lacking);
    for (const next of [lacking, { ...lacking, version: lacking.version + 1 }])
      await expect(room.record.saveMechanism(next)).rejects.toMatchObject({ code: 'official-removed' });
  });

  it.each<[string, (mechanism: Mechanism) => Partial<Mechanism>]>([
    ['loses a site', () => ({ sites: [] })],
    ['loses a place', (m) => ({ places: m.places.slice(1) })],
    ['loses a party', (m) => ({ parties: m.parties.filter(({ id }) => id !== 'observer') })],
    [
      'gives a site to another host',
      (m) => ({ sites: m.sites.map((site) => ({ ...site, party: 'escort' })) }),
    ],
    ['takes a decision from a side', (m) => ({ decidingSides: m.decidingSides.slice(1) })],
  ])('is not followed by one that %s', async (_what, change) => {
    const mechanism = ofItsOwn();
    await room.record.saveMechanism(mechanism);
    const next = { ...mechanism, ...change(mechanism), version: mechanism.version + 1 };
    await expect(room.record.saveMechanism(next)).rejects.toMatchObject({
      name: 'RecordError',
      code: 'mechanism-breaks-earlier',
    });
    await expect(room.record.findMechanism(next)).resolves.toBeUndefined();
    // An earlier release may have kept it: cases run under it, so it is taken again.
    await keep(next, next);
    await expect(room.record.saveMechanism(next)).resolves.toBeUndefined();
  });

  it('is followed by one that closes what it has', async () => {
    const mechanism = ofItsOwn();
    await room.record.saveMechanism(mechanism);
    const sites = mechanism.sites.map((site) => ({ ...site, closed: '2027-01-01' }));
    const next = { ...mechanism, sites, version: mechanism.version + 1 };
    await expect(room.record.saveMechanism(next)).resolves.toBeUndefined();
    expect((await room.record.findMechanism(next))?.rules.sites[0]).toMatchObject({ closed: '2027-01-01' });
  });

  it('is the same when a release without the newer fields kept it, and keeps the times of its day', async () => {
    const mechanism = ofItsOwn();
    await keep(keptBy01(mechanism), mechanism);
    await expect(room.record.saveMechanism(mechanism)).resolves.toBeUndefined();
    const kept = await room.record.latestMechanism(mechanism.id);
    expect(kept?.rules.ladders['acknowledge-case'].due).toBe('P7D');
    expect(kept?.rules.reminderSpread).toBe('PT10M');
  });

  it('is refused when a new field says anything but the default', async () => {
    const mechanism = ofItsOwn();
    await keep(keptBy01(mechanism), mechanism);
    for (const change of [
      { lendableRoles: ['lead'] },
      { reminderSpread: 'PT0S' },
      { snooze: { atMost: 'P14D', times: 3 } },
    ] as Partial<Mechanism>[])
      await expect(room.record.saveMechanism({ ...mechanism, ...change })).rejects.toMatchObject(refusal);
  });

  it.each<[string, (mechanism: Mechanism) => Mechanism]>([
    ['an address', (m) => ({ ...m, officials: m.officials.map((o) => ({ ...o, email: `x${o.email}` })) })],
    ['one time', (m) => ({ ...m, checkInEvery: 'PT3H' })],
    ['one limit of a section', (m) => ({ ...m, stalledAfter: { ...m.stalledAfter, usual: 'P31D' } })],
    [
      'a ladder',
      (m) => ({ ...m, ladders: { ...m.ladders, 'give-go': { due: 'P2D', steps: [], thenEvery: 'P1D' } } }),
    ],
    [
      'a ladder, to what used to be its default',
      (m) => ({
        ...m,
        ladders: {
          ...m.ladders,
          'acknowledge-case': {
            due: 'P7D',
            steps: [
              { after: 'P5D', act: 'remind' },
              { after: 'P7D', act: 'escalate' },
            ],
            thenEvery: 'P7D',
          },
        },
      }),
    ],
  ])('is refused when it changes %s', async (_what, change) => {
    const mechanism = ofItsOwn();
    await room.record.saveMechanism(mechanism);
    await expect(room.record.saveMechanism(change(mechanism))).rejects.toMatchObject(refusal);
    await expect(
      room.record.saveMechanism({ ...change(mechanism), version: mechanism.version + 1 }),
    ).resolves.toBeUndefined();
  });

  it('is the same when what 0.1 put in is now written out', async () => {
    const mechanism = ofItsOwn();
    const kept = keptBy01(mechanism) as Mechanism;
    await keep(kept, mechanism);
    const written = {
      ...mechanism,
      ladders: { ...mechanism.ladders, 'acknowledge-case': kept.ladders['acknowledge-case'] },
    };
    await expect(room.record.saveMechanism(written)).resolves.toBeUndefined();
  });
});
