/**
 * Builds the Temporal CLI with Go into our cache. It takes minutes and fetches modules through Go's
 * own proxy settings, so the task shows what it is at; half a build is never taken for a whole one.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Task } from '../process/progress';
import { run } from '../process/run-command';
import { errnoOf } from '../stack-error';

export interface ObtainPlan {
  /** Where the binary is wanted. */
  readonly target: string;
  readonly version: string;
  readonly task: Task;
  readonly env: NodeJS.ProcessEnv;
}

const oldestGo = [1, 25] as const;
/** Five minutes on two free cores; a busy or slow machine may take several times that. */
const buildWithinMs = 45 * 60_000;

/** Undefined when the binary lies at `target`, else what went wrong. */
export async function buildTemporalCli(plan: ObtainPlan): Promise<string | undefined> {
  const { task, target, env } = plan;
  const version = await run('go', ['version'], { timeoutMs: 15_000, env });
  const found = /go(\d+)\.(\d+)/.exec(version.output);
  if (version.problem !== undefined || found === null) return 'Go is not installed';
  const [major, minor] = [Number(found[1]), Number(found[2])];
  if (major < oldestGo[0] || (major === oldestGo[0] && minor < oldestGo[1])) {
    return `Go ${major}.${minor} is older than ${oldestGo.join('.')}`;
  }
  const parent = dirname(dirname(target));
  let workshop: string;
  try {
    mkdirSync(parent, { recursive: true });
    workshop = mkdtempSync(join(parent, 'build-'));
  } catch (error) {
    return `${parent} can't be written (${errnoOf(error) ?? 'unknown'}), which HOMEWARD_CACHE can change`;
  }
  try {
    task.now('building the Temporal CLI with Go (about five minutes, once)');
    let built = 0;
    const result = await run(
      'go',
      // -v prints each package as it is compiled: the only sign of life Go gives.
      ['install', '-v', '-ldflags=-s -w', `github.com/temporalio/cli/cmd/temporal@v${plan.version}`],
      {
        timeoutMs: buildWithinMs,
        env: { ...env, CGO_ENABLED: '0', GOBIN: workshop, GOFLAGS: '' },
        cwd: workshop,
        onLine: (line) => {
          if (line.startsWith('go: downloading'))
            task.now(`building the Temporal CLI: fetching ${line.split(' ')[2] ?? ''}`);
          else
            task.now(
              `building the Temporal CLI with Go, ${++built} packages so far, at ${line.slice(0, 60)}`,
            );
        },
      },
    );
    if (result.problem !== undefined) return result.problem;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(workshop, 'temporal'), target);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}
