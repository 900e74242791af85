/** Who is waited for: `waiting`, by party and by case, the longest first; `waiting --stalled` for the weekly review. */
import type { Command } from 'commander';
import pc from 'picocolors';
import type { ApiClient } from '../api-client';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { shortTime } from '../print/print-case';
import { bar, barWidth, shortDuration, tableLines, widthOf } from '../print/print-table';
import type { Terminal } from '../terminal';

interface Waiting {
  readonly case: string;
  readonly stage: string;
  readonly waitingOn: readonly string[];
  readonly primary?: { kind: string; since: string; due: string };
  readonly stalledSince?: string;
  readonly overdue: boolean;
}
interface Options {
  readonly on?: string;
  readonly stalled?: true;
  readonly overdue?: true;
  readonly limit: string;
}

export function addWaitingCommands(program: Command, { run }: CommandContext): void {
  program
    .command('waiting')
    .option('--on <party>', 'only for this party')
    .option('--stalled', 'only cases that stand still, with whom they wait for and since when')
    .option('--overdue', 'only where something is overdue')
    .option('--limit <cases>', 'so many at most', '30')
    .summary('who is waited for, the longest first')
    .addHelpText('after', exampleText('waiting', 'waiting --on russia --overdue', 'waiting --stalled'))
    .action(run(showWaiting));
}

async function showWaiting(terminal: Terminal, { on, stalled, overdue, limit }: Options): Promise<void> {
  const most = Number(limit);
  if (!Number.isInteger(most) || most < 1) throw new CliError('usage', '--limit takes a number of cases.');
  const client = await terminal.client();
  const cases = await longest(client, most, {
    ...{ open: 'true', order: 'waiting', waitingOn: on },
    ...{ stalled: stalled && 'true', overdue: overdue && 'true' },
  });
  terminal.show(cases, () => (cases.length === 0 ? ['Nothing waits.'] : waitingLines(cases, Date.now())));
}

async function longest(
  client: ApiClient,
  most: number,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Waiting[]> {
  const found: Waiting[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.get<{ items: readonly Waiting[]; next?: string }>('/v1/cases', {
      ...query,
      cursor,
      limit: String(Math.min(most - found.length, 200)),
    });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && found.length < most);
  return found;
}

function waitingLines(cases: readonly Waiting[], now: number): string[] {
  const ages = cases.map(({ primary }) => (primary ? Math.max(0, now - Date.parse(primary.since)) : 0));
  const table = tableLines(
    cases.map(({ case: id, stage, waitingOn, primary, stalledSince, overdue }, index) => [
      pc.bold(id),
      stage,
      waitingOn.join(', ') || '-',
      primary ? (overdue ? pc.red : String)(primary.kind) : '-',
      primary ? shortDuration(ages[index] ?? 0) : '-',
      ...(stalledSince === undefined ? [''] : [pc.yellow(`stalled since ${shortTime(stalledSince)}`)]),
    ]),
    [4],
  );
  const width = Math.max(...table.map(widthOf));
  const room = barWidth(width + 2);
  const most = Math.max(...ages);
  return table.map((line, index) => {
    const space = ' '.repeat(width - widthOf(line));
    return `${line}${space}  ${pc.cyan(bar(ages[index] ?? 0, most, room))}`.trimEnd();
  });
}
