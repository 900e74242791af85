/** 202 was a promise: whatever an earlier release accepted for a later answer ends as recorded or refused. */
import { RecordError } from '../../src/record/postgres/record-error';
import type { ActivityDeps } from '../deps';

const maxAnswered = 500;

/**
 * Nothing is accepted for later any more: what release 0.1 left is decided as if it came now, each for itself. One on
 * which the rules or the record fail would fail again in every round, and keep those after it without an answer.
 */
export async function answerPromised({
  record,
  logger,
}: Pick<ActivityDeps, 'record' | 'logger'>): Promise<number> {
  const accepted = await record.listUnanswered(maxAnswered);
  for (const envelope of accepted) {
    try {
      await record.answerPromised(envelope);
    } catch (error) {
      if (error instanceof RecordError && error.transient) throw error;
      const fault = error instanceof Error ? error.name : 'unknown';
      logger.error(
        { case: envelope.case, command: envelope.id, fault },
        'an accepted command can’t be recorded',
      );
      await record.refusePromised(envelope.id);
    }
  }
  return accepted.length;
}
