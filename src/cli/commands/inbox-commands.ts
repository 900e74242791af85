/** What one owes: `inbox`, as it stands or as it changes. */
import type { Command } from 'commander';
import pc from 'picocolors';
import type { ApiClient } from '../api-client';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { follow } from '../event-source';
import { shortTime } from '../print/print-case';
import { isolated, tableLines } from '../print/print-table';
import type { Terminal } from '../terminal';

interface Entry {
  readonly case: string;
  readonly key: string;
  readonly kind: string;
  readonly subject?: string;
  readonly stage: string;
  readonly party: string;
  readonly due: string;
  readonly safety: boolean;
  readonly overdue: boolean;
  readonly urgent: boolean;
  readonly paused?: { kind: string; until: string; by?: string };
}
interface GroupEntry {
  readonly group: string;
  readonly kind: string;
  readonly subject?: string;
  readonly state: string;
  readonly due: string;
  readonly overdue: boolean;
}
interface Counts {
  readonly total: number;
  readonly overdue: number;
  readonly safety: number;
  readonly dueThisWeek: number;
  readonly delegated: number;
  /** Those that are more than was counted. */
  readonly more: readonly string[];
}
interface Inbox {
  readonly items: readonly Entry[];
  readonly next?: string;
  readonly groups?: readonly GroupEntry[];
  readonly counts?: Counts;
  readonly changes: string;
}
type AnyEntry = Entry | GroupEntry;
const isGrave = (entry: AnyEntry): number => ('safety' in entry && entry.safety ? 0 : 1);
const byUrgency = (one: AnyEntry, other: AnyEntry): number =>
  isGrave(one) - isGrave(other) || one.due.localeCompare(other.due);
interface InboxOptions {
  readonly mine?: true;
  readonly party?: true;
  readonly delegated?: true;
  readonly myCases?: true;
  readonly kind?: string;
  readonly case?: string;
  readonly overdue?: true;
  readonly follow?: true;
}

export function addInboxCommands(program: Command, { run }: CommandContext): void {
  program
    .command('inbox')
    .option('--mine', 'only what your own roles owe, nothing lent')
    .option('--delegated', 'only what you owe for a colleague who is away')
    .option('--party', 'whatever your party owes')
    .option(
      '--my-cases',
      'only in cases of which you are case officer or deputy, or stand in for one (mediator)',
    )
    .option('--kind <kind>', 'only this kind of obligation')
    .option('--case <case>', 'only in this case')
    .option('--overdue', 'only what is overdue')
    .option('--follow', 'then what changes, as it happens, until you stop it')
    .summary('what your office owes, dangerous things first')
    .addHelpText('after', exampleText('inbox', 'inbox --party --overdue', 'inbox --follow'))
    .action(run(showInbox));
}

async function showInbox(terminal: Terminal, options: InboxOptions): Promise<void> {
  const scopes = (['mine', 'delegated', 'party'] as const).filter((scope) => options[scope]);
  if (scopes.length > 1) throw new CliError('usage', 'Give one of --mine, --delegated and --party.');
  if (options.follow && (options.kind ?? options.case ?? options.overdue ?? options.myCases) !== undefined)
    throw new CliError(
      'usage',
      '--follow tells of everything; leave out --kind, --case, --overdue and --my-cases.',
    );
  const [scope] = scopes;
  const client = await terminal.client();
  const {
    items: ofCases,
    groups = [],
    counts,
    changes,
  } = await wholeInbox(client, {
    ...{ scope, kind: options.kind, case: options.case },
    overdue: options.overdue && 'true',
    mine: options.myCases && 'true',
  });
  const items = [...ofCases, ...groups].sort(byUrgency);
  if (!options.follow || !terminal.json)
    terminal.show(items, () =>
      items.length === 0
        ? ['Nothing waits for you.']
        : [...entryLines(items), ...(counts ? ['', countsLine(counts)] : [])],
    );
  if (options.follow) await followInbox(terminal, client, scope, changes);
}

async function followInbox(
  terminal: Terminal,
  client: ApiClient,
  scope: string | undefined,
  after: string,
): Promise<void> {
  const path = `/v1/inbox/stream${scope === undefined ? '' : `?scope=${scope}`}`;
  const seen = new Map<string, string>();
  for await (const { event, data } of follow(client, path, after)) {
    if (event === 'counts') {
      terminal.show({ event, ...(data as Counts) }, () => [pc.dim(countsLine(data as Counts))]);
    } else if (event === 'reset') {
      terminal.show({ event }, () => [pc.yellow('Much has changed: look at the whole inbox again.')]);
    } else if (event === 'case' || event === 'group') {
      const { entries, ...of } = data as { case?: string; group?: string; entries: readonly AnyEntry[] };
      const id = of.case ?? of.group ?? '';
      // The same may be told twice; a person hears it once.
      const told = JSON.stringify(entries);
      if (seen.get(id) === told) continue;
      const wasThere = seen.has(id);
      seen.set(id, told);
      if (entries.length > 0) terminal.show({ event, [event]: id, entries }, () => entryLines(entries));
      else if (wasThere || terminal.json)
        terminal.show({ event, [event]: id, entries }, () => [
          `${pc.bold(id)}  ${pc.green('nothing more is owed')}`,
        ]);
    }
  }
}

async function wholeInbox(
  client: ApiClient,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Inbox> {
  const first = await client.get<Inbox>('/v1/inbox', { ...query, limit: '200' });
  const items = [...first.items];
  for (let cursor = first.next; cursor !== undefined;) {
    const page: Inbox = await client.get('/v1/inbox', { ...query, cursor, limit: '200' });
    items.push(...page.items);
    cursor = page.next;
  }
  return { ...first, items };
}

const entryLines = (entries: readonly AnyEntry[]): string[] =>
  tableLines(
    entries.map((entry) => {
      const { kind, subject, due, overdue } = entry;
      const { id, stage, safety, urgent, paused } =
        'group' in entry
          ? { id: entry.group, stage: entry.state, safety: false, urgent: false }
          : { ...entry, id: entry.case };
      const what = `${kind}${subject === undefined ? '' : ` ${isolated(subject)}`}`;
      const by = `due ${shortTime(due)}`;
      const marks = [
        ...(urgent ? [pc.red('urgent')] : []),
        ...(paused
          ? [pc.cyan(`${paused.kind}${paused.by ? ` by ${paused.by}` : ''} until ${shortTime(paused.until)}`)]
          : []),
      ];
      return [
        pc.bold(id),
        (safety ? pc.red : pc.bold)(what),
        stage,
        overdue ? pc.red(by) : by,
        marks.join(', '),
      ];
    }),
  );

function countsLine(counts: Counts): string {
  const told = (name: Exclude<keyof Counts, 'more'>): string =>
    `${counts[name]}${counts.more.includes(name) ? '+' : ''}`;
  return [
    `${told('total')} in all`,
    `${told('overdue')} overdue`,
    `${told('safety')} of safety`,
    `${told('dueThisWeek')} due within a week`,
    ...(counts.delegated > 0 ? [`${told('delegated')} for a colleague who is away`] : []),
  ].join(', ');
}
