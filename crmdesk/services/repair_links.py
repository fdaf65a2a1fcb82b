"""Tickets that hang together: a repair that comes back, a repair that becomes a return or a complaint."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import AlreadyInError
from crmdesk.core.roles import Right
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_service import COME_BACK_DAYS, PROMISE_DAYS
from crmdesk.core.text_clean import clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import FINISHED, Gate, GoodsPlace, ReturnReason, TicketKind, TicketState
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_detail import marks
from crmdesk.services import return_lines
from crmdesk.services.batches_steps import require_here
from crmdesk.services.charges import refuse_unsettled
from crmdesk.services.collecting import refuse_while_lent
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.quotes import withdraw
from crmdesk.services.repair_ends import to_judging
from crmdesk.services.return_lines import AddLine
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, TicketMade, take_in
from crmdesk.services.ticket_steps import TICKETS, load, move, note_event


@dataclass(frozen=True, slots=True)
class ComeBack:
    """A repair handed back before is taken in again; ``faults`` None is the same as then."""

    ticket_id: int
    customer_words: str
    faults: tuple[str, ...] | None = None
    accessories: tuple[str, ...] = ()
    promised_on: date | None = None
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class TurnInto:
    """A repair becomes a return or a complaint; ``words`` empty keeps what the customer said, ``reason`` is why."""

    ticket_id: int
    seen_version: int
    kind: TicketKind
    reason: str
    words: str = ""


def come_back(session: Session, request: ComeBack, context: Context) -> Outcome[TicketMade]:
    """Take in again what was repaired: a new repair, linked with the first of its chain.

    It counts as a come-back within the store's days when a fault is shared; otherwise the two are only related.

    Raises:
        NotAllowedError: the person does not work at the desk.
        IllegalMoveError: no repair, or not handed back.
        AlreadyInError: the item is here on another open ticket.
        InvalidFieldError: no words of the customer, a promise in the past.
    """
    context.require(Right.SERVE)
    old = load(session, request.ticket_id)
    handed_back = old.handed_back_at is not None and old.state not in (TicketState.CANCELLED, TicketState.POSTED_BACK)
    if old.kind is not TicketKind.REPAIR or not handed_back:
        raise IllegalMoveError(EntityKind.TICKET, old.number, old.state, TicketState.RECEIVED)
    _refuse_while_in(session, old)
    values = store_settings(session, context.store.id)
    known = tuple(one.code for one in old.faults)
    faults = known if request.faults is None else request.faults
    link = _link(old, faults, values, context)
    promised = request.promised_on or context.today() + timedelta(days=values.get(PROMISE_DAYS))
    wanted = replace(_again(session, old, request), faults=faults, link=link, promised_on=promised)
    made = take_in(session, wanted, context).value
    note_event(session, old, TicketAct.LINKED, context, made.number)
    return Outcome(made, TICKETS)


def _refuse_while_in(session: Session, old: Ticket) -> None:
    still_in = select(Ticket.number).where(
        Ticket.item_id == old.item_id, Ticket.id != old.id, Ticket.state.not_in(FINISHED)
    )
    number = session.scalar(still_in.limit(1)) if old.item_id is not None else None
    if number is not None:
        raise AlreadyInError(number)


def _link(old: Ticket, faults: tuple[str, ...], values: SettingValues, context: Context) -> TicketLink:
    back = old.handed_back_at
    known = {one.code for one in old.faults}
    shared = not known or not faults or bool(known & set(faults))
    in_time = back is not None and context.now() - back <= timedelta(days=values.get(COME_BACK_DAYS))
    return TicketLink.COME_BACK if shared and in_time else TicketLink.RELATED


def _again(session: Session, old: Ticket, request: ComeBack) -> TakeIn:
    return TakeIn(
        kind=TicketKind.REPAIR,
        member_id=old.member_id,
        customer_words=request.customer_words,
        subject=old.subject,
        item=_same_item(session, old),
        accessories=request.accessories,
        route=old.route,
        shelf=request.shelf,
        linked_ticket_id=old.id,
    )


def _same_item(session: Session, old: Ticket) -> ItemFacts | None:
    item = session.get(Item, old.item_id) if old.item_id is not None else None
    return ItemFacts(item.category, item.name, item_id=item.id) if item is not None else None


def turn_into(session: Session, request: TurnInto, context: Context) -> Outcome[TicketMade]:
    """Turn a repair into a return or a complaint of the same person about the same item; the goods go along.

    Raises:
        NotAllowedError: the person does not work at the desk.
        InvalidFieldError: into another repair, or no reason.
        IllegalMoveError: the repair cannot end so now.
        GoodsAwayError: the goods are not here.
        LoanerOutError, MoneyOpenError, MoneyToReturnError: as at hand-back; the new ticket begins with nothing owed.
        AlreadyReturnedError: what was bought is on a return already.
    """
    context.require(Right.SERVE)
    if request.kind is TicketKind.REPAIR:
        raise InvalidFieldError("kind", "empty")
    if not clean_note(request.reason):
        raise InvalidFieldError("reason", "empty")
    old = load(session, request.ticket_id, request.seen_version)
    require_here(old)
    to_judging(session, old, TicketState.TURNED, context)
    withdraw(session, old)
    refuse_while_lent(session, old)
    refuse_unsettled(session, old)
    made = take_in(session, _turned(session, old, request), context).value
    new = session.get_one(Ticket, made.id)
    new.goods_place, new.shelf, new.home_store_id = old.goods_place, old.shelf, old.home_store_id
    _add_bought_line(session, old, new, context)
    old.goods_place, old.shelf = GoodsPlace.NONE, ""
    move(session, old, TicketState.TURNED, TicketAct.TURNED, context, f"{new.number} {clean_note(request.reason)}")
    move(session, old, TicketState.CLOSED, TicketAct.CLOSED, context)
    session.flush()
    return Outcome(replace(made, version=new.version), TICKETS)


def _turned(session: Session, old: Ticket, request: TurnInto) -> TakeIn:
    seen = (one for one in marks(session, old.id) if one.gate is Gate.INTAKE)
    return TakeIn(
        kind=request.kind,
        member_id=old.member_id,
        customer_words=clean_note(request.words) or old.customer_words,
        subject=old.subject,
        private_notes=old.private_notes,
        item=_same_item(session, old),
        faults=tuple(one.code for one in old.faults),
        accessories=tuple(one.name for one in old.accessories if not one.handed_back),
        marks=tuple(MarkFacts(one.x, one.y, one.code, one.note) for one in seen),
        declared_value=old.declared_value,
        shelf=old.shelf,
        linked_ticket_id=old.id,
        link=TicketLink.TURNED_FROM,
    )


def _add_bought_line(session: Session, old: Ticket, new: Ticket, context: Context) -> None:
    """Put what was bought on the return; without a purchase on file the return asks for the line itself."""
    item = session.get(Item, old.item_id) if old.item_id is not None else None
    if new.kind is not TicketKind.RETURN or item is None or item.purchase_line_id is None:
        return
    session.flush()
    line = AddLine(new.id, new.version, ReturnReason.QUALITY, purchase_line_id=item.purchase_line_id)
    return_lines.add_line(session, line, context)
