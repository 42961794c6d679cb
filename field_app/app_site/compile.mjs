// node compile.mjs PYODIDE_DIR DIR…: .py -> .pyc beside it, with the very Python that will run it in the browser.
import { pathToFileURL } from 'node:url';

const [pyodideDir, ...folders] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${pyodideDir}/` });
for (const folder of folders) {
  python.mountNodeFS('/code', folder);
  // Checked by nobody at run time, so the bytes do not depend on a date; asserts and docstrings are left out.
  const compiled = await python.runPythonAsync(`
import compileall, py_compile
compileall.compile_dir('/code', quiet=1, legacy=True, optimize=2, stripdir='/code', maxlevels=30,
                       invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)`);
  python.FS.unmount('/code');
  if (!compiled) process.exit(1);
}
