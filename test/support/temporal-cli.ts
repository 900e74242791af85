/** Building the Temporal CLI takes minutes that nothing with a time limit of its own should wait for. */
import { terminalProgress } from '../../src/stack/process/progress';
import { findTemporalCli } from '../../src/stack/temporal/cli';
import { testCacheFolder } from './stack-broker';

/** Gets it where every test and program finds it. Throws, with what to do, where it can't be had. */
export async function getTemporalCli(): Promise<void> {
  const task = terminalProgress(process.stderr).task('Temporal CLI for the tests');
  try {
    await findTemporalCli({ task, ...testCacheFolder() });
  } finally {
    task.drop();
  }
}
