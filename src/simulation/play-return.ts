/**
 * Plays one child's return from wherever it stands to its closure: look, choose the next step, take it, look
 * again. Nothing but the case decides where it stands, so a demo killed in the middle is simply run again.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Story } from '../examples/case-file';
import type { ClosureOutcome } from '../domain/model/commands';
import type { CaseId } from '../domain/model/ids';
import type { Stage } from '../domain/model/stages';
import type { Act, Deed, Scene } from './act';
import type { Cast } from './cast';
import { Refusal } from './http-official';
import { nextActOf } from './next-act';
import { readSight } from './sight';
import type { CaseSight } from './sight';

export interface PlayHooks {
  /** Called after every look: where the child is, and which step is being taken, if any. */
  readonly onLook?: (id: CaseId, stage: Stage, step: string | undefined) => void;
  /** A step that was refused and is chosen anew. */
  readonly onRefused?: (id: CaseId, step: string, refusal: Refusal) => void;
  readonly signal?: AbortSignal;
}
export type Ending = { readonly outcome: ClosureOutcome } | { readonly stuck: string };

/** Between two looks while nobody has to do anything. */
const restMs = 300;
/** Longest time without a step: more than the longest wait of the fast mechanism and a restart of the stack. */
const timeoutMs = 120_000;
const refusalsBearable = 12;

export async function playReturn(
  { case: id, story }: { readonly case: CaseId; readonly story: Story },
  cast: Cast,
  hooks: PlayHooks = {},
): Promise<Ending> {
  const done = new Set<string>();
  const refusals = new Map<string, number>();
  const keeper = cast.keeperOf(id);
  let lastStepAt = Date.now();
  let last: string | undefined;
  for (;;) {
    hooks.signal?.throwIfAborted();
    const sight = await readSight(keeper, id);
    if (sight.closure) return { outcome: sight.closure.outcome };
    const siblings = await Promise.all(sight.siblings.map((sibling) => readSight(keeper, sibling)));
    const now = new Date().toISOString();
    const scene: Scene = { sight, siblings, mechanism: cast.mechanism, now, done, last };
    const act = nextActOf(scene, story);
    hooks.onLook?.(id, sight.stage, act?.step);
    if (!act) {
      if (Date.now() - lastStepAt > timeoutMs) return { stuck: describe(sight) };
      await sleep(restMs, undefined, { signal: hooks.signal });
      continue;
    }
    const before = refusals.get(act.step) ?? 0;
    try {
      await take(cast, sight, act, before);
      done.add(act.step);
      refusals.delete(act.step);
      last = act.step;
      lastStepAt = Date.now();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      hooks.onRefused?.(id, act.step, error);
      // The case may have moved on between the look and the step; that mends itself at the next look.
      if (before >= refusalsBearable) return { stuck: error.message };
      refusals.set(act.step, before + 1);
      await sleep(restMs, undefined, { signal: hooks.signal });
    }
  }
}

async function take(cast: Cast, sight: CaseSight, act: Act, refusals: number): Promise<void> {
  const official = cast.official(act.by);
  const own = official.id === cast.keeperOf(sight.id).id ? sight : await readSight(official, sight.id);
  const deed = act.deed(own);
  const key = keyOf(sight, act, deed, refusals);
  if ('command' in deed) await official.command(sight.id, deed.command, key);
  else await official.write('PUT', `/v1/cases/${sight.id}/dossier`, deed.dossier, key, own.version);
}

/**
 * The same step on the same occasion has the same key, also in another run of the demo: the API then gives its
 * first answer. A step that was refused needs a new key, as the engine may keep the refusal under the old one.
 */
function keyOf({ id }: CaseSight, { step, occasion }: Act, deed: Deed, refusals: number): string {
  const mark = createHash('sha256')
    .update(JSON.stringify([occasion, deed, refusals]))
    .digest('hex');
  return `demo-${id}-${step.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 60)}-${mark.slice(0, 12)}`;
}

const describe = ({ stage, obligations }: CaseSight): string =>
  `waits in ${stage} for ${obligations.map(({ kind, party }) => `${kind} by ${party}`).join(', ') || 'nobody'}`;
