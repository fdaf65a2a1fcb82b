"""Goods on file: two rows that are the same thing become one."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, StaleError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.return_errors import ItemsDifferError
from crmdesk.core.roles import Right
from crmdesk.core.topics import Topic
from crmdesk.models.item import Item, ItemValue
from crmdesk.models.ticket import Ticket
from crmdesk.services import audit

_FILLED = ("brand", "model", "colour", "size", "purchase_line_id", "purchased_on", "price")


@dataclass(frozen=True, slots=True)
class MergeItems:
    """The row that stays and the one that goes, as they were seen."""

    keep_id: int
    keep_version: int
    drop_id: int
    drop_version: int


def merge(session: Session, request: MergeItems, context: Context) -> Outcome[int]:
    """Make two rows of one thing one: tickets move, what is empty is filled. Gives the number of tickets moved.

    Raises:
        NotFoundError: one of them is not there any more.
        StaleError: somebody changed one meanwhile.
        ItemsDifferError: not the same member, serial number and kind, or the same row twice.
    """
    context.require(Right.SERVE)
    keep = _load(session, request.keep_id, request.keep_version)
    drop = _load(session, request.drop_id, request.drop_version)
    same = (keep.member_id, keep.serial, keep.category) == (drop.member_id, drop.serial, drop.category)
    bought = {line for line in (keep.purchase_line_id, drop.purchase_line_id) if line is not None}
    if keep.id == drop.id or not same or not keep.serial or len(bought) > 1:
        raise ItemsDifferError(keep.name, drop.name)
    moved = list(session.scalars(select(Ticket).where(Ticket.item_id == drop.id)))
    for ticket in moved:
        ticket.item_id = keep.id
    for field in _FILLED:
        if getattr(keep, field) in ("", None):
            setattr(keep, field, getattr(drop, field))
    _take_values(session, keep, drop)
    flag_modified(keep, "name")
    session.flush()
    facts: dict[str, str | int | bool | None] = {"name": drop.name, "from": drop.id, "tickets": len(moved)}
    session.delete(drop)
    session.flush()
    audit.record(session, context, "item.merge", (EntityKind.ITEM, keep.id), facts)
    return Outcome(len(moved), frozenset({Topic.TICKETS, Topic.MEMBERS}))


def _load(session: Session, item_id: int, seen_version: int) -> Item:
    item = session.get(Item, item_id)
    if item is None:
        raise NotFoundError(EntityKind.ITEM, str(item_id))
    if item.version != seen_version:
        raise StaleError(EntityKind.ITEM, item_id, seen_version, item.version)
    return item


def _take_values(session: Session, keep: Item, drop: Item) -> None:
    """Let the category's own fields follow; where both have one, the row that stays keeps its own."""
    known = select(ItemValue.key).where(ItemValue.item_id == keep.id)
    wanted = update(ItemValue).where(ItemValue.item_id == drop.id, ItemValue.key.not_in(known))
    session.execute(wanted.values(item_id=keep.id), execution_options={"synchronize_session": False})
    session.execute(
        delete(ItemValue).where(ItemValue.item_id == drop.id), execution_options={"synchronize_session": False}
    )
