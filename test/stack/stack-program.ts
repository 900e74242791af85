/**
 * The stack in a process of its own, for tests that kill it. Settings come as JSON in the first
 * argument; one line of JSON says that it is ready, or which fault refused it.
 */
import { silentProgress } from '../../src/stack/process/progress';
import { onShutdown } from '../../src/stack/process/shutdown';
import { startStack, type Stack, type StackSettings } from '../../src/stack/stack';
import { StackError } from '../../src/stack/stack-error';

const settings = JSON.parse(process.argv[2] ?? '{}') as StackSettings;
let stack: Stack | undefined;
onShutdown(async () => stack?.stop());

startStack(settings, silentProgress)
  .then((started) => {
    stack = started;
    stack.announce('http://127.0.0.1:9');
    const { databaseUrl, temporal } = stack;
    console.log(JSON.stringify({ databaseUrl, temporal, pids: stack.pids() }));
  })
  .catch((error: unknown) => {
    if (!(error instanceof StackError)) throw error;
    console.log(JSON.stringify({ fault: error.fault, problem: error.problem, remedy: error.remedy }));
    process.exit(error.exitCode);
  });
