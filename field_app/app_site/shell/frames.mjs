// Until Python has something to show, Flet's client turns a wheel behind our own page, sixty times a second and seen by
// nobody: on a phone of two slow cores that is the core that Python's compiler needs. So its frames wait meanwhile.
const SPARED_MS = 250;
const real = globalThis.requestAnimationFrame.bind(globalThis);
let waiting = null;

function spared(callback) {
  const one = { callback, timer: setTimeout(() => { waiting?.delete(one); real(callback); }, SPARED_MS) };
  waiting.add(one);
  return one.timer;
}

export function spareFrames() {
  if (waiting) return;
  waiting = new Set();
  globalThis.requestAnimationFrame = spared;
}

export function hurryFrames() {
  if (!waiting) return;
  globalThis.requestAnimationFrame = real;
  for (const { callback, timer } of waiting) { clearTimeout(timer); real(callback); }
  waiting = null;
}
