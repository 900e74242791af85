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
import type { Action, Deed, Situation } from './action';
import type { Officials } from './officials';
import { Refusal } from './http-official';
import { nextActionOf } from './next-action';
import { readCase } from './seen-case';
import type { SeenCase } from './seen-case';

export interface PlayHooks {
  /** Called after every look: where the child is, and which step is being taken, if any. */
  readonly onLook?: (id: CaseId, stage: Stage, step: string | undefined) => void;
  /** A step that was refused and is chosen anew. */
  readonly onRefused?: (id: CaseId, step: string, refusal: Refusal) => void;
  /** Those who leave in a group. */
  readonly together?: ReadonlySet<CaseId>;
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
  officials: Officials,
  hooks: PlayHooks = {},
): Promise<Ending> {
  const done = new Set<string>();
  const refusals = new Map<string, number>();
  const keeper = officials.keeperOf(id);
  let lastStepAt = Date.now();
  let last: string | undefined;
  for (;;) {
    hooks.signal?.throwIfAborted();
    const view = await readCase(keeper, id);
    if (view.closure) return { outcome: view.closure.outcome };
    const siblings = await Promise.all(view.siblings.map((sibling) => readCase(keeper, sibling)));
    const now = new Date().toISOString();
    const leavesTogether = hooks.together?.has(id) === true;
    const { mechanism } = officials;
    const situation: Situation = { view, siblings, mechanism, now, done, last, leavesTogether };
    const action = nextActionOf(situation, story);
    hooks.onLook?.(id, view.stage, action?.step);
    if (!action) {
      if (Date.now() - lastStepAt > timeoutMs) return { stuck: describe(view) };
      await sleep(restMs, undefined, { signal: hooks.signal });
      continue;
    }
    const before = refusals.get(action.step) ?? 0;
    try {
      await take(officials, view, action, before);
      done.add(action.step);
      refusals.delete(action.step);
      last = action.step;
      lastStepAt = Date.now();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      hooks.onRefused?.(id, action.step, error);
      // The case may have moved on between the look and the step; that mends itself at the next look.
      if (before >= refusalsBearable) return { stuck: error.message };
      refusals.set(action.step, before + 1);
      await sleep(restMs, undefined, { signal: hooks.signal });
    }
  }
}

async function take(officials: Officials, view: SeenCase, action: Action, refusals: number): Promise<void> {
  const official = officials.official(action.by);
  const own = official.id === officials.keeperOf(view.id).id ? view : await readCase(official, view.id);
  const deed = action.deed(own);
  const key = keyOf(view, action, deed, refusals);
  if ('command' in deed) await official.command(view.id, deed.command, key);
  else await official.write('PUT', `/v1/cases/${view.id}/dossier`, deed.dossier, key, own.version);
}

/**
 * The same step on the same occasion has the same key, also in another run of the demo: the API then gives its
 * first answer. A step that was refused needs a new key, as the engine may keep the refusal under the old one.
 */
function keyOf({ id }: SeenCase, { step, occasion }: Action, deed: Deed, refusals: number): string {
  const mark = createHash('sha256')
    .update(JSON.stringify([occasion, deed, refusals]))
    .digest('hex');
  return `demo-${id}-${step.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 60)}-${mark.slice(0, 12)}`;
}

const describe = ({ stage, obligations }: SeenCase): string =>
  `waits in ${stage} for ${obligations.map(({ kind, party }) => `${kind} by ${party}`).join(', ') || 'nobody'}`;
