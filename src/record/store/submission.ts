/** What the record's entry point takes and returns. Plain JSON: it crosses Temporal's local activities. */
import type { ReturnCase } from '../../domain/model/case';
import type { CaseEvent, RecordedOf } from '../../domain/model/events';
import type { CaseId, CommandId, PartyId, Sha256 } from '../../domain/model/ids';
import type { MechanismRules } from '../../domain/model/mechanism';
import type { Rejection } from '../../domain/model/rejections';
import type { Instant } from '../../domain/calendar/time';
import type { Note } from './notes';

/**
 * `edge`: an official's command from the API. `process`: one that was sent to the case's process as a signal.
 * `system`: the process's own. `upkeep`: the system's own from outside the process. A system actor is believed on the
 * last two only; of `edge` and `upkeep` the process hears by news.
 */
export const routes = ['edge', 'process', 'system', 'upkeep'] as const;
export type Route = (typeof routes)[number];

export interface SubmitOptions {
  /** The caller's version of the case: every later event is in the result. 0 when it knows nothing. */
  readonly knownVersion: number;
  readonly route: Route;
  /** Texts that the command refers to; kept when it is recorded, with it. */
  readonly notes?: readonly Note[];
  /** An earlier release has taken it already: whatever it is refused for is its answer. */
  readonly isPromised?: true;
  /** Whose case it must be: to anybody else it is hidden, whatever the command says. */
  readonly asker?: { readonly mechanism: string; readonly party: PartyId };
}

/** A line of news for a case's process: up to where it has to read, and whose which command brought the case there. */
export interface News {
  readonly case: CaseId;
  readonly version: number;
  readonly command: string;
  readonly party?: PartyId;
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

export interface SubmitResult<Event = CaseEvent> {
  readonly outcome: 'recorded' | 'repeated' | 'refused';
  /** Of the case or group, after; 0 when there is none. */
  readonly version: number;
  /** All events after `knownVersion`, oldest first, whoever caused them. */
  readonly events: readonly RecordedOf<Event>[];
  /** Present when the mechanism version is not the one of `knownVersion`. */
  readonly rules?: MechanismRules;
  /** When refused. */
  readonly rejection?: Rejection;
  /** When recorded or repeated. */
  readonly receipt?: Receipt;
}
/** What the edge needs for its answer: the case as the transaction left it. */
export interface Submitted<State = ReturnCase, Event = CaseEvent> extends SubmitResult<Event> {
  readonly found?: { readonly state: State; readonly rules: MechanismRules };
  /** Present when the process has to hear of it. */
  readonly news?: News;
  /** Of other streams that were written with it. */
  readonly others?: readonly News[];
}
export type CatchUp = Pick<SubmitResult, 'version' | 'events' | 'rules'>;

/** What `GET /v1/commands/{id}` tells of a command. */
export interface CommandStatus {
  readonly status: 'accepted' | 'recorded' | 'refused';
  readonly case: CaseId;
  readonly bodyHash: Sha256;
  readonly answer?: { readonly receipt: Receipt } | { readonly rejection: Rejection };
}
