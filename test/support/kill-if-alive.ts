import { errnoOf } from '../../src/stack/stack-error';

/** The leash ends children of a dead parent, and may have been quicker than we are. */
export function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}
