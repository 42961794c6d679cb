"""`python -m field_app.app_site`: build the app for the browser, and say how large it is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from field_app.app_site.build import build_app
from field_app.app_site.tools import ToolMissingError

_MB = 1_000_000


def main() -> int:
    options = argparse.ArgumentParser(prog="make app", description="The field app as a page, for the server's /app/.")
    options.add_argument("--out", type=Path, help="Folder; default app in the build folder.")
    options.add_argument("--without-canvaskit", action="store_true", help="Leave out what iPhones and Firefox need.")
    given = options.parse_args()
    try:
        site = build_app(given.out, has_canvaskit=not given.without_canvaskit, progress=_say)
    except ToolMissingError as err:
        _say(str(err))
        return 1
    for renderer, who in (("skwasm", "Chromium"), ("canvaskit", "Safari, Firefox")):
        kept = site.kept(renderer)
        if any(file.renderer == renderer for file in kept):
            sent, size = sum(file.sent() for file in kept) / _MB, sum(file.size for file in kept) / _MB
            _say(f"{who}: {len(kept)} files, {sent:.1f} MB to download once, {size:.1f} MB on the phone")
    _say(f"build {site.build} in {site.folder}")
    return 0


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    raise SystemExit(main())
