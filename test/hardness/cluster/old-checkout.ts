/** An older Homeward beside this one, built from git. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OldCheckout {
  readonly commit: string;
  readonly root: string;
  remove(): void;
}

/** The oldest that knows today’s schema: one that knows less refuses to start, as it should. */
export function findOldest(root: string): string {
  const newest = readdirSync(join(root, 'src/record/migrations'))
    .filter((name) => /^\d{4}-/.test(name))
    .sort()
    .at(-1);
  const found = git(
    root,
    'log',
    '--first-parent',
    '-m',
    '--diff-filter=A',
    '--format=%H',
    '--',
    `src/record/migrations/${newest}`,
  );
  return found.split('\n').at(-1) ?? '';
}

export function checkOut(root: string, commit: string): OldCheckout {
  const folder = mkdtempSync(join(tmpdir(), 'homeward-old-'));
  const old = join(folder, 'homeward');
  git(root, 'worktree', 'add', '--detach', '--quiet', old, commit);
  const remove = (): void => {
    git(root, 'worktree', 'remove', '--force', old);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const lockOf = (from: string): string => readFileSync(join(from, 'package-lock.json'), 'utf8');
    if (lockOf(old) === lockOf(root)) symlinkSync(join(root, 'node_modules'), join(old, 'node_modules'));
    const { status, stderr } = spawnSync(process.execPath, ['bootstrap.mjs', 'build'], {
      cwd: old,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${commit} could not be built: ${stderr}`);
    return { commit, root: old, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function git(cwd: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${words[0]}: ${stderr}`);
  return stdout.trim();
}
