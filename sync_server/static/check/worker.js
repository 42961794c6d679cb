// The service worker of the owners' pages: network first; without signal the page that checks by itself.
// It touches nothing but /v/, /l/, /e/, the offline page and the files it keeps.

const RELEASE = "@VERSION@";
const KEPT = ["@FILES@"];
const OFFLINE_PAGE = "/check/offline";
const FILES = `zhuqi-check-${RELEASE}`;
const SHEETS = "zhuqi-check-sheets";
const MOST_SHEETS = 8;
const TIMEOUT_MS = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(FILES);
      await cache.addAll(KEPT.map((path) => new Request(path, { cache: "reload", credentials: "omit" })));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("zhuqi-check-") && name !== FILES && name !== SHEETS) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (/^\/[vl]\//.test(url.pathname) || url.pathname === OFFLINE_PAGE) event.respondWith(pass(request));
    else if (url.pathname.startsWith("/e/")) event.respondWith(sheet(request));
  } else if (KEPT.includes(url.pathname)) event.respondWith(file(request, url.pathname));
});

async function pass(request) {
  try {
    return await fromNetwork(request);
  } catch {
    return offlinePage();
  }
}

async function sheet(request) {
  const cache = await caches.open(SHEETS);
  try {
    const reply = await fromNetwork(request);
    if (reply.ok) await remember(cache, request.url, reply.clone());
    return reply;
  } catch {
    return (await cache.match(request.url)) ?? (await offlinePage());
  }
}

async function remember(cache, address, reply) {
  await cache.delete(address);
  await cache.put(address, reply);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST_SHEETS))) await cache.delete(old);
}

async function file(request, path) {
  return (await (await caches.open(FILES)).match(path)) ?? fetch(request);
}

async function offlinePage() {
  return (await (await caches.open(FILES)).match(OFFLINE_PAGE)) ?? Response.error();
}

/** A gateway that answers for a server that is gone counts as no signal. */
async function fromNetwork(request) {
  const reply = await fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (reply.status >= 502 && reply.status <= 504) throw new Error("gateway");
  return reply;
}
