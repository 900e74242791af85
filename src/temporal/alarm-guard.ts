/**
 * The part of the upkeep that keeps children safe, outside Temporal: alarms that no process has raised, and whether the
 * upkeep itself reports. Runs in every API and every worker; as the record decides, several of them do no harm.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { CaseRecord } from '../record/record';
import { runEvery } from './run-every';
import { noteUnheardAlarms } from './unheard-alarms';
import type { Repeated } from './run-every';

export interface AlarmGuardParts {
  readonly record: Pick<CaseRecord, 'listUnalarmed' | 'submit' | 'operations' | 'unheardAlarms'>;
  readonly logger: Logger;
  /** Puts the upkeep's schedule back; given where there is a connection to Temporal. */
  readonly restoreSchedule?: () => Promise<unknown>;
  readonly everyMs?: number;
  /** The upkeep runs each minute: after some rounds without a report somebody has stopped it. */
  readonly silentAfterMs?: number;
  /** A process raises its alarms within a second. */
  readonly overdueMs?: number;
}

const maxAlarms = 200;

export function startAlarmGuard(parts: AlarmGuardParts): Repeated {
  const { logger, everyMs = 30_000 } = parts;
  const isSilent = watchSilence(parts);
  return runEvery(everyMs, logger, 'alarm-guard', async () => {
    await raiseAlarms(parts);
    await noteUnheardAlarms(parts);
    if (!(await isSilent())) return;
    logger.error({ audit: 'upkeep-silent' }, 'the upkeep does not report; its schedule is put back');
    await parts.restoreSchedule?.();
  });
}

/** Gives the number of cases whose clock was looked at in place of their processes. */
export async function raiseAlarms({ record, logger, overdueMs = 60_000 }: AlarmGuardParts): Promise<number> {
  const cases = await record.listUnalarmed(overdueMs, maxAlarms);
  for (const id of cases) {
    const envelope = {
      id: `alarm:${randomUUID()}`,
      case: id,
      actor: { system: 'upkeep' },
      command: { type: 'observeTime' },
    } as const;
    const { events } = await record.submit(envelope, {
      knownVersion: Number.MAX_SAFE_INTEGER,
      route: 'upkeep',
    });
    if (events.length > 0)
      logger.warn({ audit: 'alarm-without-process', case: id }, 'an alarm was raised without the process');
  }
  return cases.length;
}

/** Told by this process's own clock: whatever instants the record says, a round that reports changes them. */
function watchSilence({ record, silentAfterMs = 180_000 }: AlarmGuardParts): () => Promise<boolean> {
  let last: string | undefined;
  let changedAt = performance.now();
  return async () => {
    const rounds = await record.operations.listRounds();
    const report = rounds.find(({ task }) => task === 'reconcile')?.at;
    if (report !== last) changedAt = performance.now();
    last = report;
    return performance.now() - changedAt >= silentAfterMs;
  };
}
