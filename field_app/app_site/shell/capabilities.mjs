// What this browser can and cannot do, found out before anybody enrols. Each finding: {key, state: good|warn|bad}.

const PROBE_MS = 5000;
const agent = navigator.userAgent;
export const isWeChat = /MicroMessenger/i.test(agent);
export const isApple = /iPhone|iPad|iPod/.test(agent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
const isBlink = navigator.vendor === 'Google Inc.' || agent.includes('Edg/');

let drawnBy = null;

// As Flutter's own loader decides: skwasm in Blink with WebGL, else CanvasKit.
export function renderer() {
  drawnBy ??= chooseRenderer();
  return drawnBy;
}

function chooseRenderer() {
  const canvas = document.createElement('canvas');
  const has3d = canvas.getContext('webgl2') || canvas.getContext('webgl');
  return isBlink && has3d ? 'skwasm' : 'canvaskit';
}

async function makesKeys() {
  try {
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    const data = new Uint8Array([1, 2, 3]);
    return await crypto.subtle.verify('Ed25519', pair.publicKey, await crypto.subtle.sign('Ed25519', pair.privateKey, data), data);
  } catch {
    return false;
  }
}

function keepsKeys() {
  return new Promise((answer) => {
    try {
      const asked = indexedDB.open('zhuqi-capability', 1);
      asked.onerror = () => answer(false);
      asked.onsuccess = () => { asked.result.close(); indexedDB.deleteDatabase('zhuqi-capability'); answer(true); };
    } catch {
      answer(false);
    }
  });
}

function hasOwnFiles() {
  return new Promise((answer) => {
    try {
      const probe = new Worker('/app/shell/probe.mjs', { type: 'module' });
      const end = (can) => { probe.terminate(); answer(can); };
      probe.onmessage = ({ data }) => end(data);
      probe.onerror = () => end(false);
      setTimeout(end, PROBE_MS, false);
    } catch {
      answer(false);
    }
  });
}

async function hasCamera() {
  try {
    return (await navigator.mediaDevices.enumerateDevices()).some((device) => device.kind === 'videoinput');
  } catch {
    return false;
  }
}

async function isPersisted() {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}

// Asks the browser not to clear what is kept; it answers by its own rules, or asks the person.
export async function askToPersist() {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}

// What may change from start to start; the rest was tried before this phone was enrolled.
export async function lookAgain() {
  return { facts: { persisted: await isPersisted(), standalone: isStandalone() }, findings: [], isUsable: true };
}

function isStandalone() {
  return matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;
}

export async function examine(renderersBuilt) {
  const isSecure = self.isSecureContext === true;
  const found = {
    secure: isSecure,
    worker: 'serviceWorker' in navigator && 'caches' in self,
    ed25519: isSecure && (await makesKeys()),
    keys: await keepsKeys(),
    opfs: await hasOwnFiles(),
    wasm: typeof WebAssembly === 'object' && 'locks' in navigator,
    persisted: await isPersisted(),
    standalone: isStandalone(),
    camera: await hasCamera(),
  };
  const needed = ['secure', 'worker', 'ed25519', 'keys', 'opfs', 'wasm'];
  const findings = isWeChat ? [{ key: 'wechat_no', state: 'bad' }] : [];
  for (const key of needed) findings.push(found[key] ? { key, state: 'good' } : { key: `${key}_no`, state: 'bad' });
  if (!renderersBuilt.includes(renderer())) findings.push({ key: 'engine_no', state: 'bad' });
  for (const key of ['persisted', 'standalone', 'camera']) {
    const other = key === 'standalone' && isApple ? 'standalone_ios_no' : `${key}_no`;
    findings.push(found[key] ? { key, state: 'good' } : { key: other, state: 'warn' });
  }
  return { findings, facts: { ...found, wechat: isWeChat }, isUsable: findings.every((one) => one.state !== 'bad') };
}
