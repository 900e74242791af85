/// <reference lib="webworker" />
/**
 * Makes the escort’s page open without a connection. It keeps this build’s own files and nothing else: what the API
 * answers is never cached.
 */
declare const self: ServiceWorkerGlobalScope;
const cacheName = 'homeward-shell';
const road = '/road';

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === road) event.respondWith(newestOrKept(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(keptOrNewest(request));
});

/** The newest page while there is a connection; the kept one without. */
async function newestOrKept(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(road, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(road);
    if (kept) return kept;
    throw error;
  }
}
/** Files of a build never change under their name. */
async function keptOrNewest(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
export {};
