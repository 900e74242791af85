/** `site days|today|waiting`: the beds of a hosting site, its day, and who gets the next bed. */
import type { Command } from 'commander';
import pc from 'picocolors';
import type { z } from 'zod';
import type { siteDaysSchema, siteTodaySchema, siteWaitingSchema } from '../../contracts/http/sites';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { shortTime } from '../print/print-case';
import { bar, barWidth, tableLines, widthOf } from '../print/print-table';

type Days = z.infer<typeof siteDaysSchema>;
type Today = z.infer<typeof siteTodaySchema>;
type Waiting = z.infer<typeof siteWaitingSchema>;

export function addSiteCommands(program: Command, { run }: CommandContext): void {
  const site = program.command('site').summary('beds of a hosting site, its day, and who waits for a bed');
  site
    .command('days <site>')
    .option('--from <date>', 'first night; today unless given')
    .option('--to <date>', 'the day after the last night; 30 days later unless given')
    .summary('how many beds are taken, night by night')
    .addHelpText('after', exampleText('site days moscow-residence --from 2027-01-01 --to 2027-02-01'))
    .action(
      run(async (terminal, id: string, { from, to }: { from?: string; to?: string }) => {
        const days = await (await terminal.client()).get<Days>(addressOf(id, 'days'), { from, to });
        terminal.show(days, () => daysLines(days));
      }),
    );
  site
    .command('today <site>')
    .summary('who is expected, there and leaving, and what is due')
    .addHelpText('after', exampleText('site today moscow-residence'))
    .action(
      run(async (terminal, id: string) => {
        const day = await (await terminal.client()).get<Today>(addressOf(id, 'today'));
        terminal.show(day, () => todayLines(day));
      }),
    );
  site
    .command('waiting <site>')
    .summary('who waits for a bed, the next first')
    .addHelpText('after', exampleText('site waiting moscow-residence'))
    .action(
      run(async (terminal, id: string) => {
        const list = await (await terminal.client()).get<Waiting>(addressOf(id, 'waiting'));
        terminal.show(list, () => waitingLines(list));
      }),
    );
}

const addressOf = (site: string, page: string): string => `/v1/sites/${encodeURIComponent(site)}/${page}`;

function daysLines({ days }: Days): string[] {
  const table = tableLines(
    days.map(({ date, capacity, occupied, held, free }) => [
      date,
      `${occupied} there`,
      `${held} held`,
      ...(free === undefined ? [] : [`${free} free`]),
      `of ${capacity}`,
    ]),
  );
  const width = Math.max(0, ...table.map(widthOf));
  const room = barWidth(width + 2);
  const most = Math.max(
    1,
    ...days.map(({ capacity, occupied, held }) => Math.max(capacity, occupied + held)),
  );
  return table.map((line, at) => {
    const { occupied = 0, held = 0 } = days[at] ?? {};
    return `${line}${' '.repeat(width - widthOf(line))}  ${pc.cyan(bar(occupied + held, most, room))}`.trimEnd();
  });
}

type Guest = Today['present'][number];
type Owed = Today['notesDue'][number];

const section = (title: string, rows: readonly string[][]): string[] =>
  rows.length === 0 ? [] : ['', pc.bold(`${title}: ${rows.length}`), ...tableLines(rows)];
const guestRow = ({ case: id, bed, firstNight, leavesOn }: Guest): string[] => [
  pc.bold(id),
  `bed ${bed.id}${bed.room === undefined ? '' : ` in ${bed.room}`}`,
  `from ${firstNight}`,
  leavesOn === undefined ? 'open' : `leaves ${leavesOn}`,
];
const owedRow = ({ case: id, due, overdue }: Owed): string[] => [
  pc.bold(id),
  (overdue ? pc.red : String)(`due ${shortTime(due)}`),
];

const doseRow = ({ case: id, dose, kind, what, due, late, outcome }: Today['doses'][number]): string[] => [
  pc.bold(id),
  dose,
  what ?? kind,
  (late ? pc.red : String)(`due ${shortTime(due)}`),
  outcome ?? '',
];

const todayLines = (day: Today): string[] => [
  `${pc.bold(day.site)}, ${day.today}`,
  ...section('Expected', day.expected.map(guestRow)),
  ...section('Present', day.present.map(guestRow)),
  ...section('Leaving', day.leaving.map(guestRow)),
  ...section('Beds for carers', day.carers.map(guestRow)),
  ...section('Welfare notes due', day.notesDue.map(owedRow)),
  ...section('Arrivals to be checked', day.checksDue.map(owedRow)),
  ...section('Treatments', day.doses.map(doseRow)),
  ...section('Hearings due', day.hearingsDue.map(owedRow)),
  ...section('Stays that end soon', day.endingSoon.map(owedRow)),
];

const waitingLines = ({ items }: Waiting): string[] =>
  items.length === 0
    ? ['Nobody waits for a bed.']
    : tableLines(
        items.map(({ case: id, since, medicallyUrgent, siblingsComplete, offered }, at) => [
          String(at + 1),
          pc.bold(id),
          `asked ${shortTime(since)}`,
          [medicallyUrgent ? 'urgent' : '', siblingsComplete === true ? 'family complete' : '']
            .filter(Boolean)
            .join(', '),
          offered ? pc.green(`bed ${offered.bed.id} until ${shortTime(offered.until)}`) : '',
        ]),
        [0],
      );
