/** What another release's `childReturn` might have done: it begins with a pause. For a history that ours can't follow. */
import { condition, sleep } from '@temporalio/workflow';

export async function childReturn(): Promise<void> {
  await sleep('1 second');
  await condition(() => false);
}
