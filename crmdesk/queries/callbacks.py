"""The list of callbacks: views with counts, keys in order, rows of a window, and what a call run goes through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, CareClass, Channel, HoldReason
from crmdesk.core.clock import start_of_day
from crmdesk.core.contact_rules import ContactLimits
from crmdesk.core.context import Context
from crmdesk.core.members import CardTier, Gender
from crmdesk.core.order import Order
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.item import Item
from crmdesk.models.member import Member
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries.callback_rows import OpenCall, open_calls, tried_in_time, whose, window_end
from crmdesk.queries.contact_facts import fact_columns, held, limits_of

_ENDED = (CallbackState.DONE, CallbackState.GIVEN_UP)


class CallView(StrEnum):
    """The views of the callback list."""

    TODAY = "today"
    OVERDUE = "overdue"
    AFTER_PURCHASE = "after_purchase"
    AFTER_REPAIR = "after_repair"
    COMPLAINT = "complaint"
    CADENCE = "cadence"
    HELD = "held"
    DONE = "done"


_REASONS = {
    CallView.AFTER_PURCHASE: frozenset({CallbackReason.AFTER_PURCHASE}),
    CallView.AFTER_REPAIR: frozenset({CallbackReason.AFTER_REPAIR, CallbackReason.GUARANTEE_ENDING}),
    CallView.COMPLAINT: frozenset({CallbackReason.COMPLAINT_SATISFACTION}),
    CallView.CADENCE: frozenset({CallbackReason.CADENCE, CallbackReason.DORMANT}),
}


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which callbacks a list shows; ``text`` is a part of member, number, subject or owner."""

    view: CallView = CallView.TODAY
    text: str = ""


@dataclass(frozen=True, slots=True)
class CallRow:
    """One line of the list; ``last_outcome`` and ``last_at`` are of the member's latest contact of any kind."""

    id: int
    version: int
    member_id: int
    member_name: str
    member_number: str
    gender: Gender | None
    care_class: CareClass
    tier: CardTier
    reason: CallbackReason
    step: int
    channel: Channel
    state: CallbackState
    subject: str
    item: str | None
    ticket_id: int | None
    ticket_number: str | None
    due_from: datetime
    due_until: datetime
    attempts: int
    outcome: CallOutcome | None
    done_at: datetime | None
    owner_id: int | None
    owner_name: str | None
    last_outcome: CallOutcome | None
    last_at: datetime | None
    tried_in_time: bool
    hold: HoldReason | None

    def is_late(self, now: datetime) -> bool:
        """Tell whether its window passed without a try."""
        return self.done_at is None and self.due_until < now and not self.tried_in_time


_ORDERS: dict[str, Any] = {
    "member": Member.name,
    "reason": Callback.reason,
    "subject": Callback.subject,
    "due": window_end(),
    "attempts": Callback.attempts,
    "owner": Staff.name,
}


def counts(session: Session, context: Context) -> dict[CallView, int]:
    """Give how many each view holds."""
    now = context.now()
    found = open_calls(session, context, _end_of_day(context))
    totals = {view: sum(_belongs(call, view, now) for call in found) for view in CallView}
    totals[CallView.DONE] = session.scalar(_of_done(select(func.count(Callback.id)), context)) or 0
    return totals


def ids(session: Session, chosen: CallFilter, context: Context, order: Order | None = None) -> list[int]:
    """Give the keys of a view, in order."""
    if chosen.view is CallView.DONE:
        found = _sorted(_fitting(_of_done(_joined(select(Callback.id)), context), chosen.text), order)
        return list(session.scalars(found.order_by(Callback.done_at.desc(), Callback.id)))
    now = context.now()
    keys = [call.id for call in open_calls(session, context, _end_of_day(context)) if _belongs(call, chosen.view, now)]
    if order is None and not chosen.text:
        return keys
    return _narrowed(session, keys, chosen.text, order)


def run_keys(session: Session, chosen: CallFilter, context: Context) -> list[int]:
    """Give the keys of a view that may be called now, in the order of the call run."""
    now = context.now()
    due = {call.id for call in open_calls(session, context, now) if call.may_be_called(now)}
    return [key for key in ids(session, chosen, context) if key in due]


def first(session: Session, chosen: CallFilter, context: Context, order: Order | None, limit: int) -> list[CallRow]:
    """Give the first ``limit`` rows of a view, in order."""
    keys = ids(session, chosen, context, order)[:limit]
    by_id = {row.id: row for row in rows(session, keys, context)}
    return [by_id[key] for key in keys if key in by_id]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[CallRow]:
    """Give the rows of ``keys``, in any order."""
    if not keys:
        return []
    limits = limits_of(session, context)
    found = session.execute(_lines(context).where(Callback.id.in_(keys), *whose(context))).mappings()
    return [_row(line, limits) for line in found]


def _end_of_day(context: Context) -> datetime:
    return start_of_day(context.today() + timedelta(days=1), context.store.zone) - timedelta(microseconds=1)


def _belongs(call: OpenCall, view: CallView, now: datetime) -> bool:
    if call.hold is not None or view is CallView.HELD:
        return call.hold is not None and view is CallView.HELD
    if view is CallView.TODAY:
        return True
    if view is CallView.OVERDUE:
        return call.is_late(now)
    return call.reason in _REASONS.get(view, frozenset())


def _of_done(found: Select[Any], context: Context) -> Select[Any]:
    return found.where(
        Callback.store_id == context.store.id,
        Callback.state.in_(_ENDED),
        Callback.done_at >= start_of_day(context.today(), context.store.zone),
        Callback.attempts > 0,  # what lapsed untried is given up, but nobody did it
        *whose(context),
    )


def _narrowed(session: Session, keys: list[int], text: str, order: Order | None) -> list[int]:
    # A day's list is short enough to be named by its keys.
    found = _sorted(_fitting(_joined(select(Callback.id)).where(Callback.id.in_(keys)), text), order)
    return list(session.scalars(found.order_by(window_end(), Callback.id)))


def _fitting(found: Select[Any], text: str) -> Select[Any]:
    fields = (Member.name, Member.number, Callback.subject, Staff.name, Ticket.number, Item.name)
    conditions = [or_(*(field.icontains(word, autoescape=True) for field in fields)) for word in text.split()]
    return found.where(*conditions)


def _sorted(found: Select[Any], order: Order | None) -> Select[Any]:
    column = _ORDERS.get(order.key) if order is not None else None
    if order is None or column is None:
        return found
    return found.order_by((column.desc() if order.descending else column.asc()).nulls_last())


def _joined(found: Select[Any]) -> Select[Any]:
    return (
        found.select_from(Callback)
        .join(Member, Member.id == Callback.member_id)
        .outerjoin(Staff, Staff.id == Callback.owner_id)
        .outerjoin(Ticket, Ticket.id == Callback.ticket_id)
        .outerjoin(Item, Item.id == Ticket.item_id)
    )


def _lines(context: Context) -> Select[Any]:
    latest = select(Contact.outcome).where(Contact.member_id == Member.id).order_by(Contact.at.desc()).limit(1)
    latest_at = select(func.max(Contact.at)).where(Contact.member_id == Member.id)
    columns: list[Any] = [
        *(getattr(Callback, name) for name in _PLAIN),
        Member.name.label("member_name"),
        Member.number.label("member_number"),
        Member.gender,
        Member.care_class,
        Member.tier,
        Ticket.number.label("ticket_number"),
        Item.name.label("item"),
        Staff.name.label("owner_name"),
        latest.correlate(Member).scalar_subquery().label("last_outcome"),
        latest_at.correlate(Member).scalar_subquery().label("last_at"),
        tried_in_time(),
        *fact_columns(context.now()),
    ]
    return _joined(select(*columns))


_PLAIN = (
    "id",
    "version",
    "member_id",
    "reason",
    "step",
    "channel",
    "state",
    "subject",
    "ticket_id",
    "due_from",
    "due_until",
    "attempts",
    "outcome",
    "done_at",
    "owner_id",
)
_NAMES = frozenset(CallRow.__dataclass_fields__) - {"hold"}


def _row(line: Mapping[Any, Any], limits: ContactLimits) -> CallRow:
    hold = held(line, limits) if line["state"] is CallbackState.DUE else None
    told = {name: line[name] for name in _NAMES} | {"tried_in_time": bool(line["tried_in_time"])}
    return CallRow(**told, hold=hold)
