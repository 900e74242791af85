/**
 * One request to a party's system: to the address that was checked and no other, no redirects, a deadline for the
 * whole of it, and not more of the answer than its status.
 */
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Delivery } from './delivery';
import { locate } from './webhook-address';
import type { Range, Resolve } from './webhook-address';

export interface WebhookClient {
  /** `headers` beside those every request has. */
  post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Delivery>;
}
export interface WebhookClientParts {
  /** Ranges that may be written to although they are not public: a party's VPN. */
  readonly allowed: readonly Range[];
  readonly deadlineMs?: number;
  readonly resolve?: Resolve;
  /** Authorities trusted beside the usual ones. */
  readonly ca?: string;
}

/** A receiver is to take a message, not to work on it. */
const usualDeadlineMs = 10_000;
/** A receiver may ask for a pause, but not for silence. */
const maxPauseMs = 6 * 3_600_000;

export const createWebhookClient = ({
  allowed,
  deadlineMs = usualDeadlineMs,
  resolve,
  ca,
}: WebhookClientParts): WebhookClient => ({
  async post(address, body, headers) {
    const url = new URL(address);
    const located = await locate(url, allowed, resolve);
    if ('refused' in located) return { delivery: 'refused', code: located.refused };
    if ('unknown' in located) return { delivery: 'unreachable', code: located.unknown };
    const pinned: LookupFunction = (_host, options, callback) => {
      if (options.all) callback(null, [located]);
      else callback(null, located.address, located.family);
    };
    const options: RequestOptions & { ca?: string } = {
      method: 'POST',
      lookup: pinned,
      // Never a connection that was made for another check.
      agent: false,
      signal: AbortSignal.timeout(deadlineMs),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'homeward',
        ...headers,
      },
      ...(ca === undefined ? {} : { ca }),
    };
    return new Promise((settle) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(url, options, (response) => {
        settle(deliveryOf(response));
        // The status says it all; the rest is not read.
        response.destroy();
      });
      request.on('error', (error) => {
        settle({ delivery: 'unreachable', code: codeOf(error) });
      });
      request.end(body);
    });
  },
});

function deliveryOf({ statusCode = 0, headers }: IncomingMessage): Delivery {
  const code = `webhook-${statusCode}`;
  if (statusCode >= 200 && statusCode < 300) return { delivery: 'accepted' };
  if (statusCode === 410) return { delivery: 'gone', code };
  // A redirect would lead past every check; whoever moved says so in the mechanism.
  if (statusCode >= 300 && statusCode < 400) return { delivery: 'refused', code };
  const pause = pauseOf(headers['retry-after']);
  // Whatever it says, somebody answers there: what our letter lacks is ours. Days of it are an address to mend.
  const fault = refusesUs.includes(statusCode) ? 'ours' : 'passing';
  return {
    delivery: 'deferred',
    code,
    fault,
    inTheEnd: 'address',
    ...(pause === undefined ? {} : { retryInMs: pause }),
  };
}

/** Our message or our signature is not what it expects. */
const refusesUs: readonly number[] = [400, 401, 403, 406, 411, 413, 415, 422];

/** Seconds or a date, as HTTP has it. */
function pauseOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, 0), maxPauseMs);
}

/** Node's own codes; a message may repeat an address. */
function codeOf(error: NodeJS.ErrnoException): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'webhook-timeout';
  return error.code !== undefined && /^[A-Z0-9_]{2,60}$/.test(error.code)
    ? error.code
    : 'webhook-unreachable';
}
