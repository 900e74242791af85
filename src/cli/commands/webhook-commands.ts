/** `webhook show | rotate`: the secret that notices to the party's own system are signed with. */
import type { Command } from 'commander';
import type { Answered } from '../api-client';
import type { CommandContext } from '../command-context';
import { shortTime } from '../print/print-case';
import { keyFrom } from '../terminal';

interface Generation {
  readonly generation: number;
  readonly since?: string;
  readonly raisedBy?: string;
  readonly previousUntil?: string;
  readonly url?: string;
}

export function addWebhookCommands(program: Command, { run }: CommandContext): void {
  const webhook = program.command('webhook').summary('the secret of your party’s webhook');
  webhook
    .command('show')
    .summary('which secret counts, and since when')
    .action(
      run(async (terminal) => {
        const found = await (await terminal.client()).get<Generation>('/v1/webhook-secret');
        const { url, raisedBy } = found;
        terminal.show(found, () => [
          url === undefined ? 'The mechanism names no address for notices.' : `Notices go to ${url}.`,
          `${generationLine(found)}${raisedBy === undefined ? '' : `, by ${raisedBy}`}`,
        ]);
      }),
    );
  webhook
    .command('rotate')
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('a new secret; the one before it counts for a day longer')
    .action(
      run(async (terminal, options: { key?: string }) => {
        const client = await terminal.client();
        const answer: Answered<Generation & { secret: string }> = await client.write(
          'POST',
          '/v1/webhook-secret',
          {},
          { key: keyFrom(options) },
        );
        terminal.show(answer.body, () => [answer.body.secret, `Shown once. ${generationLine(answer.body)}.`]);
      }),
    );
}

const generationLine = ({ generation, since, previousUntil }: Generation): string =>
  [
    `Generation ${generation}`,
    ...(since === undefined ? [] : [`since ${shortTime(since)}`]),
    ...(previousUntil === undefined ? [] : [`the one before it until ${shortTime(previousUntil)}`]),
  ].join(', ');
