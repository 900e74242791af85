/**
 * A case reference as people say and type it. Its alphabet was made to forgive (Crockford's base 32): O is read as 0,
 * I and L as 1, small letters as capitals; hyphens and spaces of any kind are only there for the eye.
 */
const symbols = /^[0-9A-HJKMNP-TV-Z]{8}$/;
/** How far a reference that somebody still types may be read. */
const beginning = /^[0-9A-HJKMNP-TV-Z]{1,8}$/;

/** As it is kept, `07JD-6QZ4`; undefined for what is no reference. */
export function findReference(text: string): string | undefined {
  const bare = bareOf(text);
  return symbols.test(bare) ? hyphenated(bare) : undefined;
}

/** A group's reference, `G-07JD-6QZ4`; undefined for what is none. */
export function findGroupReference(text: string): string | undefined {
  const found = /^\s*[GgГг]\s*[\p{Pd}\u2212_.\s]?(.+)$/u.exec(text.normalize('NFKC'));
  const reference = found?.[1] === undefined ? undefined : findReference(found[1]);
  return reference === undefined ? undefined : `G-${reference}`;
}

/** The beginning of a reference as far as it was typed, for a search. */
export function findReferenceStart(text: string): string | undefined {
  const bare = bareOf(text);
  return beginning.test(bare) ? hyphenated(bare) : undefined;
}

const bareOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212_.]/gu, '')
    // Read out by somebody, typed on whichever keyboard.
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[OО]/g, '0')
    .replace(/[ILІ]/g, '1')
    .replace(/[АВЕКМНРСТХУ]/g, (letter) => 'ABEKMHPCTXY'.charAt('АВЕКМНРСТХУ'.indexOf(letter)));

const hyphenated = (bare: string): string =>
  bare.length > 4 ? `${bare.slice(0, 4)}-${bare.slice(4)}` : bare;
