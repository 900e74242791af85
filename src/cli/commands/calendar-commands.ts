/** `calendar link | revoke`: a private address that a calendar program reads one's due dates from. */
import type { Command } from 'commander';
import type { Answered } from '../api-client';
import type { CommandContext } from '../command-context';
import { keyFrom } from '../terminal';

export function addCalendarCommands(program: Command, { run }: CommandContext): void {
  const calendar = program.command('calendar').summary('your due dates in your calendar program');
  calendar
    .command('link')
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('a new private link; an earlier one no longer works')
    .action(
      run(async (terminal, options: { key?: string }) => {
        const client = await terminal.client();
        const answer: Answered<{ link: string }> = await client.write(
          'POST',
          '/v1/calendar-feed',
          {},
          { key: keyFrom(options) },
        );
        terminal.show(answer.body, () => [
          answer.body.link,
          'Shown once. Whoever has it reads your due dates; `homeward calendar revoke` ends that.',
        ]);
      }),
    );
  calendar
    .command('revoke')
    .summary('make the link worthless')
    .action(
      run(async (terminal) => {
        await (await terminal.client()).delete('/v1/calendar-feed');
        terminal.show({ revoked: true }, () => ['The link no longer works.']);
      }),
    );
}
