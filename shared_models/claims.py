"""CWT claims (RFC 8392) in our envelopes: integer keys, NumericDate, and one private claim for what is ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared_models import cbor, suite
from shared_models.errors import BadlyFormedError, ExpiredError, NotYetError, UnsupportedError

ISS, SUB, EXP, NBF, IAT, CNF = 1, 2, 4, 5, 6, 8
OURS = -65_537
"""The first private-use claim key: a map with small keys, so that a pass stays small."""
EARLY_SECONDS = 120
"""How far a reader's clock may be behind the signer's."""
_COSE_KEY = 1
_EPOCH = date(1970, 1, 1)
_MAX_SECONDS = 253_402_300_799
"""The last second of the year 9999."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes the values of one map out by key and type; `where` names the map in errors."""

    values: dict[Any, Any]
    where: str

    def text(self, key: int) -> str:
        value: str = self._take(key, str)
        return value

    def optional_text(self, key: int) -> str | None:
        value = self.values.get(key)
        return None if value is None else self.text(key)

    def raw(self, key: int, size: int) -> bytes:
        value: bytes = self._take(key, bytes)
        if len(value) != size:
            raise BadlyFormedError(f"{self.where}.{key}", f"must be {size} bytes")
        return value

    def seconds(self, key: int) -> int:
        value: int = self._take(key, int)
        if not 0 <= value <= _MAX_SECONDS:
            raise BadlyFormedError(f"{self.where}.{key}", "must be a time")
        return value

    def day(self, key: int) -> date:
        """Days since 1970 (RFC 8943)."""
        return _day(self._take(key, int), f"{self.where}.{key}")

    def texts(self, key: int) -> tuple[str, ...]:
        value = self._take(key, list)
        if any(type(item) is not str for item in value):
            raise BadlyFormedError(f"{self.where}.{key}", "must be a list of texts")
        return tuple(value)

    def public_key(self) -> bytes:
        """The key that the bearer proves to hold (RFC 8747)."""
        confirmation = self._take(CNF, dict)
        if confirmation.keys() != {_COSE_KEY}:
            raise BadlyFormedError("cnf", "must hold one key")
        return suite.public_key_of(confirmation[_COSE_KEY])

    def ours(self) -> Reader:
        return Reader(self._take(OURS, dict), "claims")

    def word(self, key: int, words: Words) -> str:
        return words.read(self.values.get(key))

    def open_word(self, key: int, words: Words) -> str | None:
        """A known word by its number, any other as text; null for none."""
        value = self.values.get(key)
        if type(value) is str and value not in words.words:
            return value
        return self.optional_word(key, words)

    def optional_word(self, key: int, words: Words) -> str | None:
        return None if self.values.get(key) is None else self.word(key, words)

    def _take(self, key: int, kind: type) -> Any:
        value = self.values.get(key)
        if type(value) is not kind:
            raise BadlyFormedError(f"{self.where}.{key}", f"must be {kind.__name__}")
        return value


@dataclass(frozen=True, slots=True)
class Words:
    """A closed list of words, written as their number to save room in a code; only ever extended at the end."""

    name: str
    words: tuple[str, ...]

    def number(self, word: str) -> int:
        if word not in self.words:
            raise BadlyFormedError(self.name, "is not one of the known words")
        return self.words.index(word)

    def optional_number(self, word: str | None) -> int | None:
        return None if word is None else self.number(word)

    def open_number(self, word: str | None) -> int | str | None:
        return self.words.index(word) if word in self.words else word

    def read(self, number: object) -> str:
        if type(number) is not int or number < 0:
            raise BadlyFormedError(self.name, "must be a number of the list")
        if number >= len(self.words):
            raise UnsupportedError(self.name)
        return self.words[number]


def confirmation(public_key: bytes) -> dict[int, Any]:
    suite.check_public_key(public_key)
    return {_COSE_KEY: suite.cose_key(public_key)}


def read(payload: bytes, keys: frozenset[int], ours: frozenset[int] = frozenset()) -> Reader:
    """A claims set with exactly these keys, and these in the private claim."""
    plain = cbor.decode(payload)
    if type(plain) is not dict or plain.keys() != keys:
        raise BadlyFormedError("claims", "must be the claims of this kind")
    if OURS in keys and (type(plain[OURS]) is not dict or plain[OURS].keys() != ours):
        raise BadlyFormedError("claims", "must be the claims of this kind")
    return Reader(plain, "claims")


def days_since_1970(day: date) -> int:
    return (day - _EPOCH).days


def instant_of(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def check_time(now: datetime | None, not_before: int, exp: int) -> None:
    """Valid from `not_before` on and until just before `exp`, in seconds; nothing is checked where `now` is null.

    What was signed a moment ago must not be refused by a reader whose clock is a little behind.
    """
    if now is None:
        return
    if now < instant_of(not_before) - timedelta(seconds=EARLY_SECONDS):
        raise NotYetError(instant_of(not_before).isoformat())
    if now >= instant_of(exp):
        raise ExpiredError(instant_of(exp).isoformat())


def _day(days: int, where: str) -> date:
    try:
        return _EPOCH + timedelta(days=days)
    except OverflowError as err:
        raise BadlyFormedError(where, "must be a day") from err
