// The app's Python, in a worker of its own: loaded while Flutter still draws its first frame, connected when it has.
const ROOT = '/app/';
const LIBRARY = '/lib/zhuqi';
const PACKS = ['packages.pack', 'app.pack'];
const flet = {}; // Flet's bridge: the Python side puts start_connection and send into it
const listeners = new Set();
let ready = null;

const post = (type, more = {}) => self.postMessage({ zhuqi: type, ...more });

function shellFor({ build, version, facts, shift_seconds }) {
  return {
    build,
    version,
    facts,
    shift_seconds,
    visit_open: (isOpen) => post('visit', { isOpen: Boolean(isOpen) }),
    on: (listener) => { listeners.add(listener.copy ? listener.copy() : listener); },
    load: (name) => {
      if (!/^[A-Za-z0-9@_./-]+$/.test(name) || name.includes('..')) throw new Error(`no such script: ${name}`);
      return import(`${ROOT}js/${name}`);
    },
  };
}

async function bytesOf(path) {
  const response = await fetch(ROOT + path);
  if (!response.ok) throw new Error(`${path} ${response.status}`);
  return response.arrayBuffer();
}

// A pack stays one file that Python reads its modules from; only what is no module in it becomes a file of its own.
function layOut(FS, name, pack) {
  const length = new DataView(pack).getUint32(0, true);
  const { files } = JSON.parse(new TextDecoder().decode(new Uint8Array(pack, 4, length)));
  for (const [path, [at, size]] of Object.entries(files)) {
    FS.mkdirTree(`${LIBRARY}/${path}`.replace(/\/[^/]*$/, ''));
    FS.writeFile(`${LIBRARY}/${path}`, new Uint8Array(pack, 4 + length + at, size));
  }
  FS.writeFile(`${LIBRARY}/${name}`, new Uint8Array(pack), { canOwn: true });
}

async function start(given) {
  const packs = Promise.all(PACKS.map((name) => bytesOf(`python/${name}`)));
  packs.catch(() => {});
  // Both are asked for again where they are needed, and what is wrong with them is said there; here they come early.
  for (const early of ['pyodide/pyodide.asm.mjs', 'js/home.mjs']) import(ROOT + early).catch(() => {});
  const { loadPyodide } = await import(`${ROOT}pyodide/pyodide.mjs`);
  const python = await loadPyodide({
    indexURL: `${ROOT}pyodide/`,
    stdout: (text) => console.log(text),
    stderr: (text) => console.warn(text),
  });
  post('step', { step: 'python' });
  python.FS.mkdirTree(LIBRARY);
  (await packs).forEach((pack, n) => layOut(python.FS, PACKS[n], pack));
  python.registerJsModule('flet_js', flet);
  python.registerJsModule('zhuqi_shell', shellFor(given));
  flet.documentUrl = given.documentUrl;
  await python.runPythonAsync(`
import sys
sys.path.insert(0, "${LIBRARY}")
import zhuqi_packed
zhuqi_packed.install("${LIBRARY}", ${JSON.stringify(PACKS)})
import flet
import field_app.browser.main as entry
`);
  post('step', { step: 'app' });
  // What the first screen shows is read while Flutter still draws an empty one.
  await python.runPythonAsync('entry.prepare()');
  return python;
}

async function connect({ args }) {
  const python = await ready;
  flet.args = args;
  flet.receive_callback = (message) => {
    const bytes = message.toJs();
    self.postMessage(bytes, [bytes.buffer]);
  };
  flet.shown = () => post('shown');
  await python.runPythonAsync(`
import asyncio, flet_js

async def show(page):
    await entry.main(page)
    for _ in range(2):
        await asyncio.sleep(0)  # what the screens are made of is sent by a task of Flet's own
    flet_js.shown()

flet.run(show)
`);
  await flet.start_connection(flet.receive_callback);
  post('connected');
}

self.onmessage = (event) => {
  const message = event.data;
  const failed = (error) => post('failed', { why: String(error && error.message ? error.message : error) });
  if (message instanceof Uint8Array) {
    if (flet.send) flet.send(message);
  } else if (message.zhuqi === 'start') {
    ready = start(message);
    ready.catch(failed);
  } else if (message.zhuqi === 'connect') {
    connect(message).catch(failed);
  } else if (message.zhuqi === 'event') {
    for (const listener of listeners) listener(message.topic);
  }
};
