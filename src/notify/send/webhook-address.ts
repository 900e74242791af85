/**
 * Where a party's system may be: out on the internet, or in a range that the operator has allowed. A webhook's
 * address comes from a file that many may edit, and must not become a way into the networks around the worker.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Range {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}
export type Resolve = (host: string) => Promise<readonly string[]>;
export type Located =
  | { readonly address: string; readonly family: 4 | 6 }
  | { readonly refused: 'webhook-not-https' | 'webhook-private-address' }
  | { readonly unknown: 'webhook-unknown-host' };

/** `10.8.0.0/16, fd00:8::/32`; throws with the part that is no range. */
export function parseRanges(text: string): Range[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      if (!ipaddr.isValidCIDR(part)) throw new RangeError(`“${part}” is not a range such as 10.8.0.0/16`);
      const [address, bits] = ipaddr.parseCIDR(part);
      return { address, bits };
    });
}

/**
 * The one address to connect to. A host with several is refused for any forbidden one among them: which of them is
 * taken must not be a matter of luck.
 */
export async function locate(
  url: URL,
  allowed: readonly Range[],
  resolve: Resolve = resolveAll,
): Promise<Located> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let addresses: readonly string[];
  try {
    addresses = isIP(host) ? [host] : await resolve(host);
  } catch {
    addresses = [];
  }
  const parsed = addresses.filter((each) => ipaddr.isValid(each)).map((each) => ipaddr.process(each));
  const [first] = parsed;
  if (!first) return { unknown: 'webhook-unknown-host' };
  const isAllowed = parsed.every((address) => isWithin(address, allowed));
  if (!isAllowed && !parsed.every(isPublic)) return { refused: 'webhook-private-address' };
  // In the clear only where the operator says that nobody is on the way.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed))
    return { refused: 'webhook-not-https' };
  return { address: first.toString(), family: first.kind() === 'ipv4' ? 4 : 6 };
}

const resolveAll: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** What is neither private, local to the machine or link, shared by a carrier, nor set aside in any other way. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  // The oldest way to write an IPv4 address in IPv6, which the library takes for an ordinary one.
  const isCompatible = address.kind() === 'ipv6' && isWithin(address, oldMapped);
  return address.range() === 'unicast' && !isCompatible;
}

const oldMapped = parseRanges('::/96');

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, ranges: readonly Range[]): boolean =>
  ranges.some((range) => address.kind() === range.address.kind() && address.match(range.address, range.bits));
