"""Batches (寄修批次): begun, packed, sent; goods leave the shop only this way (S5)."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from crmdesk.core.batch_errors import EmptyBatchError, NotPackableError, PackTrouble, UnknownCodeError
from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batch_rules import HERE, ROUTE_OF
from crmdesk.core.batches import BatchLineState, BatchParty, BatchState
from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotFoundError, ReasonMissingError
from crmdesk.core.numbers import parse_ticket_number
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.text_clean import clean_code, clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TicketKind, TicketState
from crmdesk.models.batch import Batch, BatchLine, Vendor
from crmdesk.models.ticket import Ticket
from crmdesk.services import numbers
from crmdesk.services.batches_steps import (
    CHANGED,
    LineStep,
    batch_words,
    line_under_way,
    lines_of,
    load_batch,
    load_line,
    note,
    require_desk,
)
from crmdesk.services.ticket_steps import find_by_number, load, move, note_event

_LETTER = "B"
_CODE, _LINE = 40, 120


@dataclass(frozen=True, slots=True)
class MakeBatch:
    """A new batch; ``vendor_id`` says which repairer when it goes to one."""

    party: BatchParty
    vendor_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackTickets:
    """Tickets whose goods go into a batch; ``asked`` is what the other end is asked about all of them."""

    batch_id: int
    ticket_ids: tuple[int, ...]
    asked: str = ""


@dataclass(frozen=True, slots=True)
class SendBatch:
    """A packed batch leaves with a courier."""

    batch_id: int
    seen_version: int | None
    courier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class BatchMade:
    """A batch as it was begun."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class Packed:
    """One ticket that is now in the batch."""

    line_id: int
    ticket_id: int
    number: str


def make(session: Session, request: MakeBatch, context: Context) -> Outcome[BatchMade]:
    """Begin a batch.

    Raises:
        NotAllowedError: the person does not work at the desk.
        InvalidFieldError: a repairer's batch without repairer, or with one who is no longer used.
    """
    require_desk(context)
    batch = Batch(
        store_id=context.store.id,
        number=numbers.next_day_number(session, context, _LETTER),
        party=request.party,
        vendor_id=_vendor(session, request, context),
        made_at=context.now(),
        made_by_id=context.actor.staff_id,
        note=clean_line(request.note)[:_LINE],
    )
    session.add(batch)
    session.flush()
    note(session, batch, BatchAct.MADE, context, request.note)
    return Outcome(BatchMade(batch.id, batch.number), CHANGED)


def _vendor(session: Session, request: MakeBatch, context: Context) -> int | None:
    if request.party is not BatchParty.VENDOR:
        return None
    vendor = session.get(Vendor, request.vendor_id) if request.vendor_id is not None else None
    if vendor is None or vendor.store_id != context.store.id or not vendor.active:
        raise InvalidFieldError("vendor_id", "empty")
    return vendor.id


def pack(session: Session, request: PackTickets, context: Context) -> Outcome[tuple[Packed, ...]]:
    """Put the goods of tickets into a batch that is being packed; all of them or none.

    Raises:
        NotPackableError: goods that are not here, in another batch, or of a ticket that cannot be sent now.
        IllegalMoveError: the batch has left.
    """
    require_desk(context)
    batch = load_batch(session, request.batch_id, context)
    packed = tuple(_put(session, batch, load(session, one), context, request.asked) for one in request.ticket_ids)
    return Outcome(packed, CHANGED)


def pack_code(session: Session, batch_id: int, code: str, context: Context) -> Outcome[Packed]:
    """Put the goods whose tag was scanned, or whose number was typed, into a batch.

    Raises:
        UnknownCodeError: no ticket has this number.
        NotPackableError: its goods cannot travel now.
    """
    require_desk(context)
    batch = load_batch(session, batch_id, context)
    return Outcome(_put(session, batch, ticket_of(session, code), context), CHANGED)


def ticket_of(session: Session, code: str) -> Ticket:
    """Give the ticket whose tag was scanned.

    Raises:
        UnknownCodeError: no ticket has this number.
    """
    number = parse_ticket_number(clean_line(code))
    try:
        return find_by_number(session, number or "")
    except NotFoundError as error:
        raise UnknownCodeError(clean_line(code)[:_LINE]) from error


def _put(session: Session, batch: Batch, ticket: Ticket, context: Context, asked: str = "") -> Packed:
    if batch.state is not BatchState.PACKING:
        raise IllegalMoveError(EntityKind.BATCH, batch.number, batch.state, BatchState.PACKING)
    check_packable(session, ticket, context)
    line = _line(session, batch, ticket, context)
    line.asked = clean_note(asked)
    try:
        session.flush()
    except IntegrityError as error:  # another desk was faster
        raise NotPackableError(ticket.number, PackTrouble.IN_BATCH) from error
    note_event(session, ticket, TicketAct.PACKED, context, batch_words(session, batch))
    note(session, batch, BatchAct.PACKED, context, ticket.number, line)
    return Packed(line.id, ticket.id, ticket.number)


def _line(session: Session, batch: Batch, ticket: Ticket, context: Context) -> BatchLine:
    """Give a new line, or the one from which the ticket was taken out before."""
    of_batch = BatchLine.batch_id == batch.id
    line = session.scalar(select(BatchLine).where(of_batch, BatchLine.ticket_id == ticket.id))
    if line is not None:
        line.move(BatchLineState.PACKED)
    else:
        last = session.scalar(select(func.max(BatchLine.ordinal)).where(of_batch))
        line = BatchLine(store_id=context.store.id, batch_id=batch.id, ticket_id=ticket.id, ordinal=(last or 0) + 1)
        session.add(line)
    line.accessories = clean_line("、".join(one.name for one in ticket.accessories if not one.handed_back))[:_LINE]
    return line


def check_packable(session: Session, ticket: Ticket, context: Context) -> None:
    """Refuse goods that cannot travel.

    Raises:
        NotPackableError: with the reason.
    """
    if ticket.store_id != context.store.id:
        raise NotPackableError(ticket.number, PackTrouble.OTHER_STORE)
    if ticket.kind is not TicketKind.REPAIR:
        raise NotPackableError(ticket.number, PackTrouble.NOT_A_REPAIR)
    line = line_under_way(session, ticket.id)
    if line is not None:
        raise NotPackableError(ticket.number, PackTrouble.IN_BATCH, session.get_one(Batch, line.batch_id).number)
    _check_may_travel(ticket)


def _check_may_travel(ticket: Ticket) -> None:
    if not ticket.may_move(TicketState.SENT):
        raise NotPackableError(ticket.number, PackTrouble.STATE, ticket.state.value)
    if ticket.goods_place not in HERE:
        raise NotPackableError(ticket.number, PackTrouble.NOT_HERE, ticket.goods_place.value)


def take_out(session: Session, request: LineStep, context: Context) -> Outcome[str]:
    """Take goods out of a batch that has not left; gives the ticket's number.

    Raises:
        IllegalMoveError: the batch has left.
    """
    require_desk(context)
    line, batch, ticket = load_line(session, request, context)
    line.move(BatchLineState.TAKEN_OUT)
    note_event(session, ticket, TicketAct.TAKEN_OUT, context, f"{batch.number} {request.note}".strip())
    note(session, batch, BatchAct.TAKEN_OUT, context, f"{ticket.number} {request.note}".strip(), line)
    return Outcome(ticket.number, CHANGED)


def send(session: Session, request: SendBatch, context: Context) -> Outcome[int]:
    """Let a packed batch leave: its tickets are sent, their goods are on the way. Gives how many.

    Raises:
        EmptyBatchError: nothing is packed.
        NotPackableError: goods that are no longer here, or whose ticket went on meanwhile; take them out first.
        IllegalMoveError: the batch has left.
    """
    require_desk(context)
    batch = load_batch(session, request.batch_id, context, request.seen_version)
    batch.move(BatchState.SENT)
    packed = [line for line in lines_of(session, batch) if line.state is BatchLineState.PACKED]
    if not packed:
        raise EmptyBatchError(batch.number)
    batch.courier, batch.tracking = clean_line(request.courier)[:_CODE], clean_code(request.tracking)[:_CODE]
    batch.sent_at = context.now()
    words = " ".join(part for part in (batch_words(session, batch), batch.courier, batch.tracking) if part)
    for line in packed:
        ticket = load(session, line.ticket_id)
        _check_may_travel(ticket)
        line.move(BatchLineState.SENT)
        move(session, ticket, TicketState.SENT, TicketAct.SENT, context, words)
        ticket.goods_place, ticket.shelf, ticket.route = GoodsPlace.TRANSIT, "", ROUTE_OF[batch.party]
    note(session, batch, BatchAct.SENT, context, words)
    return Outcome(len(packed), CHANGED)


def cancel(session: Session, request: SendBatch, context: Context, *, reason: str) -> Outcome[str]:
    """Give up a batch that has not left; what was packed is free again.

    Raises:
        ReasonMissingError: no reason.
        IllegalMoveError: the batch has left.
    """
    require_desk(context)
    if not clean_note(reason):
        raise ReasonMissingError("batch.cancel")
    batch = load_batch(session, request.batch_id, context, request.seen_version)
    batch.move(BatchState.CANCELLED)
    batch.closed_at = context.now()
    for line in lines_of(session, batch):
        if line.state is BatchLineState.PACKED:
            take_out(session, LineStep(line.id, None, reason), context)
    note(session, batch, BatchAct.CANCELLED, context, reason)
    return Outcome(batch.number, CHANGED)


def send_one(session: Session, ticket: Ticket, words: str, context: Context) -> Outcome[BatchMade]:
    """Send the goods of one ticket to head office now: a batch of one.

    ``words`` are courier and number as typed; what is too long for a number stands in the batch's note.

    Raises:
        NotPackableError: see `check_packable`.
    """
    short = len(clean_line(words)) <= _CODE
    made = make(session, MakeBatch(BatchParty.HEAD_OFFICE, note="" if short else words), context).value
    _put(session, session.get_one(Batch, made.id), ticket, context)
    courier, _space, tracking = clean_line(words if short else "").rpartition(" ")
    send(session, SendBatch(made.id, None, courier, tracking), context)
    return Outcome(made, CHANGED)
