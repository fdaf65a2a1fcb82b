"""The views of the list as chips."""

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_filter import TicketView
from crmdesk.views.support.widgets.chip_bar import Chip

WORDS = {
    TicketView.OPEN: mark("To do"),
    TicketView.MINE: mark("Mine"),
    TicketView.DUE_TODAY: mark("Due today"),
    TicketView.OVERDUE: mark("Overdue"),
    TicketView.RED: mark("Red clocks"),
    TicketView.WARNING: mark("Clock warns"),
    TicketView.STILL: mark("Not moving"),
    TicketView.HEAD_OFFICE: mark("With head office"),
    TicketView.QUOTE_OVER: mark("Quote ran out"),
    TicketView.TO_COLLECT: mark("To collect"),
    TicketView.GOODS_LEFT: mark("Cancelled, goods still here"),
    TicketView.LENT: mark("Loaners out"),
    TicketView.ALL: mark("All"),
}
EMPTY: dict[TicketView, tuple[str, str]] = {
    TicketView.OPEN: (mark("Nothing to do"), mark("Orders for repairs, complaints and returns appear here.")),
    TicketView.MINE: (mark("Nothing waits for you"), mark("Orders that you see to appear here.")),
    TicketView.DUE_TODAY: (mark("Nothing is due today"), mark("Orders promised for today appear here.")),
    TicketView.OVERDUE: (mark("Nothing is overdue"), mark("Orders whose promised date has passed appear here.")),
    TicketView.RED: (mark("No clock is red"), mark("Orders whose legal or house deadline has passed appear here.")),
    TicketView.WARNING: (mark("No clock warns"), mark("Orders that have used most of a deadline appear here.")),
    TicketView.STILL: (
        mark("Everything moves"),
        mark("Orders on which nothing happened for working days appear here."),
    ),
    TicketView.HEAD_OFFICE: (mark("Nothing is with head office"), mark("Goods sent for repair appear here.")),
    TicketView.TO_COLLECT: (mark("Nothing waits to be collected"), mark("Repaired goods appear here.")),
    TicketView.QUOTE_OVER: (
        mark("No quote has run out"),
        mark("Repairs whose customer did not answer in time appear here: quote again, or give the goods back."),
    ),
    TicketView.GOODS_LEFT: (
        mark("No goods of ended orders are here"),
        mark("Orders that were cancelled or closed while their goods are still in the shop appear here."),
    ),
    TicketView.LENT: (mark("No loaner is out"), mark("Orders whose customer has a loaner appear here.")),
    TicketView.ALL: (mark("No orders yet"), mark("Take in the first repair, complaint or return.")),
}

_TONES = {TicketView.OVERDUE: Tone.LATE, TicketView.RED: Tone.LATE, TicketView.GOODS_LEFT: Tone.WARN}
# These say nothing while they are empty.
_ONLY_IF_ANY = frozenset(
    {
        TicketView.RED,
        TicketView.WARNING,
        TicketView.STILL,
        TicketView.MINE,
        TicketView.QUOTE_OVER,
        TicketView.GOODS_LEFT,
    }
)


def chips() -> list[Chip]:
    """Give the chips in their order, without counts."""
    return [
        Chip(view.value, gettext(words), tone=_TONES.get(view), only_if_any=view in _ONLY_IF_ANY)
        for view, words in WORDS.items()
    ]
