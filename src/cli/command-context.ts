/** How a command of the CLI runs: with a terminal made of the options that hold for all. */
import type { Terminal } from './terminal';

export interface CommandContext {
  /** Wraps an action; its last two arguments are commander's own and are passed on in their order. */
  readonly run: <Given extends unknown[]>(
    action: (terminal: Terminal, ...given: Given) => Promise<void>,
  ) => (...given: Given) => Promise<void>;
}

export const exampleText = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ homeward ${line}`).join('\n')}\n`;
