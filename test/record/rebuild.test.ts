import type { Pool } from 'pg';
import { migrateToLatest } from '../../src/record/migrations/migrate';
import { byTwo, caseAt, milestones, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

let room: RecordRoom;
beforeAll(async () => {
  room = await openRecordRoom({ capacity: 9 });
});
afterAll(() => room.close());

const dump = async (pool: Pool) => {
  const tables: Record<string, string> = {
    cases: 'select * from cases order by id',
    obligations: 'select * from obligations order by case_id, key',
    pastObligations: 'select * from past_obligations order by case_id, version, key',
    pastStages: 'select * from past_stages order by case_id, version',
    siblings: 'select * from sibling_links order by case_id, sibling',
    places: 'select * from places order by mechanism_id, site, number',
    bookings: 'select * from bookings order by case_id, since, left_at nulls last',
    groupDuties: 'select * from group_duties order by group_id, key',
    outbox: 'select * from outbox order by id',
    tallies: `select what, mechanism_id, subject, day, sum(number) as number from tallies
               group by what, mechanism_id, subject, day having sum(number) <> 0 order by what, mechanism_id, subject, day`,
    majorities: 'select * from majorities order by case_id',
  };
  // As the next round of the upkeep finds it.
  await room.record.listComingOfAge();
  const dumps: Record<string, string[]> = {};
  for (const [table, query] of Object.entries(tables)) {
    const { rows } = await pool.query<{ row: string }>(`select row::text as row from (${query}) as row`);
    dumps[table] = rows.map(({ row }) => row);
  }
  return dumps;
};

describe('every list can be made anew from the events', () => {
  it('and is then the same to the byte, whatever has happened to the cases', async () => {
    for (const milestone of milestones) await caseAt(room, milestone);
    const recalled = await caseAt(room, 'departed');
    await room.act('ru-decider', recalled, { type: 'withdrawApproval' });
    await room.act('qa-lead', recalled, { type: 'decideRecall', outcome: 'turn-back' });
    for (let count = 0; count < 3; count += 1) await caseAt(room, 'hosted');
    await byTwo(room, 'em-host', 'qa-lead', recalled, { type: 'recordArrival' });
    const held = await caseAt(room, 'verified', { siblings: [recalled] });
    await room.act('ru-official-1', held, { type: 'placeHold', hold: 'h', reason: 'legal' });
    await room.act('ua-official-1', held, { type: 'withdrawRequest' });
    await room.act('ru-official-1', held, { type: 'liftHold', hold: 'h' });
    await room.act('qa-officer-1', held, { type: 'closeCase', outcome: 'withdrawn' });
    await room.act('ru-official-1', held, { type: 'placeHold', hold: 'late', reason: 'safety' });
    const reopened = await caseAt(room, 'verified');
    await room.act('ua-official-1', reopened, { type: 'withdrawRequest' });
    await room.act('qa-officer-1', reopened, { type: 'closeCase', outcome: 'withdrawn' });
    await byTwo(room, 'qa-lead', 'qa-officer-2', reopened, { type: 'reopenCase', reason: 'new-information' });
    const moved = await caseAt(room, 'agreed');
    const sites = room.mechanism.sites.map((site) => ({ ...site, capacity: 7 }));
    const version = room.mechanism.version + 1;
    await room.record.saveMechanism({ ...room.mechanism, version, sites });
    await room.act('qa-lead', moved, { type: 'moveMechanism', version });
    // Mails in every state of delivery.
    for (const status of ['routed', 'sent', 'dead', 'silenced']) {
      await room.pool.query(
        `update outbox set status = $1 where id = (select id from outbox where status = 'pending' order by id limit 1)`,
        [status],
      );
    }

    const before = await dump(room.pool);
    expect(before.cases!.length).toBeGreaterThan(10);
    expect(before.places!.length).toBeGreaterThan(6);
    expect(before.pastObligations!.length).toBeGreaterThan(100);
    expect(before.pastStages!.length).toBeGreaterThan(20);
    expect(before.tallies!.length).toBeGreaterThan(20);
    expect(before.majorities!.length).toBeGreaterThan(10);
    await expect(room.record.rebuildProjections()).resolves.toEqual({ cases: before.cases!.length });
    expect(await dump(room.pool)).toEqual(before);
  });

  it('even when they were lost or spoilt, without writing to anybody about the past', async () => {
    const before = await dump(room.pool);
    await room.pool.query('delete from cases');
    await room.pool.query('delete from obligations');
    await room.pool.query('delete from sibling_links');
    await room.pool.query('delete from places');
    await room.pool.query('delete from bookings');
    await room.pool.query('delete from majorities');
    await room.pool.query('update tallies set number = number + 1');
    await room.pool.query(`update outbox set party = 'nobody', notice = '{}'`);
    await room.pool.query(`delete from outbox where status = 'sent'`);
    await room.record.rebuildProjections();
    const after = await dump(room.pool);
    expect({ ...after, outbox: [] }).toEqual({ ...before, outbox: [] });
    const { rows } = await room.pool.query<{ status: string; number: number }>(
      'select status, count(*) as number from outbox group by status order by status',
    );
    expect(rows.find(({ status }) => status === 'silenced')?.number).toBeGreaterThan(0);
    expect(rows.find(({ status }) => status === 'sent')).toBeUndefined();
  });

  it('once, by whoever starts first, where an older release made them', async () => {
    const before = await dump(room.pool);
    await room.pool.query('update projections_version set version = 1');
    await room.pool.query('delete from past_obligations');
    await room.pool.query('delete from past_stages');
    await room.pool.query('update cases set lapses_at = null');
    const said: string[] = [];
    const start = () => migrateToLatest({ ...room.database, say: (line) => said.push(line) });
    await Promise.all([start(), start(), start()]);
    expect(await dump(room.pool)).toEqual(before);
    expect(said.filter((line) => /lists of \d+ cases are made anew/.test(line))).toHaveLength(1);
    await start();
    expect(said.filter((line) => line.includes('older release')).length).toBeLessThanOrEqual(3);
  });

  it('while officials go on working, and none of their commands is lost', async () => {
    const { case: id } = await room.open();
    const rebuild = room.record.rebuildProjections();
    const results = await Promise.all(
      Array.from({ length: 10 }, (_unused, index) =>
        room.act('ru-official-1', id, { type: 'placeHold', hold: `h${index}`, reason: 'safety' }),
      ),
    );
    await rebuild;
    expect(results.every(({ outcome }) => outcome === 'recorded')).toBe(true);
    const before = await dump(room.pool);
    await room.record.rebuildProjections();
    expect(await dump(room.pool)).toEqual(before);
  });
});
