"""Makes the loaner screen, its things and its commands known."""

from functools import partial

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.queries.loaner_rows import LoanerView
from crmdesk.views.loaners.actions import LoanerActions
from crmdesk.views.loaners.calendar_screen import CalendarScreen
from crmdesk.views.loaners.screen import LoanersScreen
from crmdesk.views.loaners.steps import Act
from crmdesk.views.loaners.use_screen import UseScreen
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

SECTION = "loaners"
CALENDAR, USE = "loaners.calendar", "loaners.use"


def install(desk: Desk) -> SectionSpec:
    """Register openers and commands and give the rail's entry; the screen is built when it is first shown.

    Commands: ``loaners.show`` (``view``), ``loaners.lend`` (``ticket_id`` or nothing, Ctrl+L),
    ``loaners.take_back`` and ``loaners.take_over``
    (``loan_id``; without one the list of what is out), ``loaners.new``, ``loaners.calendar``, ``loaners.use``,
    ``loaners.count``. With a key the form opens over the page
    from which it was asked for.
    """
    navigator, commands = desk.navigator, _Commands(desk)
    for kind in (EntityKind.LOANER, EntityKind.LOAN):
        navigator.register_opener(kind, lambda ref: navigator.go(SECTION, ref))
    take_back, take_over = partial(commands.on_loan, Act.TAKE_BACK), partial(commands.on_loan, Act.TAKE_OVER)
    navigator.register_command("loaners.lend", mark("Lend a loaner"), "Ctrl+L", commands.lend)
    navigator.register_command("loaners.take_back", mark("Take a loaner back"), "", take_back)
    navigator.register_command("loaners.take_over", mark("Take a loan over"), "", take_over)
    navigator.register_command("loaners.show", mark("Loaners"), "", commands.show)
    navigator.register_section(CALENDAR, lambda: CalendarScreen(desk))
    navigator.register_section(USE, lambda: UseScreen(desk))
    navigator.register_command(CALENDAR, mark("Loaner calendar"), "", lambda: navigator.go(CALENDAR))
    navigator.register_command(USE, mark("Use of the loaners"), "", lambda: navigator.go(USE))
    navigator.register_command("loaners.count", mark("Count the loaners"), "", commands.count)
    navigator.register_command("loaners.new", mark("Register a loaner"), "", commands.new)
    return SectionSpec(SECTION, mark("Loaners"), "luggage", lambda: LoanersScreen(desk), "Ctrl+4", (CALENDAR, USE))


class _Commands:
    """What can be asked for from anywhere."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lend(self, ticket_id: int | None = None) -> None:
        """Lend to a ticket, or to one whose number is asked for."""
        if ticket_id is not None:
            self._here().lend(ticket_id=ticket_id)
        else:
            self._screen().lend()

    def on_loan(self, act: Act, loan_id: int | None = None) -> None:
        """Carry out a step of one loan, or show what is out."""
        if loan_id is not None:
            self._here().run_on_loan(act, loan_id)
        else:
            self._screen().show_view(LoanerView.OUT)

    def show(self, view: str = LoanerView.ALL.value) -> None:
        """Show one of the views of the list."""
        self._screen().show_view(LoanerView(view))

    def new(self) -> None:
        """Register a loaner."""
        self._screen().start_new()

    def count(self) -> None:
        """Count what is in the store."""
        self._screen().count()

    def _here(self) -> LoanerActions:
        """Give the steps over the page that is shown: the clerk stays where she is."""
        navigator = self._desk.navigator
        place = navigator.here
        return LoanerActions(navigator.screen(place.screen) if place is not None else self._screen(), self._desk)

    def _screen(self) -> LoanersScreen:
        navigator = self._desk.navigator
        navigator.go(SECTION)
        made = navigator.screen(SECTION)
        if not isinstance(made, LoanersScreen):
            raise TypeError(made)
        return made
