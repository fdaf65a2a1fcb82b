"""The bar above the columns: where the file comes from, and by what members are known."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.policy import MatchKey, Policy
from crmdesk.queries.import_sources import SourceRow
from crmdesk.views.members.import_words import MATCH_KEYS
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import Text, show_if


class SourceBar(QWidget):
    """Two choices and a button in one row."""

    source_chosen = Signal(object)
    key_chosen = Signal(object)
    keep_wanted = Signal()

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._sources: Sequence[SourceRow] = ()
        self.source = QComboBox()
        self.source.setAccessibleName(gettext("Source of the file"))
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.source.activated.connect(self._choose_source)
        self.key = QComboBox()
        self.key.setAccessibleName(gettext("Members are known by"))
        for key in MatchKey:
            self.key.addItem(gettext(MATCH_KEYS[key]), key.value)
        self.key.activated.connect(lambda place: self.key_chosen.emit(MatchKey(self.key.itemData(place))))
        self.keep = Button(gettext("Keep as a source…"), "save", "quiet")
        self.keep.clicked.connect(self.keep_wanted)
        self._key_words = Text(gettext("Members are known by"), "field")
        flow = FlowLayout(self, gap=8)
        for parts in ((Text(gettext("Source"), "field"), self.source, self.keep), (self._key_words, self.key)):
            flow.addWidget(_together(*parts))

    def show_sources(self, sources: Sequence[SourceRow], chosen: SourceRow | None, policy: Policy) -> None:
        """Show the sources of the kind, the one that the file was recognised as, and the key."""
        self._sources = [one for one in sources if one.kind == policy.kind.value]
        self.source.clear()
        self.source.addItem(gettext("(none, columns are guessed)") if chosen is None else gettext("(none)"))
        for one in self._sources:
            self.source.addItem(one.name)
        places = [place for place, one in enumerate(self._sources, 1) if chosen is not None and one.id == chosen.id]
        self.source.setCurrentIndex(places[0] if places else 0)
        self.source.setEnabled(bool(self._sources))
        for part in (self.key, self._key_words):
            show_if(part, policy.kind is ImportKind.MEMBERS)
        self.key.setCurrentIndex(self.key.findData(policy.key.value))

    def _choose_source(self, place: int) -> None:
        if place > 0:
            self.source_chosen.emit(self._sources[place - 1])


def _together(*parts: QWidget) -> QWidget:
    """Give parts that stay side by side when the bar breaks."""
    group = QWidget()
    group.setLayout(row(*parts, gap=2))
    return group
