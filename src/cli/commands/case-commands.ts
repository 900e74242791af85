/** Reading: `cases`, `show`, `watch`, `status`; and `open`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import pc from 'picocolors';
import { careCodes } from '../../domain/facts/care';
import { stages } from '../../domain/model/stages';
import type { Answered, ApiClient } from '../api-client';
import { readOpening } from '../case-input';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { caseLines, shortTime } from '../print/print-case';
import type { CaseSummary } from '../print/print-case';
import { keyFrom } from '../terminal';
import type { Terminal } from '../terminal';

interface Page<Entry> {
  readonly items: readonly Entry[];
  readonly next?: string;
}
interface BoardEntry {
  readonly case: string;
  readonly stage: string;
  readonly waitingOn: readonly string[];
  readonly primary?: { kind: string; due: string };
  readonly stalledSince?: string;
  readonly urgent: boolean;
}
interface TimelineEntry {
  readonly version: number;
  readonly at: string;
  readonly type: string;
  readonly by: { official?: string; party?: string; system?: string };
}

export function addCaseCommands(program: Command, context: CommandContext): void {
  addReading(program, context);
  program
    .command('open')
    .argument(
      '<file>',
      'JSON or YAML: facts and dossier as the API takes them, or an example case file; - is stdin',
    )
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('open a case')
    .addHelpText('after', exampleText('open examples/the-eleven/08-boy-of-16.yaml', 'open - < opening.json'))
    .action(
      context.run(async (terminal, file: string, options: { key?: string }) => {
        const body = await readOpening(file);
        const key = keyFrom(options);
        const client = await terminal.client();
        const answer: Answered<{ case: string; stage: string; outcome: string }> = await client.write(
          'POST',
          '/v1/cases',
          body,
          { key },
        );
        terminal.show(answer.body, () => [
          `${pc.bold(answer.body.case)} is ${answer.body.outcome === 'repeated' ? 'open already' : 'open'}, in ${answer.body.stage}.`,
        ]);
      }),
    );
}

function addReading(program: Command, { run }: CommandContext): void {
  program
    .command('cases')
    .addOption(new Option('--stage <stage>', 'only in this stage').choices(stages))
    .option('--waiting-on <party>', 'only those that wait for this party')
    .option('--waiting-on-official <official>', 'only those that wait for this official')
    .option('--waiting-kind <kind>', 'only those in which this is owed')
    .option('--overdue', 'only those in which something is overdue')
    .option('--lapsing-within <days>', 'only those in which something ends by itself so soon')
    .addOption(new Option('--order <order>').choices(['due', 'waiting', 'opened']))
    .option('--mine', 'only those of which you are case officer or deputy, or stand in for one (mediator)')
    .option('--stalled', 'only stalled ones')
    .option('--urgent', 'only urgent ones')
    .option('--hosted', 'only children at a hosting site')
    .addOption(new Option('--care-with <code>', 'only children in this care').choices(careCodes))
    .option('--unheard', 'only those in which a hearing of the child is owed')
    .option('--concern', 'only those with an open concern')
    .option('--text <text>', 'beginning of a reference, or part of a name')
    .option('--closed', 'closed ones instead of open ones')
    .summary('the board: cases of your party, what is due first')
    .action(run(listCases));
  program
    .command('show')
    .argument('<case>', 'reference, e.g. 7Q2M-4ZK9')
    .summary('one case, as far as it is for you')
    .action(
      run(async (terminal, id: string) => {
        const view = await (await terminal.client()).get<CaseSummary>(`/v1/cases/${encodeURIComponent(id)}`);
        terminal.show(view, () => caseLines(view));
      }),
    );
  program
    .command('status')
    .argument('<command-id>', 'as `send --async` printed it')
    .summary('what became of a command')
    .action(
      run(async (terminal, id: string) => {
        const status = await (
          await terminal.client()
        ).get<{ status: string; problem?: { title: string } }>(`/v1/commands/${encodeURIComponent(id)}`);
        terminal.show(status, () => [`${status.status}${status.problem ? `: ${status.problem.title}` : ''}`]);
        if (status.status === 'refused') throw new CliError('refused', 'The command was refused.');
        if (status.status === 'accepted') throw new CliError('pending', 'The process has not taken it yet.');
      }),
    );
  program
    .command('watch')
    .argument('<case>')
    .option('--every <seconds>', 'how often to look', '2')
    .summary('what happens in a case, as it happens, until it is closed')
    .action(run(watchCase));
}

async function listCases(
  terminal: Terminal,
  options: {
    stage?: string;
    waitingOn?: string;
    waitingOnOfficial?: string;
    waitingKind?: string;
    overdue?: true;
    lapsingWithin?: string;
    order?: string;
    mine?: true;
    stalled?: true;
    urgent?: true;
    hosted?: true;
    careWith?: string;
    unheard?: true;
    concern?: true;
    text?: string;
    closed?: true;
  },
): Promise<void> {
  const { stage, waitingOn, stalled, urgent, hosted, text, closed } = options;
  const items = await allPages<BoardEntry>(await terminal.client(), '/v1/cases', {
    stage,
    waitingOn,
    text,
    waitingOnOfficial: options.waitingOnOfficial,
    waitingKind: options.waitingKind,
    overdue: options.overdue && 'true',
    lapsingWithinDays: options.lapsingWithin,
    order: options.order,
    mine: options.mine && 'true',
    stalled: stalled && 'true',
    urgent: urgent && 'true',
    hosted: hosted && 'true',
    careWith: options.careWith,
    unheard: options.unheard && 'true',
    concern: options.concern && 'true',
    open: stage === undefined ? String(closed !== true) : undefined,
  });
  terminal.show(items, () =>
    items.length === 0
      ? ['No cases.']
      : items.map(({ case: id, stage: now, waitingOn: parties, primary, stalledSince, urgent: isUrgent }) =>
          [
            pc.bold(id),
            now.padEnd(12),
            (parties.join(', ') || '-').padEnd(22),
            primary ? `${primary.kind}, due ${shortTime(primary.due)}` : '',
            ...(isUrgent ? [pc.red('urgent')] : []),
            ...(stalledSince === undefined ? [] : [pc.yellow('stalled')]),
          ].join('  '),
        ),
  );
}

async function watchCase(terminal: Terminal, id: string, { every }: { every: string }): Promise<void> {
  const pause = Number(every) * 1000;
  if (!(pause >= 200)) throw new CliError('usage', '--every takes seconds, at least 0.2.');
  const client = await terminal.client();
  let seen = 0;
  let cursor: string | undefined;
  for (;;) {
    // The last page is asked for again and again: what is new stands at its end, or on the page after it.
    const path = `/v1/cases/${encodeURIComponent(id)}/timeline`;
    const page: Page<TimelineEntry> = await client.get(path, { cursor, limit: '200' });
    for (const entry of page.items.filter(({ version }) => version > seen)) {
      const { official, party, system } = entry.by;
      terminal.show(entry, () => [
        `${shortTime(entry.at)}  ${pc.bold(entry.type.padEnd(26))} ${official ?? party ?? system ?? ''}`,
      ]);
      if (entry.type === 'CaseClosed') return;
      seen = entry.version;
    }
    if (page.next === undefined) await sleep(pause);
    else cursor = page.next;
  }
}

async function allPages<Entry>(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): Promise<Entry[]> {
  const items: Entry[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<Entry> = await client.get(path, { ...query, cursor, limit: '200' });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}
