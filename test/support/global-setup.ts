/** Before all tests: opens the desk at which they ask for servers. Starts none itself. */
import { brokerVariable, startBroker, type Broker } from './stack-broker';

export default async function setUp(): Promise<void> {
  const broker = await startBroker();
  process.env[brokerVariable] = broker.url;
  (globalThis as { testBroker?: Broker }).testBroker = broker;
}
