/** `mechanism show`, as the API serves it; `mechanism check` and `schema`, of a file, without any API. */
import type { Command } from 'commander';
import pc from 'picocolors';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import type { Mechanism } from '../../contracts/mechanism/mechanism';
import { dryRunMove } from '../operator/dry-run-move';
import { withOperatorRecord } from '../operator/parts';
import { checkMechanismFile, printMechanismSchema } from '../mechanism-check';
import { tableLines } from '../print/print-table';

interface MechanismView {
  readonly id: string;
  readonly version: number;
  readonly parties: readonly { id: string; kind: string; timeZone: string }[];
  readonly sites: readonly { id: string; party: string; capacity: number }[];
  readonly places: readonly { id: string; title: { en: string } }[];
  readonly decidingSides: readonly string[];
  readonly officials: readonly {
    id: string;
    party: string;
    roles: readonly string[];
    active: boolean;
    escort?: NonNullable<Mechanism['officials'][number]['escort']>;
  }[];
}

export function addMechanismCommands(
  program: Command,
  { run }: CommandContext,
  print: (text: string) => void,
  end: (code: number) => void,
): void {
  const mechanism = program
    .command('mechanism')
    .summary('the arrangement, and the files that describe one')
    .addHelpText(
      'after',
      exampleText(
        'mechanism show',
        'mechanism check ours.yaml',
        'mechanism check ours.yaml --after ours-before.yaml',
        'mechanism check ours.yaml --cases',
      ),
    );
  mechanism
    .command('show')
    .summary('ids of parties, sites, places and officials, as commands name them')
    .action(
      run(async (terminal) => {
        const view = await (await terminal.client()).get<MechanismView>('/v1/mechanism');
        terminal.show(view, () => mechanismLines(view));
      }),
    );
  mechanism
    .command('check')
    .argument('<file>')
    .summary('name every fault of a mechanism file with its line')
    .option('--after <old>', 'also what it may not do to the version before, in the file OLD')
    .option('--cases', 'also which open cases could be moved to it; run it where Homeward runs')
    .action(
      run(async ({ json }, file: string, { after, cases }: { after?: string; cases?: true }) => {
        const options = {
          json,
          ...(after !== undefined && { after }),
          ...(cases && {
            dryRun: (mechanism: Mechanism) => withOperatorRecord((record) => dryRunMove(record, mechanism)),
          }),
        };
        end(await checkMechanismFile(file, print, options));
      }),
    );
  mechanism
    .command('schema')
    .summary('print the JSON Schema that editors check such a file by')
    .action(() => {
      printMechanismSchema(print);
    });
}

const credentialText = ({
  languages,
  skills,
  sex,
  validUntil,
}: NonNullable<MechanismView['officials'][number]['escort']>): string =>
  [languages.join(' '), ...skills, sex, `until ${validUntil}`].join(', ');

function mechanismLines(view: MechanismView): string[] {
  const { id, version, parties, sites, places, decidingSides, officials } = view;
  const section = (title: string, rows: readonly (readonly string[])[]): string[] =>
    rows.length === 0 ? [] : ['', pc.bold(title), ...tableLines(rows).map((line) => `  ${line}`)];
  return [
    `${pc.bold(id)}, version ${version}`,
    ...section(
      'Parties',
      parties.map(({ id: party, kind, timeZone }) => [
        party,
        kind,
        timeZone,
        decidingSides.includes(party) ? 'decides' : '',
      ]),
    ),
    ...section(
      'Sites',
      sites.map(({ id: site, party, capacity }) => [site, `of ${party}`, `${capacity} places`]),
    ),
    ...section(
      'Places',
      places.map(({ id: place, title }) => [place, title.en]),
    ),
    ...section(
      'Officials whom you may see',
      officials.map(({ id: official, party, roles, active, escort }) => [
        official,
        party,
        roles.join(', '),
        active ? (escort ? credentialText(escort) : '') : 'left',
      ]),
    ),
  ];
}
