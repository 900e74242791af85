/**
 * `npm run demo`: brings the eleven home and two invented ones where they belong, every official an HTTP client, and says
 * how it went in one last line. Exit code 0 only if each case is closed as its story is meant to end. What it did is left to look at.
 */
import { setMaxListeners } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { parseConfig } from '../config';
import { getExampleMechanism } from '../examples/example-files';
import type { Mechanism } from '../contracts/mechanism/mechanism';
import { readMechanism } from '../contracts/mechanism/file';
import { StackError } from '../stack/stack-error';
import { groupPictureOf } from './group-picture';
import { readGroupStory } from './group-story';
import { createOfficials } from './officials';
import type { Officials } from './officials';
import { findStackOn, isFast, startOwnStack } from './demo-stack';
import type { DemoStack, OwnStack } from './demo-stack';
import { mailPageOf, readMails } from './mail-page';
import { hasPartiesOfTheEleven, openNextRound } from './open-the-eleven';
import type { OpenedChild } from './open-the-eleven';
import { isHome, isInCare, isWell, playTheEleven, travellersOf } from './play-the-eleven';
import { whereTheyAre } from './where-they-are';
import type { PlayedChild } from './play-the-eleven';
import { awayLine, createProgressBoard } from './progress-board';
import type { ProgressBoard } from './progress-board';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** As a shell counts them. */
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const { picture } = readOptions();
let exitCode = 1;
let own: OwnStack | undefined;

function readOptions(): { readonly picture?: string } {
  try {
    return parseArgs({ options: { picture: { type: 'string' } } }).values;
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\nnpm run demo -- [--picture FILE.svg]\n`,
    );
    process.exit(2);
  }
}

async function main(): Promise<void> {
  const began = Date.now();
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // each of the eleven waits on it
  for (const [signal, code] of Object.entries(signals))
    process.on(signal, () => {
      exitCode = code;
      stopping.abort(new Error(`Stopped by ${signal}. Run it again, and it goes on.`));
    });

  say(pc.bold('Eleven children come home, and two more of whom nobody reported'));
  const { stack, mechanism, dataFolder } = await chooseStack(stopping.signal);
  void own?.died.then((words) => stopping.abort(new Error(`The demo’s stack ended by itself.\n${words}`)));
  const shown: { board?: ProgressBoard } = {};
  const officials = createOfficials(mechanism, {
    apiUrl: () => stack.apiUrl,
    issueSignInLink: stack.issueSignInLink,
    onAway: changesOf((reason) => (shown.board ? shown.board.away(reason) : say(awayLine(reason)))),
    signal: stopping.signal,
  });
  const { children, round } = await openNextRound(officials);
  say(`  ${children.length} cases, round ${round}, at ${stack.apiUrl}\n`);
  const board = createProgressBoard(children);
  shown.board = board;
  const played = await play(children, officials, board, stopping.signal);
  board.close();
  say(`\n${(await whereTheyAre(children, officials)).map((line) => `  ${line}`).join('\n')}`);
  await writeMailPage(dataFolder);
  await writePicture(children, officials);
  sayWhereToLook(stack, dataFolder);
  sayHowItWent(played, Date.now() - began);
  exitCode = played.every(isWell) ? 0 : 1;
}

/** Many officials notice at once that the API is away; it is told once. */
function changesOf(tell: (reason: string | undefined) => void): (reason: string | undefined) => void {
  let isAway = false;
  return (reason) => {
    if (isAway === (reason !== undefined)) return;
    isAway = reason !== undefined;
    tell(reason);
  };
}

async function play(
  children: readonly OpenedChild[],
  officials: Officials,
  board: ProgressBoard,
  signal: AbortSignal,
): Promise<PlayedChild[]> {
  const nameOf = new Map(children.map((child) => [child.case, child.name]));
  return playTheEleven(children, officials, {
    signal,
    onLook: (id, stage, step) => board.at(nameOf.get(id) ?? id, stage, step),
    onRefused: (id, step, refusal) =>
      board.say(pc.yellow(`  ${nameOf.get(id) ?? id}, ${step}: ${refusal.message}`)),
    onEnded: ({ name, ending }) => board.ended(name, ending),
    together: travellersOf(children),
    onGroup: (line) => board.say(line),
  });
}

async function chooseStack(
  signal: AbortSignal,
): Promise<{ stack: DemoStack; mechanism: Mechanism; dataFolder: string }> {
  const config = parseConfig(process.env);
  const running = await findStackOn(config.dataFolder);
  if (running) {
    const read = readMechanism(readFileSync(config.mechanismFile, 'utf8'));
    const mechanism = 'mechanism' in read ? read.mechanism : undefined;
    if (mechanism && isFast(mechanism) && hasPartiesOfTheEleven(mechanism)) {
      say(`  On the stack that runs at ${running.apiUrl}`);
      return { stack: running, mechanism, dataFolder: config.dataFolder };
    }
    say(`  At ${running.apiUrl} a return takes real days; the demo plays on a stack of its own.`);
  }
  const dataFolder = `${config.dataFolder}-demo`;
  const mechanism = getExampleMechanism('fast');
  const before = await findStackOn(dataFolder);
  if (before) {
    say(`  On the demo’s stack that still runs at ${before.apiUrl}`);
    return { stack: before, mechanism, dataFolder };
  }
  say(`  Starting a stack for it, with days as seconds, in ${relative(process.cwd(), dataFolder)}/`);
  own = await startOwnStack(dataFolder, say, signal);
  return { stack: own, mechanism, dataFolder };
}

/** In the fast mechanism a day is a second. Without a sink of the stack's own there is nothing to show. */
async function writeMailPage(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, 'mail');
  if (!existsSync(folder)) return;
  const page = join(dataFolder, 'mails.html');
  await writeFile(page, mailPageOf(await readMails(folder), { dayMs: 1_000 }), { mode: 0o600 });
  say(`\n  What each official was sent: ${relative(process.cwd(), page)}`);
}

/** Only where it is asked for: `--picture FILE`. */
async function writePicture(children: readonly OpenedChild[], officials: Officials): Promise<void> {
  if (picture === undefined) return;
  const together = travellersOf(children);
  const story = await readGroupStory(
    children.filter(({ case: id }) => together.has(id)),
    officials.first('mediator', ['lead']),
  );
  await writeFile(picture, groupPictureOf(story));
  say(`\n  How they travelled together: ${relative(process.cwd(), picture)}`);
}

function sayWhereToLook({ apiUrl }: DemoStack, dataFolder: string): void {
  const folder = relative(process.cwd(), dataFolder) || '.';
  if (own)
    say(
      `\n  All of it is kept in ${folder}/. To look at it, in the API and the Temporal UI:\n` +
        `  HOMEWARD_DATA=${folder} HOMEWARD_MECHANISM=examples/mechanisms/fast.yaml npm start`,
    );
  else say(`\n  To look at it: ${apiUrl}/docs, and the Temporal UI.`);
}

function sayHowItWent(played: readonly PlayedChild[], took: number): void {
  const home = played.filter(isHome).length;
  const inCare = played.filter(isInCare).length;
  for (const { name, case: id, ending } of played.filter((child) => !isWell(child)))
    say(pc.red(`  ${name} (${id}): ${'stuck' in ending ? ending.stuck : `closed as ${ending.outcome}`}`));
  const seconds = Math.round(took / 1000);
  const line = `${home} home, ${inCare} in care, ${played.length - home - inCare} open, ${seconds} s`;
  say(played.every(isWell) ? pc.green(line) : pc.red(line));
}

main()
  .catch((error: unknown) => {
    if (error instanceof StackError) {
      process.stderr.write(`\n${pc.red(error.problem)}\n${error.remedy}\n`);
      exitCode = error.exitCode;
    } else process.stderr.write(`\n${pc.red(error instanceof Error ? error.message : String(error))}\n`);
  })
  .finally(async () => {
    await own?.stop();
    process.exit(exitCode);
  });
