/**
 * What the rules ask of the outside world (`effectsDueOf`): ordinary activities, each with a summary for the operator, running
 * beside the messages and never before them. Each ends with the system's own command in the record, so whatever
 * a lost worker or a new run repeats is recognised by its command id.
 */
import { log, proxyActivities } from '@temporalio/workflow';
import type { EffectActivities, EffectOrder } from '../../activities/effect-order';
import { effectsDueOf } from '../../src/domain/facts/effects';
import type { Effect, EffectKind } from '../../src/domain/facts/effects';
import type { CaseState } from './case-state';
import { Backoff } from './backoff';
import { faultOf } from './record';

const activities = proxyActivities<EffectActivities>({
  // Each is a few statements; what is left behind by a dead worker is taken up after this.
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** How the operator reads each in the UI. */
const summaries = {
  checkFile: ({ dossierVersion }) => `Check the file: dossier version ${dossierVersion}`,
  putPlanToSides: ({ planVersion }) => `Put plan version ${planVersion} to every deciding side`,
  requestPlace: ({ planVersion }) => `Ask the host for a place under plan version ${planVersion}`,
  requestEscort: ({ planVersion }) => `Engage an escort for plan version ${planVersion}`,
} satisfies Record<EffectKind, (effect: Effect) => string>;

interface Attempt {
  readonly backoff: Backoff;
  underWay: boolean;
  /** Milliseconds since 1970; not tried again before. */
  notBefore: number;
}

export class Effects {
  readonly #attempts = new Map<string, Attempt>();

  constructor(private readonly caseState: CaseState) {}

  /** Whether one has begun of which the process does not know yet how far the record has it. */
  get areUnderWay(): boolean {
    return [...this.#attempts.values()].some(({ underWay }) => underWay);
  }

  /** Starts what the rules say is due and not under way, and sees to it that the rest gets its time. */
  start(): void {
    const now = Date.now();
    for (const effect of effectsDueOf(this.caseState.case)) {
      const attempt = this.#attemptAt(effect.key);
      if (attempt.underWay) continue;
      if (attempt.notBefore > now) this.caseState.alarm.wakeBy(attempt.notBefore);
      else void this.#perform(effect, attempt);
    }
  }

  /** Never throws: whatever goes wrong is tried again later. A refused command id may be answered anew. */
  async #perform(effect: Effect, attempt: Attempt): Promise<void> {
    attempt.underWay = true;
    const { caseState } = this;
    const order: EffectOrder = {
      case: caseState.id,
      commandId: `${caseState.id}:${effect.key}`,
      dossierVersion: effect.dossierVersion,
      planVersion: effect.planVersion,
      knownVersion: caseState.case.version,
    };
    try {
      const summary = summaries[effect.kind](effect);
      caseState.follow(await activities[effect.kind].executeWithOptions({ summary }, [order]));
      caseState.succeeded(effect.kind);
    } catch (error) {
      caseState.failed(effect.kind, effect.kind, faultOf(error));
      log.error('Effect failed', { effect: effect.key, fault: faultOf(error) });
    }
    attempt.underWay = false;
    // Done effects are no longer due. One that still is was refused or failed, so it waits before the next try.
    attempt.notBefore = Date.now() + attempt.backoff.next();
    caseState.wake();
  }

  #attemptAt(key: string): Attempt {
    const known = this.#attempts.get(key);
    if (known) return known;
    const fresh = { backoff: new Backoff(60_000, 3_600_000), underWay: false, notBefore: 0 };
    this.#attempts.set(key, fresh);
    return fresh;
  }
}
