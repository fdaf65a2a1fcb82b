"""The rarely used ends of a repair: kept for good with consent, posted back, handed back after cancelling."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.context import Context
from crmdesk.core.desk_errors import GoodsMissingError, NotSignedError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError
from crmdesk.core.hand_over import DisposalKind, SignPurpose
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import NotHereError
from crmdesk.core.repair_rules import HERE, waits_for_goods
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, Payer, TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.hand_over import Disposal, HandOver, Posting
from crmdesk.models.ticket import Ticket
from crmdesk.services import audit
from crmdesk.services.batches_steps import require_here
from crmdesk.services.charges import MakeCharge, add_charge, refuse_unsettled
from crmdesk.services.collecting import plan_aftercare, refuse_while_lent
from crmdesk.services.pickup import HandBack, Pay, pay
from crmdesk.services.quotes import withdraw
from crmdesk.services.signatures import Sign, add_signature
from crmdesk.services.ticket_steps import TICKETS, Step, enter_judging, load, move, note_event
from crmdesk.services.undelivered import parcel_of

_CODE, _LINE = 40, 120


@dataclass(frozen=True, slots=True)
class Scrap:
    """The customer agrees in writing that the shop keeps the goods for good; ``words`` is what was agreed.

    The consent is a signed paper, or ``strokes`` written on screen (`core.strokes.to_text`).
    """

    ticket_id: int
    seen_version: int
    person: str
    words: str
    on_paper: bool = True
    strokes: str = ""


@dataclass(frozen=True, slots=True)
class PostBack:
    """The goods leave by courier; a fee that the customer bears is charged and paid (``paid_by``) in the same step."""

    ticket_id: int
    seen_version: int
    courier: str
    tracking: str
    recipient: str
    address: str
    phone: str = ""
    fee: Money = Money(0)
    payer: Payer = Payer.STORE
    paid_by: str = ""
    note: str = ""


def scrap(session: Session, request: Scrap, context: Context) -> Outcome[TicketState]:
    """Keep the goods for good and close the ticket; what was agreed to pay for a repair is not owed.

    Raises:
        NotAllowedError: the person is neither manager nor owner.
        IllegalMoveError: the ticket cannot end so now.
        GoodsAwayError: the goods are not here.
        InvalidFieldError: nobody's name, or no words of consent.
        NotSignedError: neither on paper nor on screen.
        LoanerOutError, MoneyOpenError, MoneyToReturnError: as at hand-back.
    """
    context.require(Right.OVERRIDE)
    ticket = load(session, request.ticket_id, request.seen_version)
    require_here(ticket)
    to_judging(session, ticket, TicketState.SCRAPPED, context)
    for name, words in (("person", clean_line(request.person)), ("words", clean_note(request.words))):
        if not words:
            raise InvalidFieldError(name, "empty")
    if not request.on_paper and not request.strokes:
        raise NotSignedError
    withdraw(session, ticket)
    refuse_while_lent(session, ticket)
    refuse_unsettled(session, ticket)
    if request.strokes:
        add_signature(session, Sign(SignPurpose.DISPOSAL, request.person, request.strokes, ticket.id), context)
    session.add(_disposal(ticket, request, context))
    ticket.goods_place, ticket.shelf = GoodsPlace.NONE, ""
    move(session, ticket, TicketState.SCRAPPED, TicketAct.SCRAPPED, context, f"{request.person}: {request.words}")
    move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context)
    return Outcome(ticket.state, TICKETS)


def to_judging(session: Session, ticket: Ticket, wanted: TicketState, context: Context) -> None:
    """Bring goods that came in, or back, to whoever judges, when only from there the way leads to ``wanted``.

    Raises:
        IllegalMoveError: the way does not lead there.
    """
    if ticket.state in (TicketState.RECEIVED, TicketState.RECEIVED_BACK):
        enter_judging(session, ticket, context)
    if not ticket.may_move(wanted):
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, wanted)


def _disposal(ticket: Ticket, request: Scrap, context: Context) -> Disposal:
    return Disposal(
        store_id=context.store.id,
        ticket_id=ticket.id,
        kind=DisposalKind.SCRAPPED,
        person=clean_line(request.person)[:_LINE],
        words=clean_note(request.words),
        on_paper=not request.strokes,
        at=context.now(),
        staff_id=context.actor.staff_id,
    )


def post_back(session: Session, request: PostBack, context: Context) -> Outcome[TicketState]:
    """Send the goods to the customer by courier; also those of a cancelled ticket.

    Raises:
        IllegalMoveError: the goods are not ready.
        NotHereError: they are not in the shop.
        InvalidFieldError: courier, number, recipient or address are missing, a negative fee, not said how it was paid.
        LoanerOutError, MoneyOpenError, MoneyToReturnError: as at hand-back.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not waits_for_goods(ticket.state, ticket.goods_place) and not ticket.may_move(TicketState.POSTED_BACK):
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, TicketState.POSTED_BACK)
    if ticket.goods_place not in HERE:
        raise NotHereError(ticket.number)
    _check_posting(request)
    refuse_while_lent(session, ticket)
    refuse_unsettled(session, ticket)
    _take_fee(session, ticket, request, context)
    session.add(_posting(ticket, request, context))
    ticket.goods_place, ticket.shelf = GoodsPlace.TRANSIT, ""
    words = f"{clean_line(request.courier)} {clean_code(request.tracking)}"
    if ticket.may_move(TicketState.POSTED_BACK):
        move(session, ticket, TicketState.POSTED_BACK, TicketAct.POSTED_BACK, context, words)
    else:
        _leave(session, ticket, TicketAct.POSTED_BACK, words, context)
    return Outcome(ticket.state, TICKETS)


def _check_posting(request: PostBack) -> None:
    for name in ("courier", "tracking", "recipient", "address"):
        if not clean_line(getattr(request, name)):
            raise InvalidFieldError(name, "empty")
    if request.fee < Money(0):
        raise InvalidFieldError("fee", "too_small", request.fee.yuan_text())
    if request.fee and request.payer is Payer.CUSTOMER and not clean_line(request.paid_by):
        raise InvalidFieldError("paid_by", "empty")


def _take_fee(session: Session, ticket: Ticket, request: PostBack, context: Context) -> None:
    if not request.fee or request.payer is not Payer.CUSTOMER:
        return
    fee = MakeCharge(ticket.id, ticket.version, ChargeKind.COURIER, request.fee, clean_line(request.courier))
    add_charge(session, ticket, fee, context)
    session.flush()
    pay(session, Pay(ticket.id, ticket.version, request.fee, request.paid_by), context)


def _posting(ticket: Ticket, request: PostBack, context: Context) -> Posting:
    return Posting(
        store_id=context.store.id,
        ticket_id=ticket.id,
        courier=clean_line(request.courier)[:_CODE],
        tracking=clean_code(request.tracking)[:_CODE],
        recipient=clean_line(request.recipient)[:_LINE],
        phone=clean_code(request.phone)[:_CODE],
        address=clean_line(request.address)[:_LINE],
        fee=request.fee,
        payer=request.payer,
        sent_at=context.now(),
        staff_id=context.actor.staff_id,
        note=clean_line(request.note)[:_LINE],
    )


def note_delivery(session: Session, request: Step, context: Context) -> Outcome[TicketState]:
    """Note that the parcel arrived at the customer's, and close the ticket.

    Raises:
        NotHereError: no parcel is under way.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    parcel = parcel_of(session, ticket)
    if parcel is None:
        raise NotHereError(ticket.number)
    parcel.delivered_at = context.now()
    ticket.goods_place = GoodsPlace.CUSTOMER
    note_event(session, ticket, TicketAct.DELIVERED, context, request.note)
    if ticket.state is TicketState.POSTED_BACK:
        ticket.collected_by = parcel.recipient
        move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context)
        plan_aftercare(session, ticket, context)
    return Outcome(ticket.state, TICKETS | {Topic.CALLBACKS})


def hand_goods_out(session: Session, request: HandBack, context: Context) -> Outcome[TicketState]:
    """Give back the goods of a ticket that has ended without that: cancelled, or a complaint that was closed.

    Raises:
        NotHereError: the ticket has not ended, or no goods are in the shop.
        LoanerOutError, MoneyOpenError, MoneyToReturnError, GoodsMissingError, NotSignedError: as at hand-back.
        InvalidFieldError: no name of the person who takes them.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not waits_for_goods(ticket.state, ticket.goods_place):
        raise NotHereError(ticket.number)
    refuse_while_lent(session, ticket)
    refuse_unsettled(session, ticket)
    _check_goods(ticket, request)
    session.add(
        HandOver(
            store_id=context.store.id,
            ticket_id=ticket.id,
            at=context.now(),
            staff_id=context.actor.staff_id,
            person=clean_line(request.person)[:_LINE],
            item_back=True,
            whole=True,
        )
    )
    ticket.collected_by = clean_line(request.person)[:_LINE]
    ticket.goods_place, ticket.shelf = GoodsPlace.CUSTOMER, ""
    for accessory in ticket.accessories:
        accessory.handed_back = True
    _leave(session, ticket, TicketAct.COLLECTED, clean_line(request.person), context)
    return Outcome(ticket.state, TICKETS)


def _check_goods(ticket: Ticket, request: HandBack) -> None:
    left = [one for one in ticket.accessories if not one.handed_back and one.id not in request.accessories]
    missing = (() if request.item_back else (ticket.subject or ticket.number,)) + tuple(one.name for one in left)
    if missing:
        raise GoodsMissingError(missing)
    if not clean_line(request.person):
        raise InvalidFieldError("person", "empty")
    if not request.signed:
        raise NotSignedError


def _leave(session: Session, ticket: Ticket, act: TicketAct, words: str, context: Context) -> None:
    """Note that goods of an ended ticket left; its state stays."""
    note_event(session, ticket, act, context, words)
    audit.record(session, context, f"ticket.{act}", (EntityKind.TICKET, ticket.id), {"number": ticket.number})
