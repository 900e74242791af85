/**
 * `npm start`: the whole of Homeward in one process, on an embedded stack as far as nothing is given
 * from outside. Joins the parts and does nothing else.
 *
 * Order up: stack, schema, worker, API. Order down: API, worker (drained), stack.
 */
import pc from 'picocolors';
import { parseConfig, type Config } from './config';
import { terminalProgress, type Progress } from './stack/progress';
import { onShutdown } from './stack/shutdown';
import { startStack, type Stack } from './stack/stack';
import { StackError } from './stack/stack-error';

/** What every part that runs promises: `stop` resolves when it has finished what it had begun. */
interface Running {
  stop(): Promise<void>;
}

async function main(): Promise<void> {
  const progress = terminalProgress();
  const config = parseConfig(process.env);
  for (const warning of config.warnings) progress.say(`  ! ${warning}`);
  const running: Running[] = [];
  onShutdown(async (reason) => {
    progress.say(`\nStopping (${reason}); a second Ctrl-C forces it.`);
    // Last in, first out: the API takes nothing new, the worker drains, the servers stop at the end.
    for (const part of running.splice(0).reverse()) await part.stop();
    progress.say('Stopped. The next start goes on where this one was.');
  });

  progress.say(pc.bold('Homeward is starting'));
  const stack = await startStack(stackSettings(config), progress);
  running.push(stack);
  // SEAM migrate: await migrateToLatest({ connectionString: stack.databaseUrl })
  // SEAM worker:  running.push(await startWorker(config, stack))
  // SEAM api:     running.push(await startApi(config, stack))
  stack.announce(config.api.publicUrl);
  printAddresses(progress, config, stack);
}

function stackSettings(config: Config) {
  return {
    dataFolder: config.dataFolder,
    ...(config.cacheFolder === undefined ? {} : { cacheFolder: config.cacheFolder }),
    postgres: config.database,
    temporal: config.temporal,
    mail: config.mail.smtp,
  };
}

function printAddresses(progress: Progress, config: Config, stack: Stack): void {
  const lines: [string, string | undefined][] = [
    ['API', config.api.publicUrl],
    ['API docs', `${config.api.publicUrl}/docs`],
    ['Temporal UI', stack.temporal.uiUrl],
    ['Mails', stack.mailFolder],
    ['Data', stack.folder.path],
  ];
  progress.say('');
  for (const [name, where] of lines)
    if (where !== undefined) progress.say(`  ${name.padEnd(12)} ${pc.cyan(where)}`);
  // SEAM sign-in links of the example officials.
  progress.say(`\n${pc.green('Ready.')} Ctrl-C stops it; everything is kept.`);
}

main().catch((error: unknown) => {
  if (error instanceof StackError) {
    process.stderr.write(`\n${pc.red(error.problem)}\n${error.remedy}\n`);
    process.exit(error.exitCode);
  }
  console.error(error);
  process.exit(70);
});
