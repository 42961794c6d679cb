'use strict';
// Keeps every file of the app on the phone, each checked by its SHA-256, and answers from there with or without network.
// A newer build is fetched beside the one in use and only takes its place when the page says so (a person tapped):
// not even a new service worker that the browser starts by itself changes which build is shown.
const BUILD = '__BUILD__';
const FILES = __FILES__; // [path, name under files/, sha256, bytes, renderer or ""]
const ROOT = '/app/';
const PREFIX = 'zhuqi-app-';
const CACHE = PREFIX + BUILD;
const STATE = 'zhuqi-state';
const AT_ONCE = 4;
const RENDERER = new URL(self.location).searchParams.get('renderer') || 'skwasm';
const WANTED = FILES.filter((file) => file[4] === '' || file[4] === RENDERER);

const place = (name) => `${ROOT}files/${name}`;
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function tell(message) {
  for (const page of await self.clients.matchAll({ includeUncontrolled: true, type: 'window' })) page.postMessage(message);
}

async function readState(name) {
  const found = await (await caches.open(STATE)).match(ROOT + name);
  return found ? found.json() : null;
}

async function writeState(name, value) {
  await (await caches.open(STATE)).put(ROOT + name, new Response(JSON.stringify(value)));
}

async function isWhole(response, sha256) {
  return hex(await crypto.subtle.digest('SHA-256', await response.arrayBuffer())) === sha256;
}

// A file that another build, or a download that broke off, has brought already.
async function kept(url, sha256, caches_) {
  for (const cache of caches_) {
    const found = await cache.match(url);
    if (found && (await isWhole(found.clone(), sha256))) return found;
  }
  return null;
}

async function download(url, sha256, onBytes) {
  // Not by way of the HTTP cache: it would keep all of it a second time.
  const response = await fetch(url, { cache: 'no-store', credentials: 'omit' });
  if (!response.ok) throw new Error(`${url} ${response.status}`);
  const copy = response.clone();
  const parts = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    onBytes(part.value.byteLength);
  }
  const body = new Blob(parts);
  if (!(await isWhole(new Response(body), sha256))) throw new Error(`${url} is not what was built`);
  // A script imports its neighbours from where it was asked for, so its answer must not carry the address of its content.
  // WebAssembly keeps it: the browser keeps compiled code by address.
  return url.endsWith('.wasm') ? copy : new Response(body, { headers: response.headers });
}

async function install() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const cache = await caches.open(CACHE);
  const sources = [cache, ...(await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.open(name))))];
  const total = WANTED.reduce((sum, file) => sum + file[3], 0);
  let done = 0, fetched = 0, told = 0;
  const progress = (bytes) => {
    done += bytes;
    if (done - told > total / 100 || done >= total) { told = done; tell({ type: 'progress', done, total }); }
  };
  const waiting = WANTED.slice();
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const [, name, sha256, bytes] = file;
      const had = await kept(place(name), sha256, sources);
      if (had) progress(bytes);
      else fetched += bytes;
      await cache.put(place(name), had || (await download(place(name), sha256, progress)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await writeState(BUILD, Object.fromEntries(WANTED.map(([path, name]) => [path, name])));
  const used = await readState('current');
  if (used === null || !(await caches.has(PREFIX + used))) {
    await writeState('current', BUILD);
    await self.skipWaiting(); // there was nothing before: nobody is in the middle of anything
  }
  await tell({ type: 'installed', build: BUILD, fetched });
}

let inUse = null; // {cache, files} of the build that is shown

async function shown() {
  const build = (await readState('current')) || BUILD;
  const files = (await readState(build)) || {};
  return { cache: await caches.open(PREFIX + build), files, build };
}

async function answer(path, request) {
  inUse = inUse || shown();
  const { cache, files } = await inUse;
  const name = path.startsWith('files/') ? path.slice(6) : files[path];
  const found = name && (await cache.match(place(name)));
  return found || fetch(name && !path.startsWith('files/') ? place(name) : request);
}

async function forgetOthers() {
  const used = (await readState('current')) || BUILD;
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE && name !== PREFIX + used) await caches.delete(name);
  }
}

async function takeOver() {
  await writeState('current', BUILD);
  inUse = null;
  await forgetOthers();
  await self.skipWaiting();
}

self.addEventListener('install', (event) => event.waitUntil(install().catch(async (error) => {
  await tell({ type: 'failed', why: String(error.message || error) });
  throw error;
})));

self.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));

self.addEventListener('message', (event) => {
  const reply = (value) => event.ports[0] && event.ports[0].postMessage(value);
  if (event.data === 'status') {
    event.waitUntil(readState('current').then((used) => reply({ build: BUILD, used })));
  } else if (event.data === 'take over') {
    event.waitUntil(takeOver().then(() => reply({ build: BUILD, used: BUILD })));
  } else if (event.data === 'forget') {
    inUse = null; // another worker has changed what is shown
  }
});

// Background sync: what waits is sent while the app is closed. field_app/browser/js/outbox.mjs keeps it; the county takes
// a record once, however often it comes. Receipts are not looked at here: the app fetches them when it is opened.
function outbox(mode, work) {
  return new Promise((ok, no) => {
    const asked = indexedDB.open('zhuqi-outbox', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('waiting');
    asked.onerror = () => no(asked.error);
    asked.onsuccess = () => {
      const transaction = asked.result.transaction('waiting', mode);
      const found = work(transaction.objectStore('waiting'));
      transaction.oncomplete = () => { asked.result.close(); ok(found.result); };
      transaction.onabort = () => { asked.result.close(); no(transaction.error); };
    };
  });
}

async function sendWaiting() {
  const [key, records] = await Promise.all(['key', 'records'].map((name) => outbox('readonly', (store) => store.get(name))));
  if (!key || !records) return;
  const body = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: records.iv }, key, records.sealed);
  const headers = { 'Content-Type': 'application/cbor-seq' };
  const response = await fetch('/api/sync/records', { method: 'POST', headers, body, credentials: 'omit' });
  if (response.status >= 500) throw new Error(`records ${response.status}`); // the browser tries again
}

self.addEventListener('sync', (event) => { if (event.tag === 'zhuqi-records') event.waitUntil(sendWaiting()); });

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (!url.pathname.startsWith(ROOT) || url.pathname === `${ROOT}sw.js`) return;
  const path = event.request.mode === 'navigate' ? 'index.html' : decodeURIComponent(url.pathname.slice(ROOT.length));
  event.respondWith(answer(path, event.request));
});
