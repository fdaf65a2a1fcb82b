"""What one write leaves behind happened at one moment, however long the write takes."""

from dataclasses import replace

from sqlalchemy import select

from crmdesk.core.clock import SystemClock
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.models.audit import AuditEntry, Change
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from crmdesk.services.unit import perform
from tests.builders.loaners import add_member
from tests.builders.shop import Shop


def test_ticket_time_line_audit_and_change_feed_have_the_same_moment(shop: Shop) -> None:
    request = TakeIn(TicketKind.REPAIR, add_member(shop), "轮子断", item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱"))
    running = replace(shop.context(), clock=SystemClock())
    made = perform(shop.database, running, lambda session, context: take_in(session, request, context)).value
    with shop.reading() as session:
        ticket = session.get_one(Ticket, made.id)
        others = [
            session.scalars(select(TicketEvent.at).where(TicketEvent.ticket_id == made.id)).one(),
            session.scalars(select(AuditEntry.at).order_by(AuditEntry.ordinal.desc())).first(),
            session.scalars(select(Change.at).order_by(Change.id.desc())).first(),
        ]
        assert {ticket.received_at, ticket.last_event_at} == set(others)
        assert ticket.version == made.version == 1
