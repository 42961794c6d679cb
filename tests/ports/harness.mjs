// The app's Python in a worker, without Flutter: the tests call functions of their own modules in it.
import { FragileDevice } from '/fragile.mjs';

const shell = {
  build: 'test',
  version: 'test',
  facts: {},
  visit_open: () => {},
  on: () => {},
  load: (name) => import(`/app/js/${name}`),
};

const refuse = (name) => () => Promise.reject(new DOMException('not here', name));
const lacks = {
  jspi() {
    delete WebAssembly.Suspending;
    delete WebAssembly.promising;
  },
  files() {
    navigator.storage.getDirectory = refuse('SecurityError');
  },
  ed25519() {
    crypto.subtle.generateKey = refuse('NotSupportedError');
  },
  databases() {
    indexedDB.open = () => { throw new DOMException('not here', 'SecurityError'); };
  },
};
const fragile = new FragileDevice(7);
lacks.steady_power = () => {
  navigator.storage.getDirectory = async () => fragile.directory();
};
for (const name of new URLSearchParams(self.location.search).getAll('without')) lacks[name]();

async function start() {
  const { loadPyodide } = await import('/app/pyodide/pyodide.mjs');
  const python = await loadPyodide({ indexURL: '/app/pyodide/' });
  for (const name of ['packages.tar', 'code.tar']) {
    const archive = await (await fetch(`/${name}`)).arrayBuffer();
    python.unpackArchive(archive, 'tar', { extractDir: '/lib/zhuqi' });
  }
  python.registerJsModule('zhuqi_shell', shell);
  python.registerJsModule('zhuqi_fragile', { device: fragile });
  await python.runPythonAsync('import sys; sys.path.insert(0, "/lib/zhuqi")');
  return python.pyimport('tests.ports.inside').call;
}

const started = start();
self.onmessage = async ({ data: { id, target, given } }) => {
  try {
    const call = await started;
    self.postMessage({ id, answer: await call(target, given) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
