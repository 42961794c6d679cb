// The app's Python, in a worker of its own: loaded while Flutter still draws its first frame, connected when it has.
const ROOT = '/app/';
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

async function start(given) {
  const archives = Promise.all([bytesOf('python/packages.tar'), bytesOf('python/app.tar')]);
  archives.catch(() => {});
  const { loadPyodide } = await import(`${ROOT}pyodide/pyodide.mjs`);
  const python = await loadPyodide({
    indexURL: `${ROOT}pyodide/`,
    stdout: (text) => console.log(text),
    stderr: (text) => console.warn(text),
  });
  post('step', { step: 'python' });
  for (const archive of await archives) python.unpackArchive(archive, 'tar', { extractDir: '/lib/zhuqi' });
  python.registerJsModule('flet_js', flet);
  python.registerJsModule('zhuqi_shell', shellFor(given));
  flet.documentUrl = given.documentUrl;
  await python.runPythonAsync(`
import sys
sys.path.insert(0, "/lib/zhuqi")
import flet
import field_app.browser.main as entry
`);
  post('step', { step: 'app' });
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
import flet_js

async def show(page):
    await entry.main(page)
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
