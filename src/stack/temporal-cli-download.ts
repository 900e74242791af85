/**
 * Fetches the pinned Temporal CLI from Temporal's own download service, the way its documentation
 * tells people to. Gives up soon when there is no way out to it.
 */
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run-command';
import type { ObtainPlan } from './temporal-cli-build';

/** Temporal's documented address for archives of the CLI. */
const archive = 'https://temporal.download/cli/archive';
const answerWithinMs = 5_000;
const transferWithinMs = 5 * 60_000;

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Undefined when the binary lies at `target`, else what went wrong. */
export async function downloadTemporalCli(plan: ObtainPlan): Promise<string | undefined> {
  const arch = architectures[process.arch];
  if (arch === undefined) return `there is none for ${process.arch}`;
  plan.task.now(`asking for the Temporal CLI ${plan.version} at temporal.download`);
  let packed: Buffer;
  try {
    packed = await fetchWhole(
      `${archive}/v${plan.version}?platform=${process.platform}&arch=${arch}`,
      (megabytes) => {
        plan.task.now(`downloading the Temporal CLI, ${megabytes} MB`);
      },
    );
  } catch (error) {
    return networkProblem(error);
  }
  const parent = dirname(dirname(plan.target));
  let workshop: string | undefined;
  try {
    mkdirSync(parent, { recursive: true });
    workshop = mkdtempSync(join(parent, 'download-'));
    writeFileSync(join(workshop, 'cli.tar.gz'), packed);
    const unpacked = await run('tar', ['-xzf', 'cli.tar.gz', 'temporal'], {
      timeoutMs: 120_000,
      cwd: workshop,
    });
    if (unpacked.problem !== undefined) return `the archive could not be unpacked: ${unpacked.problem}`;
    chmodSync(join(workshop, 'temporal'), 0o755);
    mkdirSync(dirname(plan.target), { recursive: true });
    renameSync(join(workshop, 'temporal'), plan.target);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    if (workshop !== undefined) rmSync(workshop, { recursive: true, force: true });
  }
}

async function fetchWhole(url: string, onProgress: (megabytes: number) => void): Promise<Buffer> {
  const controller = new AbortController();
  let timer = setTimeout(() => {
    controller.abort(new Error(`no answer within ${answerWithinMs / 1000} s`));
  }, answerWithinMs);
  try {
    const response = await fetch(url, { signal: controller.signal });
    clearTimeout(timer);
    timer = setTimeout(() => {
      controller.abort(new Error('the transfer took too long'));
    }, transferWithinMs);
    if (!response.ok || response.body === null) throw new Error(`the answer was ${response.status}`);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      onProgress(Math.round(bytes / 1_048_576));
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

/** fetch says only “fetch failed”; the reason is its cause. */
function networkProblem(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
