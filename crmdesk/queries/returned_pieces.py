"""How many pieces of a receipt's lines returns hold, and at what price: what is left may still come back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.money import Money
from crmdesk.core.tickets import ReturnDecision, TicketState
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces that returns hold, and what they were counted at."""

    pieces: int = 0
    price: Money = Money(0)


def held(session: Session, line_ids: Collection[int], *, beside: int | None = None) -> dict[int, Held]:
    """Give what returns hold of each receipt line that any of them holds, ``beside`` one line of a return.

    A rejected line holds nothing, nor does one of a cancelled return, unless it was carried out; a piece that went
    for repair is the customer's again.
    """
    found = session.execute(
        select(
            ReturnLine.id,
            ReturnLine.purchase_line_id,
            ReturnLine.quantity,
            ReturnLine.price_paid,
            ReturnLine.decision,
            ReturnLine.executed_at.is_not(None),
            Ticket.state,
        )
        .join(Ticket, ReturnLine.ticket_id == Ticket.id)
        .where(ReturnLine.purchase_line_id.in_(line_ids))
    )
    sums: dict[int, Held] = {}
    for key, line_id, quantity, price, decision, executed, state in found:
        if line_id is None or key == beside or not _holds(decision, state, executed=executed):
            continue
        before = sums.get(line_id, Held())
        sums[line_id] = Held(before.pieces + quantity, before.price + price)
    return sums


def _holds(decision: ReturnDecision | None, state: TicketState, *, executed: bool) -> bool:
    if decision is ReturnDecision.REJECT:
        return False
    if executed:
        return decision is not ReturnDecision.REPAIR
    return state is not TicketState.CANCELLED
