"""The time line of a member: chips by kind, newest first, older ones when asked for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.queries.looks import may_see_looks
from crmdesk.queries.member_history import History, HistoryKind
from crmdesk.views.members.history_words import event
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.text import Text, show_if
from crmdesk.views.support.widgets.timeline import TimeLine

ALL = "all"
WINDOW = 40
_LEAST_HEIGHT = 160
_KINDS = (
    (HistoryKind.PURCHASE, mark("Purchases")),
    (HistoryKind.TICKET, mark("Tickets")),
    (HistoryKind.GOODS, mark("Own goods")),
    (HistoryKind.LOAN, mark("Loaners")),
    (HistoryKind.CONTACT, mark("Contacts")),
    (HistoryKind.CARD, mark("Cards")),
    (HistoryKind.LETTER, mark("Letters")),
    (HistoryKind.VISIT, mark("Visits")),
    (HistoryKind.MERGE, mark("Merges")),
    (HistoryKind.ACCOUNT, mark("Points and levels")),
    (HistoryKind.LOOK, mark("Who looked")),
)
_PERIODS: tuple[tuple[int | None, str], ...] = (
    (None, mark("Any time")),
    (30, mark("Last 30 days")),
    (180, mark("Last half year")),
    (365, mark("Last 12 months")),
)


class HistoryPanel(Card):
    """Shows a `History`; `chosen` carries the ref of a line."""

    chosen = Signal(object)

    def __init__(self, ask: Callable[[HistoryKind | None, int], None]) -> None:
        """Begin empty; `ask` reads the newest lines of a kind, so many of them."""
        super().__init__()
        self._ask = ask
        self._limit = WINDOW
        self._firm = self._looks = False
        self.days: int | None = None
        self.period = Button(gettext(_PERIODS[0][1]), "calendar", "quiet")
        self.period.setMenu(self._period_menu())
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
        top = row(self.chips, self.period, gap=2)
        top.setStretch(0, 1)
        top.setAlignment(self.period, Qt.AlignmentFlag.AlignTop)
        self.add(top)
        self.add(scroll, 1)

    def _chips(self) -> list[Chip]:
        offered = {HistoryKind.VISIT: self._firm, HistoryKind.LOOK: self._looks}
        kinds = [one for one in _KINDS if offered.get(one[0], True)]
        return [Chip(ALL, gettext("All")), *(Chip(kind.value, gettext(words)) for kind, words in kinds)]

    def _period_menu(self) -> QMenu:
        menu = QMenu(self)
        self._choices = QActionGroup(menu)
        for days, words in _PERIODS:
            action = menu.addAction(gettext(words))
            action.setCheckable(True)
            action.setChecked(days == self.days)
            self._choices.addAction(action)
            action.triggered.connect(partial(self.show_days, days))
        return menu

    def show_days(self, days: int | None, _checked: object = None) -> None:
        """Show what happened in so many days up to now, or everything."""
        self.days = days
        words = next(words for known, words in _PERIODS if known == days)
        self.period.set_text(gettext(words))
        self.ask()

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
        """Show the lines; who looked is offered to those who answer for it."""
        seen = may_see_looks(context)
        if seen is not self._looks:
            self._looks = seen
            self.chips.set_chips(self._chips())
        self.events.set_events([event(row, context) for row in history.rows])
        show_if(self.older, history.more)
        show_if(self._nothing, not history.rows)

    def _kind(self) -> HistoryKind | None:
        return None if self.chips.current in {"", ALL} else HistoryKind(self.chips.current)

    def _show_older(self) -> None:
        self._limit += 2 * WINDOW
        self.renew()
