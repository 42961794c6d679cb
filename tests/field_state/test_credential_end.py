"""A credential's end is told in time, and a phone whose credential is over can be enrolled anew by its officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from field_app.enrolment.credential_end import WARNED_DAYS, CredentialEnd, credential_end
from field_app.state.app import Phase
from shared_models.claims import instant_of
from sync_server.enrolment.confirm_enrolment import CREDENTIAL_VALID_DAYS
from tests.field_state.rig import PIN, a_rig
from tests.sync.county import service_visit


async def test_it_is_told_a_month_before_and_from_the_second_on_at_which_doors_refuse_it(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        standing = rig.field.app.standing
        assert standing is not None
        assert standing.me is not None
        end = instant_of(standing.me.exp)
        for now, said in [
            (end - timedelta(days=WARNED_DAYS, seconds=1), CredentialEnd.FAR),
            (end - timedelta(days=WARNED_DAYS), CredentialEnd.NEAR),
            (end - timedelta(seconds=1), CredentialEnd.NEAR),
            (end, CredentialEnd.OVER),
        ]:
            assert credential_end(standing, now) is said
        assert credential_end(None, end) is CredentialEnd.FAR
        assert credential_end(replace(standing, me=None), end) is CredentialEnd.FAR


@pytest.mark.parametrize(("days", "may"), [(CREDENTIAL_VALID_DAYS - 1, False), (CREDENTIAL_VALID_DAYS, True)])
async def test_only_what_is_over_begins_anew_without_the_offices_revoking_it(
    tmp_path: Path, days: int, *, may: bool
) -> None:
    async with a_rig(tmp_path) as rig:
        old = rig.phone.signer.kid
        rig.later(days=days)
        settings = rig.field.settings
        assert settings.may_start_over is may
        await settings.start_over()
        rig.field.lock.type(PIN)
        await rig.field.lock.enter()
        assert (rig.field.app.phone.signer.kid != old) is may
        assert (rig.field.app.phase is Phase.ENROL) is may


async def test_what_waits_is_sent_first(tmp_path: Path) -> None:
    async with a_rig(tmp_path) as rig:
        await service_visit(rig.phone)
        rig.later(days=CREDENTIAL_VALID_DAYS)
        await rig.field.settings.start_over()
        rig.field.lock.type(PIN)
        await rig.field.lock.enter()
        assert rig.field.app.notice is not None
        assert rig.field.app.notice.code == "unsent"
