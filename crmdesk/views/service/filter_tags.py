"""What narrows the list as tags that can be taken away, one by one or all."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import gettext
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.text import show_if

_FEW = 1


class FilterTags(QWidget):
    """A line of tags; hidden while nothing narrows the list."""

    taken_away = Signal(list)

    def __init__(self) -> None:
        """Begin without tags."""
        super().__init__()
        self._flow = FlowLayout(self, gap=6)
        self._tags: list[Button] = []
        show_if(self, False)

    def set_tags(self, tags: Sequence[tuple[str, str]]) -> None:
        """Show ``tags``: the name of a filter's field and its words."""
        for old in self._tags:
            self._flow.removeWidget(old)
            old.deleteLater()
        self._tags = []
        for name, words in tags:
            self._add(words, gettext("Take away: {words}").format(words=words), [name])
        if len(tags) > _FEW:
            every = gettext("Show all again")
            self._add(every, every, [name for name, _words in tags])
        show_if(self, bool(tags))

    def _add(self, words: str, spoken: str, names: list[str]) -> None:
        tag = Button(words, "x", "quiet")
        tag.setAccessibleName(spoken)
        tag.setToolTip(spoken)
        tag.clicked.connect(partial(self._take_away, names))
        self._tags.append(tag)
        self._flow.addWidget(tag)

    def _take_away(self, names: list[str]) -> None:
        self.taken_away.emit(names)
