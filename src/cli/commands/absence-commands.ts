/** `absence declare | list | end`: who is away, until when, and who stands in. */
import type { Command } from 'commander';
import pc from 'picocolors';
import type { Absence } from '../../contracts/absence';
import type { Answered } from '../api-client';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { shortTime } from '../print/print-case';
import { keyFrom } from '../terminal';

type Shown = Absence & { readonly running: boolean };
interface Declaring {
  readonly deputy: string;
  readonly until: string;
  readonly from?: string;
  readonly of?: string;
  readonly key?: string;
}
const keyOption = [
  '--key <key>',
  'Idempotency-Key, to repeat a request whose answer never came',
] as const satisfies [string, string];

export function addAbsenceCommands(program: Command, { run }: CommandContext): void {
  const absence = program.command('absence').summary('who is away, and who stands in');
  absence
    .command('declare')
    .requiredOption('--deputy <official>', 'who stands in: an official of your party')
    .requiredOption(
      '--until <time>',
      'the day you are back, such as 2026-08-17, or an instant with its offset',
    )
    .option('--from <time>', 'now unless given')
    .option('--of <official>', 'for a colleague who fell ill; yourself unless given')
    .option(...keyOption)
    .summary('say that you are away')
    .addHelpText('after', exampleText('absence declare --deputy qa-officer-2 --until 2026-08-17'))
    .action(
      run(async (terminal, { deputy, until, from, of: official, ...options }: Declaring) => {
        const body = {
          deputy,
          until: instantOf(until),
          ...(from !== undefined && { from: instantOf(from) }),
          ...(official !== undefined && { official }),
        };
        const key = keyFrom(options);
        const client = await terminal.client();
        const answer: Answered<Shown> = await client.write('POST', '/v1/absences', body, { key });
        terminal.show(answer.body, () => [
          line(answer.body),
          'Whoever is away may still sign in and act. It ends by itself; earlier with `homeward absence end`.',
        ]);
      }),
    );
  absence
    .command('list')
    .summary('of your party, the latest first')
    .action(
      run(async (terminal) => {
        const { items } = await (await terminal.client()).get<{ items: Shown[] }>('/v1/absences');
        terminal.show(items, () => (items.length === 0 ? ['Nobody is away.'] : items.map(line)));
      }),
    );
  absence
    .command('end')
    .argument('<id>', 'as `absence list` prints it')
    .option(...keyOption)
    .summary('end one before its time')
    .action(
      run(async (terminal, id: string, options: { key?: string }) => {
        const path = `/v1/absences/${encodeURIComponent(id)}/end`;
        const client = await terminal.client();
        const answer: Answered<Shown> = await client.write('POST', path, {}, { key: keyFrom(options) });
        terminal.show(answer.body, () => [line(answer.body)]);
      }),
    );
}

const line = ({ id, official, deputy, from, until, endedAt, running, declaredBy }: Shown): string =>
  [
    id,
    `${pc.bold(official)} is away ${shortTime(from)} to ${shortTime(endedAt ?? until)}, ${pc.bold(deputy)} stands in`,
    ...(running ? [pc.green('now')] : []),
    ...(endedAt === undefined ? [] : ['ended early']),
    ...(declaredBy === official ? [] : [`said ${declaredBy}`]),
  ].join('  ');

/** A day is its first moment here; without an offset a time of day could be anybody's. */
function instantOf(given: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given);
  const at = new Date(isDay ? `${given}T00:00:00` : given);
  if (Number.isNaN(at.getTime()) || (!isDay && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(given)))
    throw new CliError(
      'usage',
      `${given} is neither a day such as 2026-08-17 nor an instant with its offset.`,
    );
  return at.toISOString();
}
