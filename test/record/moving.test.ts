/** A mechanism’s file before it is taken: what moving the open cases would meet, read from the record by whoever runs Homeward. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { dryRunLines, dryRunMove } from '../../src/cli/operator/dry-run-move';
import type { Mechanism } from '../../src/contracts/mechanism/mechanism';
import { startHomeward } from '../cli/support/run-homeward';
import { caseAt, openRecordRoom } from './support/record-room';
import type { RecordRoom } from './support/record-room';

describe('a mechanism’s file, before it is taken', () => {
  let room: RecordRoom;
  let folder: string;
  let fresh: string;
  let hosted: string;
  let travelling: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeward-moving-'));
    room = await openRecordRoom();
    fresh = (await room.open()).case;
    hosted = await caseAt(room, 'hosted');
    travelling = await caseAt(room, 'departed');
  });
  afterAll(async () => {
    await room.close();
    rmSync(folder, { recursive: true });
  });
  const next = (change: Partial<Mechanism> = {}): Mechanism => ({
    ...room.mechanism,
    version: room.mechanism.version + 1,
    ...change,
  });

  it('says how many open cases would move, and what the others need first, by case', async () => {
    await expect(dryRunMove(room.record, next())).resolves.toEqual({
      open: 3,
      move: 2,
      needs: [{ code: 'wrong-stage', cases: [travelling] }],
    });
    const { stay } = (await room.record.load(hosted))!.state;
    await expect(dryRunMove(room.record, next({ sites: [] }))).resolves.toEqual({
      open: 3,
      move: 1,
      needs: [
        { code: 'unmet-by-target', subject: stay!.site, cases: [hosted] },
        { code: 'wrong-stage', cases: [travelling] },
      ],
    });
    await expect(dryRunMove(room.record, next({ id: 'geneva' }))).resolves.toMatchObject({ open: 0 });
  });

  it('names whose plan or legs lead through a place that it closes, and who changes what', async () => {
    const { plan, legs } = (await room.record.load(hosted))!.state;
    const way = (place: string, closed: string) =>
      next({ places: room.mechanism.places.map((one) => (one.id === place ? { ...one, closed } : one)) });
    const closing = way(plan!.handoverPlace, plan!.window.to);
    const run = await dryRunMove(room.record, closing);
    expect(legs).toEqual([]);
    expect(run.closed).toContainEqual({ place: plan!.handoverPlace, part: 'plan', cases: [hosted] });
    expect(dryRunLines(run, closing).join('\n')).toContain(
      `closed from ${plan!.window.to}, is where a plan hands over: the mediator proposes another plan (proposePlan): ${hosted}`,
    );
    await expect(dryRunMove(room.record, way(plan!.handoverPlace, '2199-01-01'))).resolves.not.toHaveProperty(
      'closed',
    );
  });

  it('is asked on the command line with Postgres alone, and changes nothing', async () => {
    const file = join(folder, 'ours.yaml');
    writeFileSync(file, stringify(next()));
    const countEvents = async () => {
      const { rows } = await room.pool.query<{ events: string; kept: string }>(
        'select (select count(*) from events) as events, (select count(*) from mechanisms) as kept',
      );
      return rows;
    };
    const before = await countEvents();
    const env = { DATABASE_URL: room.database.connectionString, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const ask = (...words: string[]) => startHomeward(words, env).ended;
    const { code, out } = await ask('mechanism', 'check', file, '--cases');
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('3 open cases of doha: 2 would move to version'),
    ]);
    expect(out).toContain(
      `1: the child has departed; a case moves before that only (wrong-stage): ${travelling}`,
    );
    const { out: json } = await ask('--json', 'mechanism', 'check', file, '--cases');
    expect(JSON.parse(json)).toMatchObject({ isSound: true, cases: { open: 3, move: 2 } });
    expect(json).not.toContain(fresh);
    await expect(countEvents()).resolves.toEqual(before);
  });
});
