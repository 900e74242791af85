/**
 * Which step comes next in a case: decided anew each time from what is owed in it, never from memory of what
 * came before. So a demo that is killed and started again goes on wherever the case stands.
 */
import type { Story } from '../examples/case-file';
import type { Act, Scene } from './act';
import { duties } from './duties';
import { scriptOf } from './stories';

/** Undefined when nobody has to do anything now: time or the process has the next step. */
export function nextActOf(scene: Scene, story: Story): Act | undefined {
  const { unasked, instead } = scriptOf(story);
  const surprise = unasked?.(scene);
  if (surprise) return surprise;
  const acts = scene.sight.obligations
    .filter(({ since }) => since <= scene.now)
    .map(
      (obligation) =>
        instead?.[obligation.kind]?.(scene, obligation) ?? duties[obligation.kind](scene, obligation),
    )
    .filter((act) => act !== undefined);
  // What falls due every second under the fast mechanism must not keep everything else waiting.
  return acts.find(({ step }) => step !== scene.last) ?? acts[0];
}
