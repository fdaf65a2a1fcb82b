"""Condition of the goods at the counter: what is asked of this kind, marks on a drawing with their words, photos."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.tickets import ItemCategory
from crmdesk.exchange.pictures import Picture
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.views.service.condition_marks import MarksEditor
from crmdesk.views.service.intake_fields import Kept
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_template import TemplatePart
from crmdesk.views.service.photo_tray import PhotoTray
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.text import Text


class ConditionPart(Card):
    """The middle column."""

    changed = Signal()
    stops_changed = Signal()

    def __init__(self, fields: FieldSet, presenter: IntakePresenter) -> None:
        """Add its state to the draft of `fields`."""
        super().__init__(gettext("Condition check"))
        self._template: TemplatePart | None = None
        self.add_to_head(Text(gettext("click or press D"), "muted"))
        self.editor = MarksEditor()
        self.drawing = self.editor.drawing
        self.tray = PhotoTray(presenter.pictures)
        self.photos = self.tray.strip
        self.add(self.editor, 1)
        self.add(self.tray)
        self._kept_marks = fields.add("marks", Kept(self, self.editor.give, self.editor.take_back))
        self._kept_photos = fields.add("photos", Kept(self, self.tray.give, self.tray.take_back))
        self.editor.changed.connect(self._marks_changed)
        self.editor.stops_changed.connect(self.stops_changed)
        self.tray.changed.connect(self._photos_changed)

    def put_first(self, template: TemplatePart) -> None:
        """Let the questions about this kind of goods stand above its drawing."""
        self._template = template
        self.body.insertWidget(self.body.indexOf(self.editor), template)

    def stops(self) -> list[QWidget]:
        """Give what Tab visits, in reading order."""
        asked = self._template.stops() if self._template is not None else []
        return [*asked, *self.editor.stops(), self.photos]

    def show_category(self, category: ItemCategory | None) -> None:
        """Draw the goods' shape and offer the words of their faults."""
        self.editor.show_category(category)

    def marks(self) -> tuple[MarkFacts, ...]:
        """Give the marks for the service."""
        return self.editor.marks()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures, in their order."""
        return self.tray.pictures

    @property
    def captions(self) -> tuple[str, ...]:
        """What is said about each picture."""
        return self.tray.captions

    def _marks_changed(self) -> None:
        self._kept_marks.touch()
        self.changed.emit()

    def _photos_changed(self) -> None:
        self._kept_photos.touch()
        self.changed.emit()
