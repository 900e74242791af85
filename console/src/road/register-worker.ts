/** Lets the road open without a connection. The policy header allows this one policy and this one address. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}
const address = '/sw.js';

export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const trusted = (policy ??= trustedTypes?.createPolicy('homeward', { createScriptURL: () => address }));
  void navigator.serviceWorker.register(trusted?.createScriptURL(address) ?? address, { scope: '/' });
}
/** A policy of one name can be made once. */
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;
