/**
 * How workflow code is bundled, for the build, for tests and for workers from source alike: a worker must run the
 * same code whichever way it came by it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleOptions, WorkerOptions } from '@temporalio/worker';

/** Of the checkout; the compiled tree under `dist/` has the same shape. */
const root = join(__dirname, '../..');

/**
 * All workflows of a worker share one frozen copy of our code; each cached case would otherwise hold its own, some
 * hundred kilobytes. Safe because no module of ours keeps state of a workflow: what a case knows is in its
 * `Journey`.
 */
export const bundleOptions: BundleOptions = {
  workflowsPath: require.resolve('../../workflows'),
  preloadModules: [require.resolve('../../workflows')],
};

/** Also in the bundle when traces are on, and only then: every cached case pays for what stands there. */
export const traceModules: readonly string[] = [require.resolve('../../workflows/trace-headers')];

/** Where the build leaves the bundle: `dist/workflow-bundle.js`. */
export const bundlePath = root.endsWith('dist')
  ? join(root, 'workflow-bundle.js')
  : join(root, 'dist/workflow-bundle.js');

/** Instead of `bundleOptions` where somebody looks for a fault in workflow code. */
const withStackTraces: BundleOptions = {
  workflowsPath: require.resolve('../../workflows/with-stack-traces'),
  preloadModules: [require.resolve('../../workflows/with-stack-traces')],
};

export interface CodeWanted {
  readonly isTraced?: boolean;
  readonly hasStackTraces?: boolean;
}

/**
 * The prebuilt bundle for compiled code, the source otherwise: beside sources a bundle left over from an
 * earlier build would be other code than the one people are looking at. With traces or stack traces on the code is
 * bundled at the start, some seconds long: the prebuilt one does not carry them.
 */
export function workflowCode({ isTraced = false, hasStackTraces = false }: CodeWanted = {}): Pick<
  WorkerOptions,
  'workflowBundle' | 'workflowsPath' | 'bundlerOptions'
> {
  const isBuilt = root.endsWith('dist') && existsSync(bundlePath);
  if (isBuilt && !isTraced && !hasStackTraces) return { workflowBundle: { codePath: bundlePath } };
  const { workflowsPath, ...bundlerOptions } = hasStackTraces ? withStackTraces : bundleOptions;
  return { workflowsPath, bundlerOptions };
}
