"""Makes the intake page and the commands that open it known."""

from functools import partial
from typing import Any

from crmdesk.core.i18n import mark
from crmdesk.core.tickets import TicketKind
from crmdesk.views.support.desk import Desk

PAGE = "service.intake"


def install_intake(desk: Desk) -> None:
    """Register the page ``service.intake`` and the commands ``service.new/repair/complaint/return``.

    Each command takes ``member_id``, ``item_id``, ``subject``, ``words``, ``ticket_id``, or none of them.
    """
    from crmdesk.views.service.intake_page import IntakePage

    navigator = desk.navigator

    def begin(kind: TicketKind, **known: Any) -> None:  # noqa: ANN401 - the facts that `Known` names
        navigator.go(PAGE)
        shown = navigator.screen(PAGE)
        if isinstance(shown, IntakePage) and navigator.here is not None and navigator.here.screen == PAGE:
            shown.begin(kind, **known)

    navigator.register_section(PAGE, lambda: IntakePage(desk))
    # Ctrl+N belongs to the window: it runs "service.new" wherever a page begins nothing of its own.
    navigator.register_command("service.new", mark("New ticket"), "", partial(begin, TicketKind.REPAIR))
    for name, words, keys, kind in (
        ("service.repair", mark("New repair"), "Ctrl+Shift+R", TicketKind.REPAIR),
        ("service.complaint", mark("New complaint"), "Ctrl+Shift+C", TicketKind.COMPLAINT),
        ("service.return", mark("New return"), "Ctrl+Shift+T", TicketKind.RETURN),
    ):
        navigator.register_command(name, words, keys, partial(begin, kind))
