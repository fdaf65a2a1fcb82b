"""Taking in (收件): one request makes item, ticket, condition sheet, accessories and fault codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.loaners import NoLoanReason, SizeClass
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import (
    Gate,
    GoodsPlace,
    ItemCategory,
    Priority,
    Route,
    TicketKind,
    TicketState,
)
from crmdesk.db.rows import append
from crmdesk.models.complaint import Complaint
from crmdesk.models.item import Item
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket, TicketAccessory, TicketFault
from crmdesk.services import audit, members
from crmdesk.services.condition_sheets import Looked, MarkFacts, write_sheet
from crmdesk.services.item_values import keep_values
from crmdesk.services.ticket_links import first_of_chain, note_link
from crmdesk.services.ticket_numbers import number_for
from crmdesk.services.ticket_steps import TICKETS, note_event


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """The goods: an ``item_id`` already on file, or a purchase line that fills the rest, or typed facts.

    ``values`` are those of the kind's own fields (core.item_templates), by key.
    """

    category: ItemCategory
    name: str
    item_id: int | None = None
    purchase_line_id: int | None = None
    brand: str = ""
    model: str = ""
    colour: str = ""
    size: str = ""
    size_class: SizeClass = SizeClass.ONE_SIZE
    serial: str = ""
    purchased_on: date | None = None
    price: Money | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Everything the intake form gathers; only ``customer_words`` are printed, ``private_notes`` never.

    Attributes:
        link: what the linked ticket is to this one; a come-back is linked with the first of its chain.
        estimate_only: the customer only wants to know the price.
        number: taken before, because the bag tag carries it already; a new one when empty.
    """

    kind: TicketKind
    member_id: int
    customer_words: str
    subject: str = ""
    private_notes: str = ""
    item: ItemFacts | None = None
    faults: tuple[str, ...] = ()
    accessories: tuple[str, ...] = ()
    marks: tuple[MarkFacts, ...] = ()
    declared_value: Money | None = None
    promised_on: date | None = None
    route: Route = Route.IN_STORE
    priority: Priority = Priority.NORMAL
    shelf: str = ""
    no_loan_reason: NoLoanReason | None = None
    linked_ticket_id: int | None = None
    wanted: str = ""
    link: TicketLink | None = None
    estimate_only: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True)
class TicketMade:
    """A ticket's key, number and version after a write."""

    id: int
    number: str
    version: int


def take_in(session: Session, request: TakeIn, context: Context) -> Outcome[TicketMade]:
    """Make the ticket, in state received.

    Raises:
        NotAllowedError: the person does not work at the desk.
        NotFoundError: the member, item or purchase line does not exist.
        InvalidFieldError: no words of the customer, a repair without item, a promise in the past, a negative value.
    """
    context.require(Right.SERVE)
    _check(request, context)
    member = members.load(session, request.member_id)
    item = _item(session, request.item, member, context) if request.item else None
    if item is not None and request.item is not None:
        keep_values(session, item, request.item.values, context)
    ticket = _ticket(session, request, member, item, context)
    _add_parts(session, ticket, request, item, context)
    note_event(session, ticket, TicketAct.TAKEN_IN, context)
    note_link(session, ticket, context)
    audit.record(session, context, "ticket.take_in", (EntityKind.TICKET, ticket.id), {"number": ticket.number})
    return Outcome(TicketMade(ticket.id, ticket.number, ticket.version), TICKETS)


def _check(request: TakeIn, context: Context) -> None:
    if not clean_note(request.customer_words):
        raise InvalidFieldError("customer_words", "empty")
    if request.kind is TicketKind.REPAIR and request.item is None:
        raise InvalidFieldError("item", "empty")
    if request.promised_on is not None and request.promised_on < context.today():
        raise InvalidFieldError("promised_on", "in_the_past", request.promised_on.isoformat())
    if request.declared_value is not None and request.declared_value < Money(0):
        raise InvalidFieldError("declared_value", "negative", request.declared_value.yuan_text())


def _item(session: Session, facts: ItemFacts, member: Member, context: Context) -> Item:
    if facts.item_id is not None:
        known = session.get(Item, facts.item_id)
        if known is None or known.member_id != member.id:
            raise NotFoundError(EntityKind.ITEM, str(facts.item_id))
        known.serial = known.serial or clean_code(facts.serial)
        return known
    item = _bought_item(session, facts.purchase_line_id) if facts.purchase_line_id else None
    if item is None:
        if not clean_line(facts.name):
            raise InvalidFieldError("item", "empty", facts.name)
        item = Item(
            store_id=context.store.id,
            category=facts.category,
            name=clean_line(facts.name),
            size_class=facts.size_class,
            purchase_line_id=facts.purchase_line_id,
        )
        _fill(item, facts)
    item.serial = item.serial or clean_code(facts.serial)
    item.member_id = member.id
    session.add(item)
    session.flush()
    return item


def _bought_item(session: Session, line_id: int) -> Item | None:
    return session.execute(select(Item).where(Item.purchase_line_id == line_id).limit(1)).scalar_one_or_none()


def _fill(item: Item, facts: ItemFacts) -> None:
    item.brand = clean_line(facts.brand)
    item.model = clean_line(facts.model)
    item.colour = clean_line(facts.colour)
    item.size = clean_line(facts.size)
    item.serial = clean_code(facts.serial)
    item.purchased_on = facts.purchased_on
    item.price = facts.price


def _ticket(session: Session, request: TakeIn, member: Member, item: Item | None, context: Context) -> Ticket:
    ticket = Ticket(
        store_id=context.store.id,
        home_store_id=member.store_id,
        number=number_for(session, request.kind, context, request.number),
        kind=request.kind,
        state=TicketState.RECEIVED,
        member_id=member.id,
        item_id=item.id if item else None,
        subject=clean_line(request.subject),
        customer_words=clean_note(request.customer_words),
        private_notes=clean_note(request.private_notes),
        priority=request.priority,
        route=request.route,
        goods_place=GoodsPlace.COUNTER if item else GoodsPlace.NONE,
        shelf=clean_code(request.shelf),
        declared_value=request.declared_value,
        received_by_id=context.actor.staff_id,
        owner_id=context.actor.staff_id,
        received_at=context.now(),
        promised_on=request.promised_on,
        estimated_on=request.promised_on,
        last_event_at=context.now(),
        no_loan_reason=request.no_loan_reason,
        linked_ticket_id=first_of_chain(session, request.linked_ticket_id, request.link),
        link=_link(request),
        estimate_only=request.estimate_only and request.kind is TicketKind.REPAIR,
    )
    session.add(ticket)
    session.flush()
    return ticket


def _link(request: TakeIn) -> TicketLink | None:
    return (request.link or TicketLink.RELATED) if request.linked_ticket_id is not None else None


def _add_parts(session: Session, ticket: Ticket, request: TakeIn, item: Item | None, context: Context) -> None:
    of_ticket = {"store_id": context.store.id, "ticket_id": ticket.id}
    names = enumerate(filter(None, map(clean_line, request.accessories)))
    append(session, TicketAccessory, *(of_ticket | {"ordinal": ordinal, "name": name} for ordinal, name in names))
    codes = enumerate(request.faults)
    append(session, TicketFault, *(of_ticket | {"ordinal": ordinal, "code": code} for ordinal, code in codes))
    if item is not None:
        write_sheet(session, Looked(Gate.INTAKE, item.category, request.marks, ticket_id=ticket.id), context)
    if ticket.kind is TicketKind.COMPLAINT:
        session.add(Complaint(**of_ticket, wanted=clean_line(request.wanted)))
