/**
 * Finds the open cases without a running workflow, and workflows that run for cases no longer open, without listing
 * what is alike: the engine counts twenty thousand runs in a tenth of a second and takes minutes to list them. So
 * counts are compared, first of all cases, then by the letters their references begin with, and only a small group
 * whose count differs is listed. One missing and one too many in the same group are found by `lookForStuck`.
 */
import type { CaseId } from '../../src/domain/model/ids';
import type { CaseProcesses } from '../deps';

/** Told after every batch, so that a worker that died is noticed; throws when the work is to end. */
export type Heartbeat = (done: number) => void;

export interface Comparison {
  /** As the engine's index counts them; it is a moment late. */
  readonly running: number;
  readonly missing: readonly CaseId[];
  /** Run although their case is not open. */
  readonly ended: readonly CaseId[];
}

/** Crockford's base 32, and the hyphen in the middle of a reference. */
const letters = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ-');
/** Listing so many costs about what counting by the next letter would. */
const fewEnough = 60;
/** Counts asked for side by side. */
const askedAtOnce = 4;

/** Gives at least `most` missing ones where there are as many, and may stop looking then. */
export async function compare(
  open: readonly CaseId[],
  processes: Pick<CaseProcesses, 'countRunning' | 'listRunning'>,
  beat: Heartbeat,
  most: number,
): Promise<Comparison> {
  const missing: CaseId[] = [];
  const ended: CaseId[] = [];

  async function look(prefix: string, among: readonly CaseId[]): Promise<number> {
    if (missing.length >= most) return 0;
    const running = await processes.countRunning(prefix);
    beat(missing.length);
    if (running === among.length) return running;
    if (running === 0) missing.push(...among);
    else if (running + among.length <= fewEnough) await list(prefix, among);
    else await lookCloser(prefix, among);
    return running;
  }

  async function lookCloser(prefix: string, among: readonly CaseId[]): Promise<void> {
    const groups = letters.map((letter) => {
      const longer = prefix + letter;
      return { longer, members: among.filter((id) => id.startsWith(longer)) };
    });
    for (let next = 0; next < groups.length; next += askedAtOnce) {
      const batch = groups.slice(next, next + askedAtOnce);
      await Promise.all(batch.map(({ longer, members }) => look(longer, members)));
    }
  }

  async function list(prefix: string, among: readonly CaseId[]): Promise<void> {
    const running = await processes.listRunning(prefix);
    missing.push(...among.filter((id) => !running.has(id)));
    const known = new Set(among);
    ended.push(...[...running].filter((id) => !known.has(id)));
  }

  return { running: await look('', open), missing: missing.sort(), ended };
}
