/** What a browser keeps on the device for this site. */
import type { Page } from 'playwright-core';

export interface Kept {
  readonly local: Readonly<Record<string, string>>;
  readonly session: Readonly<Record<string, string>>;
  /** Addresses of what its caches hold. */
  readonly caches: readonly string[];
  /** Names of what its databases hold. */
  readonly stores: readonly string[];
  /** All of it as text, bytes as the letters they would be, what is cached with its content. */
  readonly readable: string;
}

const look = `(async () => {
  const asText = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer ?? value);
      return new TextDecoder().decode(bytes) + ' ' + new TextDecoder('utf-16le').decode(bytes);
    }
    if (value instanceof Blob) return '[blob]';
    if (value && typeof value === 'object') return Object.entries(value).map(([key, each]) => key + ' ' + asText(each)).join(' ');
    return String(value);
  };
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const local = { ...localStorage }, session = { ...sessionStorage };
  const cached = [], stores = [];
  let readable = JSON.stringify({ local, session });
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      cached.push(request.url);
      const answer = await cache.match(request);
      if (/html|json|text.plain/.test(answer.headers.get('content-type') ?? '')) readable += await answer.text();
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const from = db.transaction(store).objectStore(store);
      const keys = await done(from.getAllKeys());
      const values = await done(db.transaction(store).objectStore(store).getAll());
      keys.forEach((key) => stores.push(name + '/' + store + '/' + key));
      readable += keys.join(' ') + values.map(asText).join(' ');
    }
    db.close();
  }
  return { local, session, caches: cached, stores, readable };
})()`;

export const kept = (page: Page): Promise<Kept> => page.evaluate<Kept>(look);
