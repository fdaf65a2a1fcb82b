"""Editors for the values of a condition, by what they are: words, choices, numbers, money, days."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.money import Money, MoneyError
from crmdesk.core.segments import LONGEST_WORD, MOST_DAYS, Is, Shape, Value
from crmdesk.views.members.segment_words import OWN_SCALE, FieldSpec
from crmdesk.views.support.days import Leaning, parse_day
from crmdesk.views.support.widgets.chip import ChipButton
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, set_look

_BORDER: Final = re.compile(r"[,，、;；]+")
_NARROW: Final = 96
_WIDE: Final = 150
_WITHOUT: Final = frozenset({Is.EMPTY, Is.FILLED, Is.YES, Is.NO})
_IN_DAYS: Final = frozenset({Is.LAST_DAYS, Is.NOT_LAST_DAYS, Is.NEXT_DAYS})
_SEVERAL: Final = frozenset({Is.ONE_OF, Is.NOT_ONE_OF})


_Read = Callable[[str], Value | None]
_Show = Callable[[Value], str]


class Values(QWidget):
    """Base: what is typed as the values of a condition."""

    changed = Signal()

    def values(self) -> tuple[Value, ...] | None:
        """Give the values; None while they are not complete."""
        return ()

    def set_values(self, values: Sequence[Value]) -> None:
        """Show values."""

    def mark_wrong(self, *, wrong: bool) -> None:
        """Show that something is missing or cannot be read."""


class WordValues(Values):
    """A word, or several divided by commas; those in use are offered."""

    def __init__(self, name: str, words: Sequence[str], *, several: bool) -> None:
        super().__init__()
        self._several = several
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setMinimumWidth(_WIDE)
        self.line.setPlaceholderText(gettext("word, another word") if several else "")
        if words:
            completer = QCompleter(list(words), self.line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.line.setCompleter(completer)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.setLayout(row(self.line, gap=0))
        self.setFocusProxy(self.line)

    @override
    def values(self) -> tuple[Value, ...] | None:
        text = self.line.text().strip()
        parts = _BORDER.split(text) if self._several else [text]
        words = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
        return words if words and all(len(word) <= LONGEST_WORD for word in words) else None

    @override
    def set_values(self, values: Sequence[Value]) -> None:
        self.line.setText(gettext(", ").join(str(value) for value in values))

    @override
    def mark_wrong(self, *, wrong: bool) -> None:
        set_look(self.line, wrong=wrong)


class ChipValues(Values):
    """Some of a closed list, as chips that are switched on and off."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._chips: dict[str, ChipButton] = {}
        line = FlowLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for value, words in choices:
            chip = ChipButton(words)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.toggled.connect(lambda _on: self.changed.emit())
            self._chips[value] = chip
            line.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))

    @override
    def values(self) -> tuple[Value, ...] | None:
        return tuple(value for value, chip in self._chips.items() if chip.isChecked()) or None

    @override
    def set_values(self, values: Sequence[Value]) -> None:
        wanted = {str(value) for value in values}
        for value, chip in self._chips.items():
            chip.setChecked(value in wanted)


class ReadValues(Values):
    """One value or two, read from what is typed."""

    def __init__(
        self, name: str, count: int, read: Callable[[str], Value | None], show: Callable[[Value], str]
    ) -> None:
        super().__init__()
        self._read, self._show = read, show
        self.lines = [QLineEdit() for _number in range(count)]
        parts: list[QWidget | None] = []
        for number, line in enumerate(self.lines):
            said = gettext("{name}, from") if number == 0 else gettext("{name}, to")
            line.setAccessibleName(said.format(name=name) if count > 1 else name)
            line.setFixedWidth(_NARROW)
            line.textChanged.connect(lambda _text: self.changed.emit())
            parts += [Text(gettext("and"), "soft"), line] if number else [line]
        self.line = row(*parts, None, gap=2)
        self.setLayout(self.line)
        self.setFocusProxy(self.lines[0])

    def widen(self, width: int, example: str = "") -> None:
        """Give the lines more room, and an example while they are empty."""
        for line in self.lines:
            line.setFixedWidth(width)
            line.setPlaceholderText(example)

    def say_after(self, words: str) -> None:
        """Put a word behind the last line, as in "30 days"."""
        self.line.insertWidget(self.line.count() - 1, Text(words, "soft"))

    @override
    def values(self) -> tuple[Value, ...] | None:
        found = [self._read(line.text().strip()) for line in self.lines]
        read = [value for value in found if value is not None]
        if len(read) < len(found):
            return None
        return tuple(sorted(read))

    @override
    def set_values(self, values: Sequence[Value]) -> None:
        for line, value in zip(self.lines, values, strict=False):
            line.setText(self._show(value))

    @override
    def mark_wrong(self, *, wrong: bool) -> None:
        for line in self.lines:
            set_look(line, wrong=wrong and self._read(line.text().strip()) is None)


def editor_for(field: FieldSpec, how: Is, today: Callable[[], date]) -> Values:
    """Give the editor for the values of a field compared in a way; ``today`` gives the store's day."""
    if how in _WITHOUT:
        return Values()
    if how in _IN_DAYS:
        days = ReadValues(gettext("Days"), 1, read_days, str)
        days.say_after(gettext("days"))
        return days
    count = 2 if how is Is.BETWEEN else 1
    if field.shape is Shape.CHOICE:
        return ChipValues(field.choices)
    if field.shape is Shape.WORDS:
        return WordValues(field.name, field.words, several=how in _SEVERAL)
    if field.shape is Shape.DAY:
        made = ReadValues(field.name, count, lambda text: _read_day(text, today()), _show_day)
        made.widen(_WIDE, gettext("26, 11-26 or 2026-11-26"))
        return made
    read, show = _PLAIN[field.shape] if field.own is None else (_read_own, _show_own)
    made = ReadValues(field.name, count, read, show)
    if field.shape is Shape.MONEY:
        made.widen(_NARROW, "¥")
    return made


def read_days(text: str) -> int | None:
    """Read a number of days; None when it is none."""
    number = _read_number(text)
    return number if number is not None and 0 < number <= MOST_DAYS else None


def _read_number(text: str) -> int | None:
    try:
        number = int(text.replace(",", ""))
    except ValueError:
        return None
    return number if abs(number) < 10**12 else None


def _read_money(text: str) -> int | None:
    try:
        amount = Money.parse(text) if text else None
    except MoneyError:
        return None
    return amount.fen if amount is not None and abs(amount.fen) < 10**14 else None


def _read_own(text: str) -> int | None:
    try:
        number = Decimal(text.replace(",", "")) * OWN_SCALE if text else None
    except InvalidOperation:
        return None
    return int(number) if number is not None and number.is_finite() and abs(number) < 10**15 else None


def _read_day(text: str, today: date) -> str | None:
    found = parse_day(text, today, Leaning.PAST) if text else None
    return found.isoformat() if found is not None else None


def _show_own(value: Value) -> str:
    return f"{Decimal(value) / OWN_SCALE:f}"


def _show_day(value: Value) -> str:
    return str(value)


_PLAIN: Final[dict[Shape, tuple[_Read, _Show]]] = {
    Shape.NUMBER: (_read_number, str),
    Shape.MONEY: (_read_money, lambda value: Money(int(value)).short_text()),
}
