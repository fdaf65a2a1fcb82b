"""The board: open tickets of the store in columns by how far they are."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.tickets import FINISHED, TicketState
from crmdesk.models.ticket import Ticket
from crmdesk.queries.ticket_filter import TicketFilter, conditions
from crmdesk.queries.ticket_rows import TicketRow, first

CARDS: Final = 50
_S = TicketState


class BoardColumn(StrEnum):
    """How far a ticket is, in the eyes of who has to do something."""

    NEW = "new"
    DECIDING = "deciding"
    CUSTOMER = "customer"
    WORK = "work"
    AWAY = "away"
    READY = "ready"
    TOLD = "told"


STATES: Final[dict[BoardColumn, frozenset[TicketState]]] = {
    BoardColumn.NEW: frozenset({_S.DRAFT, _S.RECEIVED, _S.ACKNOWLEDGED, _S.REOPENED}),
    BoardColumn.DECIDING: frozenset(
        {
            _S.JUDGING,
            _S.RECEIVED_BACK,
            _S.ASSESSED,
            _S.INVESTIGATING,
            _S.PROPOSED,
            _S.PROPOSAL_APPROVED,
            _S.ESCALATED,
            _S.CHECKED,
        }
    ),
    BoardColumn.CUSTOMER: frozenset({_S.QUOTED, _S.EXPIRED, _S.DECLINED}),
    BoardColumn.WORK: frozenset({_S.APPROVED, _S.IN_WORK, _S.QUALITY_CHECK, _S.DECIDED}),
    BoardColumn.AWAY: frozenset({_S.SENT, _S.AT_HEAD_OFFICE}),
    BoardColumn.READY: frozenset({_S.READY}),
    BoardColumn.TOLD: frozenset({_S.NOTIFIED, _S.COMMUNICATED, _S.SATISFACTION_CALL}),
}
# Handed over, but the last step that closes it was not done yet.
PASSING: Final = frozenset({_S.COLLECTED, _S.POSTED_BACK, _S.SCRAPPED, _S.TURNED, _S.EXECUTED})


@dataclass(frozen=True, slots=True)
class BoardPile:
    """One column: how many there are, and the first of them, what is due first in front."""

    column: BoardColumn
    count: int
    cards: tuple[TicketRow, ...]


def board(session: Session, wanted: TicketFilter, context: Context, most: int = CARDS) -> tuple[BoardPile, ...]:
    """Give the columns; ``wanted`` narrows them as it narrows the list, its states do not count."""
    narrowed = replace(wanted, states=frozenset(state for state in _S if state not in FINISHED))
    found = session.execute(
        select(Ticket.state, func.count()).where(*conditions(session, narrowed, context)).group_by(Ticket.state)
    )
    counts: dict[TicketState, int] = {state: number for state, number in found}  # noqa: C416 - typed
    piles = []
    for column, states in STATES.items():
        number = sum(counts.get(state, 0) for state in states)
        cards = first(session, replace(wanted, states=states), context, None, most) if number else []
        piles.append(BoardPile(column, number, tuple(cards)))
    return tuple(piles)
