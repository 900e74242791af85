/** `homeward ops backup`, `backup-key` and `restore`: the record in a folder of its own, encrypted. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseConfig } from '../../config';
import { openDataFolder } from '../../stack/data-folder';
import { silentProgress } from '../../stack/process/progress';
import { startStack } from '../../stack/stack';
import { CliError } from '../cli-error';
import type { CommandContext } from '../command-context';
import { newIdentity } from '../operator/age';
import { backUp } from '../operator/backup';
import { findDatabase } from '../operator/parts';
import { progressBar } from '../operator/progress-bar';
import { restoreKeys, restoreRecord } from '../operator/restore';
import { readManifest } from '../operator/backup';

export function addOpsBackupCommands(ops: Command, { run }: CommandContext): void {
  ops
    .command('backup')
    .argument('<folder>', 'a new folder')
    .requiredOption('--to <recipients...>', 'who can read it: age1…, of `ops backup-key` or age-keygen')
    .option('--with-keys', 'the seal key and the issuer’s keys of an embedded stack, encrypted too')
    .summary('write the record into a folder, encrypted, while Homeward runs')
    .action(
      run(async (terminal, folder: string, { to, withKeys }: { to: string[]; withKeys?: true }) => {
        const { databaseUrl, dataFolder } = findDatabase();
        if (withKeys && dataFolder === undefined)
          throw new CliError(
            'usage',
            'The keys of services are not here.',
            'Keep HOMEWARD_SEAL_KEY where you keep secrets.',
          );
        const bar = progressBar('Backing up', !terminal.json);
        try {
          const manifest = await backUp(databaseUrl, folder, {
            recipients: to,
            ...(withKeys && dataFolder !== undefined ? { keysOf: dataFolder } : {}),
            progress: (rows, of) => {
              bar.update(rows, of);
            },
          });
          bar.stop();
          terminal.show(manifest, () => [
            `${folder}: everything acknowledged before ${manifest.at}, ${manifest.rows.events ?? 0} events of the record` +
              (manifest.keys.length > 0
                ? `, with ${manifest.keys.join(' and ')}.`
                : '; without keys, which are yours to keep.'),
          ]);
        } finally {
          bar.stop();
        }
      }),
    );
  ops
    .command('backup-key')
    .argument('<file>', 'a new file; keep it away from the backups')
    .summary('make a key that backups are encrypted to')
    .action(
      run(async (terminal, file: string) => {
        const { text, recipient } = await newIdentity();
        await writeFile(file, text, { mode: 0o600, flag: 'wx' });
        terminal.show({ recipient, file }, () => [
          `${file} reads the backups; they are made with: homeward ops backup FOLDER --to ${recipient}`,
        ]);
      }),
    );
  ops
    .command('restore')
    .argument('<folder>', 'what `ops backup` wrote')
    .option('--identity <file>', 'the key it was encrypted to')
    .summary('bring a backup into an empty database, or into a new HOMEWARD_DATA folder')
    .action(
      run(async (terminal, folder: string, { identity }: { identity?: string }) => {
        const manifest = await restore(folder, identity, !terminal.json);
        terminal.show(manifest, () => [
          `Restored as of ${manifest.at}. Start Homeward, then: homeward rebuild --all --running-since-before ${new Date().toISOString()}`,
        ]);
      }),
    );
}

async function restore(folder: string, identity: string | undefined, withBar: boolean) {
  const config = parseConfig(process.env);
  const bar = progressBar('Restoring', withBar);
  const show = (rows: number, of: number): void => {
    bar.update(rows, of);
  };
  try {
    if ('url' in config.database)
      return await restoreRecord(config.database.ownerUrl, folder, identity, show);
    const manifest = await readManifest(folder);
    // Before anything is started there: a folder with keys is somebody's.
    await restoreKeys(folder, openDataFolder(config.dataFolder).path, manifest, identity);
    const stack = await startStack(
      {
        dataFolder: config.dataFolder,
        postgres: config.database,
        // Only Postgres is needed: these count as given and are never asked.
        temporal: { address: '127.0.0.1:1', namespace: 'default' },
        mail: { url: 'smtp://127.0.0.1:1' },
      },
      silentProgress,
    );
    try {
      return await restoreRecord(stack.ownerUrl, folder, identity, show);
    } finally {
      await stack.stop();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CliError(
        'usage',
        `${folder} can’t be read.`,
        'Give the folder that `homeward ops backup` wrote.',
      );
    throw error;
  } finally {
    bar.stop();
  }
}
