/** Lets the road open without a connection. The policy header allows this one policy and this one address. */
import { paths } from '../paths';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}
const address = '/sw.js';
/** As in `sw.ts`, which is one file and imports nothing. */
const shellCache = 'homeward-shell';

export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const trusted = (policy ??= trustedTypes?.createPolicy('homeward', { createScriptURL: () => address }));
  void navigator.serviceWorker.register(trusted?.createScriptURL(address) ?? address, { scope: '/' });
  void navigator.serviceWorker.ready.then(keepShown);
}
/** The worker comes too late for what its first page was made of; a connection may be gone before there is a second. */
async function keepShown(): Promise<void> {
  const shown = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.startsWith('/assets/'));
  const cache = await caches.open(shellCache);
  for (const path of [paths.road, ...shown])
    // What can't be got now is kept by the worker when it is.
    if (!(await cache.match(path))) await cache.add(path).catch(() => undefined);
}
/** A policy of one name can be made once. */
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;
