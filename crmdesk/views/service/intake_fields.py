"""Fields that only the intake form has: chips that are ticked, a choice without an empty line, goods, kept state."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.queries.intake_goods import GoodsRow
from crmdesk.views.support.field import Field, T
from crmdesk.views.support.fields import ChoiceField, TagsField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.chip import ChipButton
from crmdesk.views.support.widgets.flow_layout import FlowLayout

_GAP = 4
_NEW = "new"
_EXAMPLES = 2
_COMMAS = re.compile("[,，、;；]")


class PickField(ChoiceField[T]):
    """One of a few, of which one is always chosen."""

    @override
    def set_choices(self, choices: Sequence[tuple[str, T]]) -> None:
        chosen = self.value()
        self.box.blockSignals(True)
        self.box.clear()
        self._things = [thing for _words, thing in choices]
        self.box.addItems([words for words, _thing in choices])
        self.box.blockSignals(False)
        self.set_value(chosen)


class _Chips(QWidget):
    """Chips that can all be on; one tab stop, arrows move, Space or the chip's digit turns it on and off."""

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = FlowLayout(self, gap=_GAP)
        self._chips: dict[str, ChipButton] = {}
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        on = set(self.chosen())
        for chip in self._chips.values():
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for code, words in chips:
            chip = self._chips[code] = ChipButton(words)
            chip.setChecked(code in on)
            chip.toggled.connect(self._on_toggled)
            self._line.addWidget(chip)
        self._give_stop(next(iter(self._chips), ""))
        self.updateGeometry()

    def _give_stop(self, code: str) -> None:
        for other, chip in self._chips.items():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == code else Qt.FocusPolicy.ClickFocus)
            if other == code:
                self.setFocusProxy(chip)

    def _on_toggled(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.toggled.emit()

    def chosen(self) -> tuple[str, ...]:
        return tuple(code for code, chip in self._chips.items() if chip.isChecked())

    def choose(self, codes: Sequence[str]) -> None:
        for code, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(code in codes)
            chip.blockSignals(False)
        self.toggled.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes = list(self._chips)
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and codes:
            here = next((at for at, chip in enumerate(self._chips.values()) if chip.hasFocus()), 0)
            wanted = codes[(here + step) % len(codes)]
            self._give_stop(wanted)
            self._chips[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.text().isdigit() and 0 < int(event.text()) <= len(codes):
            self._chips[codes[int(event.text()) - 1]].toggle()
        else:
            super().keyPressEvent(event)


class ChipsField(Field[tuple[str, ...]]):
    """Several of a few, as chips; the value is their codes in the order shown."""

    def __init__(self, label: str, hint: str = "") -> None:
        """Build without chips."""
        self.chips = _Chips()
        super().__init__(label, self.chips, hint=hint)
        self._wanted: tuple[str, ...] = ()
        self.chips.toggled.connect(self._typed)

    def set_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Offer other chips (code, words); codes that are still there stay on."""
        self.chips.set_chips(chips)
        if self._wanted:
            self.chips.choose(self._wanted)
            self._wanted = ()
        self._typed()

    @override
    def value(self) -> tuple[str, ...]:
        return self.chips.chosen()

    @override
    def set_value(self, value: tuple[str, ...] | None) -> None:
        self.chips.choose(value or ())

    @override
    def is_empty(self) -> bool:
        return not self.value()

    @override
    def draft(self) -> object:
        return list(self.value())

    @override
    def restore(self, state: object) -> None:
        self._wanted = tuple(map(str, state)) if isinstance(state, list) else ()
        self.chips.choose(self._wanted)


class GoodsField(Field[GoodsRow]):
    """Which of a person's goods it is; the value is None for something new."""

    def __init__(self, label: str, words: Callable[[GoodsRow], str]) -> None:
        """Build empty; `words` says a row in one line."""
        self.box = QComboBox()
        self.box.setPlaceholderText(gettext("Choose from the list"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        super().__init__(label, self.box)
        self._words = words
        self._rows: tuple[GoodsRow, ...] = ()
        self._wanted = ""
        self.set_rows(())
        self.box.currentIndexChanged.connect(self._typed)

    def set_rows(self, rows: Sequence[GoodsRow]) -> None:
        """Offer a person's goods; a single one is chosen at once, without any it is something new."""
        self._rows = tuple(rows)
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems([*map(self._words, rows), gettext("Something else …")])
        self.box.setCurrentIndex(self._start())
        self._wanted = ""
        self.box.blockSignals(False)
        self._typed()

    def _start(self) -> int:
        keys = [row.key for row in self._rows]
        if self._wanted == _NEW:
            return len(keys)
        if self._wanted in keys:
            return keys.index(self._wanted)
        return 0 if len(keys) <= 1 else -1

    def want(self, key: str) -> None:
        """Choose the row `key` now, or as soon as it is offered."""
        keys = [row.key for row in self._rows]
        if key == _NEW or key in keys:
            self.box.setCurrentIndex(len(keys) if key == _NEW else keys.index(key))
        if key not in keys:
            self._wanted = key

    @property
    def is_new(self) -> bool:
        """Whether it is something that is not on file."""
        return self.box.currentIndex() == len(self._rows)

    @override
    def value(self) -> GoodsRow | None:
        index = self.box.currentIndex()
        return self._rows[index] if 0 <= index < len(self._rows) else None

    @override
    def set_value(self, value: GoodsRow | None) -> None:
        self.box.setCurrentIndex(self._rows.index(value) if value in self._rows else self._start())

    @override
    def is_empty(self) -> bool:
        return self.box.currentIndex() < 0

    @override
    def draft(self) -> object:
        row = self.value()
        if row is not None:
            return row.key
        return self._wanted or (_NEW if self.is_new and self._rows else "")

    @override
    def restore(self, state: object) -> None:
        if state:
            self.want(str(state))


class Kept(Field[object]):
    """Something that belongs to the draft without being a control: the page gives it and takes it back."""

    def __init__(self, page: QWidget, give: Callable[[], Any], take: Callable[[Any], None]) -> None:
        """Keep what `give` gives, as a JSON value; `take` gets it back, None to forget it."""
        super().__init__("", QWidget())
        self.setParent(page)
        self.hide()
        self._give = give
        self._take = take

    @override
    def value(self) -> object:
        return self._give()

    @override
    def set_value(self, value: object | None) -> None:
        self._take(value)

    @override
    def draft(self) -> object:
        return self._give()

    @override
    def restore(self, state: object) -> None:
        self._take(state)

    def touch(self) -> None:
        """Say that it is something else now."""
        self.changed.emit()


class IntakeFields(FieldSet):
    """The fields of the intake page; Ctrl+Enter only asks, as the person may have to be looked up first."""

    asked = Signal()

    @override
    def submit(self) -> None:
        self.asked.emit()


class SuggestedTags(TagsField):
    """Words divided by commas, of which the usual ones are offered: Down shows them, typing narrows them."""

    def __init__(self, label: str) -> None:
        """Build without suggestions."""
        super().__init__(label)
        self._names: tuple[str, ...] = ()
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setWidget(self.line)
        self.completer.activated.connect(self._take)
        self.line.textEdited.connect(self._offer)
        self.line.installEventFilter(self)

    def offer(self, names: Sequence[str]) -> None:
        """Offer other words; the first ones stand in the empty line as examples."""
        self._names = tuple(names)
        self.line.setPlaceholderText(gettext(", ").join(self._names[:_EXAMPLES]))

    def _last(self) -> str:
        return _COMMAS.split(self.line.text())[-1].strip()

    def _offer(self) -> None:
        if self._last():
            self._open(self._last())
        elif (popup := self.completer.popup()) is not None:
            popup.hide()

    def _open(self, begun: str) -> None:
        taken = self.value()
        self._model.setStringList([name for name in self._names if name not in taken])
        self.completer.setCompletionPrefix(begun)
        if self.completer.completionCount():
            self.completer.complete()

    def _take(self, name: str) -> None:
        text = self.line.text()
        kept = text[: len(text) - len(_COMMAS.split(text)[-1])].rstrip()
        before = [word.strip() for word in _COMMAS.split(kept) if word.strip()]
        self.set_value((*before, name))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            if self._last() in self.value():
                self.line.setText(self.line.text() + gettext(", "))
            self._open("")
            return True
        return super().eventFilter(watched, event)
