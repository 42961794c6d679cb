// One worker at a time has the phone. The browser frees the lock when the worker ends, however it ends.

/** The function that gives the lock back; undefined where another has it for longer than `patience` milliseconds. */
export function claim(name, patience) {
  // Not `ifAvailable`: after a reload the worker of the page before may still be ending.
  const signal = AbortSignal.timeout(patience);
  return new Promise((resolve) => {
    navigator.locks.request(name, { signal }, () => new Promise((free) => resolve(free))).catch(() => resolve(undefined));
  });
}
