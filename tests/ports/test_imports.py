"""What loads where: the core needs no compiled package but cbor2, and the browser's home none of the native ones."""

from __future__ import annotations

import json
import subprocess
import sys

PROGRAM = """
import importlib, importlib.abc, json, pkgutil, sys, sysconfig
allowed, roots, entries = json.loads(sys.argv[1])
site = sysconfig.get_paths()["purelib"]

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                origin, top = spec.origin or "", name.partition(".")[0]
                if origin.startswith(site) and origin.endswith((".so", ".pyd")) and top not in allowed:
                    raise ImportError(f"{name} is compiled")
                if top in ("cryptography", "httpx", "PIL", "zxingcpp", "cv2", "numpy"):
                    raise ImportError(f"{name} is not in the browser")
                return spec
        return None

sys.meta_path.insert(0, Blocked())
for name in roots:
    root = importlib.import_module(name)
    for module in pkgutil.walk_packages(root.__path__, f"{name}."):
        importlib.import_module(module.name)
for name in entries:
    importlib.import_module(name)
native = [name for name in sys.modules if name.startswith("field_app.")]
print(json.dumps(native))
"""


def run(allowed: list[str], roots: list[str], entries: list[str]) -> list[str]:
    asked = json.dumps([allowed, roots, entries])
    done = subprocess.run([sys.executable, "-c", PROGRAM, asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    modules: list[str] = json.loads(done.stdout)
    return modules


def test_the_core_loads_with_no_compiled_package_but_cbor2() -> None:
    run(["cbor2"], ["shared_models"], [])


def test_the_browsers_home_loads_without_any_native_package_and_pulls_in_no_native_port() -> None:
    loaded = run(["cbor2", "msgpack"], [], ["field_app.browser.main"])
    native = ("home", "folder", "lock_file", "key_file", "aes_gcm", "http_transport", "decoder", "pictures")
    assert set(loaded) & {f"field_app.device.{name}" for name in native} == set()
    assert len(loaded) > 80
