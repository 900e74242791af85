/** From which origin a browser says that a request comes. Programs say nothing. */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * `own`: from a page of ours, as the browser itself has found (Fetch Metadata, W3C). A browser that does not tell says at
 * least the Origin of what it sends; `null` is what it says where it must not.
 */
export function askedFrom(headers: IncomingHttpHeaders, publicUrl: string): 'own' | 'elsewhere' | 'unknown' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'own' : 'elsewhere';
  const { origin } = headers;
  if (origin === undefined || origin === 'null') return 'unknown';
  return origin === new URL(publicUrl).origin ? 'own' : 'elsewhere';
}
