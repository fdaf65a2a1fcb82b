"""What a setting is: a key, a kind of value with its bounds, a default and a sentence that explains it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from crmdesk.core.i18n import mark
from crmdesk.core.setting_kinds import Json, Kind, SettingRefusedError, Whole

T = TypeVar("T")

DAYS, WORKING_DAYS, MONTHS, YEARS = mark("days"), mark("working days"), mark("months"), mark("years")
HOURS, MINUTES, SECONDS = mark("hours"), mark("minutes"), mark("seconds")
PERCENT, TIMES = mark("%"), mark("times")


class Scope(StrEnum):
    """Where a setting lives."""

    DESK = "desk"  # desk.json of this computer
    STORE = "store"  # the store's rows in the database


@dataclass(frozen=True, slots=True, eq=False)
class Setting(Generic[T]):
    """One declared setting; ``doc`` and ``group`` are marked texts, ``unit`` names what a number counts."""

    key: str
    kind: Kind[T]
    default: T
    doc: str
    scope: Scope
    group: str
    unit: str = ""

    def check(self, value: object) -> T:
        """Give ``value`` back when it fits; raise ``SettingRefusedError`` with the key when it does not."""
        try:
            return self.kind.check(value)
        except SettingRefusedError as refusal:
            raise refusal.of(self.key) from None

    def parse(self, text: str) -> T:
        """Read what a person types; raise ``SettingRefusedError`` with the key when it does not fit."""
        try:
            return self.kind.parse(text)
        except SettingRefusedError as refusal:
            raise refusal.of(self.key) from None


class SettingValues:
    """The values in force: what is stored where it fits, the default elsewhere. Immutable, safe between threads."""

    def __init__(self, stored: Mapping[str, Json] | None = None) -> None:
        """Take what is stored, by key; unknown keys are kept but not used."""
        self._stored: dict[str, Json] = dict(stored or {})

    def get(self, setting: Setting[T]) -> T:
        """Give the value in force; something stored that no longer fits counts as not stored."""
        if setting.key not in self._stored:
            return setting.default
        try:
            return setting.kind.from_json(self._stored[setting.key])
        except SettingRefusedError:
            return setting.default

    def is_default(self, setting: Setting[T]) -> bool:
        """Tell whether the value in force equals the default."""
        return self.get(setting) == setting.default

    def changed(self, setting: Setting[T], value: T) -> "SettingValues":
        """Give a copy in which ``setting`` is ``value``; raise ``SettingRefusedError`` when it does not fit."""
        return SettingValues({**self._stored, setting.key: setting.kind.to_json(setting.check(value))})

    def stored(self) -> dict[str, Json]:
        """Give what is to be stored, by key."""
        return dict(self._stored)


DECLARED: Final[dict[str, Setting[object]]] = {}  # by key, in the order of the settings page


def declare(setting: Setting[T]) -> Setting[T]:
    """Enter a setting into ``DECLARED``.

    Raises:
        ValueError: the key is taken.
        SettingRefusedError: the default does not fit its own kind.
    """
    if setting.key in DECLARED:
        raise ValueError(setting.key)
    setting.check(setting.default)
    DECLARED[setting.key] = setting  # type: ignore[assignment] # the registry holds settings of every kind
    return setting


def declare_store(group: str, key: str, kind: Kind[T], default: T, doc: str) -> Setting[T]:
    """Declare a setting of the store."""
    return declare(Setting(key, kind, default, doc, Scope.STORE, group))


def declare_count(
    group: str, key: str, default: int, doc: str, *, unit: str = "", bounds: tuple[int, int] = (0, 365)
) -> Setting[int]:
    """Declare a whole number of the store, of ``unit``, both ``bounds`` allowed."""
    return declare(Setting(key, Whole(*bounds), default, doc, Scope.STORE, group, unit))


def declare_desk(key: str, kind: Kind[T], default: T, doc: str) -> Setting[T]:
    """Declare a setting of one computer."""
    return declare(Setting(key, kind, default, doc, Scope.DESK, mark("This computer")))
