/** The one real Temporal dev server of this run; each suite works on a task queue of its own. */
import { randomBytes } from 'node:crypto';
import { askBroker } from './ask-broker';

export interface TestTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string;
}

export function testTemporal(): Promise<TestTemporal> {
  return askBroker('temporal');
}

/** Readable in the UI, and never shared between suites. */
export function uniqueTaskQueue(suite: string): string {
  return `test-${suite}-${randomBytes(4).toString('hex')}`;
}
