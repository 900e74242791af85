/** Text that only this session can read: AES-GCM under the key that stands in the session’s answer alone. */
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
/** Letter by letter: a whole file has more than a call may have arguments. */
const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const keyOf = (draftKey: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', fromBase64(draftKey), 'AES-GCM', false, ['encrypt', 'decrypt']);

export async function seal(draftKey: string, value: unknown): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(draftKey), text);
  return toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

/** Undefined where it was sealed under another session, or is not what `seal` made. */
export async function open(draftKey: string, sealed: string): Promise<unknown> {
  try {
    const bytes = fromBase64(sealed);
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.subarray(0, 12) },
      await keyOf(draftKey),
      bytes.subarray(12),
    );
    return JSON.parse(new TextDecoder().decode(text)) as unknown;
  } catch {
    return undefined;
  }
}
