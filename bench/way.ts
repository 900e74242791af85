/**
 * The ways of bringing a child home that are compared, and what each has to show: a client that opens a return and
 * sends its commands, and a worker or a server that runs in a process of its own. All else is shared.
 */
import type { Client } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';

export const wayNames = ['homeward', 'http', 'plain', 'floor', 'express', 'dbos'] as const;
export type WayName = (typeof wayNames)[number];

export const wayTitles = {
  homeward: '(a) Homeward',
  http: '(a) over HTTP',
  plain: '(b) plain',
  floor: '(c) floor',
  express: '(d) Express',
  dbos: '(e) DBOS',
} as const satisfies Record<WayName, string>;

export const workerNames = ['homeward', 'plain', 'floor', 'express', 'dbos'] as const;
export type WorkerName = (typeof workerNames)[number];

/** Whose worker brings a way's children home. */
export const workerOf = {
  homeward: 'homeward',
  http: 'homeward',
  plain: 'plain',
  floor: 'floor',
  express: 'express',
  dbos: 'dbos',
} as const satisfies Record<WayName, WorkerName>;

/** The others have no workflow whose end could be waited for, whose history read or whose memory told. */
export const isOnTemporal = (way: WayName): boolean => way !== 'express' && way !== 'dbos';

/** One message to one return. */
export interface Step {
  readonly name: string;
  /** Resolves when the message is durably taken and the sender has the answer. */
  send(): Promise<void>;
  /** Whether the step failed only because something under way beside the messages is not there yet. */
  isTooEarly?(error: unknown): boolean;
}

export interface OpenedReturn {
  /** Its workflow's, where it has one. */
  readonly id: string;
  /** All of one whole return after its opening, in order. */
  readonly steps: readonly Step[];
}

/** The client's side, in the process that measures. */
export interface Way {
  readonly name: WayName;
  /** Opens one return and starts what follows it, as the one who opens it would wait for it. */
  open(): Promise<OpenedReturn>;
  close(): Promise<void>;
}

/** What both sides of a way are told. Plain JSON: it crosses to the worker's process. */
export interface Surroundings {
  readonly address: string;
  readonly namespace: string;
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly sealKey: string;
  /** Each worker has its own. */
  readonly taskQueue: string;
  /** The API's alone: which mechanism it serves, and the folder of its issuer. */
  readonly mechanism?: string;
  readonly issuerFolder?: string;
}
export interface ClientSurroundings extends Surroundings {
  readonly client: Client;
}

/** Settings that decide about speed, the same for all workers of Temporal's. */
export const workerSettings = {
  maxCachedWorkflows: 2_000,
} as const satisfies Partial<WorkerOptions>;

/** The worker's side, in the worker's own process; a server's too, which has an address. */
export interface RunningWorker {
  readonly url?: string;
  stop(): Promise<void>;
}
