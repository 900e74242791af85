/** The workflows' code for workers in tests: the very bundle that production runs. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowBundle } from '@temporalio/worker';
import { bundleOptions, bundlePath } from '../../src/temporal/bundle-options';
import { askBroker } from './ask-broker';
import type { BrokerAnswers } from './ask-broker';

const checkout = join(__dirname, '../..');

export const workflowBundle = (): Promise<BrokerAnswers['bundle']> => askBroker('bundle');

/** Of another release, say. Takes seconds. */
export async function bundleFrom(workflowsPath: string): Promise<WorkflowBundle> {
  // Heavy, and seldom needed by the process that answers for the servers.
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  return bundleWorkflowCode({ ...bundleOptions, workflowsPath, logger: silentBundler });
}
const silent = (): void => undefined;
const silentBundler = {
  log: silent,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
};

/** What `npm test` has just built; where sources changed since, as in a run without it, bundled from these. */
export async function builtBundle(folder: string): Promise<BrokerAnswers['bundle']> {
  if (isBuilt()) return { codePath: bundlePath };
  const codePath = join(folder, 'workflow-bundle.js');
  writeFileSync(codePath, (await bundleFrom(bundleOptions.workflowsPath)).code);
  return { codePath };
}

/** The build notes time and size of every source it was made of. */
function isBuilt(): boolean {
  const stamp = join(checkout, 'dist/.server.json');
  if (!existsSync(stamp) || !existsSync(bundlePath)) return false;
  const sources = JSON.parse(readFileSync(stamp, 'utf8')) as Record<string, string>;
  return Object.entries(sources).every(([file, built]) => {
    const found = statSync(join(checkout, file), { throwIfNoEntry: false });
    return found !== undefined && `${found.mtimeMs}/${found.size}` === built;
  });
}
