"""The way back of a batch: arrival at the other end, goods in the store again, missing and found, closing (S5)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.batch_errors import BatchOpenError, UnknownCodeError
from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batches import TRANSITIONS, BatchLineState, BatchState
from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, ReasonMissingError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, Remedy, TicketState
from crmdesk.models.batch import Batch, BatchLine
from crmdesk.models.ticket import Ticket
from crmdesk.services.batches import ticket_of
from crmdesk.services.batches_reply import remedy_of_line
from crmdesk.services.batches_steps import (
    CHANGED,
    LineStep,
    batch_words,
    line_under_way,
    lines_of,
    load_batch,
    load_line,
    note,
    reach,
    require_desk,
)
from crmdesk.services.ticket_steps import load, move, note_event

_CODE, _LINE = 40, 120
_S = TicketState
_ACCOUNTED = frozenset({BatchLineState.BACK, BatchLineState.TAKEN_OUT, BatchLineState.MISSING})
_WITHOUT_MISSING = _ACCOUNTED - {BatchLineState.MISSING}


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """One ticket's goods are in the store again.

    ``repaired`` tells that the work was done there; ``condition`` is what was found when unpacking; ``shelf`` is where
    they lie now.
    """

    line_id: int
    seen_version: int | None = None
    repaired: bool = True
    condition: str = ""
    courier: str = ""
    tracking: str = ""
    shelf: str = ""


def arrive(
    session: Session, batch_id: int, context: Context, *, line_ids: tuple[int, ...] | None = None
) -> Outcome[int]:
    """Note that a parcel arrived at the other end: all lines still on the way, or only some. Gives how many.

    Raises:
        IllegalMoveError: the batch has not left, or a line is not on the way.
    """
    require_desk(context)
    batch = load_batch(session, batch_id, context)
    waiting = lines_of(session, batch)
    if line_ids is None:
        chosen = [line for line in waiting if line.state is BatchLineState.SENT]
    else:
        chosen = [line for line in waiting if line.id in line_ids]
    if not chosen:
        raise IllegalMoveError(EntityKind.BATCH, batch.number, batch.state, BatchState.ARRIVED)
    for line in chosen:
        line.move(BatchLineState.ARRIVED)
        reach(session, line, batch, load(session, line.ticket_id), context)
    note(session, batch, BatchAct.ARRIVED, context, str(len(chosen)))
    return Outcome(len(chosen), CHANGED)


def arrive_code(session: Session, batch_id: int, code: str, context: Context) -> Outcome[str]:
    """Note the arrival of the goods whose number was scanned; gives the ticket's number.

    Raises:
        UnknownCodeError: they are not in this batch.
        IllegalMoveError: they are not on the way.
    """
    require_desk(context)
    line, ticket = line_of_code(session, batch_id, code)
    arrive(session, batch_id, context, line_ids=(line.id,))
    return Outcome(ticket.number, CHANGED)


def line_of_code(session: Session, batch_id: int, code: str) -> tuple[BatchLine, Ticket]:
    """Give the line of a batch whose ticket was scanned.

    Raises:
        UnknownCodeError: the ticket is not in this batch, or there is none.
    """
    ticket = ticket_of(session, code)
    line = line_under_way(session, ticket.id)
    if line is None or line.batch_id != batch_id:
        raise UnknownCodeError(ticket.number, session.get_one(Batch, batch_id).number)
    return line, ticket


def take_back(session: Session, request: GoodsBack, context: Context) -> Outcome[TicketState]:
    """Take one ticket's goods in again; also goods that were missing, and of a batch that is closed.

    Raises:
        IllegalMoveError: they never left, or are back already.
    """
    require_desk(context)
    line, batch, ticket = load_line(session, LineStep(request.line_id, request.seen_version), context)
    line.move(BatchLineState.BACK)
    line.back_at = context.now()
    line.courier_back = clean_line(request.courier)[:_CODE]
    line.tracking_back = clean_code(request.tracking)[:_CODE]
    shelf = clean_code(request.shelf)[:_CODE]
    ticket.shelf, ticket.goods_place = shelf, GoodsPlace.SHELF if shelf else GoodsPlace.COUNTER
    words = " ".join(
        part for part in (batch_words(session, batch), clean_note(request.condition), line.tracking_back) if part
    )
    _follow(session, ticket, remedy_of_line(session, line.id), words, context, repaired=request.repaired)
    note(session, batch, BatchAct.BACK, context, f"{ticket.number} {clean_note(request.condition)}".strip(), line)
    _settle(session, batch, context)
    return Outcome(ticket.state, CHANGED)


def _follow(
    session: Session, ticket: Ticket, remedy: Remedy | None, words: str, context: Context, *, repaired: bool
) -> None:
    """Bring the ticket to where its goods' return leads, by the state that the reply has left it in."""
    if ticket.state in (_S.SENT, _S.AT_HEAD_OFFICE):
        move(session, ticket, _S.RECEIVED_BACK, TicketAct.CAME_BACK, context, words)
    else:
        note_event(session, ticket, TicketAct.CAME_BACK, context, words)
    if ticket.state is _S.APPROVED and repaired:
        move(session, ticket, _S.IN_WORK, TicketAct.WORK_STARTED, context)
    if ticket.state is _S.IN_WORK and repaired:
        move(session, ticket, _S.QUALITY_CHECK, TicketAct.WORK_DONE, context)
    if remedy is Remedy.REFUSE and ticket.shelf and ticket.state in (_S.JUDGING, _S.RECEIVED_BACK):
        move(session, ticket, _S.READY, TicketAct.MADE_READY, context)


def take_back_code(session: Session, batch_id: int, code: str, context: Context) -> Outcome[str]:
    """Take the goods in again whose tag was scanned; gives the ticket's number.

    Raises:
        UnknownCodeError: they are not in this batch.
    """
    require_desk(context)
    line, ticket = line_of_code(session, batch_id, code)
    take_back(session, GoodsBack(line.id), context)
    return Outcome(ticket.number, CHANGED)


def declare_missing(session: Session, request: LineStep, context: Context) -> Outcome[str]:
    """Give goods up as missing; only a manager does, with a reason. Gives the ticket's number.

    Raises:
        NotAllowedError: the person is no manager.
        ReasonMissingError: no reason.
        IllegalMoveError: the goods never left, or are back.
    """
    context.require(Right.OVERRIDE)
    if not clean_line(request.note):
        raise ReasonMissingError("batch.missing")
    line, batch, ticket = load_line(session, request, context)
    line.move(BatchLineState.MISSING)
    line.missing_reason = clean_line(request.note)[:_LINE]
    note_event(session, ticket, TicketAct.GOODS_MISSING, context, f"{batch.number} {line.missing_reason}")
    note(session, batch, BatchAct.MISSING, context, f"{ticket.number} {line.missing_reason}", line)
    return Outcome(ticket.number, CHANGED)


def find_again(session: Session, request: LineStep, context: Context) -> Outcome[str]:
    """Note that missing goods turned up at the other end; gives the ticket's number.

    Raises:
        IllegalMoveError: they are not missing.
    """
    require_desk(context)
    line, batch, ticket = load_line(session, request, context)
    if line.state is not BatchLineState.MISSING:
        raise IllegalMoveError(EntityKind.BATCH, ticket.number, line.state, BatchLineState.ARRIVED)
    line.move(BatchLineState.REPLIED if line.replied_at is not None else BatchLineState.ARRIVED)
    line.missing_reason = ""
    reach(session, line, batch, ticket, context)
    note_event(session, ticket, TicketAct.NOTED, context, f"{batch.number} {request.note}".strip())
    note(session, batch, BatchAct.FOUND, context, f"{ticket.number} {request.note}".strip(), line)
    return Outcome(ticket.number, CHANGED)


def close(session: Session, batch_id: int, seen_version: int | None, context: Context) -> Outcome[str]:
    """Close a batch whose goods are all accounted for; gives its number.

    Raises:
        BatchOpenError: goods are neither back nor declared missing.
        IllegalMoveError: it was never sent, or is closed.
    """
    require_desk(context)
    batch = load_batch(session, batch_id, context, seen_version)
    if BatchState.CLOSED not in TRANSITIONS[batch.state]:
        raise IllegalMoveError(EntityKind.BATCH, batch.number, batch.state, BatchState.CLOSED)
    open_lines = [line for line in lines_of(session, batch) if line.state not in _ACCOUNTED]
    if open_lines:
        raise BatchOpenError(batch.number, tuple(load(session, line.ticket_id).number for line in open_lines))
    _close(session, batch, context)
    return Outcome(batch.number, CHANGED)


def _close(session: Session, batch: Batch, context: Context) -> None:
    batch.move(BatchState.CLOSED)
    batch.closed_at = context.now()
    note(session, batch, BatchAct.CLOSED, context)


def _settle(session: Session, batch: Batch, context: Context) -> None:
    """Close a batch when everything is back; goods that are missing keep it open until a person closes it."""
    states = {line.state for line in lines_of(session, batch)}
    if BatchState.CLOSED in TRANSITIONS[batch.state] and states <= _WITHOUT_MISSING:
        _close(session, batch, context)
