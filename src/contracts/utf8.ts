/**
 * Text comes in as UTF-8 or not at all. A lenient decoder writes U+FFFD for what it can't read, and then the words of a
 * child are gone and nobody is told: so every place where bytes become text asks here.
 */

/** What a lenient decoder leaves of a letter it could not read; no keyboard writes it. */
export const replacement = '\uFFFD';
export const lostLetters =
  'holds U+FFFD: letters were lost before the text came here. Send the original text as UTF-8';

/** The text of the bytes, without a byte order mark; undefined for what is not UTF-8, or holds lost letters. */
export function findText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes(replacement) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** What to tell whoever gave a file that is not text: which mistake it most likely is, and what to do. */
export function whyNotText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return 'is UTF-16, not UTF-8: save it again as UTF-8';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return lostLetters;
  } catch {
    return 'is not UTF-8 text: save it again as UTF-8 (it may be windows-1251)';
  }
}

/** Whether the percent-encoded bytes of an address are text. Node itself refuses bytes that were not encoded. */
export const isTextIn = (address: string): boolean =>
  [...address.matchAll(/(?:%[0-9a-f]{2})+/gi)].every(
    ([run]) =>
      findText(Uint8Array.from(run.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))) !== undefined,
  );
