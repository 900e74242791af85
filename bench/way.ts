/**
 * The three ways of bringing a child home that are compared, and what each has to show: a client that opens a
 * return and sends its commands, and a worker that runs in a process of its own. All else is shared.
 */
import type { Client } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';

export const wayNames = ['homeward', 'http', 'plain', 'floor'] as const;
export type WayName = (typeof wayNames)[number];

export const wayTitles = {
  homeward: '(a) Homeward',
  http: '(a) over HTTP',
  plain: '(b) plain',
  floor: '(c) floor',
} as const satisfies Record<WayName, string>;

export const workerNames = ['homeward', 'plain', 'floor'] as const;
export type WorkerName = (typeof workerNames)[number];

/** Whose worker brings a way's children home. */
export const workerOf = {
  homeward: 'homeward',
  http: 'homeward',
  plain: 'plain',
  floor: 'floor',
} as const satisfies Record<WayName, WorkerName>;

/** One message to one return, answered by an update. */
export interface Step {
  readonly name: string;
  /** Resolves when the return has answered. */
  send(): Promise<void>;
  /** Whether the step failed only because something under way beside the messages is not there yet. */
  isTooEarly?(error: unknown): boolean;
}

export interface OpenedReturn {
  readonly workflowId: string;
  /** All of one whole return after its opening, in order. */
  readonly steps: readonly Step[];
}

/** The client's side, in the process that measures. */
export interface Way {
  readonly name: WayName;
  /** Opens one return and starts its workflow, as whoever opens it would wait for it. */
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

/** Settings that decide about speed, the same for all three workers. */
export const workerSettings = {
  maxCachedWorkflows: 2_000,
} as const satisfies Partial<WorkerOptions>;

/** The worker's side, in the worker's own process; the API's too, which has an address. */
export interface RunningWorker {
  readonly url?: string;
  stop(): Promise<void>;
}
