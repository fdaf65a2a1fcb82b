"""Marking damage: the drawing with its numbered marks, and a line for each that says what it is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from crmdesk.core.fault_codes import codes_for, fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.tickets import SHAPE_OF, ItemCategory
from crmdesk.core.tones import Tone
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

_LONGEST = 60


def letters_of(code: str) -> str:
    """Give the letters that stand for a fault: ``wb`` for wheel_broken."""
    return "".join(part[0] for part in code.split("_") if part)


class MarksEditor(QWidget):
    """Click or D marks, arrows move, Enter names, Delete removes; a fault is named by its letters or its words."""

    changed = Signal()
    stops_changed = Signal()

    def __init__(self) -> None:
        """Begin without goods."""
        super().__init__()
        self._codes: tuple[str, ...] = ()
        self._lines: list[QLineEdit] = []
        self.drawing = ConditionDrawing()
        self.drawing.mark_added.connect(self._on_added)
        self.drawing.mark_chosen.connect(self._name_mark)
        self.drawing.marks_changed.connect(self._on_changed)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.drawing, 1)
        layout.addLayout(self._list)

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        return [self.drawing, *self._lines]

    def show_category(self, category: ItemCategory | None) -> None:
        """Draw the goods' shape and offer the words of their faults."""
        self.drawing.set_shape(SHAPE_OF[category] if category else "generic")
        self.drawing.setEnabled(category is not None)
        self._codes = tuple(codes_for(category)) if category else ()

    def marks(self) -> tuple[MarkFacts, ...]:
        """Give the marks for the service; words that name a fault are kept as its code."""
        return tuple(self._facts(mark) for mark in self.drawing.marks)

    def _facts(self, mark: Mark) -> MarkFacts:
        code = self._meant(mark.label)
        return MarkFacts(mark.x, mark.y, code, "" if code else mark.label)

    def _meant(self, typed: str) -> str:
        """Give the fault that words, letters or the code itself stand for; empty for other words."""
        words = typed.strip().casefold()
        meant = [code for code in self._codes if words in {letters_of(code), code, fault_name(code).casefold()}]
        return meant[0] if len(meant) == 1 else ""

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show other marks."""
        self.drawing.set_marks(marks)
        self._renew_lines(self.drawing.marks)

    # -- the lines -----------------------------------------------------------------------------------

    def _on_added(self, number: int) -> None:
        # A key press goes on moving the mark with the arrows; a click is in place already and is named next.
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._name_mark(number)

    def _name_mark(self, number: int) -> None:
        self._lines[number].setFocus()

    def _on_changed(self) -> None:
        marks = self.drawing.marks
        if len(marks) != len(self._lines):
            self._renew_lines(marks)
        for line, mark in zip(self._lines, marks, strict=True):
            if line.text() != mark.label:
                line.setText(mark.label)
        self.changed.emit()

    def _renew_lines(self, marks: Sequence[Mark]) -> None:
        while (taken := self._list.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._lines = []
        for number, mark in enumerate(marks):
            self._list.addWidget(self._mark_row(number, mark))
        self.stops_changed.emit()

    def _mark_row(self, number: int, mark: Mark) -> QWidget:
        line = QLineEdit(mark.label)
        line.setMaxLength(_LONGEST)
        line.setPlaceholderText(gettext("what is it? e.g. left wheel, broken"))
        line.setAccessibleName(gettext("Mark {number}").format(number=number + 1))
        completer = QCompleter(list(map(fault_name, self._codes)), line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        line.textChanged.connect(partial(self._rename, number))
        line.returnPressed.connect(partial(self._by_letters, number))
        line.editingFinished.connect(partial(self._by_letters, number))
        remove = IconButton("x", gettext("Remove mark {number}").format(number=number + 1))
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        remove.clicked.connect(partial(self._remove_mark, number))
        self._lines.append(line)
        made = QWidget()
        made.setLayout(row(Text(str(number + 1), "heading", mark.tone), line, remove, gap=2))
        return made

    def _by_letters(self, number: int) -> None:
        """Take the letters of a fault for its words."""
        if number < len(self._lines):
            meant = self._meant(self._lines[number].text())
            if meant:
                self._lines[number].setText(fault_name(meant))

    def _rename(self, number: int, text: str) -> None:
        if number < len(self.drawing.marks):
            self.drawing.describe_mark(number, text, self.drawing.marks[number].tone)

    def _remove_mark(self, number: int, _checked: object = None) -> None:
        self.drawing.remove_mark(number)
        self.drawing.setFocus()

    # -- draft -----------------------------------------------------------------------------------------

    def give(self) -> object:
        """Give what a draft keeps."""
        return [[mark.x, mark.y, mark.label, mark.tone.value] for mark in self.drawing.marks]

    def take_back(self, state: object) -> None:
        """Show what a draft kept; nothing empties the drawing."""
        kept = state if isinstance(state, list) else []
        self.show_marks([Mark(x, y, words, Tone(tone)) for x, y, words, tone in kept])
