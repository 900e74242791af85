/** `homeward ops dead-letters` and `resend`: what could not be delivered, by reference and code. */
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { DeadLetter } from '../../record/letters/dead-letters';
import { CliError } from '../cli-error';
import type { CommandContext } from '../command-context';
import { withOperatorParts } from '../operator/parts';

/** Pages are read one after the other up to here; `--json` and a script take more by party. */
const maxShown = 1_000;

export function addOpsLetterCommands(ops: Command, { run }: CommandContext): void {
  ops
    .command('dead-letters')
    .summary('letters and webhooks given up: for whom, why, since when, about which cases')
    .action(
      run(async (terminal) => {
        const letters = await withOperatorParts(async ({ record }) => {
          const found: DeadLetter[] = [];
          for (let cursor: string | undefined; found.length < maxShown;) {
            const page = await record.deadLetters.list({ limit: 100, ...(cursor && { cursor }) });
            found.push(...page.items);
            cursor = page.next;
            if (cursor === undefined) break;
          }
          return found;
        });
        terminal.show(letters, () =>
          letters.length === 0 ? ['None.'] : [...letters.map(lineOf), '', 'homeward ops resend ID… | --all'],
        );
      }),
    );
  ops
    .command('resend')
    .argument('[ids...]', 'ids that `ops dead-letters` lists')
    .option('--all', 'everything given up')
    .summary('try letters that were given up once more; what was met meanwhile is dropped')
    .action(
      run(async (terminal, ids: string[], { all = false }: { all?: boolean }) => {
        if (all === ids.length > 0)
          throw new CliError('usage', 'Give ids, or --all.', 'homeward ops dead-letters lists them.');
        const resent = await withOperatorParts(({ record }) =>
          record.deadLetters.resend(all ? 'all' : ids, `operator ${userInfo().username}`),
        );
        terminal.show({ resent }, () => [`${resent} will be tried again within seconds.`]);
        if (!all && resent < ids.length)
          throw new CliError('refused', `${ids.length - resent} of them are not dead letters.`);
      }),
    );
}

const lineOf = ({ id, kind, party, official, safety, code, attempts, since, cases }: DeadLetter): string =>
  `${since.slice(0, 16)}Z  ${code.padEnd(20)} ${kind.padEnd(12)} ${official ?? party}${safety ? '  SAFETY' : ''}, ` +
  `${attempts} attempts, ${cases.join(' ')}\n  ${id}`;
