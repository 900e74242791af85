/** How a side’s word reached the mediator: options of every command that relays one. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { relayChannels } from '../domain/model/decisions';
import { CliError } from './cli-error';

export interface SourceOptions {
  readonly party: string;
  readonly channel: string;
  readonly reference: string;
  readonly dated: string;
  readonly document?: string;
  readonly documentHash?: string;
  readonly relay?: string;
}

export const withSourceOptions = (command: Command): Command =>
  command
    .requiredOption('--party <party>', 'the side whose word it is')
    .addOption(
      new Option('--channel <channel>', 'how it reached you').choices(relayChannels).makeOptionMandatory(),
    )
    .requiredOption('--reference <reference>', 'the side’s own reference')
    .requiredOption('--dated <date>', 'date of the paper or call, YYYY-MM-DD')
    .option('--document <file>', 'the paper; only its SHA-256 is sent')
    .option('--document-hash <sha256>', 'instead of the file')
    .option('--relay <id>', 'an id for the relay, made up unless given');

/** The fields of a command that relays, but for what was said. */
export async function relayIn(options: SourceOptions) {
  const { party, channel, reference, dated, relay } = options;
  return {
    relay: relay ?? `r-${randomBytes(4).toString('hex')}`,
    party,
    source: { channel, reference, dated, documentHash: await documentHashOf(options) },
  };
}

async function documentHashOf({ document, documentHash }: SourceOptions): Promise<string> {
  if (documentHash !== undefined) return documentHash;
  if (document === undefined)
    throw new CliError('usage', 'Give the paper: --document FILE or --document-hash.');
  const bytes = await readFile(document).catch(() => {
    throw new CliError('usage', `${document} can’t be read.`);
  });
  return createHash('sha256').update(bytes).digest('hex');
}
