// Checks that were made without signal go to the county when there is some.

import { addWaiting, countWaiting, dropWaiting, waiting } from "./store.js";

const AT_ONCE = 10;

export async function keepForLater(check) {
  await addWaiting(check);
  return countWaiting();
}

/** Send what waits, the oldest first; what is not answered stays. Returns how many still wait. */
export async function sendWaiting() {
  for (;;) {
    const some = await waiting(AT_ONCE);
    if (!some.length) return 0;
    const body = JSON.stringify(some.map(([, check]) => check));
    const reply = await fetch("/check/later", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      body,
    });
    // what the county cannot read would be refused for ever
    if (!reply.ok && reply.status !== 400) return countWaiting();
    for (const [key] of some) await dropWaiting(key);
  }
}
