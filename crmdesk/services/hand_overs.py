"""Handing goods over, whole or in part: who took what, what is left, and the end of the ticket (S9)."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.desk_errors import GoodsMissingError, NotSignedError
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotFoundError
from crmdesk.core.goods_errors import AlreadyHandedError, NothingTickedError
from crmdesk.core.hand_over import SignPurpose
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.core.topics import Topic
from crmdesk.models.hand_over import HandOver
from crmdesk.models.ticket import Ticket
from crmdesk.services.charges import refuse_unsettled
from crmdesk.services.collecting import plan_aftercare, refuse_while_lent
from crmdesk.services.signatures import Sign, add_signature
from crmdesk.services.ticket_steps import TICKETS, load, move, note_event

_LINE = 120
_ITEM_GONE: Final = (
    select(HandOver.id).where(HandOver.ticket_id == bindparam("ticket_id"), HandOver.item_back.is_(True)).limit(1)
)


@dataclass(frozen=True, slots=True)
class HandOverGoods:
    """Somebody takes goods away.

    Attributes:
        ticket_id: whose goods.
        seen_version: of the ticket on the clerk's screen.
        person: who takes them.
        item_back: the item itself goes.
        accessories: keys of those that go.
        stands_for: what the person is to the customer, when it is somebody else.
        seen: what was looked at to be sure of that person, such as the slip or a message of the customer.
        on_paper: signed on paper.
        strokes: signed on screen, as `core.strokes.to_text` gives it.
        note: what the goods looked like, or why something stays.
    """

    ticket_id: int
    seen_version: int
    person: str
    item_back: bool
    accessories: frozenset[int] = frozenset()
    stands_for: str = ""
    seen: str = ""
    on_paper: bool = False
    strokes: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was written: ``left`` names what stays in the shop."""

    id: int
    state: TicketState
    given: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Tell whether nothing is left."""
        return not self.left


def hand_over(
    session: Session, request: HandOverGoods, context: Context, *, whole_only: bool = False
) -> Outcome[HandedOver]:
    """Give goods to a person; when nothing is left the ticket closes, else it stays with what is left.

    Money must be settled before the item goes; the loaner must be back before anything goes.

    Raises:
        NotAllowedError: the person does not work at the desk.
        IllegalMoveError: the goods are not ready.
        LoanerOutError: the loaner is not back; the hard stop (L3).
        MoneyOpenError: money is open.
        MoneyToReturnError: the customer paid too much.
        NotFoundError: an accessory of another ticket.
        AlreadyHandedError: something went before.
        NothingTickedError: nothing goes.
        GoodsMissingError: something would stay, and ``whole_only``.
        InvalidFieldError: no name of the person, or not said what was looked at.
        NotSignedError: no signature.
    """
    context.require(Right.SERVE)
    ticket = load(session, request.ticket_id, request.seen_version)
    if not ticket.may_move(TicketState.COLLECTED):
        raise IllegalMoveError(EntityKind.TICKET, ticket.number, ticket.state, TicketState.COLLECTED)
    refuse_while_lent(session, ticket)
    went = item_went(session, ticket.id)
    given, left = _parts(ticket, request, item_went=went)
    if request.item_back or not left:
        refuse_unsettled(session, ticket)
    if whole_only and left:
        raise GoodsMissingError(left)
    _check_person(request)
    made = _write(session, ticket, request, context, whole=not left)
    if left:
        _stay(session, ticket, (given, left), context)
    else:
        _close(session, ticket, request, context)
    return Outcome(HandedOver(made.id, ticket.state, given, left), TICKETS | {Topic.CALLBACKS})


def item_went(session: Session, ticket_id: int) -> bool:
    """Tell whether the item itself was handed over before."""
    return session.scalar(_ITEM_GONE, {"ticket_id": ticket_id}) is not None


def _parts(ticket: Ticket, request: HandOverGoods, *, item_went: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the names of what goes now and of what stays."""
    known = {one.id: one for one in ticket.accessories}
    for key in request.accessories - known.keys():
        raise NotFoundError(EntityKind.ITEM, str(key))
    item = ticket.subject or ticket.number
    again = tuple(one.name for key, one in known.items() if key in request.accessories and one.handed_back)
    twice = ((item,) if request.item_back and item_went else ()) + again
    if twice:
        raise AlreadyHandedError(twice)
    given = ((item,) if request.item_back else ()) + tuple(
        one.name for key, one in known.items() if key in request.accessories
    )
    if not given:
        raise NothingTickedError
    left = (() if request.item_back or item_went else (item,)) + tuple(
        one.name for key, one in known.items() if key not in request.accessories and not one.handed_back
    )
    return given, left


def _check_person(request: HandOverGoods) -> None:
    if not clean_line(request.person):
        raise InvalidFieldError("person", "empty")
    if clean_line(request.stands_for) and not clean_line(request.seen):
        raise InvalidFieldError("seen", "empty")
    if not request.on_paper and not request.strokes:
        raise NotSignedError


def _write(session: Session, ticket: Ticket, request: HandOverGoods, context: Context, *, whole: bool) -> HandOver:
    made = HandOver(
        store_id=context.store.id,
        ticket_id=ticket.id,
        at=context.now(),
        staff_id=context.actor.staff_id,
        person=clean_line(request.person)[:_LINE],
        stands_for=clean_line(request.stands_for)[:_LINE],
        seen=clean_line(request.seen)[:_LINE],
        item_back=request.item_back,
        whole=whole,
        note=clean_line(request.note)[:_LINE],
    )
    session.add(made)
    session.flush()
    for accessory in ticket.accessories:
        if accessory.id in request.accessories:
            accessory.handed_back = True
            accessory.hand_over_id = made.id
    if request.strokes:
        signed = Sign(SignPurpose.HAND_BACK, request.person, request.strokes, ticket_id=ticket.id)
        add_signature(session, signed, context)
    return made


def _stay(session: Session, ticket: Ticket, parts: tuple[tuple[str, ...], tuple[str, ...]], context: Context) -> None:
    """Keep the ticket open with what is left; who stands at the desk knows that the rest is ready."""
    given, left = ("、".join(names) for names in parts)
    words = f"{given} → {left}"
    if ticket.state is TicketState.NOTIFIED:
        note_event(session, ticket, TicketAct.PARTLY_COLLECTED, context, words)
    else:
        move(session, ticket, TicketState.NOTIFIED, TicketAct.PARTLY_COLLECTED, context, words)


def _close(session: Session, ticket: Ticket, request: HandOverGoods, context: Context) -> None:
    ticket.collected_by = clean_line(request.person)[:_LINE]
    ticket.goods_place = GoodsPlace.CUSTOMER
    ticket.shelf = ""
    move(session, ticket, TicketState.COLLECTED, TicketAct.COLLECTED, context, request.note)
    move(session, ticket, TicketState.CLOSED, TicketAct.CLOSED, context)
    plan_aftercare(session, ticket, context)
