"""Working days: the year at a glance, days of rest and worked days entered, a whole year read from a file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.progress import Progress
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.exchange.calendar_sheet import CalendarSheet
from crmdesk.queries.clock_settings import DayFacts, YearFacts, calendar_year
from crmdesk.services import calendar_days as service
from crmdesk.services.calendar_days import ClearDays, TakeYear
from crmdesk.views.settings.calendar_dialog import DaysDialog
from crmdesk.views.settings.calendar_view import CalendarView, day_words
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask, choose_file
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.text import Text


class CalendarPage(QWidget):
    """One year, its legend, and what can be done with the chosen days."""

    def __init__(self, desk: Desk) -> None:
        """Build the page and ask for this year."""
        super().__init__()
        self._desk = desk
        context = desk.signin.context()
        self._may = context.may(Right.SETTINGS)
        self._year = context.today().year
        self._facts: YearFacts | None = None
        self._back = IconButton("chevron-left", gettext("The year before"))
        self._on = IconButton("chevron-right", gettext("The next year"))
        self._title = Text("", "heading")
        self.banner = Banner(tone=Tone.WARN, icon="calendar")
        self.view = CalendarView()
        self._day = Text("", "body")
        self._source = Text("", "small", wrap=True)
        self._change = Button(gettext("&Change days"), "pencil", "primary", "Enter")
        self._clear = Button(gettext("&As shipped"), "rotate-ccw", hint="Del")
        self._take = Button(gettext("&Read from a file"), "upload")
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        legend = row(
            Pill(gettext("holiday or day of rest"), Tone.OK),
            Pill(gettext("worked instead"), Tone.WARN),
            Text(gettext("bold: entered by you"), "small"),
            None,
            gap=2,
        )
        if not self._may:
            for button in (self._change, self._clear, self._take):
                button.refuse(gettext("Only the owner changes these."))
        layout = column(
            row(
                Text(gettext("Working days"), "title"),
                self._back,
                self._title,
                self._on,
                None,
                gap=2,
            ),
            row(self._change, self._clear, self._take, None, gap=2),
            self.banner,
            legend,
            self.view,
            self._day,
            self._source,
            gap=2,
        )
        layout.setStretch(layout.indexOf(self.view), 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._back.clicked.connect(lambda _checked=False: self.turn(-1))
        self._on.clicked.connect(lambda _checked=False: self.turn(1))
        self.view.year_wanted.connect(self.turn)
        self.view.current_changed.connect(self._say_day)
        self.view.opened.connect(self.change)
        self._change.clicked.connect(lambda _checked=False: self.change())
        self._clear.clicked.connect(lambda _checked=False: self.clear())
        self._take.clicked.connect(lambda _checked=False: self._choose_file())
        action = QAction(self.view)
        action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: self.clear())
        self.view.addAction(action)

    # -- what is shown ---------------------------------------------------------------------

    def reload(self) -> None:
        """Show the year as it is."""
        self._desk.jobs.read(self, partial(_read, self._year), self._show, key="calendar")

    def turn(self, step: int) -> None:
        """Show the year ``step`` years on, as far as the calendar reaches."""
        self._year += step
        self.reload()

    def _show(self, found: YearFacts) -> None:
        self._facts = found
        self._year = found.year
        self._title.setText(str(found.year))
        self._back.setEnabled(found.year > found.first_year)
        self._on.setEnabled(found.year < found.last_year)
        self._source.setText(gettext("Source: {source}").format(source=found.source) if found.source else "")
        if found.announced:
            self.banner.set("")
        else:
            self.banner.set(
                gettext("The days worked instead in {year} are not announced yet.").format(year=found.year),
                gettext("Enter them when the State Council has announced them; working days are counted without them."),
            )
        self.view.show_year(found, self._desk.signin.context().today())

    def _say_day(self, facts: DayFacts) -> None:
        first, last = self.view.span()
        words = day_words(facts)
        if first != last:
            days = (last - first).days + 1
            words += " · " + ngettext("{count} day chosen", "{count} days chosen", days).format(count=days)
        self._day.setText(words)

    # -- what is done ----------------------------------------------------------------------

    def change(self) -> None:
        """Ask what the chosen days shall be."""
        current = self.view.current
        if self._facts is not None and current is not None and self._may:
            DaysDialog(self, self._desk, (*self.view.span(), current), self._facts.stamp).open()

    def clear(self) -> None:
        """Let the chosen days be as shipped again."""
        if self._facts is None or not self._may:
            return
        first, last = self.view.span()
        request = ClearDays(first, last, self._facts.stamp)
        self._desk.jobs.write(self, partial(_clear, request), self._cleared, self._failed)

    def _cleared(self, days: int) -> None:
        if days:
            words = ngettext("{count} day is as shipped again", "{count} days are as shipped again", days)
            self._desk.toasts.show(words.format(count=days))
        else:
            self._desk.toasts.show(gettext("These days are as shipped."))
        self.reload()

    def _failed(self, error: Exception) -> None:
        errors.show(self, error)
        self.reload()

    # -- a whole year ----------------------------------------------------------------------

    def _choose_file(self) -> None:
        title = gettext("Holidays of {year}").format(year=self._year)
        choose_file(self, title, [gettext("Tables (*.csv *.txt *.xlsx *.xls)")], self.take_file)

    def take_file(self, path: Path) -> None:
        """Read the shown year's holidays from ``path`` and ask whether to enter them."""
        year = self._year

        def work(_progress: Progress) -> CalendarSheet:
            from crmdesk.exchange.calendar_sheet import read_calendar

            return read_calendar(path, year)

        self._desk.jobs.compute(self, work, self._ask_take, key="sheet")

    def _ask_take(self, sheet: CalendarSheet) -> None:
        worked = sum(working for working, _name in sheet.days.values())
        words = gettext("{rest} days of rest and {worked} worked days. What was entered for {year} before is replaced.")
        verbs = [
            Verb(gettext("Enter {year}").format(year=sheet.year), partial(self.take, sheet), Kind.PRIMARY),
            Verb(gettext("Cancel")),
        ]
        said = words.format(rest=len(sheet.days) - worked, worked=worked, year=sheet.year)
        ask(self, gettext("Enter the holidays of “{name}”?").format(name=sheet.name), said, verbs)

    def take(self, sheet: CalendarSheet) -> None:
        """Enter the year of ``sheet``."""
        if self._facts is not None and self._facts.year == sheet.year:
            request = TakeYear(sheet.year, sheet.days, self._facts.stamp)
            self._desk.jobs.write(self, partial(_take, request), self._taken, self._failed)

    def _taken(self, days: int) -> None:
        words = ngettext("{count} day entered", "{count} days entered", days).format(count=days)
        self._desk.toasts.show(words)
        self.reload()


def _read(year: int, session: Session, context: Context) -> YearFacts:
    return calendar_year(session, year, context)


def _clear(request: ClearDays, session: Session, context: Context) -> Outcome[int]:
    return service.clear_days(session, request, context)


def _take(request: TakeYear, session: Session, context: Context) -> Outcome[int]:
    return service.take_year(session, request, context)
