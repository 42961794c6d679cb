// Until Python has shown the first screen, Flet's client turns a wheel behind our own page, sixty times a second and seen
// by nobody, at the cost of the core that Python and its compiler need. So its frames come four a second meanwhile.
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
