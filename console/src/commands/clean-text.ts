/** What no screen shows, such as a soft hyphen; it comes along with pasted text, and the record would refuse it. */
const hidden = /(?![\n\u200C-\u200F\u061C])[\p{C}\u034F\u115F\u1160\u3164\uFFA0]/gu;

export const cleanText = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(hidden, '')
    .trim();
