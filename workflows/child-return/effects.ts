/**
 * What the rules ask of the outside world (`effectsDueOf`): ordinary activities, each with a summary for the operator, running
 * beside the messages and never before them. Each ends with the system's own command in the record, so whatever
 * a lost worker or a new run repeats is recognised by its command id.
 */
import { CancellationScope, isCancellation, log, patched, proxyActivities } from '@temporalio/workflow';
import type { EffectActivities, EffectOrder } from '../../activities/effect-order';
import { effectsDueOf } from '../../src/domain/facts/effects';
import type { Effect, EffectKind } from '../../src/domain/facts/effects';
import type { CaseState } from './case-state';
import { Backoff } from './backoff';
import { faultOf } from './record';

// Each is a few statements; what is left behind by a dead worker is taken up after this.
const startToCloseTimeout = '30 seconds';
const ours = proxyActivities<EffectActivities>({
  startToCloseTimeout,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});
/**
 * Of those that wait for others: from the minute in which a letter is out to the hour that nobody minds of a digest. All tries
 * are one activity's, so that days of waiting add nothing to the history; it is called off once it is due no longer.
 */
const others = proxyActivities<EffectActivities>({
  startToCloseTimeout,
  retry: { initialInterval: '1 minute', backoffCoefficient: 2, maximumInterval: '1 hour' },
});
const waitsForOthers = ({ kind }: Effect): boolean => kind === 'seePlanReachSide';

/** How the operator reads each in the UI. */
const summaries = {
  checkFile: ({ dossierVersion }) => `Check the file: dossier version ${dossierVersion}`,
  putPlanToSides: ({ planVersion }) => `Put plan version ${planVersion} to every deciding side`,
  seePlanReachSide: ({ planVersion, party }) => `See plan version ${planVersion} reach ${party}`,
  requestPlace: ({ planVersion }) => `Ask the host for a place under plan version ${planVersion}`,
  requestEscort: ({ planVersion }) => `Engage an escort for plan version ${planVersion}`,
} satisfies Record<EffectKind, (effect: Effect) => string>;

interface Attempt {
  readonly backoff: Backoff;
  underWay: boolean;
  /** Milliseconds since 1970; not tried again before. */
  notBefore: number;
  /** Of one that waits for others: calls it off. */
  scope?: CancellationScope;
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
    this.callOff();
    for (const effect of this.#due()) {
      const attempt = this.#attemptAt(effect.key);
      if (attempt.underWay) continue;
      if (attempt.notBefore > now) this.caseState.alarm.wakeBy(attempt.notBefore);
      else void this.#perform(effect, attempt);
    }
  }

  /** Calls off what waits for others and is due no longer: the side has decided, or the plan is another. */
  callOff(): void {
    const due = new Set(this.#due().map(({ key }) => key));
    for (const [key, { scope }] of this.#attempts) if (!due.has(key)) scope?.cancel();
  }

  /** Runs that began before an effect waited for others do not know it until they next do something. */
  #due(): Effect[] {
    return effectsDueOf(this.caseState.case, this.caseState.rules).filter(
      (effect) => !waitsForOthers(effect) || patched('plan-reaches-sides'),
    );
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
      ...(effect.party === undefined ? {} : { party: effect.party }),
      knownVersion: caseState.case.version,
    };
    try {
      const options = { summary: summaries[effect.kind](effect) };
      if (waitsForOthers(effect)) {
        attempt.scope = new CancellationScope();
        const wait = () => others[effect.kind].executeWithOptions(options, [order]);
        caseState.follow(await attempt.scope.run(wait));
      } else caseState.follow(await ours[effect.kind].executeWithOptions(options, [order]));
      caseState.succeeded(effect.kind);
    } catch (error) {
      if (!isCancellation(error)) {
        caseState.failed(effect.kind, effect.kind, faultOf(error));
        log.error('Effect failed', { effect: effect.key, fault: faultOf(error) });
      }
    }
    attempt.underWay = false;
    delete attempt.scope;
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
