/**
 * Which step comes next in a case: decided anew each time from what is owed in it, never from memory of what
 * came before. So a demo that is killed and started again goes on wherever the case stands.
 */
import type { Story } from '../examples/case-file';
import type { Action, Situation } from './action';
import { duties } from './duties';
import { scriptOf } from './stories';

/** Undefined when nobody has to do anything now: time or the process has the next step. */
export function nextActionOf(situation: Situation, story: Story): Action | undefined {
  const { unasked, instead } = scriptOf(story);
  const surprise = unasked?.(situation);
  if (surprise) return surprise;
  const actions = situation.view.obligations
    .filter(({ since }) => since <= situation.now)
    .map(
      (obligation) =>
        instead?.[obligation.kind]?.(situation, obligation) ?? duties[obligation.kind](situation, obligation),
    )
    .filter((action) => action !== undefined && action !== 'later');
  // What falls due every second under the fast mechanism must not keep everything else waiting.
  return actions.find(({ step }) => step !== situation.last) ?? actions[0];
}
