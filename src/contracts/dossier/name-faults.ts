/** What a written form of a name can't be, beyond its own letters; for the dossier and for its checks. */
import type { WrittenName } from './dossier';

/** Typed because a form wanted something. They make strangers alike and hide that a name is not known. */
const fillers =
  /^(?:нн|nn|n\/a|н\/д|б\/?і|б\/?н|x{2,}|х{2,}|unknown|no ?name|not known|невідом[аоий]{1,2}|неизвестн[аоый]{1,2}|без (?:прізвища|фамилии|имени|імені)|відсутн[єія]|отсутствует|غير معروف|مجهول)$/iu;

/** Whether this is no name but stands for one that is missing. */
export const isFiller = (text: string): boolean =>
  fillers.test(text.replace(/[.\s]+/gu, (gap) => (gap.includes('.') ? '' : ' ')).trim());

/** Bytes of one alphabet read as another's: `РЎРѕР»РѕРјС–СЏ` for Соломія. */
const every = Array.from({ length: 256 }, (_, byte) => byte);
const windows1251 = Array.from(new TextDecoder('windows-1251').decode(Uint8Array.from(every)));
/** From 0x80 on; dots where there is none. Node reads windows-1252 as ISO 8859-1, in which these are controls. */
const windows1252 = Array.from('€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ');
const latin1 = every.map((byte) => String.fromCharCode(byte));
const bytesOf = (letters: readonly string[], from = 0): [string, number][] =>
  letters.map((letter, at) => [letter, at + from]);
const wrongly = [
  new Map(bytesOf(windows1251)),
  new Map([...bytesOf(windows1252, 0x80).filter(([letter]) => letter !== '.'), ...bytesOf(latin1)]),
];
/** By chance a name of two letters may read as one other. */
const minLetters = 3;

/** Whether the text is UTF-8 that was read as another encoding. */
export const isGarbled = (text: string): boolean =>
  wrongly.some((byteOf) => {
    const bytes = Array.from(text, (letter) => byteOf.get(letter));
    if (bytes.includes(undefined)) return false;
    try {
      const read = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[]));
      const gained = Array.from(read).filter((letter) => letter > '\u007F');
      return gained.length >= minLetters && gained.every((letter) => /[\p{L}\p{M}’ʼ]/u.test(letter));
    } catch {
      return false;
    }
  });

/** Forms that count: those recorded in error are kept to be seen, and are neither searched nor checked. */
export const standingNames = <Name extends Pick<WrittenName, 'recordedInError'>>(
  names: readonly Name[],
): Name[] => names.filter(({ recordedInError }) => recordedInError === undefined);
