/** What is counted by keeping count is what one would count. */
import { caseAt, milestones, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 5 });
  for (const milestone of milestones) await caseAt(room, milestone);
  const ended = (await room.open()).case;
  await room.act('ua-official-1', ended, { type: 'withdrawRequest' });
  await room.act('qa-officer-1', ended, { type: 'closeCase', outcome: 'withdrawn' });
  // Owed since long, overdue since long, since today, and not yet: by the clock alone.
  for (const [since, due, number] of [
    ['-40 days', '-30 days', 7],
    ['-40 days', '-1 second', 5],
    ['-1 second', '3 days', 4],
    ['-2 seconds', '-1 second', 3],
    ['-3 days', '9 days', 2],
    ['1 day', '2 days', 6],
    ['-1 second', '-9 days', 1],
  ])
    await room.pool.query(
      `update obligations set since = now() + $1::interval, due = now() + $2::interval
        where (case_id, key) in (select case_id, key from obligations where since > now() - interval '1 hour'
                                                                      order by key limit $3)`,
      [since, due, number],
    );
  await room.pool.query(`update cases set stalled_since = now() where stage in ('agreement', 'closed')`);
});
afterAll(() => room.close());

const counted = async () => {
  const one = async (text: string) =>
    (await room.pool.query<Record<string, number>>(`select ${text}`)).rows[0]!;
  const { rows: stages } = await room.pool.query<{ stage: string; n: number }>(
    'select stage, count(*) as n from cases group by stage',
  );
  return {
    casesByStage: Object.fromEntries(stages.map(({ stage, n }) => [stage, n])),
    ...(await one(
      `(select count(*) from cases where stalled_since is not null and stage <> 'closed') as stalled`,
    )),
    ...(await one(`(select count(*) from obligations where since <= now() and due < now()) as overdue`)),
    ...(await one(
      `(select count(*) from obligations where safety and since <= now() and due < now()) as "safetyOverdue"`,
    )),
  };
};
const owed = async (): Promise<number> =>
  (await room.pool.query<{ n: number }>('select count(*) as n from obligations where since <= now()'))
    .rows[0]!.n;

const expectExact = async (): Promise<void> => {
  const systemStatus = await room.record.systemStatus();
  expect(systemStatus).toMatchObject(await counted());
  const open = systemStatus.obligations.reduce((sum, each) => sum + each.open, 0);
  expect(open).toBe(await owed());
  expect(systemStatus.overdue).toBeGreaterThan(10);
  expect(systemStatus.stalled).toBeGreaterThan(0);
};

describe('system status', () => {
  it('says what one would count, though nobody counts', () => expectExact());

  it('goes on saying it when differences are added up, and when many add up at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => room.record.addUpTallies()));
    await expectExact();
    const { rows } = await room.pool.query(
      'select from tallies group by what, mechanism_id, subject, day having count(*) > 1',
    );
    expect(rows).toEqual([]);
  });

  it('and while officials go on working', async () => {
    const adding = setInterval(() => void room.record.addUpTallies(), 5);
    await Promise.all(Array.from({ length: 6 }, () => caseAt(room, 'agreed')));
    clearInterval(adding);
    await expectExact();
  });

  it('and when a backup is restored or a count was spoilt, once the lists are made anew', async () => {
    await room.pool.query('update tallies set number = number + 3');
    await room.record.rebuildProjections();
    const { rows: kept } = await room.pool.query('select * from tallies');
    expect(kept.length).toBeGreaterThan(0);
    const systemStatus = await room.record.systemStatus();
    expect(systemStatus).toMatchObject(await counted());
  });
});
