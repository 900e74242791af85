import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { findFreePort } from '../../src/stack/process/ports';
import { startWorker } from '../../src/worker';
import type { RunningWorker } from '../../src/worker';
import { onlyListed } from '../../src/telemetry/core-metrics';
import { coreMetrics, metricTable } from '../../src/telemetry/metric-table';
import type { MetricRow } from '../../src/telemetry/metric-table';
import { createMetrics } from '../../src/telemetry/metrics';
import { installRuntime } from '../../src/temporal/runtime';
import { upkeepScheduleId } from '../../src/temporal/upkeep-schedule';
import { figuresOf, openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { openPostOffice } from '../notify/support/post-office';
import type { PostOffice } from '../notify/support/post-office';
import { sealKey } from '../record/support/record-room';
import { workflowBundle } from '../support/workflow-bundle';
import { eventually, quiet } from '../workflows/support/process-room';

const table: Readonly<Record<string, MetricRow>> = metricTable;

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
function samplesOf(page: string): Sample[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, held]) => [key, held]);
      return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
    });
}
const familyOf = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');

describe('the page of figures', () => {
  let room: ApiRoom;
  let office: PostOffice;
  let worker: RunningWorker;
  beforeAll(async () => {
    // Whoever comes first decides for the process; in the room's own way nobody asks for figures.
    installRuntime(quiet, { metricsAddress: `127.0.0.1:${await findFreePort()}` });
    room = await openApiRoom('metrics', {
      worker: false,
      change: (mechanism) => ({ ...mechanism, digest: 'at-once', quietHours: 'none' }),
    });
    office = await openPostOffice();
    worker = await startWorker({
      databaseUrl: room.process.database.connectionString,
      sealKey,
      temporal: { address: room.process.address, namespace: room.process.namespace },
      taskQueue: room.process.taskQueue,
      smtpUrl: office.url,
      mailFrom: 'Homeward <homeward@mediator.example>',
      publicUrl: 'https://homeward.example',
      healthPort: 0,
      workflowBundle: await workflowBundle(),
      logger: quiet,
    });
  });
  afterAll(async () => {
    await worker.stop();
    await room.process.client.schedule.getHandle(upkeepScheduleId(room.process.taskQueue)).delete();
    await office.stop();
    await room.close();
  });

  const ofApi = async (): Promise<Sample[]> => samplesOf(await figuresOf(room.api));
  const ofWorker = async (): Promise<Sample[]> => {
    const answer = await fetch(`http://127.0.0.1:${worker.healthPort}/metrics`);
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    return samplesOf(await answer.text());
  };
  const valueOf = (page: readonly Sample[], name: string, labels: Record<string, string> = {}) =>
    page.find(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )?.value;

  const sumOf = (page: readonly Sample[], name: string, labels: Record<string, string> = {}): number =>
    page
      .filter(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
      )
      .reduce((sum, { value }) => sum + value, 0);

  it('tells every figure of the table after a little work, and no other', async () => {
    const official = room.as('ua-official-1');
    const id = await room.open();
    await official.does(id, { type: 'placeHold', hold: 'h1', reason: 'safety' });
    await official.post(`/v1/cases/${id}/commands`, { type: 'depart' });
    await room.process.client.schedule.getHandle(upkeepScheduleId(room.process.taskQueue)).trigger();
    let told = new Set<string>();
    // No ladder has a step to take yet.
    const wanted = Object.keys(table).filter((name) => name !== 'homeward_reminders_total');
    const lacking = async (): Promise<string[]> => {
      told = new Set([...(await ofApi()), ...(await ofWorker())].map(({ name }) => familyOf(name)));
      return wanted.filter((name) => !told.has(name));
    };
    await eventually(async () => (await lacking()).length === 0, 20_000).catch(() => undefined);
    expect(await lacking()).toEqual([]);
    const known = new Set([...Object.keys(table), ...Object.keys(coreMetrics)]);
    expect([...told].filter((name) => !known.has(name))).toEqual([]);
    expect(told).toContain('temporal_sticky_cache_size');
    expect(told).toContain('temporal_workflow_task_execution_latency');
  });

  it('knows no case, no official, no party and nobody’s words, however much happens', async () => {
    const before = (await ofApi()).length;
    const cases = await Promise.all(Array.from({ length: 8 }, () => room.open()));
    const canary = 'Vyhadana';
    for (const id of cases) {
      await room
        .as('ua-official-1')
        .does(id, { type: 'placeHold', hold: canary.toLowerCase(), reason: 'safety', note: canary });
      await room.as('qa-lead').get(`/v1/cases/${id}`, { text: canary });
      await room.anyone().get(`/${canary}/${id}`);
    }
    const pages = [...(await ofApi()), ...(await ofWorker())];
    for (const { name, labels } of pages) {
      const text = Object.values(labels).join(' ');
      expect([name, text]).toEqual([
        name,
        expect.not.stringMatching(/[0-9A-Z]{4}-[0-9A-Z]{4}|ua-official|qa-lead|[Vv]yhadana/),
      ]);
      const listed = table[familyOf(name)]?.labels;
      if (listed)
        expect(Object.keys(labels).filter((label) => label !== 'le' && !listed.includes(label))).toEqual([]);
    }
    const { parties } = room.process.mechanism;
    const values = new Set(pages.flatMap(({ labels }) => Object.values(labels)));
    expect(parties.filter(({ id, kind }) => id !== kind && values.has(id))).toEqual([]);
    // More cases are more counts, not more series: what is new is a command or a route seen for the first time.
    const after = (await ofApi()).length;
    expect(after - before).toBeLessThan(60);
  });

  it('counts what happened and how things stand', async () => {
    const page = [...(await ofApi()), ...(await ofWorker())];
    // Some may have gone past a process that was slow to start: which outcome and which process, nobody knows before.
    expect(sumOf(page, 'homeward_commands_total', { type: 'placeHold' })).toBe(9);
    expect(sumOf(page, 'homeward_events_total', { type: 'HoldPlaced' })).toBe(9);
    expect(sumOf(page, 'homeward_command_seconds_count')).toBe(10);
    expect(valueOf(page, 'homeward_command_seconds_count', { answer: 'refused' })).toBe(1);
    // How things stand is asked anew every five seconds.
    await eventually(async () => valueOf(await ofApi(), 'homeward_cases_open', { stage: 'intake' }) === 9);
    expect(valueOf(page, 'homeward_worker_polling')).toBe(1);
    expect(valueOf(page, 'homeward_upkeep_paused')).toBe(0);
    expect(valueOf(page, 'homeward_record_up')).toBe(1);
    expect(valueOf(page, 'homeward_upkeep_age_seconds', { task: 'reconcile' })).toBeLessThan(120);
    expect(valueOf(page, 'homeward_obligations_owed', { party_kind: 'mediator' })).toBeGreaterThan(0);
    await eventually(
      async () => (valueOf(await ofWorker(), 'homeward_letters_total', { outcome: 'sent' }) ?? 0) > 0,
      30_000,
    );
  });

  it('shows an overdue safety obligation, and since when', async () => {
    const superuser = new Client({ connectionString: room.process.database.superuserUrl });
    await superuser.connect();
    await superuser.query(`
      update obligations set safety = true, since = now() - interval '1 day', due = now() - interval '20 minutes'
       where (case_id, key) = (select case_id, key from obligations limit 1)`);
    await superuser.end();
    await eventually(async () =>
      (valueOf(await ofApi(), 'homeward_safety_overdue') ?? 0) > 0 ? true : undefined,
    );
    const page = await ofApi();
    expect(valueOf(page, 'homeward_safety_overdue')).toBe(1);
    expect(valueOf(page, 'homeward_safety_overdue_seconds')).toBeGreaterThan(1_190);
    expect(valueOf(page, 'homeward_safety_overdue_seconds')).toBeLessThan(1_400);
  });

  it('says that the upkeep is paused', async () => {
    const schedule = room.process.client.schedule.getHandle(upkeepScheduleId(room.process.taskQueue));
    await schedule.pause('a test');
    expect(valueOf(await ofWorker(), 'homeward_upkeep_paused')).toBe(1);
    await schedule.unpause();
  });

  it('still tells what it can with Postgres away, and in time', async () => {
    const api = await room.another({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing' });
    const started = Date.now();
    const page = samplesOf(await figuresOf(api));
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(valueOf(page, 'homeward_record_up')).toBe(0);
    expect(valueOf(page, 'homeward_cases_open')).toBeUndefined();
    expect(valueOf(page, 'homeward_memory_bytes', { of: 'resident' })).toBeGreaterThan(0);
  });

  it('is found beside health under the same names on API and worker, and the older ones', async () => {
    for (const path of ['/healthz', '/readyz', '/health', '/ready']) {
      await room.anyone().get(path).expect(200);
      expect((await fetch(`http://127.0.0.1:${worker.healthPort}${path}`)).status).toBe(200);
    }
  });
});

describe('the table of figures', () => {
  it('is the one in the docs, word for word', () => {
    const page = readFileSync(join(__dirname, '../../docs/telemetry.md'), 'utf8');
    const rows = page
      .split('\n')
      .filter((line) => /^\| (homeward|temporal)_/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    const own = Object.entries(table).map(([name, { kind, labels, from, help }]) => [
      ...[name, kind, labels.join(', '), from, help],
    ]);
    expect(rows).toEqual([...own, ...Object.entries(coreMetrics)]);
  });

  it('has labels whose values are few: each is a list in our code', () => {
    const bounded: Readonly<Record<string, number>> = {
      ...{ route: 60, status: 40, type: 120, outcome: 150, answer: 4 },
      ...{ stage: 20, party_kind: 8, kind: 3, act: 3, safety: 2, activity: 40, task: 10 },
      ...{ rank: 3, of: 2, part: 2, state: 3 },
    };
    const labels = new Set(Object.values(table).flatMap((row) => row.labels));
    expect([...labels].filter((label) => !(label in bounded))).toEqual([]);
  });

  it('refuses a label that it does not name', () => {
    const metrics = createMetrics();
    expect(() => metrics.count('homeward_events_total', { case: 'C4SE-0001' })).toThrow(/no label case/);
    return metrics.stop();
  });

  it('hands on of Temporal’s own figures those it lists, whole', () => {
    const page = [
      '# HELP temporal_sticky_cache_size Cached',
      '# TYPE temporal_sticky_cache_size gauge',
      'temporal_sticky_cache_size{namespace="default"} 3',
      'temporal_workflow_task_replay_latency_bucket{le="1"} 1',
      'temporal_something_else{workflow_id="case-C4SE-0001"} 1',
      'other 1',
    ];
    expect(onlyListed(page.join('\n')).trim().split('\n')).toEqual(page.slice(0, 4));
  });
});
