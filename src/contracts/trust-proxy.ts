/** Which proxies before the API are believed about a caller's address: how many there are, or their addresses. */
import { BlockList, isIP } from 'node:net';

export type TrustProxy = number | readonly string[];

/** `1`, or `10.0.0.5, 10.1.0.0/16`. Throws with a sentence for a person. */
export function parseTrustProxy(text: string): TrustProxy | undefined {
  const given = text.trim();
  if (given === '') return undefined;
  if (/^\d+$/.test(given)) return hopsOf(given);
  const addresses = given.split(',').map((part) => part.trim());
  for (const address of addresses)
    if (!isRange(address))
      throw new Error(
        `“${address}” is neither a number of proxies nor an address such as 10.0.0.5 or 10.1.0.0/16`,
      );
  return addresses;
}

/** Each counts one entry of X-Forwarded-For from its end: one too many, and a caller names their own address. */
function hopsOf(given: string): number {
  const hops = Number(given);
  if (hops < 1 || hops > 5)
    throw new Error('must be the number of proxies before the API, 1 to 5, or their addresses');
  return hops;
}

function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  if (bits === undefined) return true;
  if (!/^\d{1,3}$/.test(bits)) return false;
  // Everybody would be a proxy.
  if (Number(bits) === 0) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}
