/** What the dispatcher needs of the record's outbox; the register's own outbox is one. */
import type { MechanismRef } from '../domain/mechanism';
import type { CaseId, OfficialId } from '../domain/ids';
import type { Notice } from '../domain/notices';

/** A notice in this dispatcher's hands until its lease ends. */
export interface ClaimedNotice {
  /** The same at every attempt. */
  readonly id: string;
  readonly case: CaseId;
  readonly mechanism: MechanismRef;
  readonly notice: Notice;
  /** Counts this one. */
  readonly attempts: number;
  /** Officials who have it already. */
  readonly sentTo: readonly OfficialId[];
}

export interface Outbox {
  /** Those due, of safety first; no other dispatcher gets them before the lease ends. */
  claim(limit: number, leaseMs: number): Promise<readonly ClaimedNotice[]>;
  markSentTo(id: string, official: OfficialId): Promise<unknown>;
  markSent(id: string): Promise<unknown>;
  /** Without `retryInMs` it is given up. `code` names no address. */
  markFailed(id: string, code: string, retryInMs?: number): Promise<unknown>;
  /** False when the obligation was met since, so that a reminder would only confuse. */
  isPending(id: string): Promise<boolean>;
}
