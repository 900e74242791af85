/** After all tests: stops what they asked for and removes its data. */
import type { Broker } from './stack-broker';

export default async function tearDown(): Promise<void> {
  await (globalThis as { testBroker?: Broker }).testBroker?.stop();
}
