"""The calendar of the loaners: five weeks, every loaner a line; reserve and lend from a free day."""

from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import ItemCategory
from crmdesk.core.topics import Topic
from crmdesk.queries.loaner_calendar import CalendarRow
from crmdesk.views.loaners.calendar_grid import DAYS, CalendarGrid
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.text import ShortText
from crmdesk.views.support.widgets.toolbar import Toolbar

_WEEK = timedelta(days=7)
_ALL = "all"


class CalendarScreen(Screen):
    """Who has what when."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.LOANERS})
    help_page: ClassVar[str] = "loaners"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin a week before today."""
        super().__init__(desk, parent)
        self._presenter = LoanerPresenter(desk, self)
        self._first = self._start()
        self._shown_before = False
        kinds = [Chip(one.value, label(one)) for one in ItemCategory]
        self.kinds = ChipBar([Chip(_ALL, gettext("All")), *kinds])
        self.kinds.chosen.connect(lambda _name: self.reload())
        self.grid = CalendarGrid()
        self.grid.moved.connect(self._say)
        self.grid.opened.connect(self._open)
        self._words = ShortText("", "field")
        self._heading = SectionHeader(gettext("Loaner calendar"))
        self.grid.days_changed.connect(self._say_span)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.grid)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        layout = page(self._heading, self._tools(), self._words, scroll)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self._keys()

    def _start(self) -> date:
        today = self._presenter.today()
        return today - timedelta(days=today.weekday()) - _WEEK

    def _tools(self) -> Toolbar:
        before, after = (
            IconButton("chevron-left", gettext("A week back")),
            IconButton("chevron-right", gettext("A week on")),
        )
        before.clicked.connect(lambda: self.move_weeks(-1))
        after.clicked.connect(lambda: self.move_weeks(1))
        today = Button(gettext("&Today"))
        today.clicked.connect(self.go_to_today)
        back = Button(gettext("&List"), "list")
        back.clicked.connect(lambda: self.desk.navigator.run("loaners.show"))
        return Toolbar(self.kinds, right=(before, today, after, back))

    def _keys(self) -> None:
        for keys, act in (
            ("PgUp", lambda: self.move_weeks(-1)),
            ("PgDown", lambda: self.move_weeks(1)),
            ("Ctrl+Home", self.go_to_today),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- what is shown -----------------------------------------------------------------------

    def move_weeks(self, weeks: int) -> None:
        """Show other weeks."""
        self._first += weeks * _WEEK
        self.reload()

    def go_to_today(self) -> None:
        """Show the weeks around today."""
        self._first = self._start()
        self.reload()

    @override
    def title(self) -> str:
        return gettext("Loaner calendar")

    @override
    def reload(self) -> None:
        kind = None if self.kinds.current in ("", _ALL) else ItemCategory(self.kinds.current)
        self._presenter.read_calendar((self._first, DAYS), kind, self._show)

    def _show(self, rows: tuple[CalendarRow, ...]) -> None:
        self._say_span()
        self.grid.show_rows(rows, self._first, self._presenter.today())
        if not self._shown_before:
            self._shown_before = True
            self.grid.setFocus()

    def _say_span(self) -> None:
        last = self._first + timedelta(days=self.grid.days() - 1)
        self._heading.set(gettext("Loaner calendar"), f"{self._first:%Y-%m-%d} – {last:%Y-%m-%d}")

    def _say(self) -> None:
        self._words.setText(self.grid.words())
        place = self.grid.place_of(*self.grid.chosen())
        self._scroll.ensureVisible(place.center().x(), place.center().y(), place.width(), place.height())

    def _open(self) -> None:
        row = self.grid.row()
        if row is not None:
            self.desk.navigator.open(EntityRef(EntityKind.LOANER, row.loaner_id))

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Arrows", gettext("Another loaner or day")),
            KeyHelp("Enter", gettext("Open the loaner")),
            KeyHelp("PgUp", gettext("A week back")),
            KeyHelp("PgDown", gettext("A week on")),
        ]
