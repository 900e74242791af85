#!/usr/bin/env node
/** `homeward`: the command line over the API. Every command has `--json`; every ending has its exit code. */
import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { unknownSettings } from '../config-unknown';
import { StackError } from '../stack/stack-error';
import { CliError, exitCodes } from './cli-error';
import { exampleText } from './command-context';
import type { CommandContext } from './command-context';
import { addAbsenceCommands } from './commands/absence-commands';
import { addCalendarCommands } from './commands/calendar-commands';
import { addCaseCommands } from './commands/case-commands';
import { addCommandsCommand } from './commands/commands-command';
import { addDecisionCommands } from './commands/decision-commands';
import { addFiguresCommands } from './commands/figures-commands';
import { addInboxCommands } from './commands/inbox-commands';
import { addMechanismCommands } from './commands/mechanism-commands';
import { addNotifyCommands } from './commands/notify-commands';
import { addObligationCommands } from './commands/obligation-commands';
import { addOpsCommands } from './commands/ops-commands';
import { addSendCommands } from './commands/send-commands';
import { addSessionCommands } from './commands/session-commands';
import { addGroupCommands } from './commands/group-commands';
import { addSiteCommands } from './commands/site-commands';
import { addWaitingCommands } from './commands/waiting-commands';
import { addWebhookCommands } from './commands/webhook-commands';
import { createTerminal } from './terminal';
import type { GlobalOptions } from './terminal';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Ends with the exit code; 0 only if everything asked for was done. */
async function main(words: readonly string[]): Promise<number> {
  const program = new Command('homeward')
    .description('Mediated returns of children: the command line over the API.')
    .option('--api <url>', 'address of the API; HOMEWARD_PUBLIC_URL, or this machine, unless given')
    .option('--as <official>', 'act as this signed-in official instead of the last one')
    .option('--json', 'print what the API answered')
    .showHelpAfterError('(homeward help COMMAND shows how)')
    .exitOverride()
    .addHelpText(
      'after',
      `${exampleText('sign-in http://localhost:8080/sign-in/…', 'inbox', 'show 7Q2M-4ZK9', 'decide 7Q2M-4ZK9 approve --plan 1')}
Exit codes: 0 done, 1 refused, 2 wrong use, 3 not signed in, 4 unreachable (repeat it), 5 kept but not yet taken.
`,
    );
  const context: CommandContext = {
    run:
      (action) =>
      (...given) =>
        action(createTerminal(program.opts<GlobalOptions>(), print), ...given),
  };
  addSessionCommands(program, context);
  addCaseCommands(program, context);
  addInboxCommands(program, context);
  addObligationCommands(program, context);
  addWaitingCommands(program, context);
  addGroupCommands(program, context);
  addSiteCommands(program, context);
  addFiguresCommands(program, context);
  addDecisionCommands(program, context);
  addSendCommands(program, context);
  addAbsenceCommands(program, context);
  addCalendarCommands(program, context);
  addWebhookCommands(program, context);
  addOpsCommands(program, context);
  addNotifyCommands(program, context);
  addCommandsCommand(program, context);
  let ending: number = exitCodes.done;
  addMechanismCommands(program, context, print, (code) => {
    ending = code;
  });
  // To standard error: what a command prints may be read by a program.
  for (const warning of unknownSettings(process.env)) process.stderr.write(`${pc.yellow(warning)}\n`);
  try {
    await program.parseAsync(words, { from: 'user' });
    return ending;
  } catch (error) {
    return explain(error, program.opts<GlobalOptions>().json === true);
  }
}

function explain(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const complain = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  if (error instanceof CliError) {
    if (json && error.problem) complain(JSON.stringify(error.problem, null, 2));
    else complain(`${pc.red(error.message)}${error.hint === undefined ? '' : `\n${error.hint}`}`);
    return exitCodes[error.ending];
  }
  if (error instanceof StackError) {
    complain(`${pc.red(error.problem)}\n${error.remedy}`);
    return exitCodes.usage;
  }
  complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.unexpected;
}

// Whoever reads us may have seen enough (`homeward inbox | head`): that is an end, not a fault.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.unexpected);
  });
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
