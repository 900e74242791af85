/**
 * What must outlive the page on this device: commands not yet sent, and the little of the journey that is needed
 * without a connection. Encrypted by a key that cannot leave this browser, and gone at sign-out.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}
interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  kept: { key: string; value: Sealed };
}
const keyName = 'seal';

const database = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>('homeward', 1, {
    upgrade(db) {
      db.createObjectStore('keys');
      db.createObjectStore('kept');
    },
  });

async function sealKey(): Promise<CryptoKey> {
  const db = await database();
  const known = await db.get('keys', keyName);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await db.put('keys', made, keyName);
  return made;
}

export async function keep(name: string, value: unknown): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await sealKey(), text);
  await (await database()).put('kept', { iv, bytes }, name);
}
export async function find(name: string): Promise<unknown> {
  const sealed = await (await database()).get('kept', name);
  if (!sealed) return undefined;
  const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, await sealKey(), sealed.bytes);
  return JSON.parse(new TextDecoder().decode(open)) as unknown;
}
export async function forgetAll(): Promise<void> {
  const db = await database();
  await Promise.all([db.clear('kept'), db.clear('keys')]);
}
