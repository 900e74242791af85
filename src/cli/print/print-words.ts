/** Names, and parts of a line that may be missing. */

export interface Name {
  readonly given?: string;
  readonly family?: string;
  readonly recordedInError?: object;
}

export const nameOf = ({ given, family, recordedInError }: Name): string =>
  joined(' ', given, family, recordedInError && '(recorded in error)');
export const joined = (by: string, ...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(by);
export const worded = (words: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${words} ${value}`;
