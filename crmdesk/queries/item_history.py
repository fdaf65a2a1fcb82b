"""One thing's whole life: bought, repaired, complained about, returned, a loaner lent meanwhile (S11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.figures import come_backs
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import COME_BACK_DAYS
from crmdesk.core.tickets import FINISHED, ItemCategory, Payer, TicketKind, TicketState
from crmdesk.models.item import Item
from crmdesk.models.judgement import CostShare, Judgement, Payment
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.return_line import ReturnLine
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.settings import store_settings


class ItemAct(StrEnum):
    """What happened to a thing."""

    PURCHASE = "purchase"
    REPAIR = "repair"
    COMPLAINT = "complaint"
    RETURN = "return"
    LOAN = "loan"


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """One line of the time line, money None for who may not see it.

    Attributes:
        act: what.
        at: when; a purchase's day begins it.
        number: receipt, ticket or loan.
        words: what was the matter.
        store: where.
        state: of a ticket.
        faults: codes of a ticket.
        money: paid by the customer; below zero went back.
        days: how long the thing was away in a repair, so far when it still is.
        again: a repair of the same fault so soon after the last one that it counts as failed before.
        ref: what it opens.
    """

    act: ItemAct
    at: datetime
    number: str
    words: str
    store: str
    state: TicketState | None = None
    faults: tuple[str, ...] = ()
    money: Money | None = None
    days: int | None = None
    again: bool = False
    ref: EntityRef | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """Another row of the same member with the same serial number: most likely the same thing."""

    id: int
    version: int
    name: str
    tickets: int


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """A thing, its owner, its time line newest first, and what that comes to.

    Attributes:
        paid: by the customer for repairs, less what went back.
        borne: by the store, head office, supplier or carrier.
        days_away: in repairs, together.
        failed: repairs that were repaired again for the same fault.
    """

    id: int
    version: int
    name: str
    category: ItemCategory
    about: tuple[str, ...]
    serial: str
    purchased_on: date | None
    price: Money | None
    member_id: int
    member_name: str
    home_store: str
    events: tuple[ItemEvent, ...]
    repairs: int
    failed: int
    days_away: int
    paid: Money | None
    borne: Money | None
    twins: tuple[Twin, ...]


def item_history(session: Session, item_id: int, context: Context) -> ItemHistory:
    """Give everything about one thing.

    Raises:
        NotFoundError: there is no such thing, or the person has no business with customers.
    """
    row = session.execute(
        select(Item, Member.name, Store.name)
        .join(Member, Item.member_id == Member.id)
        .join(Store, Member.store_id == Store.id)
        .where(Item.id == item_id)
    ).one_or_none()
    if row is None or not sees_people(context):
        raise NotFoundError(EntityKind.ITEM, str(item_id))
    item: Item = row[0]
    tickets = _tickets(session, item)
    repairs = _repairs(session, tickets, context)
    again = repeats(repairs, store_settings(session, context.store.id).get(COME_BACK_DAYS))
    money = _Money(session, tickets) if context.may(Right.SEE_MONEY) else None
    events = [
        *_purchase(session, item, context),
        *_ticket_events(session, tickets, _Told(context, repairs, again, money)),
        *_loans(session, tickets, context),
    ]
    events.sort(key=lambda event: event.at, reverse=True)
    return ItemHistory(
        id=item.id,
        version=item.version,
        name=item.name,
        category=item.category,
        about=tuple(part for part in (item.brand, item.model, item.colour, item.size) if part),
        serial=item.serial,
        purchased_on=item.purchased_on,
        price=item.price if money else None,
        member_id=item.member_id,
        member_name=row[1],
        home_store=row[2],
        events=tuple(events),
        repairs=len(repairs),
        failed=len(again),
        days_away=sum(one.days for one in repairs),
        paid=money.paid_in_all if money else None,
        borne=money.borne if money else None,
        twins=_twins(session, item),
    )


def _tickets(session: Session, item: Item) -> list[Ticket]:
    """Give the tickets of the thing, also returns of its receipt line that name no thing."""
    mine = Ticket.item_id == item.id
    if item.purchase_line_id is not None:
        returned = select(ReturnLine.ticket_id).where(ReturnLine.purchase_line_id == item.purchase_line_id)
        mine = or_(mine, (Ticket.item_id.is_(None)) & Ticket.id.in_(returned))
    return list(session.scalars(select(Ticket).where(mine).order_by(Ticket.received_at, Ticket.id)))


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: its faults, when it came and went, how many days it was away."""

    id: int
    faults: tuple[str, ...]
    received: date
    back: date | None
    days: int


def _repairs(session: Session, tickets: Sequence[Ticket], context: Context) -> list[Repair]:
    faults = _faults(session, tickets)
    found = []
    for ticket in tickets:
        if ticket.kind is not TicketKind.REPAIR or ticket.state is TicketState.CANCELLED:
            continue
        received = day_in_zone(ticket.received_at, context.store.zone)
        ended = ticket.handed_back_at or (ticket.closed_at if ticket.state in FINISHED else None)
        until = day_in_zone(ended, context.store.zone) if ended else context.today()
        back = day_in_zone(ticket.handed_back_at, context.store.zone) if ticket.handed_back_at else None
        found.append(Repair(ticket.id, faults.get(ticket.id, ()), received, back, (until - received).days))
    return found


def _faults(session: Session, tickets: Sequence[Ticket]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    wanted = select(TicketFault.ticket_id, TicketFault.code).where(
        TicketFault.ticket_id.in_([one.id for one in tickets])
    )
    for ticket_id, code in session.execute(wanted.order_by(TicketFault.ordinal)):
        found[ticket_id] = (*found.get(ticket_id, ()), code)
    return found


def repeats(repairs: Sequence[Repair], within_days: int) -> frozenset[int]:
    """Give the repairs that repeat an earlier one: same fault, handed back at most so many days before."""
    told = [(one.id, code, one.received, one.back) for one in repairs for code in one.faults]
    answers = come_backs([(0, code, received, back) for _key, code, received, back in told], within_days)
    return frozenset(key for (key, *_rest), again in zip(told, answers, strict=True) if again)


class _Money:
    """What was paid on the tickets, what went back, and what others bore."""

    def __init__(self, session: Session, tickets: Sequence[Ticket]) -> None:
        """Read the sums of all tickets at once."""
        keys = [one.id for one in tickets]
        paid = select(Payment.ticket_id, func.sum(Payment.amount)).where(Payment.ticket_id.in_(keys))
        self.by_ticket: dict[int, Money] = {
            key: amount for key, amount in session.execute(paid.group_by(Payment.ticket_id)) if key is not None
        }
        self.paid_in_all = Money.total(self.by_ticket.values())
        in_force = select(func.max(Judgement.id)).where(Judgement.ticket_id.in_(keys)).group_by(Judgement.ticket_id)
        shares = select(CostShare.amount).where(CostShare.judgement_id.in_(in_force), CostShare.payer != Payer.CUSTOMER)
        self.borne = Money.total(session.scalars(shares))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lines of tickets are told with."""

    context: Context
    repairs: Sequence[Repair]
    again: frozenset[int]
    money: _Money | None


_ACTS = {
    TicketKind.REPAIR: ItemAct.REPAIR,
    TicketKind.COMPLAINT: ItemAct.COMPLAINT,
    TicketKind.RETURN: ItemAct.RETURN,
}


def _ticket_events(session: Session, tickets: Sequence[Ticket], told: _Told) -> list[ItemEvent]:
    stores = {key: name for key, name in session.execute(select(Store.id, Store.name))}  # noqa: C416 - rows
    faults = _faults(session, tickets)
    days = {one.id: one.days for one in told.repairs}
    return [
        ItemEvent(
            act=_ACTS[ticket.kind],
            at=ticket.received_at,
            number=ticket.number,
            words=ticket.subject or ticket.customer_words,
            store=stores.get(ticket.store_id, ""),
            state=ticket.state,
            faults=faults.get(ticket.id, ()),
            money=told.money.by_ticket.get(ticket.id) if told.money else None,
            days=days.get(ticket.id),
            again=ticket.id in told.again,
            ref=EntityRef(EntityKind.TICKET, ticket.id),
        )
        for ticket in tickets
    ]


def _purchase(session: Session, item: Item, context: Context) -> list[ItemEvent]:
    if item.purchase_line_id is None:
        if item.purchased_on is None:
            return []
        at = start_of_day(item.purchased_on, context.store.zone)
        return [ItemEvent(ItemAct.PURCHASE, at, "", item.name, "", money=_seen(item.price, context))]
    row = session.execute(
        select(Purchase.day, Purchase.number, PurchaseLine.name, PurchaseLine.amount, Store.name)
        .join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id)
        .join(Store, Purchase.store_id == Store.id)
        .where(PurchaseLine.id == item.purchase_line_id)
    ).one_or_none()
    if row is None:
        return []
    day, number, name, amount, store = row
    at = start_of_day(day, context.store.zone)
    return [ItemEvent(ItemAct.PURCHASE, at, number, name, store, money=_seen(amount, context))]


def _seen(amount: Money | None, context: Context) -> Money | None:
    return amount if context.may(Right.SEE_MONEY) else None


def _loans(session: Session, tickets: Sequence[Ticket], context: Context) -> list[ItemEvent]:
    found = session.execute(
        select(Loan.id, Loan.number, Loan.out_at, Loan.from_day, Loaner.code, Loaner.name, Store.name)
        .join(Loaner, Loan.loaner_id == Loaner.id)
        .join(Store, Loan.store_id == Store.id)
        .where(Loan.ticket_id.in_([one.id for one in tickets]))
    )
    return [
        ItemEvent(
            ItemAct.LOAN,
            out_at or start_of_day(from_day, context.store.zone),
            number,
            f"{code} {name}",
            store,
            ref=EntityRef(EntityKind.LOAN, key),
        )
        for key, number, out_at, from_day, code, name, store in found
    ]


def _twins(session: Session, item: Item) -> tuple[Twin, ...]:
    if not item.serial:
        return ()
    tickets = select(func.count()).where(Ticket.item_id == Item.id).correlate(Item).scalar_subquery()
    found = session.execute(
        select(Item.id, Item.version, Item.name, tickets)
        .where(Item.member_id == item.member_id, Item.serial == item.serial, Item.id != item.id)
        .order_by(Item.id)
    )
    return tuple(Twin(*row) for row in found)
