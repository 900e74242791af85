/**
 * Signals news again that their case's process has not read: the first signal was lost with the API that should have
 * sent it, with Temporal, or swallowed by a workflow that only has the case's id. Runs in every worker.
 */
import type { Logger } from 'pino';
import type { CaseProcesses } from '../../activities/deps';
import { rebuildProcess } from '../../activities/upkeep/rebuild-process';
import type { UnreadNews } from '../record/upkeep/news';
import type { CaseRecord } from '../record/record';
import { runEvery } from './run-every';
import type { Repeated } from './run-every';

export interface NewsDeliveryParts {
  readonly record: Pick<CaseRecord, 'news' | 'operations'>;
  readonly processes: Pick<CaseProcesses, 'tell' | 'describe' | 'start' | 'terminate'>;
  readonly logger: Logger;
}

const everyMs = 2_000;
const toldAtOnce = 20;
/** A process with a worker reads within a second: after half a minute its workflow is looked at. */
const looksAfterTries = 3;
/** After Postgres was away a process reads within a minute; one that does not in some minutes never will. */
const deafAfterTries = 5;

export const startNewsDelivery = (parts: NewsDeliveryParts): Repeated =>
  runEvery(everyMs, parts.logger, 'news', () => deliverNews(parts));

/** Gives the number of cases whose processes were told. */
export async function deliverNews(parts: NewsDeliveryParts): Promise<number> {
  const unread = await parts.record.news.takeUnread();
  let told = 0;
  for (let next = 0; next < unread.length; next += toldAtOnce) {
    const batch = unread.slice(next, next + toldAtOnce);
    // One that can't be told keeps nobody else from hearing; its turn comes again.
    const outcomes = await Promise.allSettled(batch.map((each) => deliver(parts, each)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    told += outcomes.filter(({ status }) => status === 'fulfilled').length;
    // With Temporal away nobody of the rest would hear either.
    if (failed && told === 0) throw failed.reason;
  }
  return told;
}

async function deliver(
  parts: NewsDeliveryParts,
  { case: id, news, tries, isOpen }: UnreadNews,
): Promise<void> {
  const { record, processes } = parts;
  if (isOpen && tries >= looksAfterTries) {
    const status = await processes.describe(id);
    const isDeaf = tries >= deafAfterTries && status?.hasTask === false;
    if (status?.isRunning && !status.isOurs) await rebuildProcess(parts, id, status, 'foreign');
    else if (status?.isRunning && isDeaf) await rebuildProcess(parts, id, status, 'deaf');
  }
  if (!(await processes.tell(id, news, isOpen))) await record.news.drop(id);
}
