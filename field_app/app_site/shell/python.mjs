// The worker with the app's Python, and the three functions by which Flutter's side of Flet talks to it.
import { hurryFrames, spareFrames } from './frames.mjs';

let worker = null;
let toFlutter = () => {};

export function startPython(given, on) {
  worker = new Worker('/app/shell/worker.mjs', { type: 'module' });
  worker.onerror = (event) => on.failed(event.message || 'worker');
  worker.onmessage = ({ data }) => {
    if (data instanceof Uint8Array) { toFlutter(data); return; }
    performance.mark(`zhuqi ${data.step ?? data.zhuqi}`);
    if (data.zhuqi === 'shown') hurryFrames();
    if (on[data.zhuqi]) on[data.zhuqi](data.why ?? data.isOpen ?? data.step);
    if (data.zhuqi === 'connected') globalThis.zhuqiConnected();
  };
  worker.postMessage({ zhuqi: 'start', documentUrl: document.URL, ...given });
}

export function tellPython(topic) {
  if (worker) worker.postMessage({ zhuqi: 'event', topic });
}

const connected = new Promise((ok) => { globalThis.zhuqiConnected = ok; });

// Called by Flet's Dart code, which is told by these names only.
globalThis.jsConnect = async (_id, args, onMessage) => {
  toFlutter = onMessage;
  spareFrames();
  worker.postMessage({ zhuqi: 'connect', args });
  await connected;
};
globalThis.jsSend = async (_id, data) => worker.postMessage(data, [data.buffer]);
globalThis.jsDisconnect = async () => {};
