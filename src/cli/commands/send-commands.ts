/** Acting: `send` any command, `signal` to have it carried by Temporal's own command line. */
import type { Command } from 'commander';
import pc from 'picocolors';
import type { Adjustment } from '../../contracts/nearest-form';
import type { Answered } from '../api-client';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { keyFrom, parseJson, readInput } from '../terminal';
import type { Terminal } from '../terminal';

export interface SendOptions {
  readonly key?: string;
  readonly ifVersion?: string;
}
interface SentCommand {
  readonly version: number;
  readonly stage: string;
  readonly outcome: string;
  /** Waits for a second person under this id. */
  readonly proposal?: string;
  readonly allowed: readonly string[];
  readonly adjusted?: readonly Adjustment[];
}

interface Sealed {
  readonly envelope: object;
  readonly temporal: readonly string[];
  readonly adjusted?: readonly Adjustment[];
}

export const withSendOptions = (command: Command): Command =>
  command
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .option('--if-version <version>', 'refuse it if the case moved on since this version');

/** Sends a command and shows what became of it. */
export async function send(
  terminal: Terminal,
  id: string,
  body: object,
  options: SendOptions,
): Promise<void> {
  const client = await terminal.client();
  const answer: Answered<SentCommand> = await client.write(
    'POST',
    `/v1/cases/${encodeURIComponent(id)}/commands`,
    body,
    {
      key: keyFrom(options),
      ...(options.ifVersion !== undefined && { version: options.ifVersion }),
    },
  );
  const { outcome, version, stage, proposal, adjusted } = answer.body;
  const stood = outcome === 'repeated' || adjusted?.some(({ code }) => code === 'standing') === true;
  terminal.show(answer.body, () => [
    `${stood ? 'Recorded before' : pc.green('Recorded')}: ${id} is at version ${version}, in ${stage}.`,
    ...(proposal === undefined
      ? []
      : [`Nothing has happened yet: a second person confirms ${proposal} with confirmProposal.`]),
    ...changesOf(adjusted),
  ]);
}

/** What was not taken as it was written, each in a line. */
const changesOf = (adjusted: readonly Adjustment[] = []): string[] =>
  adjusted.map(
    ({ pointer, message, taken }) =>
      `${pc.yellow(pointer.replace(/^\//, ''))} ${message}${taken === undefined ? '' : `: ${taken}`}.`,
  );

export function addSendCommands(program: Command, { run }: CommandContext): void {
  withSendOptions(
    program
      .command('send')
      .argument('<case>')
      .argument('<type>', 'a command, e.g. acceptFile; `homeward show CASE` lists those you may send')
      .argument('[body]', 'its other fields as JSON; @FILE reads a file, - standard input')
      .summary('send any command')
      .addHelpText(
        'after',
        exampleText(
          'send 7Q2M-4ZK9 acceptFile',
          `send 7Q2M-4ZK9 placeHold '{"hold":"h1","reason":"health","note":"fever"}'`,
          'send 7Q2M-4ZK9 proposePlan @plan.json --if-version 14',
        ),
      ),
  ).action(
    run(async (terminal, id: string, type: string, given: string | undefined, options: SendOptions) =>
      send(terminal, id, await commandOf(type, given), options),
    ),
  );
  program
    .command('signal')
    .argument('<case>')
    .argument('<type>')
    .argument('[body]', 'its other fields as JSON; @FILE reads a file, - standard input')
    .option('--key <key>', 'Idempotency-Key')
    .option('--command-line', 'print the whole `temporal` command line instead of the envelope')
    .summary('seal a command, to be sent by the `temporal` command line; nothing is sent')
    .addHelpText('after', exampleText('signal 7Q2M-4ZK9 acceptFile --command-line | sh'))
    .action(
      run(
        async (
          terminal,
          id: string,
          type: string,
          given: string | undefined,
          options: { key?: string; commandLine?: true },
        ) => {
          const body = await commandOf(type, given);
          const path = `/v1/cases/${encodeURIComponent(id)}/sealed-commands`;
          const client = await terminal.client();
          const answer = await client.write<Sealed>('POST', path, body, { key: keyFrom(options) });
          const { envelope, temporal, adjusted } = answer.body;
          // To standard error: what is printed may go straight to a shell.
          for (const line of changesOf(adjusted)) process.stderr.write(`${line}\n`);
          terminal.show(answer.body, () => [
            options.commandLine ? temporal.map(quoted).join(' ') : JSON.stringify(envelope),
          ]);
        },
      ),
    );
}

/** A command of a case or a group, as it was given. */
export async function commandOf(type: string, given = '{}'): Promise<object> {
  const text =
    given === '-' ? await readInput('-') : given.startsWith('@') ? await readInput(given.slice(1)) : given;
  const body = parseJson(text, 'The body');
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new CliError('usage', 'The body must be a JSON object.');
  return { ...body, type };
}

/** For a POSIX shell. */
const quoted = (word: string): string =>
  /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
