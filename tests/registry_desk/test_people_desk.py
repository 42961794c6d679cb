"""Officers, visitors and phones at the desk: each change is a record, what is wrong is said at its field."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from shared_models.code_texts import read_typed_enrolment
from shared_models.people import Person
from shared_models.policy import PublishedPolicy
from shared_models.sync import EnrolmentRequest
from sync_server.calendar.publish_policy import publish_policy
from sync_server.calendar.put_in_force import put_in_force
from sync_server.county import County
from sync_server.enrolment.request_enrolment import request_enrolment
from sync_server.log.rebuild_views import rebuild_views
from sync_server.registry.keep_portrait import HEIGHT, WIDTH, PortraitError, drawn_portrait
from sync_server.registry.set_approver import set_approver
from tests.pages.visitor import Visitor
from tests.registry_desk.desk_hands import acts, current, send, size
from tests.server.towns import enrolled, later, new_phone

Visits = Callable[[str], Visitor]
NEW = {"id": "market9", "name": "喆 𠮷", "department": "market", "licence": "浙-9", "valid_from": "2026-01-01"}


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def test_a_new_officer_is_a_record_on_behalf_of_who_sat_there(county: County, office: Visitor) -> None:
    before = size(county)
    answer = send(office, "/registry/new-person", **NEW, valid_until="2027-12-31")
    assert answer.status_code == 303
    ((kind, act),) = acts(county, before)
    assert (kind, act.account) == ("people_registered", "office")
    assert act.act.people[0].licence == "浙-9"
    assert "喆 𠮷" in office.get("/registry/people?q=浙-9").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "不能空着"),
        ({"id": "market1"}, "已经登记过"),
        ({"id": "fire1"}, "此人已登记在另一单位"),
        ({"licence": "market-1"}, "已登记在本单位另一人名下"),
        ({"licence": "fire-1"}, "此人已登记在另一单位"),
        ({"licence": "9" * 33}, "1–32"),
        ({"department": "nowhere"}, "名册里没有"),
        ({"valid_until": "2025-12-31"}, "早于起始日"),
        ({"valid_until": "31.12.2027"}, "应是日期"),
        ({"id": "x\u202e1"}, "可见字符"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    county: County, office: Visitor, change: dict[str, str], words: str
) -> None:
    before = size(county)
    answer = send(office, "/registry/new-person", **{**NEW, **change})
    assert answer.status_code == 422
    assert words in answer.text
    (field,) = change
    assert f'aria-describedby="wrong-{field}"' in answer.text
    for name, value in {**NEW, **change}.items():
        if name != "department":
            assert f'name="{name}"' in answer.text
            assert value.strip() in answer.text
    assert size(county) == before


def test_a_transfer_keeps_revocation_and_portrait(county: County, office: Visitor) -> None:
    page = "/registry/people/market1"
    assert send(office, f"{page}/portrait", page=page, files={"portrait": ("a.png", picture())}).status_code == 303
    assert send(office, f"{page}/revoke", page=page, reason="调离").status_code == 303
    answer = send(office, page, name="改名", department="fire", licence="market-1")
    assert answer.status_code == 303
    person = current(county, "person", "market1", Person)
    assert (person.name, person.department, person.revoked) == ("改名", "fire", True)
    assert person.portrait is not None
    shown = Image.open(io.BytesIO(office.get("/portraits/market1").content))
    assert (shown.size, shown.format) == ((WIDTH, HEIGHT), "JPEG")


def test_a_revocation_needs_its_reason_and_stands_in_the_log(county: County, office: Visitor) -> None:
    page = "/registry/people/market1"
    refused = send(office, f"{page}/revoke", page=page, reason="  ")
    assert refused.status_code == 422
    assert "不能空着" in refused.text
    before = size(county)
    send(office, f"{page}/revoke", page=page, reason="证件吊销")
    ((kind, act),) = acts(county, before)
    assert (kind, act.act.reason) == ("person_revoked", "证件吊销")
    assert "注销执法证" not in office.get(page).text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", picture(size=(900, 60)), picture()[:200], b"GIF89a" + b"\0" * 90])
def test_what_is_no_portrait_is_refused(data: bytes) -> None:
    with pytest.raises(PortraitError):
        drawn_portrait(data)


def test_a_portrait_loses_its_metadata_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret place"
    out = io.BytesIO()
    Image.new("RGB", (800, 600)).save(out, "JPEG", exif=exif, comment=b"secret place")
    made = drawn_portrait(out.getvalue())
    assert b"secret place" not in made
    assert not Image.open(io.BytesIO(made)).getexif()


def test_the_right_to_approve_is_the_policys_signed_list(county: County, office: Visitor) -> None:
    page = "/registry/people/market1"
    send(office, f"{page}/approver", page=page, may_approve="yes")
    assert current(county, "policy", "policy", PublishedPolicy).approvers == ("culture1", "market1")
    before = size(county)
    send(office, f"{page}/approver", page=page, may_approve="yes")
    assert size(county) == before
    send(office, f"{page}/approver", page=page, may_approve="no")
    policy = current(county, "policy", "policy", PublishedPolicy)
    assert (policy.approvers, policy.frequency_caps) == (("culture1",), {"market": 2})


def test_who_may_no_longer_approve_does_not_come_back_with_a_policy_announced_before(county: County) -> None:
    policy = current(county, "policy", "policy", PublishedPolicy)
    announced = replace(policy, frequency_caps={"market": 5})
    publish_policy(county, "office", announced, effective_on=date(2026, 11, 5))
    set_approver(county, "office", "culture1", may_approve=False)
    set_approver(county, "office", "market1", may_approve=True)
    assert current(county, "policy", "policy", PublishedPolicy).frequency_caps == {"market": 2}
    later(county, days=2)
    assert put_in_force(county) == 1
    policy = current(county, "policy", "policy", PublishedPolicy)
    assert (policy.approvers, policy.frequency_caps) == (("market1",), {"market": 5})
    assert rebuild_views(county).differences == {}


def test_a_clerk_keeps_the_people_of_their_department_only(county: County, visit: Visits) -> None:
    clerk = visit("clerk")
    assert send(clerk, "/registry/new-person", **NEW).status_code == 303
    refused = send(clerk, "/registry/new-person", **{**NEW, "id": "f9", "licence": "f9", "department": "fire"})
    assert refused.status_code == 422
    assert "只能登记自己单位的人员" in refused.text
    own, other = "/registry/people/market1", "/registry/people/fire1"
    assert "保存" in clerk.get(own).text
    assert "保存" not in clerk.get(other).text
    for path in (other, f"{other}/code", f"{other}/portrait"):
        files = {"portrait": ("a.png", picture())} if path.endswith("portrait") else None
        assert send(clerk, path, page=own, files=files, **NEW).status_code == 403, path
    # away from their own department no clerk may move anybody
    assert send(clerk, own, name="x", department="fire", licence="market-1").status_code == 422
    assert send(clerk, f"{own}/revoke", page=own, reason="x").status_code == 403
    assert current(county, "person", "market1", Person).department == "market"


def test_a_phone_is_enrolled_over_the_desk_and_the_one_before_is_revoked(county: County, visit: Visits) -> None:
    old = enrolled(county, "market2")
    clerk = visit("clerk")
    code = send(clerk, "/registry/people/market2/code", page="/registry/people/market2")
    assert code.status_code == 200
    assert "<svg" in code.text
    typed = re.search(r'class="typed-code">([^<]+)<', code.text)
    assert typed
    phone = new_phone("market2")
    secret = read_typed_enrolment(typed[1]).secret
    request_enrolment(county, EnrolmentRequest(secret, phone.public_key, "software", phone.sign(secret)))
    waiting = clerk.get("/registry/phones").text
    found = re.search(r'action="/registry/enrolments/([0-9a-f]+)/confirm"', waiting)
    assert found
    answer = send(clerk, f"/registry/enrolments/{found[1]}/confirm", page="/registry/phones")
    assert answer.headers["location"] == "/registry/phones?note=enrolment_confirmed"
    again = send(clerk, f"/registry/enrolments/{found[1]}/confirm", page="/registry/phones")
    assert again.headers["location"] == "/registry/phones?note=enrolment_over"
    listed = clerk.get("/registry/phones?flag=active").text
    assert phone.kid.hex() in listed
    assert old.kid.hex() not in listed
    lost = send(clerk, f"/registry/phones/{phone.kid.hex()}/revoke", page="/registry/phones", reason="lost")
    assert lost.headers["location"] == "/registry/phones?note=phone_revoked"
    assert acts(county)[-1][1].act.reason == "lost"


def test_another_departments_phones_are_out_of_a_clerks_reach(county: County, visit: Visits) -> None:
    phone = enrolled(county, "fire1")
    clerk = visit("clerk")
    assert send(clerk, f"/registry/phones/{phone.kid.hex()}/revoke", page="/registry/phones").status_code == 403
    assert send(clerk, "/registry/phones/zz/revoke", page="/registry/phones").status_code == 404


def test_lists_are_filtered_sorted_and_paged_by_their_address(county: County, office: Visitor) -> None:
    for n in range(60):
        send(office, "/registry/new-person", **{**NEW, "id": f"q{n:02}", "licence": f"q{n}", "name": f"q{n:02}"})
    first = office.get("/registry/people?q=q&order=name").text
    assert "第 1–50 条，共 60 条" in first
    assert first.index(">q00<") < first.index(">q49<")
    second = office.get("/registry/people?q=q&order=name&page=2").text
    assert "第 51–60 条" in second
    for odd in ("?page=0", "?page=99999999999", "?order=nonsense&flag=nonsense", "?q=%00", "?department=%00"):
        assert office.get(f"/registry/people{odd}").status_code == 200, odd


def test_a_licence_that_ends_soon_or_has_ended_is_marked(county: County, office: Visitor) -> None:
    send(office, "/registry/new-person", **{**NEW, "id": "soon-1", "licence": "soon-1"}, valid_until="2026-11-20")
    send(office, "/registry/new-person", **{**NEW, "id": "over-1", "licence": "over-1"}, valid_until="2026-11-02")
    assert "soon-1" in office.get("/registry/people?flag=expiring").text
    assert "over-1" not in office.get("/registry/people?flag=expiring").text
    assert "over-1" in office.get("/registry/people?flag=expired").text
    overview = office.get("/registry").text
    assert "1 人执法证 30 天内到期" in overview
    assert "1 人执法证已过期" in overview


def test_a_portrait_is_kept_by_its_hash(county: County, office: Visitor) -> None:
    page = "/registry/people/market1"
    send(office, f"{page}/portrait", page=page, files={"portrait": ("a.png", picture())})
    person = current(county, "person", "market1", Person)
    assert hashlib.sha256(county.blobs.get(person.portrait)).digest() == person.portrait
