"""What an operator may set, all of it by environment variables; `VARIABLES` is what the manual is checked against."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared_models.errors import BadlyFormedError

DEFAULT_DATA_DIR = "zhuqi-data"


@dataclass(frozen=True, slots=True)
class Settings:
    data_dir: Path
    database_url: str
    public_host: str = "localhost:8000"
    county_code: str = "330326"
    county_name: str = "平阳县"
    hotline: str = "12345"
    root_key_file: Path = Path("keys/root.key")
    service_key_file: Path = Path("keys/service.key")
    blob_dir: Path = Path("blobs")
    session_minutes: int = 12 * 60
    session_idle_minutes: int = 2 * 60
    frame_ancestors: str = ""
    font_file: Path | None = None
    app_dir: Path | None = None
    clock_file: Path | None = None
    demo: bool = False
    secure_cookies: bool = True
    max_blob_bytes: int = 8 * 1024 * 1024
    log_level: str = "INFO"

    @property
    def origin(self) -> str:
        """The name of the county's log in checkpoints."""
        return f"{self.public_host}/log"


VARIABLES: dict[str, tuple[str, str]] = {
    "ZHUQI_DATA": ("data_dir", "Folder of everything the server keeps; default zhuqi-data."),
    "ZHUQI_DATABASE_URL": (
        "database_url",
        "SQLAlchemy URL; default an SQLite file in the data folder. PostgreSQL: postgresql+psycopg://user@host/name.",
    ),
    "ZHUQI_PUBLIC_HOST": (
        "public_host",
        "Host in all codes and in the log's name; never change it once codes are out.",
    ),
    "ZHUQI_COUNTY_CODE": ("county_code", "Six digits of the county's administrative division; default 330326."),
    "ZHUQI_COUNTY_NAME": ("county_name", "The county's name on pages; default 平阳县."),
    "ZHUQI_HOTLINE": ("hotline", "Telephone number shown to enterprises; default 12345."),
    "ZHUQI_ROOT_KEY_FILE": ("root_key_file", "The county root key; after the first start move it off this machine."),
    "ZHUQI_SERVICE_KEY_FILE": ("service_key_file", "The server's own signing key, certified by the root."),
    "ZHUQI_BLOB_DIR": ("blob_dir", "Folder of photos and portraits."),
    "ZHUQI_SESSION_MINUTES": ("session_minutes", "How long a login lasts at most; default 720."),
    "ZHUQI_SESSION_IDLE_MINUTES": ("session_idle_minutes", "How long a login lasts unused; default 120."),
    "ZHUQI_FRAME_ANCESTORS": (
        "frame_ancestors",
        "Sites whose pages may show ours in a frame, e.g. http://localhost:8000; default none.",
    ),
    "ZHUQI_FONT": ("font_file", "A WOFF2 font for browsers that have no Chinese one; default none."),
    "ZHUQI_APP_DIR": (
        "app_dir",
        "Folder that make app built: the field app as a page, served at /app/; default none.",
    ),
    "ZHUQI_DEMO": ("demo", "1 opens routes that enrol phones by themselves; for demonstrations only, default 0."),
    "ZHUQI_CLOCK_FILE": ("clock_file", "JSON file that shifts the server's clock; for demonstrations only."),
    "ZHUQI_SECURE_COOKIES": ("secure_cookies", "0 only where the server is tried without HTTPS; default 1."),
    "ZHUQI_MAX_BLOB_BYTES": ("max_blob_bytes", "Largest photo taken; default 8388608."),
    "ZHUQI_LOG_LEVEL": ("log_level", "Least level of the log lines that are written; default INFO."),
}
_INSIDE_DATA = ("root_key_file", "service_key_file", "blob_dir")


def settings_from(environment: Mapping[str, str] | None = None, *, data_dir: Path | None = None) -> Settings:
    """Relative paths lie inside the data folder. `data_dir` as given on a command line goes before the variable.

    Raises BadlyFormedError, which names the variable.
    """
    given = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for variable, (name, _meaning) in VARIABLES.items():
        if text := given.get(variable, "").strip():
            values[name] = _value(variable, name, text)
    data = (data_dir or Path(str(values.get("data_dir", DEFAULT_DATA_DIR)))).absolute()
    values["data_dir"] = data
    values.setdefault("database_url", f"sqlite:///{data / 'county.sqlite'}")
    for name in _INSIDE_DATA:
        values[name] = data / Path(str(values.get(name, Settings.__dataclass_fields__[name].default)))
    return Settings(**values)  # type: ignore[arg-type]


def _value(variable: str, name: str, text: str) -> object:
    kind = str(Settings.__dataclass_fields__[name].type)
    if kind.startswith("Path"):
        return Path(text)
    if kind == "int":
        if not _WHOLE.fullmatch(text):
            raise BadlyFormedError(variable, "must be a whole number over 0")
        return int(text)
    if kind == "bool":
        # a slip of the pen must not open what is for demonstrations only
        if text.lower() not in _YES | _NO:
            raise BadlyFormedError(variable, "must be 1 or 0")
        return text.lower() in _YES
    pattern, must = _FORMS.get(name, (_ANY, ""))
    if not pattern.fullmatch(text):
        raise BadlyFormedError(variable, must)
    return text


_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
_WHOLE, _ANY = re.compile(r"[1-9][0-9]{0,11}"), re.compile(r".*", re.DOTALL)
_FORMS = {
    "public_host": (
        re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?"),
        "must be a host such as zhuqi.example, without https://",
    ),
    "county_code": (re.compile(r"[0-9]{6}"), "must be six digits"),
}
