"""What the app's page and its worker may do: nothing from another host, no script but our files, no eval.

The same words stand in every answer of the server for the app and in the service worker's copies of them.
"""

from __future__ import annotations

_RULES = {
    "default-src": "'none'",
    # WebAssembly is compiled at run time: Flutter's engine, Python and the code reader.
    "script-src": "'self' 'wasm-unsafe-eval'",
    # Flutter sets the size and place of its own elements by style attributes.
    "style-src": "'self' 'unsafe-inline'",
    "connect-src": "'self' blob: data:",
    "worker-src": "'self' blob:",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "media-src": "'self' blob:",
    "manifest-src": "'self'",
    "base-uri": "'self'",
    "object-src": "'none'",
    "form-action": "'none'",
}


def policy() -> str:
    """The Content-Security-Policy, without who may frame the page: that is the server's to say."""
    return "; ".join(f"{name} {value}" for name, value in _RULES.items())
