/**
 * Prometheus's own checker of rules. On the PATH, from the cache, out of Debian's package (nothing is installed, no
 * service started), or built by Go. A machine that offers none of these fails the test: rules nobody checks may
 * never fire.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(__dirname, '../../../node_modules/.cache/homeward-promtool');
const cached = join(cache, 'promtool');
/** Of the Go module; only where there is no apt. Any of the last years' understands our rules. */
const moduleVersion = 'v0.316.0';

export function findPromtool(): string {
  if (runs('promtool')) return 'promtool';
  if (existsSync(cached) && runs(cached)) return cached;
  mkdirSync(cache, { recursive: true });
  const faults: string[] = [];
  for (const [road, obtain] of Object.entries({ apt: fromDebian, go: fromGo })) {
    const folder = mkdtempSync(join(cache, 'making-'));
    try {
      // Moved when whole: another run may look for it at this very moment.
      renameSync(obtain(folder), cached);
      if (runs(cached)) return cached;
      faults.push(`${road}: what it gave does not run`);
    } catch (error) {
      faults.push(`${road}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  throw new Error(`promtool is not on the PATH and could not be had.\n${faults.join('\n')}`);
}

const runs = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const run = (folder: string, command: string, ...args: string[]): void => {
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 600_000 });
};

/** A second where package lists are there; a new machine has none until it asks. */
function fromDebian(folder: string): string {
  const download = (): void => run(folder, 'apt-get', 'download', '-qq', 'prometheus');
  try {
    download();
  } catch {
    run(folder, 'apt-get', 'update', '-qq');
    download();
  }
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
  if (file === undefined) throw new Error('no package came');
  run(folder, 'dpkg-deb', '-x', file, 'package');
  return join(folder, 'package/usr/bin/promtool');
}

/** Minutes, on two processors. */
function fromGo(folder: string): string {
  execFileSync('go', ['install', `github.com/prometheus/prometheus/cmd/promtool@${moduleVersion}`], {
    cwd: folder,
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 900_000,
  });
  return join(folder, 'promtool');
}
