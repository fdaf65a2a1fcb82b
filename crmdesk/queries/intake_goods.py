"""A person's goods for the intake form: items on file and bought pieces, newest first, with what came back before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.loaners import SizeClass
from crmdesk.core.money import Money
from crmdesk.core.size_guess import size_class_of
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.item import Item
from crmdesk.models.purchase import Purchase, PurchaseLine
from crmdesk.models.ticket import Ticket
from crmdesk.queries.intake_come_back import ComeBack, latest_repairs
from crmdesk.queries.item_values import values_of
from crmdesk.queries.returned_pieces import held

_MOST = 40


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """One thing of a person: an item on file, or a piece she bought; ``left`` pieces have not been returned.

    ``price`` is what one piece cost; ``key`` names the row in a draft.
    """

    key: str
    category: ItemCategory
    name: str
    item_id: int | None
    purchase_line_id: int | None
    brand: str
    model: str
    colour: str
    size: str
    size_class: SizeClass
    serial: str
    purchased_on: date | None
    price: Money | None
    newest: date
    left: int = 1
    come_back: ComeBack | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def goods(session: Session, member_id: int, context: Context) -> tuple[GoodsRow, ...]:
    """Give a person's goods, what was bought or brought last first."""
    items = _items(session, member_id, context)
    known = {row.purchase_line_id for row in items if row.purchase_line_id}
    rows = [*items, *(row for row in _bought(session, member_id) if row.purchase_line_id not in known)]
    rows.sort(key=lambda row: row.newest, reverse=True)
    return tuple(rows[:_MOST])


def _items(session: Session, member_id: int, context: Context) -> list[GoodsRow]:
    items = session.scalars(select(Item).where(Item.member_id == member_id).order_by(Item.id.desc()).limit(_MOST)).all()
    tickets = _tickets_by_item(session, [item.id for item in items])
    values = values_of(session, [item.id for item in items])
    backs = latest_repairs(session, [item.id for item in items], context)
    left = _left(session, [item.purchase_line_id for item in items if item.purchase_line_id])
    rows = []
    for item in items:
        of_item = tickets.get(item.id, [])
        days = [day_in_zone(ticket.received_at, context.store.zone) for ticket in of_item]
        rows.append(
            GoodsRow(
                key=f"item:{item.id}",
                category=item.category,
                name=item.name,
                item_id=item.id,
                purchase_line_id=item.purchase_line_id,
                brand=item.brand,
                model=item.model,
                colour=item.colour,
                size=item.size,
                size_class=_class(item.size_class, item.category, item.size, item.name),
                serial=item.serial,
                purchased_on=item.purchased_on,
                price=item.price,
                newest=max([*days, item.purchased_on or date.min]),
                left=left.get(item.purchase_line_id, 1) if item.purchase_line_id else 1,
                come_back=backs.get(item.id),
                values=values.get(item.id, {}),
            )
        )
    return rows


def _class(known: SizeClass, category: ItemCategory, *words: str) -> SizeClass:
    return size_class_of(category, *words) if known is SizeClass.ONE_SIZE else known


def _tickets_by_item(session: Session, item_ids: list[int]) -> dict[int, list[Ticket]]:
    found: dict[int, list[Ticket]] = {}
    tickets = session.scalars(select(Ticket).where(Ticket.item_id.in_(item_ids)).order_by(Ticket.id.desc()))
    for ticket in tickets:
        if ticket.item_id is not None:
            found.setdefault(ticket.item_id, []).append(ticket)
    return found


def _bought(session: Session, member_id: int) -> list[GoodsRow]:
    found = session.execute(
        select(PurchaseLine, Purchase.day)
        .join(Purchase, PurchaseLine.purchase_id == Purchase.id)
        .where(Purchase.member_id == member_id, PurchaseLine.quantity > 0)
        .order_by(Purchase.day.desc(), PurchaseLine.ordinal)
        .limit(_MOST)
    ).all()
    left = _left(session, [line.id for line, _day in found])
    return [_bought_row(line, day, left.get(line.id, line.quantity)) for line, day in found]


def _bought_row(line: PurchaseLine, day: date, left: int) -> GoodsRow:
    return GoodsRow(
        key=f"line:{line.id}",
        category=line.category,
        name=line.name,
        item_id=None,
        purchase_line_id=line.id,
        brand="",
        model=line.style,
        colour=line.colour,
        size=line.size,
        size_class=size_class_of(line.category, line.size, line.name),
        serial="",
        purchased_on=day,
        price=Money(line.amount.fen // line.quantity),
        newest=day,
        left=left,
    )


def _left(session: Session, line_ids: list[int]) -> dict[int, int]:
    """Give how many pieces of each line were not returned yet."""
    if not line_ids:
        return {}
    pieces_of = select(PurchaseLine.id, PurchaseLine.quantity).where(PurchaseLine.id.in_(line_ids))
    bought = session.execute(pieces_of).all()
    gone = held(session, line_ids)
    return {line_id: quantity - gone[line_id].pieces if line_id in gone else quantity for line_id, quantity in bought}
