/** What no screen shows, such as a soft hyphen; it comes along with pasted text, and the record would refuse it. */
const hidden = /(?![\n\u200C-\u200F\u061C])[\p{C}\u034F\u115F\u1160\u3164\uFFA0]/gu;

export const cleanText = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(hidden, '')
    .trim();

/** Numbers as an Arabic or Persian keyboard writes them, ٣١, are the same numbers. */
export const plainDigits = (text: string): string =>
  text.replaceAll(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
