"""Makes the loaner screen, its things and its commands known."""

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.views.loaners.actions import LoanerActions
from crmdesk.views.support.desk import Desk

SECTION = "loaners"


def register(desk: Desk) -> None:
    """Enter section, openers and commands.

    Commands: ``loaners.lend`` (``ticket_id`` or nothing, Ctrl+L), ``loaners.new``.
    """
    from crmdesk.views.loaners.screen import LoanersScreen

    navigator = desk.navigator

    def screen() -> LoanersScreen:
        navigator.go(SECTION)
        made = navigator.screen(SECTION)
        if not isinstance(made, LoanersScreen):
            raise TypeError(made)
        return made

    def lend(ticket_id: int | None = None) -> None:
        here = navigator.here
        if ticket_id is not None and here is not None:
            # The clerk stays where she is: the form opens over the ticket.
            LoanerActions(navigator.screen(here.screen), desk).lend(ticket_id=ticket_id)
        else:
            screen().lend(ticket_id)

    def new() -> None:
        screen().start_new()

    navigator.register_section(SECTION, lambda: LoanersScreen(desk))
    for kind in (EntityKind.LOANER, EntityKind.LOAN):
        navigator.register_opener(kind, lambda ref: navigator.go(SECTION, ref))
    navigator.register_command("loaners.lend", mark("Lend a loaner"), "Ctrl+L", lend)
    navigator.register_command("loaners.new", mark("Register a loaner"), "", new)
