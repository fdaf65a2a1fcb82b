"""Above the list of tickets: its views as chips, what narrows it, and what can be done with the whole list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.roles import Right
from crmdesk.db.session import Session
from crmdesk.queries.staff import ColleagueRow, colleagues
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.views.service.chips import WORDS, chips
from crmdesk.views.service.filter_dialog import FilterDialog
from crmdesk.views.service.filter_tags import FilterTags
from crmdesk.views.service.filter_words import NARROWING, narrowing, without
from crmdesk.views.service.kept_views import KeptViews
from crmdesk.views.service.room import Room
from crmdesk.views.support.widgets.button import IconButton
from crmdesk.views.support.widgets.chip_bar import ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.layouts import row

if TYPE_CHECKING:
    from crmdesk.core.order import Order

_TYPING_MS = 150
_FILTER_WIDTH = 170
# Narrower than this, filter and buttons stand below the chips.
_SIDE_BY_SIDE = 980
_MINE = "mine"


class ListHead(QWidget):
    """`changed` when another list is wanted; `down` when the keyboard goes on into the list."""

    changed = Signal()
    down = Signal()

    def __init__(self, room: Room, *actions: QWidget) -> None:
        """Build chips, filter and buttons; ``actions`` stand at the right end."""
        super().__init__()
        self._room = room
        self._people: dict[int, str] = {}
        self._more = TicketFilter()
        self.order: Order | None = None
        self.kept = KeptViews(room, self._show_kept)
        self.chips = ChipBar(chips())
        self.text = QLineEdit()
        self.narrow = IconButton("filter", gettext("Narrow the list (Ctrl+Shift+F)"))
        self.views = IconButton("bookmark", gettext("Keep or change views"))
        self.tags = FilterTags()
        self.soon = QTimer(self)
        self._build(actions)

    def _build(self, actions: Sequence[QWidget]) -> None:
        self.text.setPlaceholderText(gettext("Filter this list"))
        self.text.setAccessibleName(gettext("Filter this list"))
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(_FILTER_WIDTH)
        self.text.installEventFilter(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(_TYPING_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        tools = QWidget()
        tools.setLayout(row(None, self.text, self.narrow, self.views, *actions))
        bar = Columns(self.chips, tools, shares=(1, 0), stack_below=_SIDE_BY_SIDE)
        layout.addWidget(bar)
        layout.addWidget(self.tags)
        self.chips.chosen.connect(self._choose)
        self.text.textChanged.connect(lambda _text: self.soon.start())
        self.soon.timeout.connect(self._changed)
        self.narrow.clicked.connect(self.ask_narrowing)
        self.views.clicked.connect(self.open_menu)
        self.tags.taken_away.connect(self._take_away)

    # -- what is wanted --------------------------------------------------------------------

    def wanted(self) -> TicketFilter:
        """Give the filter of the list."""
        return replace(self._more, view=self.view(), text=self.text.text().strip())

    def view(self) -> TicketView:
        """Give the view below; a kept view has one too."""
        kept = self.kept.view_of(self.chips.current)
        return kept.wanted.view if kept is not None else TicketView(self.chips.current or TicketView.OPEN)

    def title(self) -> str:
        """Give the words of the whole list, for an export."""
        kept = self.kept.view_of(self.chips.current)
        name = kept.name if kept is not None else gettext(WORDS[self.view()])
        return " · ".join(
            part for part in (name, *(words for _name, words in self._narrowing()), self.text.text()) if part
        )

    def show_view(self, view: TicketView, **narrowed: object) -> None:
        """Show one of the program's views, narrowed where asked."""
        self.text.clear()
        self.chips.choose(view.value)
        self._more = replace(TicketFilter(), **narrowed)  # type: ignore[arg-type]
        self._changed()

    def _choose(self, name: str) -> None:
        kept = self.kept.view_of(name)
        self._more, self.order = (kept.wanted, kept.order) if kept is not None else (TicketFilter(), None)
        if kept is not None:
            self.text.setText(kept.wanted.text)
        self._changed()

    def _changed(self) -> None:
        self.soon.stop()
        self.tags.set_tags(self._narrowing())
        self.changed.emit()

    def _narrowing(self) -> list[tuple[str, str]]:
        return narrowing(self._more, self._people, self._room.desk.signin.context().today())

    # -- narrowing -------------------------------------------------------------------------

    def ask_narrowing(self) -> None:
        """Open the dialog that narrows the list."""

        def show(people: list[ColleagueRow]) -> None:
            self._people = {one.id: one.name for one in people}
            FilterDialog(self._room.page, self._room.desk, self._more, people, self._narrow).open()

        self._room.desk.jobs.read(self._room.page, _people, show, key="people")

    def _narrow(self, wanted: TicketFilter) -> None:
        self._more = wanted
        self._changed()

    def _take_away(self, names: list[str]) -> None:
        self._more = without(self._more, *(name for name in names if name in NARROWING))
        self._changed()

    def clear(self) -> None:
        """Show the whole view again."""
        self.text.clear()
        self._more = TicketFilter()
        self._changed()

    # -- views -----------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Open the menu of kept views below its button."""
        menu = self.kept.menu(self.chips.current, self.wanted(), self.order)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.views.mapToGlobal(self.views.rect().bottomLeft()))

    def _show_kept(self) -> None:
        shown = self.chips.current
        self.chips.set_chips([*chips(), *self.kept.chips()])
        if self.chips.current != shown:  # it was dropped, here or at another desk
            self._choose(self.chips.current)
        self.kept.ask_counts(self.chips.set_counts)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many tickets the views hold."""
        self.chips.set_counts(counts)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down and Enter go from the filter into the list, Esc empty the filter."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self.down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.text.clear()
                self.down.emit()
                return True
        return super().eventFilter(watched, event)


def _people(session: Session, context: Context) -> list[ColleagueRow]:
    return colleagues(session, context)


def may_export(room: Room) -> bool:
    """Tell whether this person exports lists."""
    return room.desk.signin.context().may(Right.EXPORT)
