"""What stops goods from leaving the shop, and what follows when they have left (S9, L3)."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import LoanerOutError
from crmdesk.core.loaners import LoanState
from crmdesk.core.settings_care import REPAIR_CALL_DAYS
from crmdesk.core.tickets import TicketKind
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, in_days, plan

_STILL_OUT: Final = (
    select(Loan.id, Loan.number, Loaner.code)
    .join(Loaner, Loan.loaner_id == Loaner.id)
    .where(Loan.ticket_id == bindparam("ticket_id"), Loan.state == LoanState.OUT, Loan.taken_over_by_id.is_(None))
    .limit(1)
)


def refuse_while_lent(session: Session, ticket: Ticket) -> None:
    """Stop while the ticket's loaner is out and no manager took the loan over.

    Raises:
        LoanerOutError: with loaner and loan.
    """
    out = session.execute(_STILL_OUT, {"ticket_id": ticket.id}).one_or_none()
    if out is not None:
        raise LoanerOutError(out.code, out.number, out.id)


def plan_aftercare(session: Session, ticket: Ticket, context: Context) -> None:
    """Plan the call that asks how the repair holds."""
    if ticket.kind is not TicketKind.REPAIR:
        return
    due_from, due_until = in_days(context, store_settings(session, context.store.id).get(REPAIR_CALL_DAYS))
    wanted = PlanCallback(
        member_id=ticket.member_id,
        reason=CallbackReason.AFTER_REPAIR,
        due_from=due_from,
        due_until=due_until,
        owner_id=ticket.owner_id,
        ticket_id=ticket.id,
        subject=ticket.subject,
    )
    plan(session, wanted, context)
