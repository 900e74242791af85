/** Numbers that somebody gives on a command line. */
export function countedFrom(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    console.error(`--${name} must be a whole number from 1`);
    process.exit(64);
  }
  return number;
}
