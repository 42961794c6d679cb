"""`zhuqi codes`: one JSON line for a scanned text, one line for a COSE_Sign1, and exit codes to build on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shared_models import codes, cose
from shared_models.credential import sign_certificate
from sync_server.verification.cli import codes as command
from tests.core import county_keys as county
from tests.core.county_keys import HOST, NOW, PHONE, ROOT, STRANGER, USCC

TRUST = {"root": ROOT.public.hex(), "host": HOST, "revoked": [], "issued_at": "2026-11-10T09:00:00+08:00"}
PASS = codes.pass_text(HOST, county.pass_code())


@pytest.fixture
def run(tmp_path: Path):
    def call(*arguments: str) -> Result:
        return CliRunner().invoke(command, [*arguments])

    return call


def trust_file(folder: Path, **changes: object) -> str:
    path = folder / "trust.json"
    path.write_text(json.dumps(TRUST | changes), "utf-8")
    return str(path)


def test_a_valid_pass_is_one_json_line_and_exit_0(run, tmp_path):
    done = run("verify", PASS, "--trust", trust_file(tmp_path), "--now", NOW.isoformat())
    answer = json.loads(done.stdout)
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert list(answer) == ["status", "kind", "claims"]
    assert (answer["status"], answer["kind"], answer["claims"]["enterprise"]) == ("valid", "pass", USCC)
    assert "欧阳建国" in done.stdout


@pytest.mark.parametrize(
    ("text", "changes", "now", "status", "kind"),
    [
        (PASS, {}, "2026-11-10T10:00:00+08:00", "expired", "pass"),
        (PASS, {}, "2026-11-10T09:00:00+08:00", "not_yet", "pass"),
        (PASS, {"revoked": [PHONE.kid.hex()]}, NOW.isoformat(), "revoked", "pass"),
        (PASS, {"revoked": [PHONE.kid.hex().upper()]}, NOW.isoformat(), "revoked", "pass"),
        (PASS, {"root": STRANGER.public.hex()}, NOW.isoformat(), "unknown_key", "pass"),
        (PASS, {"host": "other.example"}, NOW.isoformat(), "wrong_host", "pass"),
        (PASS, {"issued_at": "2026-11-01T09:00:00+08:00"}, NOW.isoformat(), "trust_too_old", "pass"),
        (PASS[:-1], {}, NOW.isoformat(), "badly_formed", "pass"),
        ("https://example.com/menu", {}, NOW.isoformat(), "unknown_format", None),
        ("", {}, NOW.isoformat(), "unreadable", None),
    ],
)
def test_a_refusal_is_one_json_line_and_exit_1(run, tmp_path, text, changes, now, status, kind):
    done = run("verify", text, "--trust", trust_file(tmp_path, **changes), "--now", now)
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"status": status, "kind": kind, "claims": None}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        "{",
        '{"root": "00"}',
        json.dumps(TRUST | {"root": "zz"}),
        json.dumps(TRUST | {"root": "00" * 31}),
        json.dumps(TRUST | {"root": 5}),
        json.dumps(TRUST | {"host": ""}),
        json.dumps(TRUST | {"host": None}),
        json.dumps(TRUST | {"revoked": "aa"}),
        json.dumps(TRUST | {"revoked": ["x"]}),
        json.dumps(TRUST | {"revoked": [1]}),
        json.dumps(TRUST | {"issued_at": "2026-11-10T09:00:00"}),
        json.dumps(TRUST | {"issued_at": None}),
        json.dumps(TRUST)[:-1] + ', "host": "twice"}',
        "[" * 100_000,
    ],
)
def test_a_bad_trust_file_is_a_usage_error_without_a_traceback(run, tmp_path, content):
    path = tmp_path / "trust.json"
    path.write_text(content, "utf-8")
    done = run("verify", PASS, "--trust", str(path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert isinstance(done.exception, SystemExit)


def test_a_weak_root_vouches_for_nothing_but_a_gate_code_needs_no_root(run, tmp_path):
    trust = trust_file(tmp_path, root="00" * 32)
    gate = run("verify", codes.gate_text(HOST, USCC, 1), "--trust", trust, "--now", NOW.isoformat())
    assert json.loads(gate.stdout) == {"status": "valid", "kind": "gate", "claims": {"uscc": USCC, "gate": 1}}
    for text, status in ((PASS, "unknown_key"), (by_weak_root(), "badly_formed")):
        done = run("verify", text, "--trust", trust, "--now", NOW.isoformat())
        assert (done.exit_code, json.loads(done.stdout)["status"]) == (1, status)


def by_weak_root() -> str:
    """A pass whose certificate is "signed" by the neutral point, which any verifier without the pre-check takes."""
    weak = bytes(32)
    certificate = sign_certificate(county.CERTIFICATE, root=weak, sign=lambda _: bytes(64))
    return codes.pass_text(HOST, county.pass_code(certificate=certificate))


@pytest.mark.parametrize("now", ["yesterday", "2026-11-10", "2026-11-10T09:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_bad_now_is_a_usage_error(run, tmp_path, now):
    assert run("verify", PASS, "--trust", trust_file(tmp_path), "--now", now).exit_code == 2


def test_a_missing_trust_file_is_a_usage_error(run, tmp_path):
    assert run("verify", PASS, "--trust", str(tmp_path / "none")).exit_code == 2
    assert run("verify", PASS).exit_code == 2


@pytest.fixture
def envelope(tmp_path: Path) -> Path:
    path = tmp_path / "message.cbor"
    path.write_bytes(cose.sign(b"payload", aad=b"aad", kid=PHONE.kid, sign=PHONE.sign))
    return path


def test_cose_exits_0_for_a_good_signature(run, envelope):
    done = run("cose", "--key-hex", PHONE.public.hex(), "--aad-hex", b"aad".hex(), str(envelope))
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize(
    ("key", "aad", "code"),
    [
        (PHONE.public.hex(), "", "signature_mismatch"),
        (STRANGER.public.hex(), b"aad".hex(), "signature_mismatch"),
        ("00" * 32, b"aad".hex(), "bad_key"),
        ("00" * 57, b"aad".hex(), "unsupported"),
        ("00" * 31, b"aad".hex(), "badly_formed"),
    ],
)
def test_cose_says_why_not_in_one_line_and_exits_1(run, envelope, key, aad, code):
    done = run("cose", "--key-hex", key, "--aad-hex", aad, str(envelope))
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert done.output.startswith(f"{code}: ")


@pytest.mark.parametrize(
    "data", [b"", b"\xd2", b"\x9f" * 100, b"\x81" * 10_000, bytes(70_000), b"\xd2\x84\x40\xa0\x40\x40"]
)
def test_cose_refuses_hostile_bytes_in_one_line(run, tmp_path, data):
    path = tmp_path / "hostile"
    path.write_bytes(data)
    done = run("cose", "--key-hex", PHONE.public.hex(), str(path))
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert isinstance(done.exception, SystemExit)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xd2\x83\x40\xa0\x40", "badly_formed: must be a list of four"),
        (b"\xd2\x84\x43\xa1\x01\x26\xa0\x40\x40", "unsupported: algorithm -7"),
        (b"\xd2\x84\x43\xa1\x01\x27\xa0\x40\x40", "badly_formed: signature must be 64 bytes"),
        (b"\xd8\x62\x80", "not_sign1: tag 98"),
        (bytes(65_537), "too_large: size_bytes 65537, max_bytes 65536"),
    ],
)
def test_the_line_reads_as_a_sentence(run, tmp_path, data, line):
    path = tmp_path / "message.cbor"
    path.write_bytes(data)
    assert run("cose", "--key-hex", PHONE.public.hex(), str(path)).output == f"{line}\n"


def test_cose_usage_errors_exit_2(run, envelope, tmp_path):
    assert run("cose", "--key-hex", "xyz", str(envelope)).exit_code == 2
    assert run("cose", "--key-hex", PHONE.public.hex(), "--aad-hex", "0", str(envelope)).exit_code == 2
    assert run("cose", "--key-hex", PHONE.public.hex(), str(tmp_path / "none")).exit_code == 2
    assert run("cose", "--key-hex", PHONE.public.hex(), str(tmp_path)).exit_code == 2
    assert run("cose", str(envelope)).exit_code == 2


def test_the_installed_command_reads_from_standard_input(envelope):
    zhuqi = Path(sys.executable).with_name("zhuqi")
    arguments = [str(zhuqi), "codes", "cose", "--key-hex", PHONE.public.hex(), "--aad-hex", b"aad".hex(), "-"]
    done = subprocess.run(arguments, input=envelope.read_bytes(), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
