/**
 * Before all tests: opens the desk at which they ask for servers, and starts none itself. Only the Temporal
 * CLI is got beforehand, because building it takes minutes that no test should wait for.
 */
import { brokerVariable } from './ask-broker';
import { startBroker, type Broker } from './stack-broker';
import { getTemporalCli } from './temporal-cli';

export default async function setUp(): Promise<void> {
  try {
    await getTemporalCli();
  } catch (error) {
    // The tests without it still count; those with it will say the same.
    process.stderr.write(`${(error as Error).message}\n`);
  }
  const broker = await startBroker();
  process.env[brokerVariable] = broker.url;
  (globalThis as { testBroker?: Broker }).testBroker = broker;
}
