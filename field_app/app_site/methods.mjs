// node methods.mjs PYODIDE_DIR OUT OURS PACKAGES: imports the app as a phone does and keeps, compiled, what dataclasses
// would compile from text at every start. OUT/ours and OUT/packages get one file a text, named by its digest.
import { pathToFileURL } from 'node:url';

const [pyodideDir, out, ours, packages] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideDir}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${pyodideDir}/` });
for (const [place, folder] of [['/out', out], ['/ours', ours], ['/packages', packages]]) python.mountNodeFS(place, folder);
python.registerJsModule('flet_js', { documentUrl: 'https://county.example/app/' });
python.registerJsModule('zhuqi_shell', {});
await python.runPythonAsync(`
import dataclasses, importlib, marshal, pathlib, sys

sys.path[:0] = ["/ours", "/packages"]
from field_app.browser.packed import digest_of

for name in ("ours", "packages"):
    pathlib.Path("/out", name).mkdir()

def keep(text, names, found):
    code = compile(text, "<dataclass>", "exec", dont_inherit=True)
    file = sys.modules[names["__name__"]].__spec__.origin or ""
    place = "ours" if file.startswith("/ours/") else "packages"
    pathlib.Path("/out", place, digest_of(text)).write_bytes(marshal.dumps(code))
    exec(code, names, found)

dataclasses.exec = keep
import flet
importlib.import_module("field_app.browser.main")
for path in sorted(pathlib.Path("/ours").rglob("*.pyc")):
    name = ".".join(path.relative_to("/ours").with_suffix("").parts).removesuffix(".__init__")
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # a module of the other home
if not any(pathlib.Path("/out/packages").iterdir()):
    raise RuntimeError("dataclasses makes its methods in another way than field_app/browser/packed.py knows")
`);
