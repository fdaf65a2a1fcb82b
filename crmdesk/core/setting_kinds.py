"""Kinds of values that a setting can have: how each is checked, typed in, shown and stored."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Generic, TypeVar

from typing_extensions import override

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.money import Money, MoneyError

T = TypeVar("T")

# What can be stored: plain JSON values.
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


class SettingRefusedError(InvalidFieldError):
    """A value does not fit its setting.

    ``reason`` is one of unknown_setting, not_a_number, not_an_amount, not_yes_or_no, not_a_choice, not_a_time,
    not_a_list, not_rising, too_small, too_large, too_long; ``low`` and ``high`` are the bounds as text.
    """

    def __init__(self, reason: str, value: str = "", *, key: str = "", low: str = "", high: str = "") -> None:
        """Keep the reason, the value as typed, the setting's key and its bounds."""
        super().__init__(key, reason, value)
        self.low = low
        self.high = high

    def of(self, key: str) -> "SettingRefusedError":
        """Give the same refusal with the setting named."""
        return SettingRefusedError(self.reason, self.value, key=key, low=self.low, high=self.high)


class Kind(ABC, Generic[T]):
    """A type of value."""

    @abstractmethod
    def check(self, value: object) -> T:
        """Give ``value`` back when it fits; raise ``SettingRefusedError`` when it does not."""

    @abstractmethod
    def parse(self, text: str) -> T:
        """Read what a person types."""

    @abstractmethod
    def text(self, value: T) -> str:
        """Write ``value`` so that ``parse`` reads it back."""

    def to_json(self, value: T) -> Json:
        """Turn ``value`` into what is stored."""
        return self.text(value)

    def from_json(self, stored: Json) -> T:
        """Turn what is stored into a value; raise ``SettingRefusedError`` when it does not fit."""
        return self.parse(stored if isinstance(stored, str) else "")


@dataclass(frozen=True, slots=True)
class Whole(Kind[int]):
    """A whole number between ``low`` and ``high``, both allowed."""

    low: int
    high: int

    @override
    def check(self, value: object) -> int:
        if type(value) is not int:
            raise SettingRefusedError("not_a_number", str(value))
        if not self.low <= value <= self.high:
            reason = "too_small" if value < self.low else "too_large"
            raise SettingRefusedError(reason, str(value), low=str(self.low), high=str(self.high))
        return value

    @override
    def parse(self, text: str) -> int:
        try:
            return self.check(int(text.strip()))
        except ValueError:
            raise SettingRefusedError("not_a_number", text) from None

    @override
    def text(self, value: int) -> str:
        return str(value)

    @override
    def to_json(self, value: int) -> Json:
        return value

    @override
    def from_json(self, stored: Json) -> int:
        return self.check(stored)


@dataclass(frozen=True, slots=True)
class Amount(Kind[Money]):
    """An amount of money from zero to ``high``; stored in fen."""

    high: Money = field(default=Money(100_000_000))

    @override
    def check(self, value: object) -> Money:
        if not isinstance(value, Money):
            raise SettingRefusedError("not_an_amount", str(value))
        if not 0 <= value.fen <= self.high.fen:
            reason = "too_small" if value.fen < 0 else "too_large"
            raise SettingRefusedError(reason, value.short_text(), low="0", high=self.high.short_text())
        return value

    @override
    def parse(self, text: str) -> Money:
        try:
            return self.check(Money.parse(text))
        except MoneyError:
            raise SettingRefusedError("not_an_amount", text) from None

    @override
    def text(self, value: Money) -> str:
        return value.yuan_text()

    @override
    def to_json(self, value: Money) -> Json:
        return value.fen

    @override
    def from_json(self, stored: Json) -> Money:
        if type(stored) is not int:
            raise SettingRefusedError("not_an_amount", str(stored))
        return self.check(Money(stored))


@dataclass(frozen=True, slots=True)
class Switch(Kind[bool]):
    """Yes or no."""

    @override
    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise SettingRefusedError("not_yes_or_no", str(value))
        return value

    @override
    def parse(self, text: str) -> bool:
        word = text.strip().casefold()
        if word in {"yes", "true", "1", "on", "是"}:
            return True
        if word in {"no", "false", "0", "off", "否"}:
            return False
        raise SettingRefusedError("not_yes_or_no", text)

    @override
    def text(self, value: bool) -> str:
        return "yes" if value else "no"

    @override
    def to_json(self, value: bool) -> Json:
        return value

    @override
    def from_json(self, stored: Json) -> bool:
        return self.check(stored)


@dataclass(frozen=True, slots=True)
class Words(Kind[str]):
    """Free text of at most ``longest`` characters."""

    longest: int = 200

    @override
    def check(self, value: object) -> str:
        text = value if isinstance(value, str) else ""
        if len(text) > self.longest:
            raise SettingRefusedError("too_long", text, high=str(self.longest))
        return text

    @override
    def parse(self, text: str) -> str:
        return self.check(text.strip())

    @override
    def text(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Choice(Kind[str]):
    """One of a few fixed keys."""

    choices: tuple[str, ...]

    @override
    def check(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise SettingRefusedError("not_a_choice", str(value), low=", ".join(self.choices))
        return value

    @override
    def parse(self, text: str) -> str:
        return self.check(text.strip())

    @override
    def text(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class TimeOfDay(Kind[time]):
    """A time on the store's wall clock, to the minute."""

    @override
    def check(self, value: object) -> time:
        if not isinstance(value, time) or value.tzinfo is not None:
            raise SettingRefusedError("not_a_time", str(value))
        return value.replace(second=0, microsecond=0)

    @override
    def parse(self, text: str) -> time:
        try:
            return self.check(time.fromisoformat(text.strip().replace("：", ":").zfill(5)))
        except ValueError:
            raise SettingRefusedError("not_a_time", text) from None

    @override
    def text(self, value: time) -> str:
        return value.strftime("%H:%M")


@dataclass(frozen=True, slots=True)
class Steps(Kind[tuple[int, ...]]):
    """Rising whole numbers, as in a ladder of reminders; may be empty."""

    low: int = 0
    high: int = 3650
    most: int = 10

    @override
    def check(self, value: object) -> tuple[int, ...]:
        if not isinstance(value, tuple):
            raise SettingRefusedError("not_a_list", str(value))
        if len(value) > self.most:
            raise SettingRefusedError("too_long", str(value), high=str(self.most))
        steps = tuple(Whole(self.low, self.high).check(step) for step in value)
        if list(steps) != sorted(set(steps)):
            raise SettingRefusedError("not_rising", self.text(steps))
        return steps

    @override
    def parse(self, text: str) -> tuple[int, ...]:
        parts = text.replace("，", ",").replace("、", ",").split(",")
        return self.check(tuple(Whole(self.low, self.high).parse(part) for part in parts if part.strip()))

    @override
    def text(self, value: tuple[int, ...]) -> str:
        return ", ".join(str(step) for step in value)

    @override
    def to_json(self, value: tuple[int, ...]) -> Json:
        return list(value)

    @override
    def from_json(self, stored: Json) -> tuple[int, ...]:
        return self.check(tuple(stored) if isinstance(stored, list) else stored)


@dataclass(frozen=True, slots=True)
class NameTable(Kind[Mapping[str, str]]):
    """A short text per name, as in the printer of each paper; typed as ``name=text; name=text``."""

    longest: int = 200
    most: int = 100

    @override
    def check(self, value: object) -> Mapping[str, str]:
        if not isinstance(value, Mapping):
            raise SettingRefusedError("not_a_list", str(value))
        if len(value) > self.most or any(len(str(text)) > self.longest for text in value.values()):
            raise SettingRefusedError("too_long", high=str(self.longest))
        return {str(name): str(text) for name, text in value.items()}

    @override
    def parse(self, text: str) -> Mapping[str, str]:
        pairs = [part.partition("=") for part in text.split(";") if part.strip()]
        if any(not sign for _, sign, _ in pairs):
            raise SettingRefusedError("not_a_list", text)
        return self.check({name.strip(): value.strip() for name, _, value in pairs})

    @override
    def text(self, value: Mapping[str, str]) -> str:
        return "; ".join(f"{name}={text}" for name, text in value.items())

    @override
    def to_json(self, value: Mapping[str, str]) -> Json:
        return dict(value)

    @override
    def from_json(self, stored: Json) -> Mapping[str, str]:
        return self.check(stored)
