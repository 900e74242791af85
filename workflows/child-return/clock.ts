/**
 * What the passing of time does in a case: one system command, `observeTime`, when the rules say that something
 * falls due. The record has the last word on what time it is; when it finds nothing due yet, the process waits.
 */
import { log, uuid4 } from '@temporalio/workflow';
import { nextInstantOf } from '../../src/domain/obligations/schedule';
import type { CaseState } from './case-state';
import { Backoff } from './backoff';
import { faultOf, record } from './record';

export class Clock {
  /** From one second, for clocks that differ, to five minutes, for faults. */
  readonly #backoff = new Backoff(1_000, 300_000);
  #notBefore = 0;

  constructor(private readonly caseState: CaseState) {}

  /** Milliseconds since 1970 at which time next has something to do, if ever; it may have passed. */
  dueAt(): number | undefined {
    const due = nextInstantOf(this.caseState.case, this.caseState.rules, this.caseState.now);
    return due === undefined ? undefined : Math.max(Date.parse(due), this.#notBefore);
  }

  /** Never throws. A time that is still due afterwards is looked at again only after a wait, so nothing spins. */
  async observe(): Promise<void> {
    const { caseState } = this;
    try {
      // A fresh id each time: the same instant may be observed twice, when the record's clock was behind.
      const order = {
        case: caseState.id,
        commandId: `time:${uuid4()}`,
        knownVersion: caseState.case.version,
      };
      caseState.follow(await record.observeTime(order));
      caseState.succeeded('record');
    } catch (error) {
      caseState.failed('record', 'observeTime', faultOf(error));
      log.error('Time could not be observed', { fault: faultOf(error) });
    }
    const due = this.dueAt();
    if (due !== undefined && due <= Date.now()) this.#notBefore = Date.now() + this.#backoff.next();
    else this.#backoff.reset();
  }
}
