"""Runs in the browser's worker: a function of a test module, by name, with and to plain values as JSON."""

from __future__ import annotations

import importlib
import json

from field_app.browser.bridge import load_home
from field_app.browser.web_devices import verify
from shared_models import ed25519


async def call(target: str, given: str) -> str:
    """`target`: module:function, the function awaitable."""
    await load_home()
    ed25519.verify_by(verify)
    module, _, name = target.partition(":")
    answer = await getattr(importlib.import_module(module), name)(*json.loads(given))
    return json.dumps(answer)
