/**
 * The record's look at itself, so much in each round that every case has its turn within a day. What it finds is an
 * alarm to the operators: somebody wrote into the database past Homeward, or its key was lost.
 */
import type { ActivityDeps } from '../deps';
import type { Heartbeat } from './compare';

export interface RecordChecked {
  readonly checked: number;
  /** Whose turn it is, and that wait for the next round. */
  readonly left: number;
  /** Found in this round and not before. */
  readonly doubts: number;
}

/** Some seconds of work; a record of a hundred thousand cases has its round in four hours. */
const casesARound = 500;

export async function checkRecord({ record, logger }: ActivityDeps, beat: Heartbeat): Promise<RecordChecked> {
  const startedAt = Date.now();
  const { checked, left, found } = await record.selfCheck.round(casesARound, beat);
  for (const { kind, id, version, code } of found)
    logger.error(
      { ...(kind === 'case' ? { case: id } : { kind, subject: id }), version, code },
      'the record is in doubt',
    );
  const counts = { checked, left, doubts: found.length };
  await record.operations.noteRound('check-record', Date.now() - startedAt, counts);
  return counts;
}
