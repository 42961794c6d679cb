"""The bodies of the county's acts: records that the server signs on behalf of a named account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared_models.commitment import Provision
from shared_models.enterprise import Enterprise
from shared_models.filing import FilingForm, Window
from shared_models.people import Department, Person
from shared_models.policy import PublishedPolicy


@dataclass(frozen=True, slots=True)
class CertificateAct:
    """The root's certificate of a server key, in full."""

    certificate: bytes


@dataclass(frozen=True, slots=True)
class DepartmentsRegistered:
    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class PeopleRegistered:
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class PersonRevoked:
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class EnterprisesRegistered:
    enterprises: tuple[Enterprise, ...]


@dataclass(frozen=True, slots=True)
class CodeTaught:
    """The text of an e-licence's 企业码 leads to this enterprise from now on."""

    text: str
    enterprise: str


@dataclass(frozen=True, slots=True)
class FilingSubmitted:
    form: FilingForm


@dataclass(frozen=True, slots=True)
class FilingAccepted:
    """`filing` as in FilingLine.filing. `by_rule` where the system accepted it at once (rules 6)."""

    filing: str
    number: str
    by_rule: bool = False


@dataclass(frozen=True, slots=True)
class FilingReturned:
    filing: str
    comment: str


@dataclass(frozen=True, slots=True)
class FilingWithdrawn:
    filing: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class FilingsMerged:
    """The parts are merged into `joint`, an accepted filing of several departments (联合入企)."""

    joint: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceWeek:
    """The protected days of one month; `note` says who moved the week and why, where it was moved by hand."""

    month: str
    days: Window
    moved: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class CalendarPublished:
    """Replaces what was published before for the same months and years."""

    weeks: tuple[ServiceWeek, ...]
    days_off: tuple[date, ...] = ()
    extra_workdays: tuple[date, ...] = ()
    covers_until: date | None = None


@dataclass(frozen=True, slots=True)
class PolicyPublished:
    """`effective_on` a later day: announced now, published again by the system when the day has come."""

    policy: PublishedPolicy
    effective_on: date | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """The service theme of one month (三.2); a service visit names its `number` as ground."""

    month: str
    number: str
    title: str
    lead: str
    departments: tuple[str, ...] = ()
    activity: str = ""
    enterprises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemePublished:
    """Replaces what was published before under the same number."""

    theme: Theme


class SnippetKind(StrEnum):
    GUIDANCE = "guidance"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A ready sentence for guidance, or a provision to teach; `department` blank: for all."""

    id: str
    kind: SnippetKind
    title: str
    text: str
    provision: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class SnippetsPublished:
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class ProvisionsPublished:
    """Clauses for findings and letters: the county's small law library."""

    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class PhoneEnrolled:
    """`credential` in full, as the phone holds it."""

    kid: bytes
    officer: str
    public_key: bytes
    keystore: str
    credential: bytes


@dataclass(frozen=True, slots=True)
class PhoneRevoked:
    kid: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class ExceptionAnswered:
    """The approver's word on a stated exception: `opening` is the id of the `visit_opened` record."""

    opening: bytes
    confirmed: bool
    reason: str = ""


class CheckAction(StrEnum):
    """What the enterprise did on the answer."""

    LOOKED = "looked"
    LET_IN = "let_in"
    REFUSED = "refused"
    NOT_THE_PERSON = "not_the_person"


class CheckSource(StrEnum):
    """Whether the check started from the enterprise's own gate sheet, or the pass was scanned directly.

    A code that was told has no pass: it was typed on the own sheet's page (`spoken`) or told to the `hotline`.
    """

    OWN_SHEET = "own_sheet"
    DIRECT = "direct"
    SPOKEN = "spoken"
    HOTLINE = "hotline"


@dataclass(frozen=True, slots=True)
class PassChecked:
    """An enterprise looked at a visit pass (核验); nobody logs in for that, so the account is `public`.

    `digest` is the SHA-256 of the pass's bytes, of a spoken code that of the phone's key id, the day and the digits;
    `answer` is one of the twelve statuses, `advice` what was recommended.
    `skew_seconds`: the server's clock minus the pass's time. `enterprise` is that of the own sheet.
    """

    digest: bytes
    answer: str
    advice: str
    action: CheckAction
    source: CheckSource
    opening: bytes | None = None
    credential: bytes | None = None
    pass_at: int | None = None
    skew_seconds: int | None = None
    enterprise: str | None = None
    offline_at: int | None = None
    """Seconds by the clock of the enterprise's phone, where the check was made without signal and arrived later."""


@dataclass(frozen=True, slots=True)
class LetterAnswered:
    """The enterprise's word on the letter whose copy it holds; `letter` is the id of that record."""

    letter: bytes
    confirmed: bool
    note: str = ""


class AccountChange(StrEnum):
    MADE = "made"
    ROLES = "roles"
    PASSWORD = "password"  # noqa: S105 - the word, not one
    DISABLED = "disabled"
    ENABLED = "enabled"
    SECOND_FACTOR = "second_factor"
    SECOND_FACTOR_TAKEN = "second_factor_taken"


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """What an administrator did to an account, and what holds from then on; `roles` read `clerk@market`."""

    name: str
    change: AccountChange
    roles: tuple[str, ...]
    disabled: bool
    person: str | None = None
