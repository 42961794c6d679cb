// What happens around the app, and what the browser promises.

/** Calls back when the network comes (again). */
export function listen(came) {
  self.addEventListener('online', () => came());
}

/** Whether the browser has promised to keep what this site stores; undefined where it cannot say. */
export async function isPersisted() {
  return navigator.storage?.persisted?.();
}
