"""Two versions of one file, field by field: the person chooses, nothing is overwritten silently."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QPushButton, QRadioButton, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.views.members.version_radio import VersionRadio
from crmdesk.views.support import dialog_room
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text

_SIZE = QSize(720, 520)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs.

    Attributes:
        name: of the field in the form.
        label: in words.
        mine: as typed here, in words.
        theirs: as it is on file now, in words.
        both: whether both changed it since this form was opened.
        take_theirs: which one is chosen at first.
    """

    name: str
    label: str
    mine: str
    theirs: str
    both: bool
    take_theirs: bool


class CompareDialog(QDialog):
    """Mine at the left, theirs at the right; `chosen` gets the names of the fields that are taken from theirs."""

    def __init__(
        self, parent: QWidget, differences: Sequence[Difference], chosen: Callable[[frozenset[str]], None]
    ) -> None:
        """Show the differences."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(gettext("Somebody else changed this member"))
        dialog_room.fit(self, _SIZE)
        self._chosen = chosen
        self.theirs: dict[str, QRadioButton] = {}
        self.mine: dict[str, QRadioButton] = {}
        self._groups: list[QButtonGroup] = []
        title = Text(gettext("Somebody else changed this member meanwhile"), "title")
        words = Text(gettext("Choose for each field which one stays. Nothing is saved yet."), "soft", wrap=True)
        table = ScrollColumn()
        table.add(self._table(differences))
        table.add_stretch()
        self.save = Button(gettext("Save what is chosen"), kind="primary", hint="Ctrl+Enter")
        self.save.clicked.connect(self._choose)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save.click)
        leave = Button(gettext("Back to the form"), hint="Esc")
        leave.clicked.connect(self.reject)
        layout = column(title, words, table, row(None, leave, self.save), gap=3, margin=5)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _table(self, differences: Sequence[Difference]) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(Text(gettext("Typed here"), "heading"), 0, 1)
        grid.addWidget(Text(gettext("On file now"), "heading"), 0, 2)
        for number, one in enumerate(differences, 1):
            both = gettext("both changed it") if one.both else ""
            grid.addWidget(Text(" · ".join(part for part in (one.label, both) if part), "field"), number, 0)
            self.mine[one.name] = self._radio(one.label, one.mine)
            self.theirs[one.name] = self._radio(one.label, one.theirs)
            group = QButtonGroup(self)
            self._groups.append(group)
            for place, radio in ((1, self.mine[one.name]), (2, self.theirs[one.name])):
                group.addButton(radio)
                grid.addWidget(radio, number, place)
            (self.theirs if one.take_theirs else self.mine)[one.name].setChecked(True)
        return part

    def _radio(self, label: str, words: str) -> QRadioButton:
        shown = words or gettext("(empty)")
        radio = VersionRadio(shown)
        radio.setAccessibleName(f"{label}: {shown}")
        return radio

    def _choose(self) -> None:
        taken = frozenset(name for name, radio in self.theirs.items() if radio.isChecked())
        self.accept()
        self._chosen(taken)
