/**
 * The API over a process room: real Postgres, real Temporal, real worker, real sign-in, and officials who speak
 * to it over HTTP only.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { Response, Test } from 'supertest';
import { startApi } from '../../../src/api';
import type { ApiSettings, RunningApi } from '../../../src/api';
import type { EdgeCommand } from '../../../src/contracts/commands';
import { commandAnswerSchema } from '../../../src/contracts/http/answers';
import { problemSchema } from '../../../src/contracts/http/problem';
import type { CaseId } from '../../../src/domain/model/ids';
import { aDossier, sealKey } from '../../record/support/record-room';
import { assertDescribed } from './described';
import { eventually, openProcessRoom, quiet } from '../../workflows/support/process-room';
import type { ProcessRoom, RoomOptions } from '../../workflows/support/process-room';

export interface HttpOfficial {
  get(path: string, query?: Record<string, string>): Test;
  /** With a fresh Idempotency-Key unless headers bring one. */
  post(path: string, body: unknown, headers?: Record<string, string>): Test;
  put(path: string, body: unknown, headers?: Record<string, string>): Test;
  delete(path: string): Test;
  /** A command that must be recorded. */
  does(id: CaseId, command: EdgeCommand): Promise<void>;
}

export interface ApiRoom {
  readonly process: ProcessRoom;
  readonly api: RunningApi;
  /** Another API on the same record, e.g. one that can't reach Temporal. */
  another(settings: Partial<ApiSettings>): Promise<RunningApi>;
  as(official: string, api?: RunningApi): HttpOfficial;
  token(official: string, api?: RunningApi): Promise<string>;
  anyone(api?: RunningApi): ReturnType<typeof request>;
  /** Opens a case as the requesting side. */
  open(changes?: Record<string, unknown>): Promise<CaseId>;
  /** The same, and waits for its process, for which the answer does not. */
  openWithProcess(): Promise<CaseId>;
  close(): Promise<void>;
}

export const newKey = (): string => randomUUID();
export const opening = (changes: Record<string, unknown> = {}): object => ({
  requestingParty: 'ukraine',
  holdingParty: 'russia',
  recipient: 'recipient-1',
  dossier: aDossier,
  ...changes,
});

export async function openApiRoom(
  suite: string,
  {
    worker = true,
    settings = {},
    ...options
  }: RoomOptions & { worker?: boolean; settings?: Partial<ApiSettings> } = {},
): Promise<ApiRoom> {
  const process = await openProcessRoom(suite, options);
  if (worker) await process.startWorker();
  const folder = mkdtempSync(join(tmpdir(), 'homeward-api-'));
  const running: RunningApi[] = [];
  const tokens = new Map<string, Promise<string>>();

  const start = async (changes: Partial<ApiSettings>): Promise<RunningApi> => {
    const api = await startApi({
      host: '127.0.0.1',
      port: 0,
      databaseUrl: process.database.connectionString,
      sealKey,
      temporal: { address: process.address, namespace: process.namespace },
      taskQueue: process.taskQueue,
      mechanism: process.mechanism.id,
      issuerFolder: folder,
      rateLimits: { perOfficial: 100_000, perAddress: 100_000 },
      metricsPage: { host: '127.0.0.1', port: 0 },
      logger: quiet,
      ...changes,
    });
    running.push(api);
    return api;
  };
  const api = await start(settings);

  const signIn = async (official: string, at: RunningApi): Promise<string> => {
    const link = new URL(await at.issueSignInLink(official));
    const answer = await request(at.url).post(link.pathname).set('accept', 'application/json').expect(200);
    return (answer.body as { access_token: string }).access_token;
  };
  const token = (official: string, at: RunningApi = api): Promise<string> => {
    const key = `${official}@${at.url}`;
    const known = tokens.get(key) ?? signIn(official, at);
    tokens.set(key, known);
    return known;
  };
  const as = (official: string, at: RunningApi = api): HttpOfficial => {
    const send = (test: Test): Test => {
      // A request may be sent only once its token is there; supertest sends when it is awaited.
      const plainThen = test.then.bind(test);
      test.then = ((...handlers: Parameters<typeof plainThen>) =>
        token(official, at).then((value) => {
          void test.set('authorization', `Bearer ${value}`);
          return plainThen(...handlers);
        })) as typeof test.then;
      return test.expect(assertDescribed);
    };
    const write = (test: Test, body: unknown, headers: Record<string, string>): Test =>
      send(test.set({ 'idempotency-key': newKey(), ...headers }).send(body as object));
    return {
      get: (path, query = {}) => send(request(at.url).get(path).query(query)),
      post: (path, body, headers = {}) => write(request(at.url).post(path), body, headers),
      put: (path, body, headers = {}) => write(request(at.url).put(path), body, headers),
      delete: (path) => send(request(at.url).delete(path)),
      async does(id, command) {
        const answer = await this.post(`/v1/cases/${id}/commands`, command);
        if (answer.status !== 200) throw new Error(`${command.type}: ${answer.status} ${answer.text}`);
      },
    };
  };

  async function open(changes?: Record<string, unknown>): Promise<CaseId> {
    const answer = await as('ua-official-1').post('/v1/cases', opening(changes)).expect(201);
    return commandAnswerSchema.parse(answer.body).case;
  }

  return {
    process,
    api,
    another: start,
    as,
    token,
    anyone: (at = api) => request(at.url),
    open,
    async openWithProcess() {
      const id = await open();
      await eventually(() =>
        process
          .handle(id)
          .describe()
          .catch(() => undefined),
      );
      return id;
    },
    async close() {
      for (const started of running) await started.stop();
      rmSync(folder, { recursive: true, force: true });
      await process.close();
    },
  };
}

/** The page of figures, which is on a port of its own. */
export const figuresOf = async (api: RunningApi): Promise<string> =>
  (await fetch(api.metricsUrl ?? '')).text();

/** Status and code of a refusal; its body must be a problem and nothing else. */
export function refusalOf(response: Response): [number, string] {
  if (response.type !== 'application/problem+json')
    throw new Error(`no problem: ${response.status} ${response.type} ${response.text}`);
  const problem = problemSchema.strict().parse(response.body);
  return [problem.status === response.status ? problem.status : -1, problem.code];
}
