"""Repairs that were handed back so lately that another one of the same thing is a come-back (domain rule 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.settings_service import COME_BACK_DAYS, PART_GUARANTEE_DAYS
from crmdesk.core.text_clean import clean_code
from crmdesk.core.tickets import TicketKind
from crmdesk.models.item import Item
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries.settings import store_settings

_MOST_ITEMS = 40
_SHORTEST_SERIAL = 4


@dataclass(frozen=True, slots=True)
class ComeBack:
    """The last repair of the same thing, with the day until which its repaired part is guaranteed."""

    ticket_id: int
    number: str
    back_on: date
    subject: str
    faults: tuple[str, ...] = ()
    guarantee_until: date | None = None

    def shares_fault(self, faults: Sequence[str]) -> bool:
        """Tell whether it is the same trouble again: one common fault is enough."""
        return bool(set(faults) & set(self.faults))


def latest_repairs(session: Session, item_ids: Sequence[int], context: Context) -> dict[int, ComeBack]:
    """Give the last repair of each thing that was handed back lately, by the thing's key."""
    if not item_ids:
        return {}
    values, zone = store_settings(session, context.store.id), context.store.zone
    since = start_of_day(context.today() - timedelta(days=values.get(COME_BACK_DAYS)), zone)
    found = session.execute(
        select(Ticket.id, Ticket.number, Ticket.item_id, Ticket.handed_back_at, Ticket.subject)
        .where(Ticket.item_id.in_(item_ids), Ticket.kind == TicketKind.REPAIR, Ticket.handed_back_at >= since)
        .order_by(Ticket.handed_back_at)
    ).all()
    faults = _faults(session, [row.id for row in found])
    guarantee = timedelta(days=values.get(PART_GUARANTEE_DAYS))
    backs = {}
    for row in found:
        if row.item_id is not None and row.handed_back_at is not None:
            day = day_in_zone(row.handed_back_at, zone)
            told = tuple(faults.get(row.id, ()))
            backs[row.item_id] = ComeBack(row.id, row.number, day, row.subject, told, day + guarantee)
    return backs


def _faults(session: Session, ticket_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    wanted = select(TicketFault.ticket_id, TicketFault.code).where(TicketFault.ticket_id.in_(ticket_ids))
    for ticket_id, code in session.execute(wanted.order_by(TicketFault.ordinal)):
        found.setdefault(ticket_id, []).append(code)
    return found


def by_serial(session: Session, serial: str, context: Context) -> ComeBack | None:
    """Give the last repair of the thing with this serial number, whoever brought it; None when it is too long ago."""
    code = clean_code(serial)
    if len(code) < _SHORTEST_SERIAL:
        return None
    items = list(session.scalars(select(Item.id).where(Item.serial == code).limit(_MOST_ITEMS)))
    backs = latest_repairs(session, items, context)
    return max(backs.values(), key=lambda back: (back.back_on, back.ticket_id), default=None)
