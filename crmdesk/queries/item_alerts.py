"""Alerts about goods: one model with the same fault again and again, one thing with the same fault again (S11)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.settings_returns import BATCH_ALERT_COUNT, BATCH_ALERT_DAYS
from crmdesk.core.settings_service import COME_BACK_DAYS
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.models.item import Item
from crmdesk.models.member import Member
from crmdesk.models.purchase import PurchaseLine
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries.member_privacy import sees_people
from crmdesk.queries.settings import store_settings

_MOST = 100
# Things asked for in one statement.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Model:
    """What makes goods the same model: brand and model, the receipt's style where the item has no model."""

    brand: str
    model: str


@dataclass(frozen=True, slots=True)
class BatchAlert:
    """``pieces`` different things of one model came with ``fault`` since ``since``; ``newest`` is the last day."""

    model: Model
    fault: str
    pieces: int
    newest: date
    since: date


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """A thing that came again with the fault it had been repaired for, ``days`` after it was handed back."""

    ticket_id: int
    number: str
    item_id: int
    item: str
    fault: str
    member_name: str
    received: date
    before_id: int
    before_number: str
    days: int


@dataclass(frozen=True, slots=True)
class AlertTicket:
    """A ticket behind a batch alert."""

    id: int
    number: str
    kind: TicketKind
    state: TicketState
    item_id: int
    item: str
    serial: str
    member_name: str
    store: str
    received: date


@dataclass(frozen=True, slots=True)
class Alerts:
    """All alerts of today."""

    batches: tuple[BatchAlert, ...]
    repeats: tuple[RepeatRow, ...]


def alerts(session: Session, context: Context) -> Alerts:
    """Give all alerts; models are looked at over all stores, things of the context's store only."""
    return Alerts(batch_alerts(session, context), repeat_failures(session, context))


_STYLE = func.coalesce(func.nullif(Item.model, ""), PurchaseLine.style, "")


def _since(session: Session, context: Context) -> date:
    days = store_settings(session, context.store.id).get(BATCH_ALERT_DAYS)
    return context.today() - timedelta(days=days)


def _cases(since: datetime, *columns: Any) -> Select[Any]:  # noqa: ANN401 - any columns
    """Begin from the newest tickets by the index of their receipt, not from all faults there ever were."""
    return (
        select(*columns)
        .select_from(Ticket)
        .join(TicketFault, TicketFault.ticket_id == Ticket.id)
        .join(Item, Ticket.item_id == Item.id)
        .outerjoin(PurchaseLine, Item.purchase_line_id == PurchaseLine.id)
        .where(Ticket.received_at >= since, Ticket.state != TicketState.CANCELLED, _STYLE != "")
    )


def batch_alerts(session: Session, context: Context) -> tuple[BatchAlert, ...]:
    """Give the models that came with the same fault so often lately, the most frequent first; of all stores."""
    since = _since(session, context)
    least = store_settings(session, context.store.id).get(BATCH_ALERT_COUNT)
    brand, model = func.upper(Item.brand), func.upper(_STYLE)
    pieces = func.count(Item.id.distinct())
    found = session.execute(
        _cases(
            start_of_day(since, context.store.zone),
            func.max(Item.brand),
            func.max(_STYLE),
            TicketFault.code,
            pieces,
            func.max(Ticket.received_at, type_=Ticket.received_at.type),
        )
        .group_by(brand, model, TicketFault.code)
        .having(pieces >= least)
        .order_by(pieces.desc(), func.max(Ticket.received_at).desc())
        .limit(_MOST)
    ).all()
    return tuple(
        BatchAlert(Model(row[0], row[1]), row[2], row[3], day_in_zone(row[4], context.store.zone), since)
        for row in found
    )


def alert_tickets(session: Session, model: Model, fault: str, context: Context) -> tuple[AlertTicket, ...]:
    """Give the tickets behind a batch alert, the newest first."""
    if not sees_people(context):
        return ()
    since = start_of_day(_since(session, context), context.store.zone)
    found = session.execute(
        _cases(
            since,
            Ticket.id,
            Ticket.number,
            Ticket.kind,
            Ticket.state,
            Item.id,
            Item.name,
            Item.serial,
            Member.name,
            Store.name,
            Ticket.received_at,
        )
        .join(Member, Ticket.member_id == Member.id)
        .join(Store, Ticket.store_id == Store.id)
        .where(
            func.upper(Item.brand) == model.brand.upper(),
            func.upper(_STYLE) == model.model.upper(),
            TicketFault.code == fault,
        )
        .order_by(Ticket.received_at.desc())
        .limit(_MOST)
    ).all()
    return tuple(_alert_ticket(*row, zone=context.store.zone) for row in found)


def _alert_ticket(*row: Any, zone: str) -> AlertTicket:  # noqa: ANN401 - the columns asked for
    *facts, received = row
    key, number, kind, state, item_id, item, serial, member, store = facts
    return AlertTicket(key, number, kind, state, item_id, item, serial, member, store, day_in_zone(received, zone))


def at_intake(
    session: Session, model: Model, faults: Collection[str], item_id: int | None, context: Context
) -> tuple[BatchAlert, ...]:
    """Give the alerts that the goods at the counter belong to, or make: this piece counts too."""
    named = Model(clean_line(model.brand), clean_line(model.model))
    if not named.model or not faults:
        return ()
    since = _since(session, context)
    least = store_settings(session, context.store.id).get(BATCH_ALERT_COUNT)
    found = session.execute(
        _cases(
            start_of_day(since, context.store.zone),
            TicketFault.code,
            func.count(Item.id.distinct()),
            func.max(Ticket.received_at, type_=Ticket.received_at.type),
        )
        .where(
            TicketFault.code.in_(faults),
            func.upper(Item.brand) == named.brand.upper(),
            func.upper(_STYLE) == named.model.upper(),
            Item.id != (item_id or 0),
        )
        .group_by(TicketFault.code)
        .order_by(TicketFault.code)
    ).all()
    return tuple(
        BatchAlert(named, fault, pieces + 1, day_in_zone(newest, context.store.zone), since)
        for fault, pieces, newest in found
        if pieces + 1 >= least
    )


def repeat_failures(session: Session, context: Context) -> tuple[RepeatRow, ...]:
    """Give the repairs taken in lately by the context's store that repeat an earlier one, the newest first.

    The same thing, the same fault, handed back at most `service.come_back_days` days before.
    """
    if not sees_people(context):
        return ()
    within = store_settings(session, context.store.id).get(COME_BACK_DAYS)
    found = _came_before(session, _since(session, context), context)
    earlier = _handed_back(session, sorted({row.item_id for row in found}))
    rows = []
    for row in found:
        came = day_in_zone(row.received_at, context.store.zone)
        before = [
            one for one in earlier.get((row.item_id, row.code), ()) if one[0] <= row.received_at and one[1] != row.id
        ]
        if not before:
            continue
        back, key, number = max(before)
        days = (came - day_in_zone(back, context.store.zone)).days
        if days <= within:
            rows.append(
                RepeatRow(row.id, row.number, row.item_id, row.item, row.code, row.member, came, key, number, days)
            )
    return tuple(rows[:_MOST])


def _came_before(session: Session, since: date, context: Context) -> Sequence[Any]:
    """Give ticket and fault of the lately taken in repairs of things that were repaired before, newest first."""
    earlier = aliased(Ticket)
    before = exists().where(
        earlier.item_id == Ticket.item_id, earlier.id != Ticket.id, earlier.handed_back_at <= Ticket.received_at
    )
    return session.execute(
        select(
            Ticket.id,
            Ticket.number,
            Ticket.item_id,
            Item.name.label("item"),
            TicketFault.code,
            Member.name.label("member"),
            Ticket.received_at,
        )
        .join(TicketFault, TicketFault.ticket_id == Ticket.id)
        .join(Item, Ticket.item_id == Item.id)
        .join(Member, Ticket.member_id == Member.id)
        .where(
            Ticket.store_id == context.store.id,
            Ticket.kind == TicketKind.REPAIR,
            Ticket.state != TicketState.CANCELLED,
            Ticket.received_at >= start_of_day(since, context.store.zone),
            before,
        )
        .order_by(Ticket.received_at.desc(), Ticket.id, TicketFault.code)
    ).all()


def _handed_back(session: Session, items: Sequence[int]) -> dict[tuple[int, str], list[tuple[datetime, int, str]]]:
    """Give when, on which ticket, each thing with each fault was handed back after a repair."""
    found: dict[tuple[int, str], list[tuple[datetime, int, str]]] = {}
    for begin in range(0, len(items), _AT_ONCE):
        rows = session.execute(
            select(Ticket.item_id, TicketFault.code, Ticket.handed_back_at, Ticket.id, Ticket.number)
            .join(TicketFault, TicketFault.ticket_id == Ticket.id)
            .where(
                Ticket.item_id.in_(items[begin : begin + _AT_ONCE]),
                Ticket.kind == TicketKind.REPAIR,
                Ticket.handed_back_at.is_not(None),
            )
        )
        for item_id, code, back, key, number in rows:
            if item_id is not None and back is not None:
                found.setdefault((item_id, code), []).append((back, key, number))
    return found
