"""Condition of the goods at the counter: marks on a drawing with their words, and photos."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from crmdesk.core.fault_codes import codes_for, fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.tickets import SHAPE_OF, ItemCategory
from crmdesk.core.tones import Tone
from crmdesk.exchange.pictures import Picture
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.views.service.intake_fields import Kept
from crmdesk.views.service.intake_presenter import IntakePresenter, TakenPicture
from crmdesk.views.service.intake_template import TemplatePart
from crmdesk.views.support import dialogs, errors
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.condition_drawing import ConditionDrawing, Mark
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.photo_strip import PhotoStrip
from crmdesk.views.support.widgets.text import Text, show_if

_MOST_PHOTOS = 8


class ConditionPart(Card):
    """The middle column."""

    changed = Signal()
    stops_changed = Signal()

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add its state to the draft of `fields`."""
        super().__init__(gettext("Condition check"))
        self._presenter = presenter
        self._names: tuple[str, ...] = ()
        self._taken: list[TakenPicture] = []
        self._template: TemplatePart | None = None
        self.add_to_head(Text(gettext("click or press D"), "muted"))
        self.drawing = ConditionDrawing()
        self.drawing.mark_added.connect(self._on_added)
        self.drawing.mark_chosen.connect(self._name_mark)
        self.drawing.marks_changed.connect(self._on_changed)
        self._lines: list[QLineEdit] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.photos = PhotoStrip()
        self.photos.files_dropped.connect(self.take_files)
        self.photos.image_pasted.connect(self._take_image)
        self.photos.add_asked.connect(self._ask_files)
        self.photos.removed.connect(self._drop_photo)
        show_if(self.photos, presenter.keeps_photos)
        self.add(self.drawing, 1)
        self.add(self._list)
        self.add(self.photos)
        self._kept_marks = fields.add("marks", Kept(self, self._give_marks, self._take_marks))
        self._kept_photos = fields.add("photos", Kept(self, self._give_photos, self._take_photos))

    def put_first(self, template: TemplatePart) -> None:
        """Let the questions about this kind of goods stand above its drawing."""
        self._template = template
        self.body.insertWidget(self.body.indexOf(self.drawing), template)

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        asked = self._template.stops() if self._template is not None else []
        return [*asked, self.drawing, *self._lines, self.photos]

    def show_category(self, category: ItemCategory | None) -> None:
        """Draw the goods' shape and offer the words of their faults."""
        self.drawing.set_shape(SHAPE_OF[category] if category else "generic")
        self.drawing.setEnabled(category is not None)
        self._names = tuple(fault_name(code) for code in codes_for(category)) if category else ()

    # -- marks -----------------------------------------------------------------------------------

    def marks(self) -> tuple[MarkFacts, ...]:
        """Give the marks for the service."""
        return tuple(MarkFacts(mark.x, mark.y, note=mark.label) for mark in self.drawing.marks)

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
        self._kept_marks.touch()
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
        line.setMaxLength(60)
        line.setPlaceholderText(gettext("what is it? e.g. left wheel, broken"))
        line.setAccessibleName(gettext("Mark {number}").format(number=number + 1))
        completer = QCompleter(list(self._names), line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        line.textChanged.connect(partial(self._rename, number))
        remove = IconButton("x", gettext("Remove mark {number}").format(number=number + 1))
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        remove.clicked.connect(partial(self._remove_mark, number))
        self._lines.append(line)
        made = QWidget()
        made.setLayout(row(Text(str(number + 1), "heading", mark.tone), line, remove, gap=2))
        return made

    def _rename(self, number: int, text: str) -> None:
        if number < len(self.drawing.marks):
            self.drawing.describe_mark(number, text, self.drawing.marks[number].tone)

    def _remove_mark(self, number: int, _checked: object = None) -> None:
        self.drawing.remove_mark(number)
        self.drawing.setFocus()

    def _give_marks(self) -> object:
        return [[mark.x, mark.y, mark.label, mark.tone.value] for mark in self.drawing.marks]

    def _take_marks(self, state: object) -> None:
        kept = state if isinstance(state, list) else []
        self.drawing.set_marks([Mark(x, y, words, Tone(tone)) for x, y, words, tone in kept])
        self._renew_lines(self.drawing.marks)

    # -- photos ------------------------------------------------------------------------------------

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures, in their order."""
        return tuple(taken.picture for taken in self._taken)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take picture files in."""
        room = _MOST_PHOTOS - len(self._taken)
        self._presenter.take_files(list(paths)[:room], self._add_pictures, self._failed)

    def _take_image(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        self._presenter.take_bytes(bytes(buffer.data().data()), self._add_pictures, self._failed)

    def _ask_files(self) -> None:
        pictures = gettext("Pictures") + " (*.jpg *.jpeg *.png *.webp *.bmp)"
        dialogs.choose_file(self, gettext("Add photos"), [pictures], lambda path: self.take_files([path]))

    def _failed(self, error: Exception) -> None:
        errors.show(self, error)

    def _add_pictures(self, taken: list[TakenPicture]) -> None:
        self._taken += taken
        self._show_photos()

    def _drop_photo(self, number: int) -> None:
        if number < len(self._taken):
            del self._taken[number]
            self._show_photos()

    def _show_photos(self) -> None:
        self.photos.set_photos([taken.small for taken in self._taken])
        self._kept_photos.touch()
        self.changed.emit()

    def _give_photos(self) -> object:
        return [taken.name for taken in self._taken]

    def _take_photos(self, state: object) -> None:
        self._taken = []
        self.photos.set_photos(())
        if isinstance(state, list) and state:
            self._presenter.kept_pictures(map(str, state), self._add_pictures)
