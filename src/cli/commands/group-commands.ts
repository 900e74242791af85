/** Children who travel together: `group list | candidates | draft | show | send`, and `road watch`. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { Command } from 'commander';
import { Option } from 'commander';
import pc from 'picocolors';
import { modalities } from '../../domain/model/plan';
import type { groupAnswerSchema, GroupView } from '../../contracts/http/groups';
import type { Answered } from '../api-client';
import { CliError } from '../cli-error';
import { exampleText } from '../command-context';
import type { CommandContext } from '../command-context';
import { keyFrom } from '../terminal';
import { movementActs, relayedWords } from '../../domain/group/group';
import { relayIn, withSourceOptions } from '../relay-source';
import type { SourceOptions } from '../relay-source';
import { commandOf } from './send-commands';
import type { Terminal } from '../terminal';
import { shortTime } from '../print/print-case';
import { groupLines, leftLines } from '../print/print-group';
import { tableLines } from '../print/print-table';

interface GroupBrief {
  readonly id: string;
  readonly state: string;
  readonly departAt: string;
  readonly children: number;
  readonly waitingOn: readonly string[];
}
interface CandidatesFound {
  readonly lists: readonly {
    readonly date: string;
    readonly escorts: number;
    readonly members: readonly {
      case: string;
      until: string;
      escortUntil?: string;
      blockers: readonly { blocker: string }[];
    }[];
  }[];
  readonly apart: readonly { case: string; why: string; siblings?: readonly string[] }[];
}
type Sent = Pick<z.infer<typeof groupAnswerSchema>, 'group' | 'outcome' | 'state' | 'departure' | 'saidOf'>;

interface TellOptions {
  readonly except?: readonly string[];
  readonly key?: string;
}
interface CheckInOptions extends TellOptions {
  readonly place?: string;
  readonly at?: string;
}

export function addGroupCommands(program: Command, { run }: CommandContext): void {
  const group = program.command('group').summary('children who travel together');
  group.command('list').summary('groups in which your party has a child').action(run(listGroups));
  group
    .command('candidates')
    .option('--seats <children>', 'so many can travel at once')
    .option('--escorts <escorts>', 'so many can be sent with them')
    .option('--days <days>', 'days looked ahead', '30')
    .summary('who could travel together, and why others could not (mediator)')
    .action(run(listCandidates));
  group
    .command('draft')
    .argument('<case...>', 'in the order in which they pass; siblings together')
    .requiredOption('--at <instant>', 'when they set out, e.g. 2027-03-02T08:00:00+02:00')
    .requiredOption('--place <place>', 'where they pass from the one side to the other')
    .addOption(new Option('--route <route>').choices(modalities).makeOptionMandatory())
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('draft a group (mediator)')
    .addHelpText(
      'after',
      exampleText(
        'group draft 7Q2M-4ZK9 07JD-6QZ4 --at 2027-03-02T08:00:00+02:00 --place vilnius --route road',
      ),
    )
    .action(run(draftGroup));
  group
    .command('show')
    .argument('<group>', 'reference, e.g. G-7Q2M-4ZK9')
    .summary('list, terms, go or no-go, and who owes what')
    .action(
      run(async (terminal, id: string) => {
        const view = await getGroup(terminal, id);
        terminal.show(view, () => groupLines(view));
      }),
    );
  group
    .command('send')
    .argument('<group>')
    .argument('<type>', 'a command, e.g. confirmTerms; `homeward group show GROUP` lists those you may send')
    .argument('[body]', 'its other fields as JSON; @FILE reads a file, - standard input')
    .option(
      '--list <version>',
      'the version of the list that you mean: its hash is filled in, or you are told it changed',
    )
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('do something in a group')
    .addHelpText(
      'after',
      exampleText(
        'group send G-7Q2M-4ZK9 proposeList',
        `group send G-7Q2M-4ZK9 confirmTerms '{"terms":["names","date","order","route"]}' --list 1`,
        'group send G-7Q2M-4ZK9 sayGo --list 1',
        'group send G-7Q2M-4ZK9 departGroup --list 1',
      ),
    )
    .action(run(sendToGroup));
  withSourceOptions(group.command('relay').argument('<group>').argument('<word>', relayedWords.join(', ')))
    .argument('[body]', 'its other fields as JSON, e.g. {"terms":["place"]}')
    .option('--list <version>', 'the version of the list that the side means')
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('enter what a side said of a list by note, letter or call; another mediator confirms it')
    .addHelpText(
      'after',
      exampleText(
        `group relay G-7Q2M-4ZK9 confirmTerms '{"terms":["names","date"]}' --list 1 --party russia --channel note-verbale --reference "12/34" --dated 2027-03-01 --document note.pdf`,
        'group send G-7Q2M-4ZK9 confirmRelay \'{"relay":"r-1f2e3d4c"}\'',
      ),
    )
    .action(run(relayToGroup));
  const road = program.command('road').summary('children on the way');
  road
    .command('check-in')
    .argument('<group>')
    .option('--place <place>', 'where you are')
    .option('--at <instant>', 'when it was so, if not now')
    .option('--except <case...>', 'children of whom it is not said')
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('one sign of life for every child of the group who is with you (escort)')
    .addHelpText('after', exampleText('road check-in G-7Q2M-4ZK9 --except 07JD-6QZ4'))
    .action(
      run(async (terminal, id: string, options: CheckInOptions) => {
        const { key, ...said } = options;
        await sayTo(terminal, id, { type: 'checkIn', ...said }, key === undefined ? {} : { key });
      }),
    );
  road
    .command('tell')
    .argument('<group>')
    .argument('<act>', `what is so of each: ${movementActs.join(', ')}`)
    .argument('[body]', 'the rest of the act, as JSON, @file or - for the standard input')
    .option('--except <case...>', 'children of whom it is not said')
    .option('--key <key>', 'Idempotency-Key, to repeat a request whose answer never came')
    .summary('the same of every child of the group: its legs, a stop, a leg that is done')
    .addHelpText('after', exampleText(`road tell G-7Q2M-4ZK9 pauseJourney '{"kind":"vehicle"}'`))
    .action(
      run(async (terminal, id: string, act: string, body: string | undefined, options: TellOptions) => {
        const { key, except } = options;
        const said = { act: await commandOf(act, body), ...(except && { except }) };
        await sayTo(terminal, id, { type: 'sayForAll', ...said }, key === undefined ? {} : { key });
      }),
    );
  road
    .command('watch')
    .option('--every <seconds>', 'how often to look', '5')
    .option('--once', 'look once')
    .summary('a line for each child on the way, again and again')
    .action(run(watchRoad));
}

const pathOf = (id: string): string => `/v1/groups/${encodeURIComponent(id)}`;
const getGroup = async (terminal: Terminal, id: string): Promise<GroupView> =>
  (await terminal.client()).get<GroupView>(pathOf(id));

async function listGroups(terminal: Terminal): Promise<void> {
  const { items } = await (await terminal.client()).get<{ items: readonly GroupBrief[] }>('/v1/groups');
  terminal.show(items, () =>
    items.length === 0
      ? ['No groups.']
      : tableLines(
          items.map(({ id, state, departAt, children, waitingOn }) => [
            pc.bold(id),
            state,
            shortTime(departAt),
            `${children} children`,
            waitingOn.length > 0 ? `waits for ${waitingOn.join(', ')}` : '',
          ]),
        ),
  );
}

async function listCandidates(
  terminal: Terminal,
  { seats, escorts, days }: { seats?: string; escorts?: string; days: string },
): Promise<void> {
  const found = await (
    await terminal.client()
  ).get<CandidatesFound>('/v1/groups/candidates', { seats, escorts, days });
  terminal.show(found, () => [
    ...(found.lists.length === 0 ? ['Nobody could travel.'] : []),
    ...found.lists.flatMap(({ date, escorts, members }) => [
      pc.bold(`${date}: ${members.length} children${escorts > 0 ? `, escorts: at least ${escorts}` : ''}`),
      ...members.map(
        ({ case: id, until, escortUntil, blockers }) =>
          `  ${id}  until ${until}${escortUntil === undefined ? '' : `  ${pc.yellow(`its escort until ${escortUntil}`)}`}${blockers.length > 0 ? `  ${pc.yellow(blockers.map(({ blocker }) => blocker).join(', '))}` : ''}`,
      ),
    ]),
    ...found.apart.map(
      ({ case: id, why, siblings }) =>
        `${id}  ${pc.yellow(why)}${siblings ? `  with ${siblings.join(', ')}` : ''}`,
    ),
  ]);
}

async function draftGroup(
  terminal: Terminal,
  members: readonly string[],
  { at, place, route, key }: { at: string; place: string; route: string; key?: string },
): Promise<void> {
  const body = { members, departAt: at, place, route };
  const client = await terminal.client();
  const answer: Answered<Sent> = await client.write('POST', '/v1/groups', body, {
    key: keyFrom({ ...(key !== undefined && { key }) }),
  });
  terminal.show(answer.body, () => [`${pc.bold(answer.body.group)} is ${answer.body.state}.`]);
}

async function sendToGroup(
  terminal: Terminal,
  id: string,
  type: string,
  body: string | undefined,
  options: { list?: string; key?: string },
): Promise<void> {
  await sayTo(terminal, id, await wordOf(terminal, id, type, body, options.list), options);
}

/** A command, with the version of the list that is meant. */
async function wordOf(
  terminal: Terminal,
  id: string,
  type: string,
  body: string | undefined,
  list: string | undefined,
): Promise<object> {
  const command = await commandOf(type, body);
  return { ...(list !== undefined && (await listAt(terminal, id, type, list))), ...command };
}

async function relayToGroup(
  terminal: Terminal,
  id: string,
  type: string,
  body: string | undefined,
  options: SourceOptions & { list?: string; key?: string },
): Promise<void> {
  const word = await wordOf(terminal, id, type, body, options.list);
  const relayed = await relayIn(options);
  await sayTo(terminal, id, { type: 'relayWord', ...relayed, word }, options);
  terminal.say(
    `Another mediator confirms it: homeward group send ${id} confirmRelay '{"relay":"${relayed.relay}"}'`,
  );
}

async function sayTo(
  terminal: Terminal,
  id: string,
  command: object,
  { key }: { readonly key?: string },
): Promise<void> {
  const client = await terminal.client();
  const answer: Answered<Sent> = await client.write('POST', `${pathOf(id)}/commands`, command, {
    key: keyFrom({ ...(key !== undefined && { key }) }),
  });
  const { outcome, group, state, departure, saidOf } = answer.body;
  terminal.show(answer.body, () => [
    `${outcome === 'repeated' ? 'Recorded before' : pc.green('Recorded')}: ${group} is ${state}.`,
    ...(saidOf ? [`Said of ${saidOf.join(', ') || 'none of yours'}.`] : []),
    ...(departure && !saidOf
      ? [`Set out: ${departure.departed.join(', ') || 'nobody of yours'}`, ...leftLines(departure.left)]
      : []),
  ]);
}

/** What is confirmed is what was read: another version than the one meant is no ground to say yes. */
async function listAt(
  terminal: Terminal,
  id: string,
  type: string,
  version: string,
): Promise<{ version: number; hash?: string }> {
  const { list } = await getGroup(terminal, id);
  if (String(list.version) !== version)
    throw new CliError('refused', `The list is at version ${list.version} now.`, `homeward group show ${id}`);
  // To freeze it is enough to name it: what it holds is what is then confirmed.
  return { version: list.version, ...(type !== 'freezeList' && { hash: list.hash }) };
}

interface OnTheWay {
  readonly case: string;
  readonly stage: string;
  readonly careWith?: string;
  readonly primary?: { readonly kind: string; readonly due: string };
  readonly overdue: boolean;
  readonly onHold: boolean;
}
async function watchRoad(terminal: Terminal, { every, once }: { every: string; once?: true }): Promise<void> {
  const pause = Number(every) * 1000;
  if (!(pause >= 200)) throw new CliError('usage', '--every takes seconds, at least 0.2.');
  const client = await terminal.client();
  for (;;) {
    const pages = await Promise.all(
      ['transit', 'handover'].map((stage) =>
        client.get<{ items: readonly OnTheWay[] }>('/v1/cases', { stage, limit: '200' }),
      ),
    );
    const items = pages.flatMap((page) => page.items);
    terminal.show(items, () => [
      pc.dim(`${shortTime(new Date().toISOString())}  ${items.length} on the way`),
      ...tableLines(
        items.map(({ case: id, stage, careWith, primary, overdue, onHold }) => [
          pc.bold(id),
          stage,
          careWith ?? '',
          primary ? (overdue ? pc.red : String)(`${primary.kind} by ${shortTime(primary.due)}`) : '',
          onHold ? pc.red('held') : '',
        ]),
      ),
    ]);
    if (once) return;
    await sleep(pause);
  }
}
