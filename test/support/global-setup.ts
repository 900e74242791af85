/**
 * Before all tests: opens the desk at which they ask for servers, and starts none itself. Only the Temporal
 * CLI is got beforehand, because building it takes minutes that no test should wait for.
 */
import { terminalProgress } from '../../src/stack/process/progress';
import { findTemporalCli } from '../../src/stack/temporal/cli';
import { brokerVariable } from './ask-broker';
import { startBroker, testCacheFolder, type Broker } from './stack-broker';

export default async function setUp(): Promise<void> {
  const task = terminalProgress(process.stderr).task('Temporal CLI for the tests');
  try {
    await findTemporalCli({ task, ...testCacheFolder() });
  } catch (error) {
    // The tests without it still count; those with it will say the same.
    process.stderr.write(`${(error as Error).message}\n`);
  } finally {
    task.drop();
  }
  const broker = await startBroker();
  process.env[brokerVariable] = broker.url;
  (globalThis as { testBroker?: Broker }).testBroker = broker;
}
