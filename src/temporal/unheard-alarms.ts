/**
 * Tells a case that an alarm has not reached somebody, so that others hear at once and the duty officer owes a
 * telephone call; and that it has, when it has. Run by the dispatcher within a second of the first attempt that
 * failed, and by every API and worker beside it, should no dispatcher run.
 */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Command } from '../domain/model/commands';
import type { CaseRecord } from '../record/record';
import type { AlarmsOfCase } from '../record/letters/unheard-alarms';

export interface UnheardAlarmsParts {
  readonly record: Pick<CaseRecord, 'unheardAlarms' | 'submit'>;
  readonly logger: Logger;
}

/** Gives the number of cases that were told. Safe to run in many processes at once. */
export async function noteUnheardAlarms({ record, logger }: UnheardAlarmsParts): Promise<number> {
  const { unheardAlarms } = record;
  let told = 0;
  const tell = async (found: AlarmsOfCase<unknown>, command: Command): Promise<void> => {
    const { rejection } = await record.submit(
      {
        id: `${command.type}:${found.case}:${hashOf(found.letters)}`,
        case: found.case,
        actor: { system: 'upkeep' },
        command,
      },
      { knownVersion: Number.MAX_SAFE_INTEGER, route: 'upkeep' },
    );
    if (!rejection) told += 1;
    // Refused: the case knows already, or is closed.
    await unheardAlarms.markNoted(found.letters, command.type === 'noteAlarmUndelivered');
    if (command.type === 'noteAlarmUndelivered')
      logger.error(
        { audit: 'alarm-undelivered', case: found.case, letters: found.letters.length },
        'a safety alarm has not reached somebody; others are told',
      );
  };
  for (const found of await unheardAlarms.list())
    await tell(found, { type: 'noteAlarmUndelivered', receivers: found.receivers });
  for (const found of await unheardAlarms.listHeard())
    await tell(found, { type: 'noteAlarmDelivered', receivers: found.receivers });
  return told;
}

const hashOf = (letters: readonly string[]): string =>
  createHash('sha256')
    .update([...letters].sort().join('\n'))
    .digest('hex')
    .slice(0, 32);
