"""Shelves: what lies where, how much room there is, which goods have no place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.repair_rules import HERE
from crmdesk.core.tickets import GOODS_GONE, TicketKind, TicketState
from crmdesk.models.item import Item
from crmdesk.models.member import Member
from crmdesk.models.shelf import Shelf
from crmdesk.models.ticket import Ticket

MOST_LYING = 2000
_SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A shelf and how many things lie there; ``room`` None takes any number."""

    id: int
    version: int
    code: str
    name: str
    room: int | None
    ordinal: int
    active: bool
    used: int

    @property
    def left(self) -> int | None:
        """Give how many more things it takes; None for any number."""
        return None if self.room is None else max(self.room - self.used, 0)


@dataclass(frozen=True, slots=True)
class LyingRow:
    """The goods of one ticket that are in the shop; ``shelf`` is empty when nobody said where."""

    id: int
    number: str
    version: int
    state: TicketState
    member_name: str
    item: str
    shelf: str
    since: datetime
    member_id: int


def goods_here(context: Context) -> ColumnElement[bool]:
    """Give the condition that a ticket's goods are in this shop, those of cancelled repairs too."""
    held = or_(
        Ticket.state.not_in(GOODS_GONE), and_(Ticket.kind == TicketKind.REPAIR, Ticket.state == TicketState.CANCELLED)
    )
    return and_(Ticket.store_id == context.store.id, held, Ticket.goods_place.in_(HERE))


def shelves(session: Session, context: Context, *, active_only: bool = False) -> list[ShelfRow]:
    """Give the shelves in their order."""
    counts = select(Ticket.shelf, func.count()).where(goods_here(context), Ticket.shelf != "").group_by(Ticket.shelf)
    used = {code: count for code, count in session.execute(counts)}  # noqa: C416 - rows are no pairs to dict's type
    wanted = select(Shelf).where(Shelf.store_id == context.store.id).order_by(Shelf.ordinal, Shelf.code)
    if active_only:
        wanted = wanted.where(Shelf.active.is_(True))
    return [
        ShelfRow(one.id, one.version, one.code, one.name, one.room, one.ordinal, one.active, used.get(one.code, 0))
        for one in session.scalars(wanted)
    ]


def freest(session: Session, context: Context, *, but: str = "") -> str:
    """Give the code of the shelf with the most room, the emptiest where room is not counted; empty when none has any.

    Args:
        session: reads.
        context: whose store.
        but: a shelf that does not count.
    """
    rows = [one for one in shelves(session, context, active_only=True) if one.code != but and one.left != 0]
    counted = [one for one in rows if one.left is not None]
    if counted:
        return max(counted, key=lambda one: (one.left or 0, -one.ordinal)).code
    return min(rows, key=lambda one: (one.used, one.ordinal)).code if rows else ""


def suggested(session: Session, context: Context) -> tuple[str, ...]:
    """Give the codes of shelves with room, the freest first."""
    rows = [one for one in shelves(session, context, active_only=True) if one.left != 0]
    rows.sort(key=lambda one: (-(one.left if one.left is not None else MOST_LYING - one.used), one.ordinal))
    return tuple(one.code for one in rows[:_SUGGESTED])


def lying(session: Session, context: Context, *, shelf: str | None = None) -> list[LyingRow]:
    """Give the goods in the shop, oldest first: on one shelf, without a place (empty ``shelf``), or all of them."""
    wanted = (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.version,
            Ticket.state,
            Member.name,
            func.coalesce(Item.name, Ticket.subject),
            Ticket.shelf,
            Ticket.received_at,
            Ticket.member_id,
        )
        .join(Member, Ticket.member_id == Member.id)
        .outerjoin(Item, Ticket.item_id == Item.id)
        .where(goods_here(context))
        .order_by(Ticket.received_at, Ticket.id)
        .limit(MOST_LYING)
    )
    if shelf is not None:
        wanted = wanted.where(Ticket.shelf == shelf)
    return [LyingRow(*row) for row in session.execute(wanted)]
