"""Whether a key may write is what the log says of it when the record arrives: enrolled, and not revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared_models.codes import CredentialCode, Trust, credential_text, verify_text
from shared_models.errors import ExpiredError
from shared_models.sync import EnrolmentRequest
from shared_models.visit import Guidance
from sync_server.county import County
from sync_server.enrolment.confirm_enrolment import CREDENTIAL_VALID_DAYS, confirm_enrolment
from sync_server.enrolment.issue_code import issue_code
from sync_server.enrolment.request_enrolment import request_enrolment
from sync_server.enrolment.revoke_phone import revoke_phone
from tests.server.towns import PhoneInHand, codes, fetch, later, new_phone, send


def test_what_arrived_before_a_revocation_stays_and_what_was_only_signed_before_is_set_aside(
    town: County, phone: PhoneInHand
) -> None:
    arrived = phone.write("guidance_given", Guidance("arrived"))
    first = send(town, arrived)
    signed_before = phone.write("guidance_given", Guidance("signed before"))
    revoke_phone(town, "office", phone.kid, "lost")
    again = send(town, arrived, signed_before)
    assert codes(again) == [None, "author_revoked"]
    assert again.receipts[0].index == first.receipts[0].index


def test_a_phone_whose_credential_is_over_still_hands_in_what_it_wrote(town: County) -> None:
    phone = new_phone()
    secret = issue_code(town, "office", "market1").secret
    request = EnrolmentRequest(secret, phone.public_key, "software", phone.sign(secret))
    credential = confirm_enrolment(town, "clerk", request_enrolment(town, request).id).credential
    before = phone.write("guidance_given", Guidance("before"))
    now = later(town, days=CREDENTIAL_VALID_DAYS)
    fetch(town, phone)
    after = phone.write("guidance_given", Guidance("after"), at=now + timedelta(minutes=1))
    assert codes(send(town, before, after)) == [None, None]
    code = CredentialCode(town.keys.certificate, credential)
    trust = Trust(town.keys.root_public, "zhuqi.test", frozenset(), now)
    with pytest.raises(ExpiredError):  # no door takes it
        verify_text(credential_text("zhuqi.test", code), trust, now)
