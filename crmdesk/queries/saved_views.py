"""Views of the service list that people keep: what they hold, read from JSON that an older or newer program wrote."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.core.tickets import Priority, Route, Severity, TicketKind, TicketState
from crmdesk.models.saved_view import SavedView
from crmdesk.queries.ticket_filter import DaySpan, TicketFilter, TicketView
from crmdesk.queries.ticket_rows import count

SERVICE: Final = "service"
_ORDER: Final = "order"


@dataclass(frozen=True, slots=True)
class KeptView:
    """One kept view; ``own`` when only this person has it, ``order`` None is the usual one."""

    id: int
    version: int
    name: str
    own: bool
    wanted: TicketFilter
    order: Order | None = None


def kept_views(session: Session, context: Context, screen: str = SERVICE) -> list[KeptView]:
    """Give the views of a screen that this person sees: everybody's first, then her own, each in their order."""
    mine = or_(SavedView.staff_id.is_(None), SavedView.staff_id == context.actor.staff_id)
    rows = session.scalars(
        select(SavedView)
        .where(SavedView.store_id == context.store.id, SavedView.screen == screen, mine)
        .order_by(SavedView.staff_id.is_not(None), SavedView.ordinal, SavedView.id)
    )
    return [_kept(row) for row in rows]


def counts(session: Session, context: Context) -> dict[int, int]:
    """Give how many tickets each kept view holds, by its key."""
    return {view.id: count(session, view.wanted, context) for view in kept_views(session, context)}


def _kept(row: SavedView) -> KeptView:
    wanted, order = read_wanted(row.wanted)
    return KeptView(row.id, row.version, row.name, row.staff_id is not None, wanted, order)


def write_wanted(wanted: TicketFilter, order: Order | None = None) -> str:
    """Give a filter and an order as JSON; what is empty is left out."""
    made: dict[str, object] = {name: _plain(getattr(wanted, name)) for name in _READERS}
    if order is not None:
        made[_ORDER] = [order.key, order.descending]
    return json.dumps({name: value for name, value in made.items() if value}, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, DaySpan):
        return [day.isoformat() if day else "" for day in (value.first, value.last)] if value != DaySpan() else None
    return sorted(value) if isinstance(value, frozenset) else value


def read_wanted(text: str) -> tuple[TicketFilter, Order | None]:
    """Read a filter and an order; a part that this program does not understand is left out."""
    try:
        read = json.loads(text)
    except ValueError:
        read = None
    facts = read if isinstance(read, Mapping) else {}
    made = {name: _read(reader, facts[name]) for name, reader in _READERS.items() if name in facts}
    found: dict[str, Any] = {name: value for name, value in made.items() if value is not None}
    return TicketFilter(**found), _order(facts.get(_ORDER))


def _order(read: object) -> Order | None:
    match read:
        case [str(key), bool(descending)]:
            return Order(key, descending)
        case _:
            return None


def _read(reader: Callable[[Any], object], value: object) -> object:
    try:
        return reader(value)
    except (TypeError, ValueError):
        return None


def _span(days: list[str]) -> DaySpan:
    first, last = (date.fromisoformat(day) if day else None for day in days)
    return DaySpan(first, last)


def _states(names: list[str]) -> frozenset[TicketState]:
    return frozenset(TicketState(name) for name in names if name in set(TicketState))


def _severities(names: list[str]) -> frozenset[Severity]:
    return frozenset(Severity(name) for name in names if name in set(Severity))


_READERS: Final[dict[str, Callable[[Any], object]]] = {
    "view": TicketView,
    "kind": TicketKind,
    "member_id": int,
    "text": str,
    "states": _states,
    "severities": _severities,
    "owner_id": int,
    "route": Route,
    "shelf": str,
    "fault": str,
    "priority": Priority,
    "received": _span,
    "promised": _span,
}
