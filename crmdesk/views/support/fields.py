"""The kinds of fields: line, phone, money, number, choice, text with counter, tags, tick."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.money import Money, MoneyError
from crmdesk.core.phone import Phone, PhoneError, normalise
from crmdesk.views.support.field import Field, T
from crmdesk.views.support.sentences_common import amount_sentence, phone_sentence

LINE_LENGTH = 200
TEXT_LENGTH = 2000
_TAG_BORDER = re.compile(r"[,，、;；\n]+")


class LineField(Field[str]):
    """One line of text; `value` is stripped, None when empty."""

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", max_length: int = LINE_LENGTH, example: str = ""
    ) -> None:
        """Build; `max_length` in characters, `example` is shown grey while empty."""
        self.line = QLineEdit()
        self.line.setMaxLength(max_length)
        self.line.setPlaceholderText(example)
        super().__init__(label, self.line, required=required, hint=hint)
        self.line.textChanged.connect(self._typed)

    def typed(self) -> str:
        """Give the text as it stands, stripped."""
        return self.line.text().strip()

    @override
    def value(self) -> str | None:
        return self.typed() or None

    @override
    def set_value(self, value: str | None) -> None:
        self.line.setText(value or "")

    @override
    def is_empty(self) -> bool:
        return not self.typed()

    @override
    def draft(self) -> object:
        return self.line.text()

    @override
    def restore(self, state: object) -> None:
        self.line.setText(str(state))

    def suggest(self, words: Sequence[str]) -> None:
        """Offer `words` while typing, any part of them."""
        completer = QCompleter(list(words), self.line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)


class _ParsedLine(Field[T]):
    """A line whose text means something: shared by phone, money and number."""

    def __init__(self, label: str, *, required: bool = False, hint: str = "", example: str = "") -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(LINE_LENGTH)
        self.line.setPlaceholderText(example)
        super().__init__(label, self.line, required=required, hint=hint)
        self.line.textChanged.connect(self._typed)

    def _parse(self, text: str) -> T:
        """Read `text`, or raise one of `_refusals`."""
        raise NotImplementedError

    def _show(self, value: T) -> str:
        """Write `value` the way it is shown when nobody types."""
        raise NotImplementedError

    def _explain(self, error: Exception) -> str:
        raise NotImplementedError

    def typed(self) -> str:
        """Give the text as it stands, stripped."""
        return self.line.text().strip()

    @override
    def value(self) -> T | None:
        try:
            return self._parse(self.typed()) if self.typed() else None
        except (PhoneError, ValueError):
            return None

    @override
    def set_value(self, value: T | None) -> None:
        self.line.setText("" if value is None else self._show(value))

    @override
    def is_empty(self) -> bool:
        return not self.typed()

    @override
    def problem(self) -> str:
        try:
            if self.typed():
                self._parse(self.typed())
        except (PhoneError, ValueError) as error:
            return self._explain(error)
        return ""

    @override
    def draft(self) -> object:
        return self.line.text()

    @override
    def restore(self, state: object) -> None:
        self.line.setText(str(state))

    @override
    def _left(self) -> None:
        value = self.value()
        if value is not None and self.line.text() != self._show(value):
            self.line.blockSignals(True)
            self.line.setText(self._show(value))
            self.line.blockSignals(False)
        super()._left()


class PhoneField(_ParsedLine[Phone]):
    """A phone number; grouped for reading when the focus leaves."""

    @override
    def _parse(self, text: str) -> Phone:
        return normalise(text)

    @override
    def _show(self, value: Phone) -> str:
        return value.group()

    @override
    def _explain(self, error: Exception) -> str:
        return phone_sentence(error).line() if isinstance(error, PhoneError) else str(error)


class MoneyField(_ParsedLine[Money]):
    """An amount of money; negative ones are refused unless `least` allows them."""

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", least: Money = Money(0), most: Money | None = None
    ) -> None:
        """Build; the amount must lie between `least` and `most`."""
        super().__init__(label, required=required, hint=hint, example="¥")
        self.least = least
        self.most = most

    @override
    def _parse(self, text: str) -> Money:
        amount = Money.parse(text)
        if amount < self.least:
            raise MoneyError(text, "too_small")
        if self.most is not None and amount > self.most:
            raise MoneyError(text, "above_most")
        return amount

    @override
    def _show(self, value: Money) -> str:
        return f"¥{value.yuan_text()}".replace("¥¥", "¥")

    @override
    def _explain(self, error: Exception) -> str:
        if isinstance(error, MoneyError):
            return amount_sentence(error, self.least, self.most)
        return str(error)


class NumberField(_ParsedLine[int]):
    """A whole number between `least` and `most`."""

    def __init__(
        self, label: str, *, required: bool = False, hint: str = "", least: int = 0, most: int = 999_999
    ) -> None:
        """Build; both limits are allowed values."""
        super().__init__(label, required=required, hint=hint)
        self.least = least
        self.most = most

    @override
    def _parse(self, text: str) -> int:
        number = int(text)  # takes full-width digits too
        if not self.least <= number <= self.most:
            raise ValueError(text)
        return number

    @override
    def _show(self, value: int) -> str:
        return str(value)

    @override
    def _explain(self, error: Exception) -> str:
        return gettext("Please enter a whole number from {least} to {most}.").format(least=self.least, most=self.most)


class ChoiceField(Field[T]):
    """One of a few; `value` is the thing behind the words."""

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[str, T]] = (),
        *,
        required: bool = False,
        hint: str = "",
        empty: str = "",
    ) -> None:
        """Build with (words, thing) pairs; `empty` offers to choose nothing, in these words ("–" when optional)."""
        self.box = QComboBox()
        super().__init__(label, self.box, required=required, hint=hint)
        self._empty = empty or "–"
        self._things: list[T | None] = []
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(self._typed)

    def set_choices(self, choices: Sequence[tuple[str, T]]) -> None:
        """Replace the choices; what was chosen stays chosen when it is still there."""
        chosen = self.value()
        self.box.blockSignals(True)
        self.box.clear()
        self._things = [None, *(thing for _words, thing in choices)]
        self.box.addItems([self._empty, *(words for words, _thing in choices)])
        self.box.blockSignals(False)
        self.set_value(chosen)

    @override
    def value(self) -> T | None:
        index = self.box.currentIndex()
        return self._things[index] if 0 <= index < len(self._things) else None

    @override
    def set_value(self, value: T | None) -> None:
        self.box.setCurrentIndex(self._things.index(value) if value in self._things else 0)

    @override
    def draft(self) -> object:
        return self.box.currentText() if self.value() is not None else ""

    @override
    def restore(self, state: object) -> None:
        self.box.setCurrentIndex(max(self.box.findText(str(state)), 0))


class TextField(Field[str]):
    """Several lines with a counter that appears near the limit; Tab moves on."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        hint: str = "",
        max_length: int = TEXT_LENGTH,
        lines: int = 3,
        example: str = "",
    ) -> None:
        """Build `lines` lines high; more than `max_length` characters is a problem, never a cut."""
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(example)
        self._max_length = max_length
        self._own_hint = hint
        super().__init__(label, self.text, required=required, hint=hint)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + 16)
        self.text.textChanged.connect(self._typed)
        self.text.textChanged.connect(self._count)

    def typed(self) -> str:
        """Give the text as it stands, stripped."""
        return self.text.toPlainText().strip()

    def _count(self) -> None:
        length = len(self.typed())
        near = length * 5 >= self._max_length * 4
        self.set_hint(f"{length}/{self._max_length}" if near else self._own_hint)

    @override
    def value(self) -> str | None:
        return self.typed() or None

    @override
    def set_value(self, value: str | None) -> None:
        self.text.setPlainText(value or "")

    @override
    def problem(self) -> str:
        over = len(self.typed()) - self._max_length
        if over <= 0:
            return ""
        return gettext("Too long by {count} characters; please shorten it.").format(count=over)

    @override
    def draft(self) -> object:
        return self.text.toPlainText()

    @override
    def restore(self, state: object) -> None:
        self.text.setPlainText(str(state))


class TagsField(Field[tuple[str, ...]]):
    """Words divided by commas (Chinese ones too); each counts once."""

    def __init__(self, label: str, *, required: bool = False, hint: str = "", max_tags: int = 20) -> None:
        """Build; more than `max_tags` is a problem."""
        self.line = QLineEdit()
        self._max_tags = max_tags
        super().__init__(label, self.line, required=required, hint=hint)
        self.line.textChanged.connect(self._typed)

    @override
    def value(self) -> tuple[str, ...]:
        words = (word.strip() for word in _TAG_BORDER.split(self.line.text()))
        return tuple(dict.fromkeys(word for word in words if word))

    @override
    def set_value(self, value: tuple[str, ...] | None) -> None:
        self.line.setText(gettext(", ").join(value or ()))

    @override
    def is_empty(self) -> bool:
        return not self.value()

    @override
    def problem(self) -> str:
        if len(self.value()) <= self._max_tags:
            return ""
        return gettext("At most {count} words.").format(count=self._max_tags)

    @override
    def draft(self) -> object:
        return self.line.text()

    @override
    def restore(self, state: object) -> None:
        self.line.setText(str(state))


class TickField(Field[bool]):
    """Yes or no; the words stand beside the box."""

    def __init__(self, label: str, *, hint: str = "", in_line: bool = False) -> None:
        """Build unticked; `in_line` keeps the line above empty, so that the box stands level with other fields."""
        self.box = QCheckBox(label)
        super().__init__("", self.box, hint=hint)
        self._label.setVisible(bool(hint) or in_line)
        self._hint.setVisible(bool(hint))  # no empty line above the box
        self.set_label("")
        self.box.setAccessibleName(self.box.text().replace("&", ""))
        self.box.toggled.connect(self._typed)

    @override
    def value(self) -> bool:
        return self.box.isChecked()

    @override
    def set_value(self, value: bool | None) -> None:
        self.box.setChecked(bool(value))

    @override
    def draft(self) -> object:
        return self.box.isChecked()

    @override
    def restore(self, state: object) -> None:
        self.box.setChecked(state is True)
