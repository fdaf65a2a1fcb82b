"""Repairs that came back: the same item with the same fault soon after it was collected (domain rule 4)."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crmdesk.core import figures
from crmdesk.core.clock import start_of_day
from crmdesk.core.figures import COME_BACK_DAYS
from crmdesk.core.tickets import TicketKind
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries.report_span import Span

_Fault = tuple[int, int, str, date, date | None]


def come_backs(session: Session, span: Span) -> frozenset[int]:
    """Give the keys of the repairs received in the period that are come-backs.

    One shared fault code is enough; nothing can be said of a repair without item or without fault code.
    """
    since = start_of_day(span.first - timedelta(days=COME_BACK_DAYS), span.zone)
    inside = (Ticket.received_at >= span.opens) & (Ticket.received_at < span.closes)
    before = (Ticket.handed_back_at >= since) & (Ticket.received_at < span.opens)
    now = list(_faults(session, span, inside))
    items = {item for _key, item, *_ in now}
    known = [*(one for one in _faults(session, span, before) if one[1] in items), *now]
    came_back = figures.come_backs([(item, fault, received, back) for _key, item, fault, received, back in known])
    found = {one[0] for one, again in zip(known, came_back, strict=True) if again}
    return frozenset(found & {key for key, *_ in now})


def _faults(session: Session, span: Span, which: ColumnElement[bool]) -> Iterator[_Fault]:
    found = session.execute(
        select(Ticket.id, Ticket.item_id, TicketFault.code, Ticket.received_at, Ticket.handed_back_at)
        .join(TicketFault, TicketFault.ticket_id == Ticket.id)
        .where(Ticket.kind == TicketKind.REPAIR, Ticket.item_id.is_not(None), which)
        .order_by(Ticket.received_at, Ticket.id)
    )
    for key, item, fault, received, back in found:
        day = span.day(received)
        if item is not None and day is not None:
            yield key, item, fault, day, span.day(back)
