/** Minutes are enough for people; `--json` has the rest. Always UTC, and says so: readers are in several zones. */
export const shortTime = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;
