"""Two files side by side: which stays, which field comes from which, what comes together; one key merges."""

import itertools
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QPushButton, QRadioButton, QWidget

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.queries.merge_compare import Comparison
from crmdesk.services.merges import Merged
from crmdesk.views.members.merge_presenter import MergePresenter
from crmdesk.views.members.merge_words import differing, field_name, field_words, side_words, together
from crmdesk.views.members.version_radio import VersionRadio
from crmdesk.views.support import dialog_room, errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.facts_table import FactsTable
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text

_SIZE = QSize(860, 640)
MergeDone = Callable[[Merged], None]


def open_merge(parent: QWidget, desk: Desk, first_id: int, second_id: int, done: MergeDone) -> None:
    """Read two files and show them side by side over ``parent``."""
    MergePresenter(desk, parent).compare(
        first_id, second_id, lambda shown: MergeDialog(parent, desk, shown, done).open()
    )


class MergeDialog(QDialog):
    """The file that stays at the left, the other at the right; Alt+S turns them round, Ctrl+Enter merges."""

    def __init__(self, parent: QWidget, desk: Desk, shown: Comparison, done: MergeDone) -> None:
        """Show both files with what is proposed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(gettext("Make two files one"))
        dialog_room.fit(self, _SIZE)
        self._presenter = MergePresenter(desk, self)
        self._merged = done
        self.shown = shown
        self.kept: dict[str, QRadioButton] = {}
        self.gone: dict[str, QRadioButton] = {}
        self._groups: list[QButtonGroup] = []
        self._stays = Text("", "heading", wrap=True)
        self._goes = Text("", "soft", wrap=True)
        self.swap = Button(gettext("&Swap"), "arrow-right-left")
        self.swap.clicked.connect(self._swap)
        self._body = ScrollColumn(gap=3)
        self.merge = Button(gettext("Merge"), "users-round", "primary", "Ctrl+Enter")
        self.merge.clicked.connect(self._send)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.merge.click)
        self._leave = leave = Button(gettext("Cancel"), hint="Esc")
        leave.clicked.connect(self.reject)
        words = gettext("Everything of both comes together in the file that stays. It can be taken back for some time.")
        head = row(column(self._stays, self._goes, gap=1), self.swap, gap=3)
        head.setStretch(0, 1)
        layout = column(
            Text(gettext("Make two files one"), "title"), Text(words, "soft", wrap=True), head, self._body,
            row(None, leave, self.merge), gap=3, margin=5,
        )  # fmt: skip
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self._fill()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _fill(self) -> None:
        """Show the fields that differ and what comes together."""
        shown = self.shown
        self._stays.setText(gettext("Stays: {file}").format(file=side_words(shown.kept)))
        self._goes.setText(gettext("Becomes part of it: {file}").format(file=side_words(shown.gone)))
        self.kept.clear()
        self.gone.clear()
        self._groups.clear()
        self._body.clear()
        names = differing(shown)
        self._body.add(self._table(names) if names else Text(gettext("Both say the same in every field."), "soft"))
        same = len({*shown.kept.fields, *shown.gone.fields}) - len(names)
        if names and same:
            words = ngettext("{count} further field is the same.", "{count} further fields are the same.", same)
            self._body.add(Text(words.format(count=same), "muted"))
        card = Card(gettext("Comes together"), "users-round")
        facts = FactsTable()
        facts.set_facts(together(shown))
        card.add(facts)
        self._body.add(card)
        self._body.add_stretch()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go as one reads: the fields were made after the buttons below them."""
        stops: list[QWidget] = [self.swap]
        for name in self.kept:
            stops += [self.kept[name], self.gone[name]]
        stops += [self._leave, self.merge]
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _table(self, names: list[str]) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(Text(self.shown.kept.number, "heading"), 0, 1)
        grid.addWidget(Text(self.shown.gone.number, "heading"), 0, 2)
        proposed = self.shown.proposed()
        for number, name in enumerate(names, 1):
            label = field_name(name, self.shown)
            grid.addWidget(Text(label, "field"), number, 0)
            self.kept[name] = _radio(label, field_words(self.shown.kept.fields.get(name)))
            self.gone[name] = _radio(label, field_words(self.shown.gone.fields.get(name)))
            group = QButtonGroup(part)
            self._groups.append(group)
            for place, radio in ((1, self.kept[name]), (2, self.gone[name])):
                group.addButton(radio)
                grid.addWidget(radio, number, place)
            (self.gone if name in proposed else self.kept)[name].setChecked(True)
        return part

    def taken(self) -> frozenset[str]:
        """Give the fields that come from the file that goes."""
        return frozenset(name for name, radio in self.gone.items() if radio.isChecked())

    def _swap(self) -> None:
        chosen = self.taken()
        self.shown = self.shown.swapped()
        self._fill()
        for name, radio in self.kept.items():
            (radio if name in chosen else self.gone[name]).setChecked(True)
        self.swap.setFocus()

    def _send(self) -> None:
        self.merge.setEnabled(False)
        self._presenter.merge(self.shown, self.taken(), self._done, self._failed)

    def _done(self, made: Merged) -> None:
        self.accept()
        self._merged(made)

    def _failed(self, error: Exception) -> None:
        self.merge.setEnabled(True)
        errors.show(self, error)


def _radio(label: str, words: str) -> QRadioButton:
    shown = words or gettext("(empty)")
    radio = VersionRadio(shown)
    radio.setAccessibleName(f"{label}: {shown}")
    return radio
