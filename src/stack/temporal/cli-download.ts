/**
 * Fetches the pinned Temporal CLI from its release on GitHub, and takes it only when it is the very file whose hash
 * stands here. Gives up soon when there is no way out to it.
 */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../process/run-command';
import type { ObtainPlan } from './cli-build';

const releases = 'https://github.com/temporalio/cli/releases/download';
/**
 * SHA-256 of the release's archives, by platform. A new version needs new ones, from `checksums.txt` of its release:
 * a version without them is not downloaded.
 */
const hashes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '1.5.1': {
    linux_amd64: 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
    linux_arm64: 'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
    darwin_amd64: 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
    darwin_arm64: 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
  },
};
const answerWithinMs = 5_000;
const transferWithinMs = 5 * 60_000;

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Undefined when the binary lies at `target`, else what went wrong. */
export async function downloadTemporalCli(plan: ObtainPlan): Promise<string | undefined> {
  const arch = architectures[process.arch];
  const platform = `${process.platform}_${arch}`;
  const expected = hashes[plan.version]?.[platform];
  if (expected === undefined)
    return `no hash is known of ${plan.version} for ${process.platform} ${process.arch}`;
  plan.task.now(`asking for the Temporal CLI ${plan.version} at github.com`);
  let packed: Buffer;
  try {
    packed = await fetchWhole(
      `${releases}/v${plan.version}/temporal_cli_${plan.version}_${platform}.tar.gz`,
      (megabytes) => {
        plan.task.now(`downloading the Temporal CLI, ${megabytes} MB`);
      },
    );
  } catch (error) {
    return networkProblem(error);
  }
  if (createHash('sha256').update(packed).digest('hex') !== expected)
    return 'what was sent is not the release: its hash differs';
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
