import { readFileSync } from 'node:fs';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import type { WorkflowBundle } from '@temporalio/worker';
import { createPool } from '../../src/record/postgres/database';
import { createRecord } from '../../src/record/record';
import { bundleOptions, traceModules, workflowCode } from '../../src/temporal/bundle-options';
import { spanFacts } from '../../src/telemetry/span-facts';
import { traceQueries } from '../../src/telemetry/trace-queries';
import { createTraces } from '../../src/telemetry/traces';
import type { Traces } from '../../src/telemetry/traces';
import { sealKey } from '../record/support/record-room';
import { newKey, openApiRoom } from '../http/support/api-room';
import type { ApiRoom, HttpOfficial } from '../http/support/api-room';
import { histories } from '../replay/read-histories';
import { workflowBundle } from '../support/workflow-bundle';
import { eventually } from '../workflows/support/process-room';
import { openTraceCollector } from './support/trace-collector';
import type { CollectedSpan, TraceCollector } from './support/trace-collector';

const silent = (): void => undefined;
const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
let traced: Promise<WorkflowBundle> | undefined;
const tracedBundle = (): Promise<WorkflowBundle> =>
  (traced ??= bundleWorkflowCode({
    ...bundleOptions,
    workflowInterceptorModules: [...traceModules],
    logger,
  }));

describe('a request that is traced', () => {
  let collector: TraceCollector;
  let room: ApiRoom;
  let ofApi: Traces;
  let ofWorker: Traces;
  let official: HttpOfficial;
  const canary = 'Vyhadana';
  beforeAll(async () => {
    collector = await openTraceCollector();
    // Two processes' worth: what one knows the other learns through Temporal alone.
    ofApi = createTraces({ endpoint: collector.url, service: 'homeward-api' });
    ofWorker = createTraces({ endpoint: `${collector.url}/`, service: 'homeward-worker' });
    room = await openApiRoom('traces', { worker: false, settings: { traces: ofApi } });
    const pool = createPool({ connectionString: room.process.database.connectionString });
    traceQueries(pool, ofWorker);
    await room.process.startWorker({
      record: createRecord({ pool, sealKey }),
      code: await tracedBundle(),
      traces: ofWorker,
    });
    official = room.as('ua-official-1');
    closing = () => pool.end();
  });
  let closing: () => Promise<void> = () => Promise.resolve();
  afterAll(async () => {
    await room.close();
    await closing();
    await Promise.all([ofApi.stop(), ofWorker.stop()]);
    await collector.stop();
  });

  const collected = (isIt: (span: CollectedSpan) => boolean): Promise<CollectedSpan> =>
    eventually(() => collector.spans.find(isIt));
  /** From the span to the root of its trace, by name. */
  function wayUp(span: CollectedSpan): string[] {
    const above = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
    return [span.name, ...(above ? wayUp(above) : [])];
  }

  it('is one trace from HTTP to the statement that wrote it, and on through the workflow to the read that followed', async () => {
    const id = await room.open();
    const requestId = `request-${newKey()}`;
    await official
      .post(`/v1/cases/${id}/commands`, { type: 'placeHold', hold: 'h1', reason: 'safety', note: canary })
      .set('x-request-id', requestId)
      .expect(200);
    const root = await collected(({ facts }) => facts['homeward.request'] === requestId);
    const written = await collected(
      ({ name, traceId }) =>
        traceId === root.traceId && name.startsWith('sql') && name.includes('write-command'),
    );
    expect(wayUp(written)).toEqual([written.name, 'http sendCommand']);
    const read = await collected(
      ({ name, traceId }) => traceId === root.traceId && name.startsWith('sql') && name.includes('drop-news'),
    );
    await collected(({ name, traceId }) => traceId === root.traceId && name === 'activity catchUp');
    expect(wayUp(read)).toEqual([read.name, 'activity catchUp', 'temporal recorded', 'http sendCommand']);
    expect([root.service, written.service, read.service]).toEqual([
      'homeward-api',
      'homeward-api',
      'homeward-worker',
    ]);
    expect(root.facts).toMatchObject({ 'homeward.case': id, 'http.response.status_code': 200 });
  });

  it('goes on in the trace its caller brings, and in none that is malformed', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const ask = async (traceparent: string): Promise<CollectedSpan> => {
      const requestId = `request-${newKey()}`;
      await official.get('/v1/cases').set({ traceparent, 'x-request-id': requestId }).expect(200);
      return collected(({ facts }) => facts['homeward.request'] === requestId);
    };
    expect(await ask(`00-${traceId}-b7ad6b7169203331-01`)).toMatchObject({
      traceId,
      parentSpanId: 'b7ad6b7169203331',
    });
    for (const bad of [
      canary,
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `ff-${traceId}-b7ad6b7169203331-01`,
    ])
      expect((await ask(bad)).traceId).not.toBe(traceId);
  });

  it('says that it failed and where, and nothing of what was sent', async () => {
    await official
      .get(`/v1/cases/${canary}`)
      .query({ [canary]: canary })
      .set('user-agent', canary)
      .expect(404);
    const id = await room.open();
    const requestId = `request-${newKey()}`;
    // No worker code of ours fails by itself: a statement against a table that is gone does.
    await room.process.pool.query('select 1');
    await official
      .post(`/v1/cases/${id}/commands`, { type: 'reportVisit', visit: canary, outcome: canary, note: canary })
      .set('x-request-id', requestId)
      .expect(422);
    const refused = await collected(({ facts }) => facts['homeward.request'] === requestId);
    expect(refused.failed).toBe(false);
    await ofApi.span('failing work', {}, () => Promise.reject(new Error(canary))).catch(silent);
    expect(await collected(({ name }) => name === 'failing work')).toMatchObject({ failed: true });
    expect(collector.raw()).not.toContain(canary);
  });

  it('tells only listed facts, whoever adds others', async () => {
    const span = ofApi.begin('odd work', {});
    span.setAttributes({
      name: canary,
      'http.route': `a sentence about ${canary}`,
      'temporal.attempt': canary,
    });
    span.recordException(new Error(canary));
    span.addEvent(canary);
    span.setAttribute('http.request.method', 'GET');
    span.end();
    const odd = await collected(({ name }) => name === 'odd work');
    expect(odd.facts).toEqual({ 'http.request.method': 'GET' });
    expect(collector.raw()).not.toContain(canary);
    const told = new Set(collector.spans.flatMap(({ facts }) => Object.keys(facts)));
    expect([...told].filter((fact) => !(fact in spanFacts))).toEqual([]);
  });

  it('is not one of those that machines ask every few seconds', async () => {
    await room.anyone().get('/healthz').expect(200);
    await official.get('/v1/mechanism').expect(200);
    await collected(({ name }) => name === 'http getMechanism');
    expect(collector.spans.filter(({ name }) => /getHealth|getMetrics/.test(name))).toEqual([]);
  });
});

describe('with traces off', () => {
  it('nothing of them is in the workflows’ code, nor asked for by a worker', async () => {
    expect(readFileSync((await workflowBundle()).codePath, 'utf8')).not.toContain('_tracer-data');
    expect((await tracedBundle()).code).toContain('_tracer-data');
    expect(bundleOptions.workflowInterceptorModules).toBeUndefined();
    expect(workflowCode()).not.toHaveProperty('interceptors');
  });
});

describe('histories', () => {
  it('are followed with traces on as they are without', async () => {
    const left = histories();
    expect(left.length).toBeGreaterThan(5);
    const results = Worker.runReplayHistories({ workflowBundle: await tracedBundle() }, left);
    const failed: string[] = [];
    for await (const { workflowId, error } of results)
      if (error) failed.push(`${workflowId}: ${error.message}`);
    expect(failed).toEqual([]);
  });
});
