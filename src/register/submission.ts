/** What goes into the record's one door and what comes out. Plain JSON: it crosses Temporal's local activities. */
import type { RecordedEvent } from '../domain/events';
import type { CaseId, CommandId, Sha256 } from '../domain/ids';
import type { MechanismRules } from '../domain/mechanism';
import type { Rejection } from '../domain/rejections';
import type { Instant } from '../domain/time';

/**
 * `process`: an official's command through the workflow. `direct`: a hold or withdrawal past it, while the
 * engine is away. `system`: the process's own; the only way on which a system actor is believed.
 */
export const routes = ['process', 'direct', 'system'] as const;
export type Route = (typeof routes)[number];

export interface SubmitOptions {
  /** The caller's version of the case: every later event is in the result. 0 when it knows nothing. */
  readonly knownVersion: number;
  readonly route: Route;
}

export interface Receipt {
  readonly commandId: CommandId;
  readonly case: CaseId;
  /** The case's version before and after; equal when there was nothing to do. */
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly at: Instant;
  readonly bodyHash: Sha256;
}

export interface SubmitResult {
  readonly outcome: 'recorded' | 'repeated' | 'refused';
  /** Of the case, after; 0 when there is no such case. */
  readonly version: number;
  /** All events after `knownVersion`, oldest first, whoever caused them. */
  readonly events: readonly RecordedEvent[];
  /** Present when the case's mechanism version is not the one of `knownVersion`. */
  readonly rules?: MechanismRules;
  /** When refused. */
  readonly rejection?: Rejection;
  /** When recorded or repeated. */
  readonly receipt?: Receipt;
}
export type CatchUp = Pick<SubmitResult, 'version' | 'events' | 'rules'>;

/** What `GET /v1/commands/{id}` tells of a command. */
export interface CommandStatus {
  readonly status: 'accepted' | 'recorded' | 'refused';
  readonly case: CaseId;
  readonly bodyHash: Sha256;
  readonly answer?: { readonly receipt: Receipt } | { readonly rejection: Rejection };
}
