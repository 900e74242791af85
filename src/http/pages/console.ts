/**
 * The browser console: the files that the build left in `dist/console`, and its one page under each of its addresses.
 * Known to anyone, so nothing of a case is in them; what a page shows it asks of `/v1`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import sirv from 'sirv';
import type { ApiParts } from '../api-parts';
import type { Limiters } from '../middleware/rate-limit';

/** Of the checkout; the compiled tree under `dist/` has the same shape. */
const root = join(__dirname, '../../..');
/** Where the build leaves the console: `dist/console`. */
const builtConsole = root.endsWith('dist') ? join(root, 'console') : join(root, 'dist/console');

/** Addresses that a reload, a mail or a bookmark may ask for; the console's own table of them is `paths.ts`. */
const consoleAddresses: readonly (string | RegExp)[] = [
  ...[
    '/',
    '/inbox',
    '/cases',
    '/groups',
    '/hosting',
    '/journeys',
    '/road',
    '/figures',
    '/ledger',
    '/you',
    '/session/done',
  ],
  /^\/(cases|groups|hosting|sites)\/./,
];
/** Their names change with their content. */
const hashedFiles = /^\/assets\/\w[\w.-]*$/;
/** Those with a name of their own: the icon, the sheet of the sign-in pages, the service worker. */
const namedFiles = /^\/[\w-]+\.(css|js|svg|webmanifest)$/;

const aYear = 'public, max-age=31536000, immutable';

/** What the pages ask of the browser: nothing from elsewhere, no script or style but our files, no power of the device. */
const consoleSecurity: readonly RequestHandler[] = [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        // Registering the service worker needs one policy.
        trustedTypes: ['homeward'],
      },
    },
    strictTransportSecurity: false,
  }),
  (_request, response, next) => {
    response.set('permissions-policy', permissionsPolicy);
    next();
  },
];

const permissionsPolicy = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer'],
  ...['microphone', 'midi', 'payment', 'usb'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');

export function createConsoleRouter(
  { consoleFolder: folder = builtConsole }: Pick<ApiParts, 'consoleFolder'>,
  limiters: Limiters,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  // Sources run by tests may have no build beside them; then these addresses are like any unknown one.
  if (!existsSync(folder)) return router;
  const files = sirv(folder, {
    // Looks at the disk each time: a build beside a running server takes the place of the files it began with.
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders: (response, path) => {
      response.setHeader('cache-control', hashedFiles.test(path) ? aYear : 'no-cache');
    },
  });
  const send: RequestHandler = (request, response, next) => {
    // Nothing here is large enough to be asked for in parts.
    delete request.headers.range;
    files(request, response, next);
  };
  const reads: RequestHandler = (request, _response, next) =>
    next(request.method === 'GET' || request.method === 'HEAD' ? undefined : 'router');
  const asksForPage: RequestHandler = (request, _response, next) =>
    next(request.accepts('html') ? undefined : 'router');

  router.use(reads);
  router.get([hashedFiles, namedFiles], limiters.anonymous.file, ...consoleSecurity, send);
  router.get(
    [...consoleAddresses],
    asksForPage,
    limiters.anonymous.page,
    ...consoleSecurity,
    (request, response, next) => {
      request.url = '/';
      send(request, response, next);
    },
  );
  return router;
}
