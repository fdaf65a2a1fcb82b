"""The numbers beside the sections of the window: open tickets, loaners out, calls due."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackState
from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.loaners import LoanerState
from crmdesk.core.tickets import FINISHED, TicketState
from crmdesk.models.callback import Callback
from crmdesk.models.loaner import Loaner
from crmdesk.models.ticket import Ticket

_OPEN = [state for state in TicketState if state not in FINISHED]


def section_counts(session: Session, context: Context) -> dict[str, int]:
    """Count what waits in the context's store, by section; each count is answered by an index."""
    store_id = context.store.id
    tomorrow = start_of_day(context.today() + timedelta(days=1), context.store.zone)
    tickets = select(func.count()).where(Ticket.store_id == store_id, Ticket.state.in_(_OPEN))
    lent = select(func.count()).where(Loaner.store_id == store_id, Loaner.state == LoanerState.LENT)
    calls = select(func.count()).where(
        Callback.store_id == store_id, Callback.state == CallbackState.DUE, Callback.due_from < tomorrow
    )
    counts = {"service": tickets, "loaners": lent, "care": calls}
    return {section: session.scalar(wanted) or 0 for section, wanted in counts.items()}
