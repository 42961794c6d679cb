"""What accounts refuse; `texts.codes` words it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shared_models.errors import ZhuqiError


@dataclass(eq=False)
class LoginFailedError(ZhuqiError):
    """Which of account and password was wrong is nobody's business who does not hold both."""

    code: ClassVar[str] = "login_failed"


@dataclass(eq=False)
class LoginThrottledError(ZhuqiError):
    code: ClassVar[str] = "login_throttled"
    retry_after_seconds: int


@dataclass(eq=False)
class LoginRequiredError(ZhuqiError):
    code: ClassVar[str] = "login_required"


@dataclass(eq=False)
class ForbiddenError(ZhuqiError):
    code: ClassVar[str] = "forbidden"


@dataclass(eq=False)
class FormExpiredError(ZhuqiError):
    """A form without the token that its page was given, or sent from another site."""

    code: ClassVar[str] = "form_expired"


@dataclass(eq=False)
class AccountExistsError(ZhuqiError):
    code: ClassVar[str] = "account_exists"
    name: str


@dataclass(eq=False)
class AccountUnknownError(ZhuqiError):
    code: ClassVar[str] = "account_unknown"
    name: str


@dataclass(eq=False)
class PasswordTooWeakError(ZhuqiError):
    code: ClassVar[str] = "password_too_weak"
    min_characters: int


@dataclass(eq=False)
class SecondFactorError(ZhuqiError):
    """The password is right, the code of the second factor is missing, wrong, or was used before."""

    code: ClassVar[str] = "second_factor"


@dataclass(eq=False)
class InvitationError(ZhuqiError):
    code: ClassVar[str] = "invitation_over"


@dataclass(eq=False)
class LastAdministratorError(ZhuqiError):
    """After this nobody could keep the accounts any more."""

    code: ClassVar[str] = "last_administrator"
