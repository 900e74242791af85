/**
 * One official of the demo: an HTTP client of the API like any other, signed in by a single-use link. While the
 * API is away it waits: the same request goes out again under the same Idempotency-Key, so that a `kill -9` in
 * the middle only takes time and nothing is done twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EdgeCommand } from '../contracts/commands';
import type { z } from 'zod';
import type { commandAnswerSchema, commandStatusSchema } from '../contracts/http/answers';
import type { ProblemDetails } from '../contracts/http/problem';
import type { CaseId, CommandId, OfficialId } from '../domain/model/ids';

/** A refusal with a stable code: an answer, not a fault. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: Partial<ProblemDetails>,
    what: string,
  ) {
    const faults = problem.errors?.map(({ pointer, message }) => `${pointer} ${message}`);
    const blockers = problem.blockers?.map(({ blocker, subject = '' }) => `${blocker} ${subject}`.trim());
    const facts = [...(faults ?? []), ...(blockers ?? [])].join(', ');
    super(`${what} was refused: ${status} ${code}${facts && ` (${facts})`}`);
  }
}

/** The API's word that a command stands in the record. */
export type Receipt = z.infer<typeof commandAnswerSchema>['receipt'];
/** The answer to a command that was taken, or only kept because nobody took it in time. */
type CommandAnswer = Partial<z.infer<typeof commandAnswerSchema>> & { readonly commandId?: CommandId };
type CommandStatus = z.infer<typeof commandStatusSchema>;

export interface HttpOfficialParts {
  readonly id: OfficialId;
  /** Asked anew for each request: a stack that was started again may answer elsewhere. */
  readonly apiUrl: () => string;
  /** A fresh single-use link; asked for at the first request and whenever the token no longer counts. */
  readonly issueSignInLink: (official: OfficialId) => Promise<string>;
  /** Each command the API took, in order. */
  readonly onAcknowledged?: (receipt: Receipt) => void;
  /** Told while the API is away, and with undefined when it answers again. */
  readonly onAway?: (reason: string | undefined) => void;
  readonly signal?: AbortSignal;
}

interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  /** Of the case, as it was read. */
  readonly version?: number;
}

const requestTimeoutMs = 30_000;
const firstPauseMs = 100;
const maxPauseMs = 2_000;
/** A stack that is started again is back within ten seconds; after this long nobody starts it. */
const timeoutMs = 300_000;
/** Away, overloaded, or in the middle of a start; everything else is an answer. */
const passing: readonly number[] = [429, 502, 503, 504];

export class HttpOfficial {
  #token: string | undefined;
  constructor(private readonly parts: HttpOfficialParts) {}

  get id(): OfficialId {
    return this.parts.id;
  }

  get<Body>(path: string): Promise<Body> {
    return this.#send<Body>({ method: 'GET', path });
  }

  /** Undefined when hidden or not there. */
  async find<Body>(path: string): Promise<Body | undefined> {
    try {
      return await this.get<Body>(path);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Resolves once the command stands in the record; throws a `Refusal` when it does not. */
  command(id: CaseId, command: EdgeCommand, idempotencyKey: string): Promise<Receipt> {
    return this.write('POST', `/v1/cases/${id}/commands`, command, idempotencyKey);
  }

  /** The same for the two commands that carry a dossier and have routes of their own. */
  async write(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    idempotencyKey: string,
    version?: number,
  ): Promise<Receipt> {
    const answer = await this.#send<CommandAnswer>({
      ...{ method, path, body, idempotencyKey },
      ...(version !== undefined && { version }),
    });
    const receipt = answer.receipt ?? (await this.#receiptLater(answer.commandId ?? '', `${method} ${path}`));
    this.parts.onAcknowledged?.(receipt);
    return receipt;
  }

  /** Undefined when no such command was ever sent by this official. */
  findCommand(id: CommandId): Promise<CommandStatus | undefined> {
    return this.find<CommandStatus>(`/v1/commands/${encodeURIComponent(id)}`);
  }

  /** The command is kept, but nobody took it yet, e.g. while the worker is away. */
  async #receiptLater(id: CommandId, what: string): Promise<Receipt> {
    const began = Date.now();
    for (;;) {
      const { receipt, problem } = (await this.findCommand(id)) ?? {};
      if (receipt) return receipt;
      if (problem) throw new Refusal(problem.status, problem.code, problem, `${what} of ${this.id}`);
      if (Date.now() - began > timeoutMs) throw new Error(`${id} was kept and never taken`);
      await sleep(maxPauseMs, undefined, { signal: this.parts.signal });
    }
  }

  async #send<Body>(request: Request): Promise<Body> {
    const began = Date.now();
    let pause = firstPauseMs;
    for (;;) {
      this.parts.signal?.throwIfAborted();
      const answer = await this.#trySending(request);
      if ('body' in answer) {
        if (pause > firstPauseMs) this.parts.onAway?.(undefined);
        return answer.body as Body;
      }
      if (Date.now() - began > timeoutMs)
        throw new Error(`The API did not take ${request.method} ${request.path}: ${answer.away}`);
      this.parts.onAway?.(answer.away);
      await sleep(Math.max(pause, answer.notBeforeMs ?? 0), undefined, { signal: this.parts.signal });
      pause = Math.min(pause * 2, maxPauseMs);
    }
  }

  async #trySending({
    method,
    path,
    body,
    idempotencyKey,
    version,
  }: Request): Promise<{ body: unknown } | { away: string; notBeforeMs?: number }> {
    try {
      this.#token ??= await this.#signIn();
      const { response, answered } = await this.#fetch(path, {
        method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${this.#token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response.ok) return { body: answered };
      const problem = answered as Partial<ProblemDetails>;
      const code = problem.code ?? 'unknown';
      if (response.status === 401) {
        // Signed out in between, e.g. by new keys of the issuer: once more, by a new link.
        this.#token = undefined;
        return { away: code };
      }
      if (passing.includes(response.status)) {
        // How long an overloaded API asks for is obeyed; one that is away is asked again sooner than it says.
        const asked = Number(response.headers.get('retry-after') ?? 0) * 1000;
        return { away: code, ...(response.status === 429 ? { notBeforeMs: asked } : {}) };
      }
      throw new Refusal(response.status, code, problem, `${method} ${path} of ${this.id}`);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      this.parts.signal?.throwIfAborted();
      // No connection, cut off in the middle, no answer in time, or half an answer: nothing is known, so ask again.
      return { away: `unreachable (${error instanceof Error ? error.message : String(error)})` };
    }
  }

  /** Settles in its time, and when asked to end: Node 20 loses an abort now and then, and would wait for ever. */
  async #fetch(path: string, init: RequestInit): Promise<{ response: Response; answered: unknown }> {
    const { signal } = this.parts;
    const given = new AbortController();
    const ask = async () => {
      const response = await fetch(`${this.parts.apiUrl()}${path}`, { ...init, signal: given.signal });
      return { response, answered: await response.json() };
    };
    let giveUp: () => void = () => undefined;
    const over = new Promise<never>((_resolve, reject) => {
      giveUp = () => {
        reject(new Error('no answer in time'));
        given.abort();
      };
    });
    const timer = setTimeout(giveUp, requestTimeoutMs);
    signal?.addEventListener('abort', giveUp);
    try {
      return await Promise.race([ask(), over]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  async #signIn(): Promise<string> {
    const link = new URL(await this.parts.issueSignInLink(this.id));
    const { response, answered } = await this.#fetch(link.pathname, {
      method: 'POST',
      headers: { accept: 'application/json' },
    });
    if (!response.ok) throw new Error(`signing in answered ${response.status}`);
    return (answered as { access_token: string }).access_token;
  }
}
