"""The time line of a member: chips by kind, newest first, older ones when asked for."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.queries.member_history import History, HistoryKind
from crmdesk.views.members.history_words import event
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text, show_if
from crmdesk.views.support.widgets.timeline import TimeLine

ALL = "all"
WINDOW = 40
_LEAST_HEIGHT = 160
_KINDS = (
    (HistoryKind.PURCHASE, mark("Purchases")),
    (HistoryKind.TICKET, mark("Tickets")),
    (HistoryKind.LOAN, mark("Loaners")),
    (HistoryKind.CONTACT, mark("Contacts")),
    (HistoryKind.CARD, mark("Cards")),
    (HistoryKind.LETTER, mark("Letters")),
    (HistoryKind.VISIT, mark("Visits")),
    (HistoryKind.MERGE, mark("Merges")),
    (HistoryKind.ACCOUNT, mark("Points and levels")),
)


class HistoryPanel(Card):
    """Shows a `History`; `chosen` carries the ref of a line."""

    chosen = Signal(object)

    def __init__(self, ask: Callable[[HistoryKind | None, int], None]) -> None:
        """Begin empty; `ask` reads the newest lines of a kind, so many of them."""
        super().__init__()
        self._ask = ask
        self._limit = WINDOW
        self._firm = False
        self.chips = ChipBar(self._chips())
        self.chips.chosen.connect(lambda _name: self.ask())
        self.events = TimeLine()
        self.events.chosen.connect(self.chosen)
        self._nothing = Text(gettext("Nothing here yet."), "muted")
        self.older = Button(gettext("Show older"), "chevron-down", "quiet")
        self.older.clicked.connect(self._show_older)
        scroll = ScrollColumn(gap=2)
        for part in (self.events, self._nothing, self.older):
            scroll.add(part)
        scroll.add_stretch()
        scroll.setMinimumHeight(_LEAST_HEIGHT)
        self.add(self.chips)
        self.add(scroll, 1)

    def _chips(self) -> list[Chip]:
        kinds = [one for one in _KINDS if self._firm or one[0] is not HistoryKind.VISIT]
        return [Chip(ALL, gettext("All")), *(Chip(kind.value, gettext(words)) for kind, words in kinds)]

    def show_firm(self, *, firm: bool) -> None:
        """Offer visits for an intermediate customer only; nobody visits the others."""
        if firm is not self._firm:
            self._firm = firm
            self.chips.set_chips(self._chips())

    def ask(self) -> None:
        """Read from the newest line on."""
        self._limit = WINDOW
        self.renew()

    def renew(self) -> None:
        """Read again as far as is shown now."""
        self._ask(self._kind(), self._limit)

    def show_history(self, history: History, context: Context) -> None:
        """Show the lines."""
        self.events.set_events([event(row, context) for row in history.rows])
        show_if(self.older, history.more)
        show_if(self._nothing, not history.rows)

    def _kind(self) -> HistoryKind | None:
        return None if self.chips.current in {"", ALL} else HistoryKind(self.chips.current)

    def _show_older(self) -> None:
        self._limit += 2 * WINDOW
        self.renew()
