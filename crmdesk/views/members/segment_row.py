"""One condition on screen: what is asked, how it is compared, the values."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.segments import ROLLING, About, Condition, Is, SegmentError
from crmdesk.views.members.segment_values import ReadValues, Values, editor_for, read_days
from crmdesk.views.members.segment_words import FieldSpec, compared_words, groups_of
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text

_FIELD, _HOW, _MOST = 132, 112, 190
_USUAL_DAYS: Final = 365


class ConditionRow(QWidget):
    """A condition that is being made; `condition` is None while something is missing."""

    changed = Signal()
    removed = Signal()
    rearranged = Signal()

    def __init__(self, fields: Sequence[FieldSpec], today: Callable[[], date], first: About = About.TIER) -> None:
        """Begin with the field ``first``."""
        super().__init__()
        self._today = today
        self.field = QComboBox()
        self.field.setAccessibleName(gettext("What is asked"))
        self.how = QComboBox()
        self.how.setAccessibleName(gettext("How it is compared"))
        self._places: dict[int, FieldSpec] = {}
        self._fill_fields(fields)
        for box, least in ((self.field, _FIELD), (self.how, _HOW)):
            box.setMinimumWidth(least)
            box.setMaximumWidth(_MOST)
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.drop = IconButton("x", gettext("Take this condition away"))
        self.drop.clicked.connect(self.removed)
        self.days: ReadValues | None = None
        self.editor = Values()
        self._line = row(self.field, self.how, self.editor, self.drop, gap=2)
        self._line.setStretch(2, 1)
        self._line.setAlignment(self.drop, Qt.AlignmentFlag.AlignTop)
        self._line.setAlignment(self.field, Qt.AlignmentFlag.AlignTop)
        self._line.setAlignment(self.how, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._line)
        self.setFocusProxy(self.field)
        self._choose(first, None)
        self.field.currentIndexChanged.connect(lambda _place: self._field_chosen())
        self.how.currentIndexChanged.connect(lambda _place: self._compared())

    def _fill_fields(self, fields: Sequence[FieldSpec]) -> None:
        for group, members in groups_of(fields):
            self.field.addItem(group)
            model = self.field.model()
            if isinstance(model, QStandardItemModel):
                model.item(self.field.count() - 1).setEnabled(False)  # a heading; arrows pass it
            for one in members:
                self._places[self.field.count()] = one
                self.field.addItem(f"  {one.name}")

    # -- what is asked ---------------------------------------------------------------------------

    @property
    def spec(self) -> FieldSpec:
        """The field that is asked for."""
        return self._places[self.field.currentIndex()]

    def choose(self, about: About, own: int | None = None) -> None:
        """Ask for another field."""
        self._choose(about, own)
        self.changed.emit()

    def _choose(self, about: About, own: int | None) -> None:
        places = [place for place, one in self._places.items() if (one.about, one.own) == (about, own)]
        self.field.blockSignals(True)
        self.field.setCurrentIndex(places[0] if places else next(iter(self._places)))
        self.field.blockSignals(False)
        self._offer_comparisons()

    def _field_chosen(self) -> None:
        self._offer_comparisons()
        self.changed.emit()

    def _offer_comparisons(self) -> None:
        self.how.blockSignals(True)
        self.how.clear()
        for one in self.spec.compared:
            self.how.addItem(compared_words(one), one)
        self.how.blockSignals(False)
        self._put_editor()

    def _compared(self) -> None:
        kept = self.editor.values()
        self._put_editor()
        if kept:
            self.editor.set_values(kept)
        self.changed.emit()

    def compare(self, how: Is) -> None:
        """Compare in another way."""
        self.how.setCurrentIndex(max(self.how.findData(how), 0))

    def _put_editor(self) -> None:
        old, old_days = self.editor, self.days
        how = Is(self.how.currentData())
        self.editor = editor_for(self.spec, how, self._today)
        self.editor.changed.connect(self.changed)
        self._line.replaceWidget(old, self.editor)
        old.hide()
        old.deleteLater()
        if old_days is not None:
            self._line.removeWidget(old_days)
            old_days.hide()
            old_days.deleteLater()
        self.days = None
        if self.spec.about in ROLLING:
            self._put_days()
        self.rearranged.emit()

    def _put_days(self) -> None:
        self.days = ReadValues(gettext("Days"), 1, read_days, str)
        self.days.line.insertWidget(0, Text(gettext("in the last"), "soft"))
        self.days.say_after(gettext("days"))
        self.days.set_values((_USUAL_DAYS,))
        self.days.changed.connect(self.changed)
        self._line.insertWidget(self._line.count() - 1, self.days)

    def stops(self) -> list[QWidget]:
        """Give where Tab stops, as one reads."""
        days = _stops(self.days) if self.days is not None else []
        return [self.field, self.how, *_stops(self.editor), *days, self.drop]

    # -- the condition -----------------------------------------------------------------------------

    def condition(self) -> Condition | None:
        """Give the condition, or None while something is missing."""
        values = self.editor.values()
        days = self.days.values() if self.days is not None else ()
        if values is None or days is None:
            return None
        spec = self.spec
        own = spec.shape if spec.own is not None else None
        try:
            last = int(days[0]) if days else None
            return Condition(spec.about, Is(self.how.currentData()), values, spec.own, own, last)
        except SegmentError:
            return None

    def show_condition(self, wanted: Condition) -> bool:
        """Show a condition; tells whether its field is one of those that can be asked."""
        if (wanted.about, wanted.own) not in {(one.about, one.own) for one in self._places.values()}:
            return False
        self._choose(wanted.about, wanted.own)
        self.how.blockSignals(True)
        self.compare(wanted.how)
        self.how.blockSignals(False)
        self._put_editor()
        self.editor.set_values(wanted.values)
        if self.days is not None and wanted.days is not None:
            self.days.set_values((wanted.days,))
        return True

    def mark_missing(self) -> bool:
        """Show what is missing, and tell whether something is."""
        missing = self.condition() is None
        self.editor.mark_wrong(wrong=missing)
        if self.days is not None:
            self.days.mark_wrong(wrong=missing)
        return missing


def _stops(values: Values) -> list[QWidget]:
    found = values.findChildren(QWidget)
    return [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
