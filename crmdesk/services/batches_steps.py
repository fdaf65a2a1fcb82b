"""What all steps of batches share: loading, the time line of the batch, the audit, who may."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.batch_errors import GoodsAwayError
from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batch_rules import ARRIVED_AT, AWAY
from crmdesk.core.batches import UNDER_WAY, BatchState
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TicketState
from crmdesk.core.topics import Topic
from crmdesk.db.rows import append
from crmdesk.models.batch import Batch, BatchEvent, BatchLine, Vendor
from crmdesk.models.ticket import Ticket
from crmdesk.services import audit
from crmdesk.services.ticket_steps import load as load_ticket
from crmdesk.services.ticket_steps import move

CHANGED = frozenset({Topic.TICKETS})
_NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class LineStep:
    """A step on one line as it was seen, perhaps with a note."""

    line_id: int
    seen_version: int | None = None
    note: str = ""


def require_desk(context: Context) -> None:
    """Let whoever serves, and head office itself, work with batches.

    Raises:
        NotAllowedError: the person does neither.
    """
    if not context.may(Right.JUDGE):
        context.require(Right.SERVE)


def load_batch(session: Session, batch_id: int, context: Context, seen_version: int | None = None) -> Batch:
    """Give a batch of the context's store for changing.

    Raises:
        NotFoundError: there is none.
        StaleError: somebody changed it since it was read.
    """
    batch = session.get(Batch, batch_id)
    if batch is None or batch.store_id != context.store.id:
        raise NotFoundError(EntityKind.BATCH, str(batch_id))
    if seen_version is not None and batch.version != seen_version:
        raise StaleError(EntityKind.BATCH, batch_id, seen_version, batch.version)
    return batch


def load_line(session: Session, step: LineStep, context: Context) -> tuple[BatchLine, Batch, Ticket]:
    """Give a line with its batch and its ticket for changing.

    Raises:
        NotFoundError: there is none.
        StaleError: somebody changed the line since it was read.
    """
    line = session.get(BatchLine, step.line_id)
    if line is None:
        raise NotFoundError(EntityKind.BATCH, str(step.line_id))
    if step.seen_version is not None and line.version != step.seen_version:
        raise StaleError(EntityKind.BATCH, line.id, step.seen_version, line.version)
    return line, load_batch(session, line.batch_id, context), load_ticket(session, line.ticket_id)


def lines_of(session: Session, batch: Batch) -> list[BatchLine]:
    """Give the lines of a batch in the order in which they were packed."""
    return list(session.scalars(select(BatchLine).where(BatchLine.batch_id == batch.id).order_by(BatchLine.ordinal)))


def line_under_way(session: Session, ticket_id: int) -> BatchLine | None:
    """Give the line that the ticket's goods are on now; None when they are in no batch."""
    wanted = select(BatchLine).where(BatchLine.ticket_id == ticket_id, BatchLine.state.in_(UNDER_WAY))
    return session.scalars(wanted).one_or_none()


def require_here(ticket: Ticket) -> None:
    """Refuse a step that needs the goods in the shop.

    Raises:
        GoodsAwayError: they travel, or are at head office or with a repairer.
    """
    if ticket.goods_place in AWAY:
        raise GoodsAwayError(ticket.number, ticket.goods_place.value)


def reach(session: Session, line: BatchLine, batch: Batch, ticket: Ticket, context: Context) -> None:
    """Let a line's goods be at the other end, as its arrival, or a reply before one was noted, says."""
    if line.arrived_at is None:
        line.arrived_at = context.now()
    ticket.goods_place = ARRIVED_AT[batch.party]
    if ticket.state is TicketState.SENT:
        move(session, ticket, TicketState.AT_HEAD_OFFICE, TicketAct.ARRIVED, context, batch_words(session, batch))
    if batch.state is BatchState.SENT:
        batch.move(BatchState.ARRIVED)
        batch.arrived_at = context.now()


def batch_words(session: Session, batch: Batch) -> str:
    """Say which batch it is in the time line of a ticket: its number, and the repairer it goes to."""
    vendor = session.get(Vendor, batch.vendor_id) if batch.vendor_id is not None else None
    return batch.number if vendor is None else f"{batch.number} {vendor.name}"


def note(
    session: Session, batch: Batch, act: BatchAct, context: Context, words: str = "", line: BatchLine | None = None
) -> None:
    """Add a line to the batch's time line and to the audit."""
    now = context.now()
    event = {
        "store_id": context.store.id,
        "batch_id": batch.id,
        "line_id": line.id if line is not None else None,
        "at": now,
        "staff_id": context.actor.staff_id,
        "act": act.value,
        "note": clean_note(words)[:_NOTE_LENGTH],
    }
    append(session, BatchEvent, event)
    audit.record(session, context, f"batch.{act}", (EntityKind.BATCH, batch.id), {"number": batch.number})
