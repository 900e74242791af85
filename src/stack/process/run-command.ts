/** Runs a short command to its end and tells what came of it, without ever throwing. */
import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly timeoutMs: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Each whole line as it comes, for a sign of life. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  /** Undefined when it ended with code 0. */
  readonly problem?: string;
  /** The last of stdout and stderr together. */
  readonly output: string;
}

const keptOutput = 16_384;

export function run(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    // If we are told to end while it runs, it must not go on alone.
    const endWithUs = () => child.kill('SIGTERM');
    process.once('exit', endWithUs);
    const take = (chunk: Buffer) => {
      const text = chunk.toString();
      output = (output + text).slice(-keptOutput);
      if (options.onLine !== undefined)
        for (const line of text.split('\n')) if (line.trim()) options.onLine(line.trim());
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const finish = (problem?: string) => {
      clearTimeout(timer);
      process.removeListener('exit', endWithUs);
      resolve(problem === undefined ? { output } : { problem, output });
    };
    child.once('error', (error) => {
      finish(error.message);
    });
    child.once('close', (code, signal) => {
      if (code === 0) finish();
      else if (timedOut) finish(`took longer than ${options.timeoutMs / 1000} s`);
      else
        finish(
          lastLine(output) ?? (signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`),
        );
    });
  });
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim() || undefined;
}
