"""Where the build keeps the Chinese font for pages on machines that have none."""

from __future__ import annotations

import os
from pathlib import Path


def demo_font() -> Path | None:
    """The font that `make setup` cut down, if it is there; pages fall back to the system's own otherwise."""
    built = Path(os.environ.get("ZHUQI_BUILD_DIR", ".build"))
    found = sorted(built.glob("fonts/cjk-*.woff2"))
    return found[0].absolute() if found else None
