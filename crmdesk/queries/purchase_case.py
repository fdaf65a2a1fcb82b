"""One receipt with everything that belongs to it: lines, what came back of them, receipts around it."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.member_words import PurchaseOrigin
from crmdesk.core.money import Money
from crmdesk.core.purchase_errors import WhyFixed
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.staff import Staff
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.purchase_back import booked_back, was_put_right
from crmdesk.queries.returned_pieces import Held, held


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line; ``back`` pieces came back on receipts, ``on_tickets`` are held by return tickets.

    Amounts are None for a person who may not see money.
    """

    id: int
    style: str
    name: str
    category: ItemCategory
    quantity: int
    unit_price: Money | None
    amount: Money | None
    back: int = 0
    on_tickets: int = 0

    @property
    def left(self) -> int:
        """Give the pieces that may still come back on a receipt."""
        return max(0, self.quantity - self.back)


@dataclass(frozen=True, slots=True)
class Around:
    """Another receipt: the one this belongs to, or one that belongs to it."""

    id: int
    number: str
    day: date
    pieces: int


@dataclass(frozen=True, slots=True)
class PurchaseCase:
    """One receipt; ``fixed`` says why it cannot be put right."""

    id: int
    number: str
    day: date
    member_id: int | None
    member_name: str
    member_number: str
    guide_id: int | None
    guide: str
    pieces: int
    net: Money | None
    note: str
    origin: PurchaseOrigin
    fixed: WhyFixed | None
    lines: tuple[LineShown, ...] = ()
    belongs_to: Around | None = None
    later: tuple[Around, ...] = field(default=())

    @property
    def left(self) -> int:
        """Give the pieces that may still come back."""
        return sum(line.left for line in self.lines)


def purchase_case(session: Session, purchase_id: int, context: Context) -> PurchaseCase:
    """Give a receipt of the store.

    Raises:
        NotFoundError: no such receipt, or the person has no business with customers.
    """
    found = session.execute(
        select(Purchase, Member.name, Member.number, Staff.name)
        .outerjoin(Member, Member.id == Purchase.member_id)
        .outerjoin(Staff, Staff.id == Purchase.guide_id)
        .where(Purchase.id == purchase_id, Purchase.store_id == context.store.id)
    ).one_or_none()
    if found is None or not sees_people(context):
        raise NotFoundError(EntityKind.PURCHASE, str(purchase_id))
    one, name, number, guide = found
    lines = _lines(session, purchase_id, context)
    return PurchaseCase(
        one.id,
        one.number,
        one.day,
        one.member_id,
        name or "",
        number or "",
        one.guide_id,
        guide or "",
        one.pieces,
        one.net if context.may(Right.SEE_MONEY) else None,
        one.note,
        one.origin,
        _fixed(session, one, lines),
        lines,
        *_around(session, one),
    )


def _fixed(session: Session, one: Purchase, lines: tuple[LineShown, ...]) -> WhyFixed | None:
    if one.pieces <= 0 or any(line.quantity <= 0 for line in lines):
        return WhyFixed.RETURN
    if was_put_right(session, one.id):
        return WhyFixed.PUT_RIGHT
    return WhyFixed.GOODS_CAME_BACK if any(line.back or line.on_tickets for line in lines) else None


def _lines(session: Session, purchase_id: int, context: Context) -> tuple[LineShown, ...]:
    wanted = select(PurchaseLine).where(PurchaseLine.purchase_id == purchase_id).order_by(PurchaseLine.ordinal)
    found = session.scalars(wanted).all()
    keys = [line.id for line in found]
    back, tickets = booked_back(session, keys), held(session, keys)
    money = context.may(Right.SEE_MONEY)
    return tuple(
        LineShown(
            line.id,
            line.style,
            line.name,
            line.category,
            line.quantity,
            line.unit_price if money else None,
            line.amount if money else None,
            back.get(line.id, Held()).pieces,
            tickets.get(line.id, Held()).pieces,
        )
        for line in found
    )


def _around(session: Session, one: Purchase) -> tuple[Around | None, tuple[Around, ...]]:
    """Give the receipt it belongs to, and those that belong to it or took goods of it back."""
    columns = (Purchase.id, Purchase.number, Purchase.day, Purchase.pieces)
    sold = select(PurchaseLine.id).where(PurchaseLine.purchase_id == one.id)
    took = select(PurchaseLine.purchase_id).where(PurchaseLine.returns_line_id.in_(sold))
    later = select(*columns).where(or_(Purchase.corrects_id == one.id, Purchase.id.in_(took)))
    from_line = (
        select(PurchaseLine.purchase_id)
        .where(PurchaseLine.id.in_(select(PurchaseLine.returns_line_id).where(PurchaseLine.purchase_id == one.id)))
        .limit(1)
    )
    first_id = one.corrects_id or session.scalar(from_line)
    first = session.execute(select(*columns).where(Purchase.id == first_id)).one_or_none() if first_id else None
    rows = session.execute(later.order_by(Purchase.day, Purchase.id)).all()
    return Around(*first) if first is not None else None, tuple(Around(*row) for row in rows)
