"""The table of record kinds: who may write one, and what its body is. A kind that is not here is from a newer app."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared_models import acts, case_acts, commitment, corrections, draw, offsite, visit
from shared_models.errors import UnsupportedError
from shared_models.record import Record
from shared_models.shape import from_plain, to_plain

VERSION = 1


class Author(StrEnum):
    PHONE = "phone"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Kind:
    body: type[Any]
    author: Author


KINDS: dict[str, Kind] = {
    "visit_opened": Kind(visit.GateDecision, Author.PHONE),
    "visit_refused": Kind(visit.GateDecision, Author.PHONE),
    "guidance_given": Kind(visit.Guidance, Author.PHONE),
    "law_taught": Kind(visit.LegalEducation, Author.PHONE),
    "photo_taken": Kind(visit.Photo, Author.PHONE),
    "need_noted": Kind(visit.Need, Author.PHONE),
    "finding_noted": Kind(commitment.Finding, Author.PHONE),
    "letter_signed": Kind(commitment.LetterSigned, Author.PHONE),
    "letter_refused": Kind(commitment.LetterRefused, Author.PHONE),
    "visit_closed": Kind(visit.VisitClosed, Author.PHONE),
    "joined": Kind(visit.Joined, Author.PHONE),
    "amended": Kind(visit.Amendment, Author.PHONE),
    "resumed": Kind(visit.Resumed, Author.PHONE),
    "server_key_certified": Kind(acts.CertificateAct, Author.COUNTY),
    "departments_registered": Kind(acts.DepartmentsRegistered, Author.COUNTY),
    "people_registered": Kind(acts.PeopleRegistered, Author.COUNTY),
    "person_revoked": Kind(acts.PersonRevoked, Author.COUNTY),
    "enterprises_registered": Kind(acts.EnterprisesRegistered, Author.COUNTY),
    "code_taught": Kind(acts.CodeTaught, Author.COUNTY),
    "filing_submitted": Kind(acts.FilingSubmitted, Author.COUNTY),
    "filing_accepted": Kind(acts.FilingAccepted, Author.COUNTY),
    "filing_returned": Kind(acts.FilingReturned, Author.COUNTY),
    "filing_withdrawn": Kind(acts.FilingWithdrawn, Author.COUNTY),
    "filings_merged": Kind(acts.FilingsMerged, Author.COUNTY),
    "calendar_published": Kind(acts.CalendarPublished, Author.COUNTY),
    "policy_published": Kind(acts.PolicyPublished, Author.COUNTY),
    "theme_published": Kind(acts.ThemePublished, Author.COUNTY),
    "snippets_published": Kind(acts.SnippetsPublished, Author.COUNTY),
    "provisions_published": Kind(acts.ProvisionsPublished, Author.COUNTY),
    "phone_enrolled": Kind(acts.PhoneEnrolled, Author.COUNTY),
    "phone_revoked": Kind(acts.PhoneRevoked, Author.COUNTY),
    "exception_answered": Kind(acts.ExceptionAnswered, Author.COUNTY),
    "pass_checked": Kind(acts.PassChecked, Author.COUNTY),
    "letter_answered": Kind(acts.LetterAnswered, Author.COUNTY),
    "correction_shown": Kind(corrections.CorrectionShown, Author.COUNTY),
    "correction_answered": Kind(corrections.CorrectionAnswered, Author.COUNTY),
    "objection_answered": Kind(corrections.ObjectionAnswered, Author.COUNTY),
    "promise_broken": Kind(corrections.PromiseBroken, Author.COUNTY),
    "sparing_decided": Kind(corrections.SparingDecided, Author.COUNTY),
    "follow_up_planned": Kind(corrections.FollowUpPlanned, Author.COUNTY),
    "account_changed": Kind(acts.AccountChanged, Author.COUNTY),
    "draw_opened": Kind(draw.DrawOpened, Author.COUNTY),
    "draw_closed": Kind(draw.DrawClosed, Author.COUNTY),
    "self_check_lists_published": Kind(offsite.SelfCheckListsPublished, Author.COUNTY),
    "offsite_check_filed": Kind(offsite.OffsiteCheckFiled, Author.COUNTY),
    "offsite_due_moved": Kind(offsite.OffsiteDueMoved, Author.COUNTY),
    "offsite_check_withdrawn": Kind(offsite.OffsiteCheckWithdrawn, Author.COUNTY),
    "offsite_answered": Kind(offsite.OffsiteAnswered, Author.COUNTY),
    "offsite_reviewed": Kind(offsite.OffsiteReviewed, Author.COUNTY),
    "case_opened": Kind(case_acts.CaseOpened, Author.COUNTY),
    "case_facts_found": Kind(case_acts.CaseFactsFound, Author.COUNTY),
    "case_handlers_named": Kind(case_acts.CaseHandlersNamed, Author.COUNTY),
    "case_reviewer_named": Kind(case_acts.CaseReviewerNamed, Author.COUNTY),
    "case_step_done": Kind(case_acts.CaseStepDone, Author.COUNTY),
    "case_decided": Kind(case_acts.CaseDecided, Author.COUNTY),
    "case_served": Kind(case_acts.CaseServed, Author.COUNTY),
    "deferral_asked": Kind(case_acts.DeferralAsked, Author.COUNTY),
    "deferral_answered": Kind(case_acts.DeferralAnswered, Author.COUNTY),
    "instalment_settled": Kind(case_acts.InstalmentSettled, Author.COUNTY),
}
_KIND_OF = {
    (kind.body, kind.author): name for name, kind in KINDS.items() if name not in ("visit_opened", "visit_refused")
}


@dataclass(frozen=True, slots=True)
class CountyAct:
    """The body of every county record: on behalf of whom the server signed, and what."""

    account: str
    act: Any


def body_of(record: Record) -> Any:
    """The record's body as its dataclass; a CountyAct for the county's.

    Raises UnsupportedError for a kind or version from a newer app, BadlyFormedError for a body that is not its shape.
    """
    kind = KINDS.get(record.kind)
    if kind is None or record.v != VERSION:
        raise UnsupportedError(f"{record.kind} v{record.v}")
    if kind.author is Author.PHONE:
        return from_plain(kind.body, record.body, record.kind)
    wrapper = from_plain(CountyAct, record.body, record.kind)
    return CountyAct(wrapper.account, from_plain(kind.body, wrapper.act, record.kind))


def act_body(account: str, act: object) -> dict[str, Any]:
    return {"account": account, "act": to_plain(act)}


def kind_of_act(act: object) -> str:
    """The kind whose body this act is; KeyError would be a bug, not bad input."""
    return _KIND_OF[type(act), Author.COUNTY]
