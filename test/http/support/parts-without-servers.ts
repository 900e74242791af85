/** Enough to put the application together for what needs neither record nor process. */
import pino from 'pino';
import type { ApiParts } from '../../../src/http/api-parts';
import { httpMetrics } from '../../../src/http/middleware/metrics';
import { defaultRateLimits } from '../../../src/http/middleware/rate-limit';

export const partsWithoutServers = (): ApiParts =>
  ({
    publicUrl: 'http://127.0.0.1:1',
    issuer: { url: 'http://127.0.0.1:1/oidc', audience: 'urn:homeward:api' },
    localIssuer: { router: (_request: unknown, _response: unknown, next: () => void) => next() },
    log: pino({ level: 'silent' }),
    metrics: httpMetrics({ count: () => undefined, time: () => undefined }),
    rateLimits: defaultRateLimits,
  }) as unknown as ApiParts;
