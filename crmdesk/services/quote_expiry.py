"""Quotes that nobody answered in time run out by themselves: a part of the day's first work."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.quotes import QuoteState
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.models.judgement import Quote
from crmdesk.models.ticket import Ticket
from crmdesk.services.ticket_steps import TICKETS, load, move

# So many in one write, so that nobody at the desk waits for it; whoever calls goes on until none is left.
AT_ONCE: Final = 20


def expire_quotes(session: Session, context: Context) -> Outcome[int]:
    """Let open quotes of this store run out whose last day is over; gives how many, `AT_ONCE` at the most.

    The time line names the last day. Running it again, or at two desks, finds nothing more to do.
    """
    wanted = (
        select(Quote)
        .join(Ticket, Ticket.id == Quote.ticket_id)
        .where(
            Ticket.store_id == context.store.id,
            Ticket.state == TicketState.QUOTED,
            Quote.state == QuoteState.OPEN,
            Quote.valid_until < context.today(),
        )
        .order_by(Quote.id)
        .limit(AT_ONCE)
    )
    over = session.scalars(wanted).all()
    for one in over:
        one.state = QuoteState.EXPIRED
        ticket, last_day = load(session, one.ticket_id), one.valid_until.isoformat()
        move(session, ticket, TicketState.EXPIRED, TicketAct.QUOTE_EXPIRED, context, last_day)
    return Outcome(len(over), TICKETS if over else frozenset())
