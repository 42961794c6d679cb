"""`python -m field_app.web_assets`: builds what is missing and prints the folder, then the font, one a line."""

from __future__ import annotations

import sys
import threading
import time

from field_app.web_assets import build_web_assets, cjk_font_path


def main() -> None:
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(done,), daemon=True)
    ticker.start()
    try:
        folder = build_web_assets(progress=_say)
    finally:
        done.set()
        ticker.join()
    sys.stdout.write(f"{folder}\n{cjk_font_path()}\n")


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


def _tick(done: threading.Event) -> None:
    """The compressor tells nothing while it works, so the seconds are shown; nothing where it takes under two."""
    began = time.monotonic()
    shown = False
    while not done.wait(2):
        shown = True
        sys.stderr.write(f"\r  {time.monotonic() - began:.0f} s" if sys.stderr.isatty() else ".")
        sys.stderr.flush()
    if shown:
        sys.stderr.write("\n")


main()
