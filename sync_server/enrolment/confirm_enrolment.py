"""The clerk has seen the officer and the four words: the phone gets its credential, or it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from shared_models.acts import PhoneEnrolled, PhoneRevoked
from shared_models.county import PhoneTrust
from shared_models.credential import Credential, sign_credential
from shared_models.people import Person
from shared_models.suite import kid_of
from sync_server.clock import milliseconds
from sync_server.county import County
from sync_server.enrolment.pending import CONFIRMED, WAITING, enrolment_row, set_enrolment
from sync_server.errors import NotFoundError, WrongStateError
from sync_server.log.writing import Writing, writing
from sync_server.storage.facts import current_of_kind

CREDENTIAL_VALID_DAYS = 365
REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class EnrolledPhone:
    kid: bytes
    officer: str
    credential: bytes


def confirm_enrolment(county: County, account: str, enrolment: str, *, keep_others: bool = False) -> EnrolledPhone:
    """One active phone an officer unless the office says otherwise: the others are revoked in the same transaction.

    Raises NotFoundError, or WrongStateError where nothing waits under this id any more.
    """
    with writing(county) as tx:
        row = enrolment_row(tx.connection, enrolment)
        if row.state != WAITING or row.expires_at < milliseconds(tx.now):
            raise WrongStateError("enrolment", enrolment, row.state)
        person = tx.facts.get("person", row.officer)
        if person is None:
            raise NotFoundError("person", row.officer)
        kid = kid_of(row.public_key)
        if tx.facts.get("phone", kid.hex()) is not None:
            raise WrongStateError("phone", kid.hex(), "enrolled before")
        if not keep_others:
            _revoke_others(tx, account, row.officer)
        credential = _credential(tx, person.load(Person), row.public_key, row.keystore)
        tx.append_act(account, PhoneEnrolled(kid, row.officer, row.public_key, row.keystore, credential))
        set_enrolment(tx.connection, enrolment, state=CONFIRMED, credential=credential)
    return EnrolledPhone(kid, row.officer, credential)


def _revoke_others(tx: Writing, account: str, officer: str) -> None:
    for fact in current_of_kind(tx.connection, "phone"):
        trust = fact.load(PhoneTrust)
        if trust.officer == officer and not trust.revoked:
            tx.append_act(account, PhoneRevoked(bytes.fromhex(fact.key), REPLACED))


def _credential(tx: Writing, person: Person, public_key: bytes, keystore: str) -> bytes:
    keys = tx.county.keys
    credential = Credential(
        county=tx.county.settings.county_code,
        officer=person.id,
        name=person.name,
        department=person.department,
        unit=person.unit,
        licence=person.licence,
        public_key=public_key,
        nbf=int(tx.now.timestamp()),
        exp=int((tx.now + timedelta(days=CREDENTIAL_VALID_DAYS)).timestamp()),
        keystore=keystore,
    )
    return sign_credential(credential, issuer=keys.service_public, sign=keys.sign)
