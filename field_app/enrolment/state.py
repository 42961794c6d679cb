"""Where a phone stands: not enrolled, waiting for the clerk, enrolled, or stopped for good."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from field_app.errors import NotEnrolledError, StoppedError
from field_app.phone import Phone
from field_app.storage.database import Rows
from shared_models import cose
from shared_models.credential import Certificate, Credential, open_certificate, open_credential
from shared_models.errors import UnknownKeyError
from shared_models.people import Person
from shared_models.shape import from_plain, to_plain
from shared_models.visit import Companion


class EnrolmentState(StrEnum):
    NONE = "none"
    WAITING = "waiting"
    ENROLLED = "enrolled"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """`words` are what the clerk compares, `id` names the request; `credential` is the signed envelope."""

    state: EnrolmentState = EnrolmentState.NONE
    id: str = ""
    words: tuple[str, ...] = ()
    credential: bytes | None = None
    why_stopped: str = ""
    """`revoked` or `chain_fork`."""
    spoken_secret: bytes | None = None
    """Makes the six digits under the pass (`visits/spoken_code.py`)."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The county that this phone belongs to. `server` is what its transport is asked for."""

    server: str
    host: str
    root: bytes
    certificates: tuple[bytes, ...]

    @property
    def origin(self) -> str:
        return f"{self.host}/log"

    def certificate_of(self, kid: bytes | None) -> Certificate:
        """Verified up to the pinned root; when it is valid is the question of what it signed."""
        for data in self.certificates:
            certificate = open_certificate(data, self.root, None)
            if certificate.kid == kid:
                return certificate
        raise UnknownKeyError((kid or b"").hex())


@dataclass(frozen=True, slots=True)
class Standing:
    """What screens show of it; `me` is the credential's content."""

    state: EnrolmentState
    words: tuple[str, ...]
    why_stopped: str
    me: Credential | None
    host: str


async def read_standing(phone: Phone) -> Standing:
    def read(rows: Rows) -> Standing:
        enrolment, trust = read_enrolment(rows), read_trust(rows)
        return Standing(
            state=enrolment.state,
            words=enrolment.words,
            why_stopped=enrolment.why_stopped,
            me=read_me(rows),
            host="" if trust is None else trust.host,
        )

    return await phone.database.read(read)


def read_enrolment(rows: Rows) -> Enrolment:
    plain = rows.get_meta("enrolment")
    return Enrolment() if plain is None else from_plain(Enrolment, plain)


def put_enrolment(rows: Rows, enrolment: Enrolment) -> None:
    rows.put_meta("enrolment", to_plain(enrolment))


def read_trust(rows: Rows) -> Trust | None:
    plain = rows.get_meta("trust")
    return None if plain is None else from_plain(Trust, plain)


def require_trust(rows: Rows) -> Trust:
    trust = read_trust(rows)
    if trust is None:
        raise NotEnrolledError
    return trust


def put_trust(rows: Rows, trust: Trust) -> None:
    rows.put_meta("trust", to_plain(trust))


def require_writing(rows: Rows) -> None:
    """Raises NotEnrolledError or StoppedError where this phone writes no records."""
    enrolment = read_enrolment(rows)
    if enrolment.state is EnrolmentState.STOPPED:
        raise StoppedError(enrolment.why_stopped)
    if enrolment.state is not EnrolmentState.ENROLLED:
        raise NotEnrolledError


def stop(rows: Rows, why: str) -> None:
    """Nothing more is written from now on; what is written stays, is still sent, and can be exported."""
    put_enrolment(rows, replace(read_enrolment(rows), state=EnrolmentState.STOPPED, why_stopped=why))


def read_me(rows: Rows) -> Credential | None:
    """The credential, whatever the time: an expired one still says whose phone this is. Null before there is one."""
    trust, envelope = read_trust(rows), read_enrolment(rows).credential
    if trust is None or envelope is None:
        return None
    issuer = trust.certificate_of(cose.parse_own(envelope).kid)
    return open_credential(envelope, issuer.public_key, None)


def require_me(rows: Rows) -> Credential:
    me = read_me(rows)
    if me is None:
        raise NotEnrolledError
    return me


def own_department(rows: Rows) -> str:
    """Blank before the phone is anybody's."""
    me = read_me(rows)
    return "" if me is None else me.department


def companion_of(person: Person) -> Companion:
    """As the enterprise is shown the person."""
    return Companion(person.id, person.name, person.department, person.unit, person.licence)


def companion_me(me: Credential) -> Companion:
    return Companion(me.officer, me.name, me.department, me.unit, me.licence)
