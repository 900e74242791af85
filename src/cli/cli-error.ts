/** How a command of the CLI ends: one table of exit codes, so that scripts can tell the endings apart. */
export const exitCodes = {
  done: 0,
  /** The API understood and refused; the problem's code says why. */
  refused: 1,
  /** Wrong options, a file that can't be read, a body that is no JSON. */
  usage: 2,
  notSignedIn: 3,
  /** No answer, or 503: repeat it. */
  unreachable: 4,
  /** Kept, not yet taken: ask again with `homeward status`. */
  pending: 5,
  /** A fault of ours. */
  unexpected: 70,
} as const;
export type Ending = keyof typeof exitCodes;

export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly ending: Exclude<Ending, 'done'>,
    message: string,
    /** What the reader does about it. */
    readonly hint?: string,
    /** As the API answered; printed with `--json`. */
    readonly problem?: object,
  ) {
    super(message);
  }
}
