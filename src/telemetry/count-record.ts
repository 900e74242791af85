/** Counts what passes through the record's door, for whoever holds it: events, reminders, and the time it took. */
import { safetyKinds } from '../domain/model/obligation-kinds';
import type { GroupEvent } from '../domain/group/group';
import type { CaseEvent } from '../domain/model/events';
import type { ObligationKind } from '../domain/model/obligation-kinds';
import type { CaseRecord } from '../record/record';
import type { SubmitResult } from '../record/store/submission';
import type { Metrics } from './metrics';

export function countRecord(record: CaseRecord, metrics: Pick<Metrics, 'count' | 'time'>): CaseRecord {
  const counted = async <Result extends Counted>(work: () => Promise<Result>): Promise<Result> => {
    const started = performance.now();
    const took = (outcome: string): void => {
      metrics.time('homeward_submit_seconds', (performance.now() - started) / 1_000, { outcome });
    };
    try {
      const result = await work();
      took(result.outcome);
      countEvents(result, metrics);
      return result;
    } catch (error) {
      took('failed');
      throw error;
    }
  };
  return {
    ...record,
    openCase: (opening) => counted(() => record.openCase(opening)),
    submit: (envelope, options) => counted(() => record.submit(envelope, options)),
    take: (envelope, options) => counted(() => record.take(envelope, options)),
    submitToGroup: (envelope, options) => counted(() => record.submitToGroup(envelope, options)),
    takeGroup: (envelope, options) => counted(() => record.takeGroup(envelope, options)),
  };
}

/** Of a case or a group. */
type Counted = Pick<SubmitResult<CaseEvent | GroupEvent>, 'outcome' | 'receipt' | 'events'>;

/** Only what this command wrote: a result also brings the sender up to date with what others did. */
function countEvents({ outcome, receipt, events }: Counted, metrics: Pick<Metrics, 'count'>): void {
  if (outcome !== 'recorded' || !receipt) return;
  for (const { version, event } of events) {
    if (version <= receipt.fromVersion || version > receipt.toVersion) continue;
    metrics.count('homeward_events_total', { type: event.type });
    if (event.type !== 'LadderStepTaken') continue;
    const safety = (safetyKinds as readonly ObligationKind[]).includes(event.kind);
    metrics.count('homeward_reminders_total', { act: event.act, safety: String(safety) });
  }
}
