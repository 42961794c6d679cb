// On every page of the owners: keep what a check without signal needs, and hand the check over when there is none.
// All of it is extra: without a script, and inside WeChat, the pages do the same by themselves when there is signal.

import { canVerify } from "./ed25519.js";
import { sendWaiting } from "./later.js";
import { sayWhenSeen } from "./seen.js";
import { keep } from "./store.js";
import { refreshTrust, RootChanged } from "./trust.js";

const TIMEOUT_MS = 4000;

async function prepare() {
  const hasWorker = "serviceWorker" in navigator && "indexedDB" in globalThis && globalThis.isSecureContext;
  if (!hasWorker || !(await canVerify())) return show("[data-no-worker]");
  await navigator.serviceWorker.register("/check-worker.js");
  const { sheet, name } = document.querySelector("form[data-check]")?.dataset ?? {};
  if (sheet) await keep("sheet", { uscc: sheet, name, at: Date.now() });
  await keep("language", document.documentElement.lang.startsWith("en") ? "en" : "zh");
  await refreshTrust(Date.now());
  await sendWaiting();
  await navigator.serviceWorker.ready;
  if (sheet) await keepSheet();
  show("[data-offline-ready]");
}

/** The first visit came before the worker that keeps later ones. */
async function keepSheet() {
  const address = location.origin + location.pathname;
  const cache = await caches.open("zhuqi-check-sheets");
  if (!/^\/e\/[^/]+$/.test(location.pathname) || (await cache.match(address))) return;
  const reply = await fetch(address, { cache: "no-store" });
  if (reply.ok) await cache.put(address, reply);
}

function show(selector) {
  for (const element of document.querySelectorAll(selector)) element.hidden = false;
}

/** Whether the county answers; asked before a form is sent, since the browser would lose what was typed. */
async function isOnline() {
  try {
    const reply = await fetch("/check/trust.json", { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return reply.ok;
  } catch {
    return false;
  }
}

function handOver(form) {
  form.addEventListener("submit", async (event) => {
    if (!navigator.serviceWorker?.controller) return;
    event.preventDefault();
    if (await isOnline()) return form.submit();
    const given = new FormData(form).get("given");
    sessionStorage.setItem("zhuqi-given", JSON.stringify({ given, sheet: form.dataset.sheet }));
    location.assign("/check/offline");
  });
}

const form = document.querySelector("form[data-check]");
if (form) handOver(form);
sayWhenSeen();
if (document.querySelector("[data-offline-page]")) {
  const { runOffline } = await import("./offline.js");
  await runOffline();
} else {
  globalThis.addEventListener("online", () => sendWaiting().catch(() => {}));
  prepare().catch((error) => error instanceof RootChanged && show("[data-root-changed]"));
}
