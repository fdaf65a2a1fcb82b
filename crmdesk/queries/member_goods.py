"""The goods of a member that are on file, each with what tells it from others and how often it was at the desk."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import start_of_day
from crmdesk.core.context import Context
from crmdesk.core.ids import EPOCH_MS, RANDOM_BITS
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket


@dataclass(frozen=True, slots=True)
class GoodsHere:
    """A thing on file, because it was brought to the desk or bought with its number."""

    name: str
    about: tuple[str, ...]
    tickets: int


def goods_of(
    session: Session, member_id: int, context: Context, limit: int
) -> list[tuple[int, datetime, bool, GoodsHere]]:
    """Give a member's goods, what was at the desk last first: key, moment, whether its hour is known, and the thing."""
    newest = func.max(Ticket.received_at, type_=Ticket.received_at.type)
    found = session.execute(
        select(Item, newest, func.count(Ticket.id))
        .outerjoin(Ticket, Ticket.item_id == Item.id)
        .where(Item.member_id == member_id)
        .group_by(Item.id)
        .order_by(newest.desc(), Item.id.desc())
        .limit(limit)
    )
    rows = []
    for item, came, tickets in found:
        about = tuple(part for part in (item.brand, item.model, item.colour, item.size, item.serial) if part)
        bought = start_of_day(item.purchased_on, context.store.zone) if item.purchased_on else None
        rows.append(
            (
                item.id,
                came if tickets else bought or _put_on_file(item.id),
                bool(tickets),
                GoodsHere(item.name, about, tickets),
            )
        )
    return rows


def _put_on_file(key: int) -> datetime:
    return datetime.fromtimestamp(((key >> RANDOM_BITS) + EPOCH_MS) / 1000, UTC)
