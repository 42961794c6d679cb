"""The bytes in docs/record-format.md; `python -m tests.ground.format_examples` writes them anew."""

from __future__ import annotations

import re
import textwrap
from datetime import date
from functools import partial
from pathlib import Path

from shared_models import cose, ed25519, log
from shared_models.code_texts import PassCode, enrolment_text, gate_text, pass_text, root_fingerprint
from shared_models.credential import (
    Certificate,
    Credential,
    Slip,
    VisitPass,
    sign_certificate,
    sign_credential,
    sign_pass,
    sign_slip,
)
from shared_models.kinds import KINDS
from shared_models.record import Record, Seen, encode, record_id, sign, to_be_signed
from shared_models.shape import to_plain
from shared_models.suite import kid_of
from shared_models.visit import Guidance

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "record-format.md"
TABLE = re.compile(r"(\| kind \| body \| by \|\n\|---\|---\|---\|\n)(?:\| .*\n)*")
BLOCK = re.compile(r"```(hex|text) ([a-z-]+)\n(.*?)```", re.DOTALL)

HOST = "zhuqi.example"
USCC = "91330100799655058B"
DAY = 1_794_268_800  # 2026-11-10T00:00:00Z, in seconds
ROOT, SERVER, PHONE = (bytes([number]) * 32 for number in (1, 2, 3))
ROOT_KEY, SERVER_KEY, PHONE_KEY = (ed25519.public_key(seed) for seed in (ROOT, SERVER, PHONE))


def examples() -> dict[str, bytes | str]:
    record = Record(
        v=1,
        kind="guidance_given",
        author=kid_of(PHONE_KEY),
        seq=2,
        prev=bytes(range(32)),
        visit=bytes(range(16)),
        at=(DAY + 5_400) * 1_000,
        seen=Seen(size=1_200, root=log.leaf_hash(b"a root"), issued_at=DAY),
        body=to_plain(Guidance("配电箱前不要堆放货物", None)),
    )
    envelope = sign(record, partial(ed25519.sign, PHONE))
    leaf = log.Leaf(record_id(envelope), (DAY + 9_000) * 1_000, log.ACCEPTED, None)
    root = log.node_hash(log.leaf_hash(b"before"), log.leaf_hash(log.leaf_data(leaf)))
    checkpoint = log.Checkpoint(f"{HOST}/log", 2, root, DAY + 9_001)
    return {
        "phone-key": PHONE_KEY,
        "payload": encode(record),
        "protected": cose.protected_header(record.author),
        "to-be-signed": to_be_signed(record),
        "envelope": envelope,
        "id": record_id(envelope),
        "leaf": log.leaf_data(leaf),
        "checkpoint": log.sign_checkpoint(checkpoint, SERVER_KEY, partial(ed25519.sign, SERVER)),
        "verifier-key": log.verifier_key(f"{HOST}/log", SERVER_KEY),
        "gate": gate_text(HOST, USCC, 1),
        "enrolment": enrolment_text(HOST, bytes(range(5)), root_fingerprint(ROOT_KEY)),
        **_pass(envelope),
    }


def _pass(opening: bytes) -> dict[str, bytes | str]:
    until = DAY + 365 * 86_400
    county = "330326"
    certificate = sign_certificate(
        Certificate(county, SERVER_KEY, DAY, until), root=ROOT_KEY, sign=partial(ed25519.sign, ROOT)
    )
    by_server = partial(ed25519.sign, SERVER)
    credential = sign_credential(
        Credential(county, "p1", "林海", "market", "食品科", "浙0326001", PHONE_KEY, DAY, until, "keystore"),
        issuer=SERVER_KEY,
        sign=by_server,
    )
    window = (date(2026, 11, 9), date(2026, 11, 20))
    slip = sign_slip(
        Slip(county, "BA3303262026-00001", "inspection", USCC, window, None, ("p1", "p2"), DAY, until),
        issuer=SERVER_KEY,
        sign=by_server,
    )
    shown = VisitPass(
        kid_of(PHONE_KEY), record_id(opening), "inspection", None, USCC, "allow", DAY + 5_400, DAY + 5_700
    )
    visit_pass = sign_pass(shown, sign=partial(ed25519.sign, PHONE))
    text = pass_text(HOST, PassCode(certificate, credential, slip, visit_pass))
    return {"certificate": certificate, "credential": credential, "slip": slip, "pass": visit_pass, "pass-text": text}


def block(value: bytes | str) -> str:
    if isinstance(value, bytes):
        return "\n".join(textwrap.wrap(value.hex(), 96)) + "\n"
    return value if value.endswith("\n") else "\n".join(textwrap.wrap(value, 96, break_on_hyphens=False)) + "\n"


def rewritten(document: str) -> str:
    made = examples()
    rows = "".join(f"| `{name}` | `{kind.body.__name__}` | {kind.author.value} |\n" for name, kind in KINDS.items())
    document = TABLE.sub(lambda found: found[1] + rows, document)
    return BLOCK.sub(lambda found: f"```{found[1]} {found[2]}\n{block(made[found[2]])}```", document)


if __name__ == "__main__":
    DOCUMENT.write_text(rewritten(DOCUMENT.read_text("utf-8")), "utf-8")
