"""A phone becomes an officer's: with a one-time code, a key of its own, and a clerk who compares four words."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from field_app.enrolment.state import (
    Enrolment,
    EnrolmentState,
    Standing,
    Trust,
    put_enrolment,
    put_trust,
    read_enrolment,
    read_standing,
    require_trust,
)
from field_app.errors import (
    AnswerUnreadableError,
    EnrolmentExpiredError,
    EnrolmentRefusedError,
    RootMismatchError,
    StoppedError,
)
from field_app.phone import Phone
from field_app.storage.database import Rows
from field_app.sync.asking import ask_for
from shared_models import cose, suite, sync
from shared_models.codes import EnrolmentCode, kind_of_text, read_code, read_typed_enrolment, root_fingerprint
from shared_models.credential import open_certificate, open_credential
from shared_models.errors import ZhuqiError
from shared_models.words import four_words

_HOST = re.compile(r"https://([^/]+)/", re.IGNORECASE)


async def request_enrolment(phone: Phone, text: str) -> Standing:
    """Scanned or typed. The answer shows the four words that the clerk must see as well.

    Raises UnknownFormatError and BadlyFormedError for a text that is no such code, RootMismatchError where the server
    is another county's, ServerRefusedError (`enrolment_code_invalid`) for a code that is used or over.
    """
    server, code = _read(text)
    standing = await read_standing(phone)
    if standing.state is EnrolmentState.STOPPED:
        raise StoppedError(standing.why_stopped)
    if standing.state is EnrolmentState.ENROLLED:
        return standing
    key = phone.signer.public_key
    request = sync.EnrolmentRequest(code.secret, key, phone.keystore, await phone.signer.sign(code.secret))
    transport = phone.transport_to(server)
    reply = await ask_for(sync.EnrolmentReply, transport, "POST", "/api/enrolment", sync.dump_message(request))
    trust = _trusted(server, code, reply)
    enrolment = Enrolment(state=EnrolmentState.WAITING, id=reply.id, words=four_words(key))

    def keep(rows: Rows) -> None:
        put_trust(rows, trust)
        put_enrolment(rows, enrolment)

    await phone.database.write(keep)
    phone.notices.tell("enrolment")
    phone.notices.wake()
    return await read_standing(phone)


async def check_enrolment(phone: Phone) -> Standing:
    """Ask whether the clerk has confirmed. Raises EnrolmentRefusedError or EnrolmentExpiredError, and starts anew."""
    trust, enrolment = await phone.database.read(lambda rows: (require_trust(rows), read_enrolment(rows)))
    if enrolment.state is not EnrolmentState.WAITING:
        return await read_standing(phone)
    path = f"/api/enrolment/{quote(enrolment.id, safe='')}"
    answer = await ask_for(sync.EnrolmentAnswer, phone.transport_to(trust.server), "GET", path)
    if answer.state is sync.EnrolmentState.WAITING:
        return await read_standing(phone)
    if answer.state is sync.EnrolmentState.CONFIRMED and answer.credential is not None:
        _check_credential(phone, trust, answer.credential)
        new = replace(
            enrolment,
            state=EnrolmentState.ENROLLED,
            credential=answer.credential,
            spoken_secret=answer.spoken_secret,
        )
    else:
        new = Enrolment()
    await phone.database.write(lambda rows: put_enrolment(rows, new))
    phone.notices.tell("enrolment")
    phone.notices.wake()
    if answer.state is sync.EnrolmentState.REFUSED:
        raise EnrolmentRefusedError
    if answer.state is sync.EnrolmentState.EXPIRED:
        raise EnrolmentExpiredError
    return await read_standing(phone)


def _read(text: str) -> tuple[str, EnrolmentCode]:
    """The host to ask (blank where the code was typed without one), and the code."""
    text = text.strip()
    match = _HOST.match(text)
    if match is None or kind_of_text(text) != "enrolment":
        return "", read_typed_enrolment(text)
    code = read_code(text, match[1])
    return match[1], code if isinstance(code, EnrolmentCode) else read_typed_enrolment("")


def _trusted(server: str, code: EnrolmentCode, reply: sync.EnrolmentReply) -> Trust:
    if root_fingerprint(reply.root) != code.root_fingerprint:
        raise RootMismatchError
    suite.check_public_key(reply.root)
    try:
        for data in reply.certificates:
            open_certificate(data, reply.root, None)
    except ZhuqiError as err:
        raise RootMismatchError from err
    host = reply.host or server
    if not host or not reply.certificates:
        raise AnswerUnreadableError
    return Trust(server=server, host=host, root=reply.root, certificates=reply.certificates)


def _check_credential(phone: Phone, trust: Trust, envelope: bytes) -> None:
    issuer = trust.certificate_of(cose.parse_own(envelope).kid)
    credential = open_credential(envelope, issuer.public_key, None)
    if credential.public_key != phone.signer.public_key:
        raise AnswerUnreadableError
