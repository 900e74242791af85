/** How a command of the CLI runs: with a terminal made of the options that hold for all. */
import type { Terminal } from './terminal';

export interface CommandContext {
  /** Wraps an action; its last two arguments are commander's own and are passed on in their order. */
  /* eslint-disable @typescript-eslint/no-explicit-any -- commander hands arguments over untyped */
  readonly run: (
    action: (terminal: Terminal, ...given: any[]) => Promise<void>,
  ) => (...given: any[]) => Promise<void>;
  /* eslint-enable @typescript-eslint/no-explicit-any */
}

export const exampleText = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ homeward ${line}`).join('\n')}\n`;
