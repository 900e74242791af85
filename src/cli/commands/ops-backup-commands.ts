/** `homeward ops backup` and `restore`: the record and the keys, in a folder of their own. */
import type { Command } from 'commander';
import { parseConfig } from '../../config';
import { openDataFolder } from '../../stack/data-folder';
import { silentProgress } from '../../stack/progress';
import { startStack } from '../../stack/stack';
import { CliError } from '../cli-error';
import type { CommandContext } from '../command-context';
import { backUp } from '../operator/backup';
import { findDatabase } from '../operator/parts';
import { progressBar } from '../operator/progress-bar';
import { restoreKeys, restoreRecord } from '../operator/restore';
import { readManifest } from '../operator/backup';

export function addOpsBackupCommands(ops: Command, { run }: CommandContext): void {
  ops
    .command('backup')
    .argument('<folder>', 'a new folder; it will hold personal data and keys: keep it as such')
    .summary('write the record and the keys into a folder, while Homeward runs')
    .action(
      run(async (terminal, folder: string) => {
        const { databaseUrl, dataFolder } = findDatabase();
        const bar = progressBar('Backing up', !terminal.json);
        try {
          const manifest = await backUp(databaseUrl, folder, {
            ...(dataFolder === undefined ? {} : { dataFolder }),
            progress: (rows, of) => {
              bar.update(rows, of);
            },
          });
          bar.stop();
          terminal.show(manifest, () => [
            `${folder}: everything acknowledged before ${manifest.at}, ${manifest.rows.events ?? 0} events of the record` +
              (manifest.keys.length > 0
                ? `, with ${manifest.keys.join(' and ')}.`
                : '; keys are yours to keep.'),
          ]);
        } finally {
          bar.stop();
        }
      }),
    );
  ops
    .command('restore')
    .argument('<folder>', 'what `ops backup` wrote')
    .summary('bring a backup into an empty database, or into a new HOMEWARD_DATA folder')
    .action(
      run(async (terminal, folder: string) => {
        const manifest = await restore(folder, !terminal.json);
        terminal.show(manifest, () => [
          `Restored as of ${manifest.at}. Start Homeward, then: homeward rebuild --all --running-since-before ${new Date().toISOString()}`,
        ]);
      }),
    );
}

async function restore(folder: string, withBar: boolean) {
  const config = parseConfig(process.env);
  const bar = progressBar('Restoring', withBar);
  const show = (rows: number, of: number): void => {
    bar.update(rows, of);
  };
  try {
    if ('url' in config.database) return await restoreRecord(config.database.ownerUrl, folder, show);
    const { keys } = await readManifest(folder);
    // Before anything is started there: a folder with keys is somebody's.
    await restoreKeys(folder, openDataFolder(config.dataFolder).path, keys);
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
      return await restoreRecord(stack.ownerUrl, folder, show);
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
