"""The server's process under measure: the real app under uvicorn, on one core, that also tells its own CPU time.

`python -m benchmarks.serve DATA NOW PORT CORE [parts]`; NOW is where its clock stands, CORE -1 for any.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from litestar import get

from benchmarks.machine import stay_on
from benchmarks.parts import Parts
from sync_server.app import app_of
from sync_server.clock import FixedClock
from sync_server.observed import set_up_logging
from sync_server.open_county import open_county
from sync_server.serving import serve
from sync_server.settings import settings_from


def main(data: str, now: str, port: str, core: str, *more: str) -> None:
    if int(core) >= 0:
        stay_on(int(core))
    set_up_logging("WARNING")
    parts = Parts()
    if "parts" in more:
        parts.watch()
    county = open_county(settings_from(data_dir=Path(data)), FixedClock(datetime.fromisoformat(now)))

    @get("/benchmarks/cpu", sync_to_thread=False)
    def cpu() -> dict[str, Any]:
        return {"process": time.process_time(), "parts": parts.seconds}

    app = app_of(county, more_handlers=[cpu])
    serve(app, host="127.0.0.1", port=int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
