/** A whole return with faults on the way, and then a look at everything that was told of it. */
import { Writable } from 'node:stream';
import { Client } from 'pg';
import { loadTheEleven } from '../../src/examples/the-eleven';
import type { CaseFile } from '../../src/examples/case-file';
import { createOfficials } from '../../src/simulation/officials';
import type { Officials } from '../../src/simulation/officials';
import { playReturn } from '../../src/simulation/play-return';
import type { CaseId } from '../../src/domain/model/ids';
import { dateOf } from '../../src/domain/calendar/time';
import { findFreePort } from '../../src/stack/process/ports';
import { createLog } from '../../src/telemetry/log';
import { createTraces } from '../../src/telemetry/traces';
import type { Traces } from '../../src/telemetry/traces';
import { installRuntime } from '../../src/temporal/runtime';
import { upkeepScheduleId } from '../../src/temporal/upkeep-schedule';
import { startWorker } from '../../src/worker';
import type { RunningWorker } from '../../src/worker';
import { commandSignal, nudgeSignal } from '../../workflows/child-return/messages';
import { eventually } from '../workflows/support/process-room';
import { openApiRoom } from '../http/support/api-room';
import type { ApiRoom } from '../http/support/api-room';
import { openDatabaseGate } from '../http/support/database-gate';
import type { DatabaseGate } from '../http/support/database-gate';
import { openPostOffice } from '../notify/support/post-office';
import type { PostOffice } from '../notify/support/post-office';
import { sealKey } from '../record/support/record-room';
import { openTraceCollector } from './support/trace-collector';
import type { TraceCollector } from './support/trace-collector';

jest.setTimeout(240_000);

describe('of a whole return with faults on the way', () => {
  const canary = 'Vyhadana';
  let told = '';
  const log = createLog({
    name: 'both',
    level: 'trace',
    destination: new Writable({
      write(chunk: Buffer, _encoding, done) {
        told += chunk.toString();
        done();
      },
    }),
  });
  const lines = (): Record<string, unknown>[] =>
    told
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const file = loadTheEleven(dateOf(new Date().toISOString())).find(
    ({ story }) => story === 'plain',
  ) as CaseFile;
  let room: ApiRoom;
  let gate: DatabaseGate;
  let office: PostOffice;
  let collector: TraceCollector;
  let traces: Traces;
  let worker: RunningWorker;
  let officials: Officials;
  let id: CaseId;
  let figures = '';

  beforeAll(async () => {
    installRuntime(log, { metricsAddress: `127.0.0.1:${await findFreePort()}` });
    [office, collector] = await Promise.all([openPostOffice(), openTraceCollector()]);
    traces = createTraces({ endpoint: collector.url, service: 'both' });
    room = await openApiRoom('canary', {
      worker: false,
      mechanism: 'fast',
      change: (mechanism) => ({ ...mechanism, digest: 'at-once', quietHours: 'none' }),
    });
    const { process } = room;
    gate = await openDatabaseGate(process.database.connectionString);
    const api = await room.another({ logger: log, traces, databaseUrl: gate.connectionString });
    worker = await startWorker({
      databaseUrl: gate.connectionString,
      sealKey,
      temporal: { address: process.address, namespace: process.namespace },
      taskQueue: process.taskQueue,
      smtpUrl: office.url,
      mailFrom: 'Homeward <homeward@mediator.example>',
      publicUrl: 'https://homeward.example',
      healthPort: 0,
      logger: log,
      traces,
    });
    officials = createOfficials(process.mechanism, {
      apiUrl: () => api.url,
      issueSignInLink: (official) => api.issueSignInLink(official),
    });
    const { whereaboutsKnown: _said, ...facts } = file.opening;
    const official = officials.first('requesting', ['official']);
    ({ case: id } = await official.write(
      'POST',
      '/v1/cases',
      { ...facts, siblings: [], dossier: file.dossier },
      'canary-opening',
    ));

    await Promise.all([play(), trouble(api.url)]);
    figures = `${await (await fetch(api.metricsUrl ?? '')).text()}${await (await fetch(`http://127.0.0.1:${worker.healthPort}/metrics`)).text()}`;
    await worker.stop();
    await traces.stop();
  });
  afterAll(async () => {
    await room.process.client.schedule.getHandle(upkeepScheduleId(room.process.taskQueue)).delete();
    await room.close();
    await Promise.all([office.stop(), collector.stop(), gate.shut()]);
  });

  async function play(): Promise<void> {
    const ending = await playReturn({ case: id, story: file.story }, officials);
    expect(ending).toEqual({ outcome: 'reunited' });
  }

  /** What may go wrong while it runs; each with words in it that its error would like to repeat. */
  async function trouble(url: string): Promise<void> {
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    office.mood.set('*', 550);
    // The process is started by news of the opening, for which nobody waits.
    await eventually(() =>
      room.process
        .handle(id)
        .describe()
        .catch(() => undefined),
    );
    await room.process.handle(id).signal(commandSignal, { [canary]: canary } as never);
    await room.process.handle(id).signal(commandSignal, canary as never);
    for (const body of [`{"name": "${canary}"`, JSON.stringify({ type: canary, note: canary })])
      await fetch(`${url}/v1/cases/${id}/commands?name=${canary}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${canary}`,
          'user-agent': canary,
        },
        body,
      });
    await pause(1_000);
    await gate.shut();
    await room.process.handle(id).signal(nudgeSignal);
    await pause(1_500);
    await gate.open();
    await pause(1_000);
    office.mood.set('*', 'hang-up');
    const superuser = new Client({ connectionString: room.process.database.superuserUrl });
    await superuser.connect();
    await superuser.query(
      `alter table events add constraint canary check (event ->> 'type' <> 'CheckInRecorded') not valid`,
    );
    await superuser.query('alter table obligations rename to obligations_away');
    await pause(1_000);
    await superuser.query('alter table obligations_away rename to obligations');
    await superuser.query('alter table events drop constraint canary');
    await superuser.end();
    office.mood.clear();
  }

  /** Everything in the dossier that is a word of a person's: names, dates, numbers of papers, needs, places. */
  function words(value: unknown, key = ''): string[] {
    if (Array.isArray(value)) return value.flatMap((entry) => words(entry, key));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([name, entry]) => words(entry, name));
    const codes = [
      'id',
      'kind',
      'script',
      'sex',
      'languages',
      'holder',
      'sourceDocument',
      'evidence',
      'relation',
    ];
    return typeof value === 'string' && value.length > 3 && !codes.includes(key) ? [value] : [];
  }
  const personal = [canary, ...words(file.dossier)].filter((word) => !/^[a-z-]+$/.test(word));

  it('there are faults in the log, of the record and of mail, and lines of both processes', () => {
    const messages = new Set(lines().map(({ msg }) => msg));
    expect([...messages]).toEqual(expect.arrayContaining(['answered', 'letter not sent', 'failed']));
    expect(lines().some(({ level }) => Number(level) >= 50)).toBe(true);
    expect(lines().length).toBeGreaterThan(100);
    expect(personal.length).toBeGreaterThan(20);
  });

  it.each([
    ['log', () => told],
    ['traces', () => collector.raw()],
    ['figures', () => figures],
  ])('the %s hold no word of the dossier and nothing that was sent', (_what, text) => {
    const all = text();
    expect(all.length).toBeGreaterThan(1_000);
    expect(personal.filter((word) => all.includes(word))).toEqual([]);
    expect(all).not.toMatch(/@(mediator|requesting|holding|host|escort)\.example/);
    expect(all).not.toMatch(/[А-Яа-яЇїІіЄєҐґ\u0600-\u06ff]/);
  });

  it('the log says of each request whose case it was, and of each line which request or activity', () => {
    const ofRequests = lines().filter(({ msg, route }) => msg === 'answered' && route === 'sendCommand');
    expect(ofRequests.length).toBeGreaterThan(10);
    const told = ofRequests.filter(({ status }) => Number(status) < 300);
    expect(told.every((line) => line.case === id && typeof line.requestId === 'string')).toBe(true);
    expect(told.every(({ command }) => typeof command === 'string')).toBe(true);
  });

  it('nothing was logged for nothing: only Temporal’s task tokens are kept back', () => {
    const withheld = lines().filter((line) => 'withheld' in line);
    const told = new Set(
      withheld.map(({ msg, part, withheld: count }) => JSON.stringify([part, msg, count])),
    );
    // Whether an effect was under way when Postgres was cut off is chance.
    told.delete(JSON.stringify(['temporal', 'Activity failed', 1]));
    expect([...told]).toEqual([]);
    expect(lines().filter(({ msg }) => msg === 'no message')).toEqual([]);
  });
});
