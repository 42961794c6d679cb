"""Starting a server: settings, keys, clocks, and the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from shared_models.credential import open_certificate
from shared_models.errors import BadlyFormedError
from sync_server.clock import FixedClock, ShiftedClock, SystemClock
from sync_server.errors import KeysMissingError
from sync_server.keys import load_or_make_keys
from sync_server.registry.certify_server import certificates
from sync_server.server_cli import server
from sync_server.settings import VARIABLES, Settings, settings_from
from tests.server.towns import NOON, codes, enrolled, open_town, send, settle


def test_every_setting_is_a_documented_variable() -> None:
    assert {name for name, _ in VARIABLES.values()} == {field.name for field in fields(Settings)}
    assert all(meaning.endswith(".") for _, meaning in VARIABLES.values())


def test_relative_paths_lie_in_the_data_folder(tmp_path: Path) -> None:
    settings = settings_from({"ZHUQI_BLOB_DIR": "photos", "ZHUQI_SERVICE_KEY_FILE": "/etc/key"}, data_dir=tmp_path)
    assert settings.blob_dir == tmp_path / "photos"
    assert settings.service_key_file == Path("/etc/key")
    assert settings.database_url == f"sqlite:///{tmp_path / 'county.sqlite'}"
    assert settings_from({"ZHUQI_SECURE_COOKIES": "0"}).secure_cookies is False


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("ZHUQI_SESSION_MINUTES", "abc"),
        ("ZHUQI_SESSION_IDLE_MINUTES", "0"),
        ("ZHUQI_MAX_BLOB_BYTES", "9" * 5000),
        ("ZHUQI_DEMO", "flase"),
        ("ZHUQI_PUBLIC_HOST", "https://zhuqi.example/"),
        ("ZHUQI_PUBLIC_HOST", "zhuqi example"),
        ("ZHUQI_COUNTY_CODE", "pingyang"),
    ],
)
def test_a_variable_that_is_set_wrong_is_named_before_anything_is_made(
    tmp_path: Path, variable: str, text: str
) -> None:
    with pytest.raises(BadlyFormedError) as caught:
        settings_from({variable: text}, data_dir=tmp_path / "data")
    assert caught.value.where == variable
    result = CliRunner().invoke(server, ["--data", str(tmp_path / "data")], env={variable: text})
    assert (result.exit_code, variable in result.output) == (2, True)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("url", ["nonsense", "postgresql+psycopg://nobody@127.0.0.1:1/none"])
def test_a_database_that_is_not_there_is_told_in_one_line(tmp_path: Path, url: str) -> None:
    result = CliRunner().invoke(server, ["--data", str(tmp_path / "data")], env={"ZHUQI_DATABASE_URL": url})
    assert (result.exit_code, "cannot start" in result.output) == (1, True)
    assert isinstance(result.exception, SystemExit)


def test_a_data_folder_that_cannot_be_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = CliRunner().invoke(server, ["--data", str(tmp_path / "file")])
    assert (result.exit_code, "cannot start" in result.output) == (1, True)


def test_the_first_start_makes_keys_for_one_person_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = settings_from({}, data_dir=tmp_path)
    keys = load_or_make_keys(settings, NOON)
    assert str(settings.root_key_file) in capsys.readouterr().err
    for file in (settings.root_key_file, settings.service_key_file):
        assert file.stat().st_mode & 0o077 == 0
    assert open_certificate(keys.certificate, keys.root_public, NOON).public_key == keys.service_public
    settings.root_key_file.unlink()
    assert load_or_make_keys(settings, NOON).service_public == keys.service_public, "the root is not needed to run"


def test_a_second_root_is_never_made(tmp_path: Path) -> None:
    settings = settings_from({}, data_dir=tmp_path)
    load_or_make_keys(settings, NOON)
    root = settings.root_key_file.read_text()
    settings.root_key_file.unlink()
    certificate = settings.service_key_file.with_suffix(".certificate")
    certificate.unlink()
    with pytest.raises(KeysMissingError):
        load_or_make_keys(settings, NOON)
    settings.root_key_file.write_text("11" * 32)
    with pytest.raises(KeysMissingError):
        load_or_make_keys(settings, NOON)
    settings.root_key_file.write_text(root)
    load_or_make_keys(settings, NOON)


def test_a_rotated_key_is_entered_beside_the_old_one_and_phones_go_on(tmp_path: Path) -> None:
    county = open_town(tmp_path)
    settle(county)
    phone = enrolled(county)
    old = county.keys
    for name in ("service.key", "service.certificate"):
        (tmp_path / "keys" / name).unlink()
    county.engine.dispose()
    county = open_town(tmp_path, now=NOON + timedelta(days=700))
    assert county.keys.root_public == old.root_public
    assert county.keys.service_public != old.service_public
    assert certificates(county) == (old.certificate, county.keys.certificate)
    assert codes(send(county, phone.write("guidance_given", {"text": "x"}))) == [None]
    county.engine.dispose()


def test_a_shifted_clock_follows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    clock, real = ShiftedClock(file), SystemClock()
    near = timedelta(seconds=5)
    assert abs(clock.now() - real.now()) < near
    for number, text in enumerate(('{"shift_seconds": 86400}', '{"shift_seconds": -3600}')):
        file.write_text(text)
        os.utime(file, ns=(number + 1, number + 1))
        assert abs(clock.now() - real.now() - timedelta(seconds=json.loads(text)["shift_seconds"])) < near
    file.write_text("{half")
    os.utime(file, ns=(9, 9))
    assert abs(clock.now() - real.now() + timedelta(hours=1)) < near
    file.unlink()
    assert abs(clock.now() - real.now()) < near


def test_the_command_serves_and_makes_views_again(tmp_path: Path, free_port: int) -> None:
    environment = {**os.environ, "ZHUQI_SECURE_COOKIES": "0"}
    command = [sys.executable, "-m", "sync_server", "server"]
    serve = [*command, "--port", str(free_port), "--data", str(tmp_path)]
    with subprocess.Popen(serve, env=environment, stderr=subprocess.PIPE) as process:
        try:
            assert _wait_for(f"http://127.0.0.1:{free_port}/health/ready")["log_size"] == 1
        finally:
            process.terminate()
    assert process.returncode in (0, -15)
    again = [*command, "rebuild-views", "--data", str(tmp_path)]
    done = subprocess.run(again, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "no difference"), done.stderr
    county = replace(open_town(tmp_path), clock=FixedClock(NOON))
    with county.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM facts")
    county.engine.dispose()
    done = subprocess.run(again, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "facts: 1 rows differed")
    nowhere = [*command, "rebuild-views", "--data", str(tmp_path / "nowhere")]
    done = subprocess.run(nowhere, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (tmp_path / "nowhere").exists(), "a mistyped folder does not become a county"


def _wait_for(url: str) -> dict:
    until = time.monotonic() + 30
    while True:
        try:
            return httpx.get(url, trust_env=False).json()
        except httpx.TransportError:
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.05)
