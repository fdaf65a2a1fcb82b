"""Lists of loaners: the views with counts and sums, keys in order, and the rows of a window (L5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from crmdesk.core.context import Context
from crmdesk.core.loan_rules import days_late
from crmdesk.core.loaners import LoanerState, LoanState, SizeClass
from crmdesk.core.money import Money
from crmdesk.core.order import Order
from crmdesk.core.tickets import ItemCategory, TicketState
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.reminder import Reminder
from crmdesk.models.ticket import Ticket
from crmdesk.queries.loan_fees import owes

_WAITING = (LoanerState.RETURNED, LoanerState.TO_INSPECT, LoanerState.TO_CLEAN)
# The customer's own goods wait for her, or have left the shop already.
_REPAIR_DONE = (
    TicketState.READY,
    TicketState.NOTIFIED,
    TicketState.COLLECTED,
    TicketState.POSTED_BACK,
    TicketState.CLOSED,
)


class LoanerView(StrEnum):
    """The views of the loaner screen."""

    ALL = "all"
    ON_SHELF = "on_shelf"
    OUT = "out"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    REPAIR_DONE = "repair_done"
    WAITING = "waiting"
    DEPOSITS = "deposits"
    RESERVED = "reserved"
    FEES = "fees"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class LoanerFilter:
    """Which loaners a list shows; ``text`` is a part of code, name, brand, colour, borrower or number."""

    view: LoanerView = LoanerView.ALL
    text: str = ""


@dataclass(frozen=True, slots=True)
class LoanerRow:
    """One line of a list; what stands from ``loan_id`` on belongs to the loan that is out, when there is one."""

    id: int
    version: int
    code: str
    name: str
    category: ItemCategory
    size_class: SizeClass
    brand: str
    colour: str
    size: str
    value: Money
    state: LoanerState
    state_reason: str
    shelf: str
    looks: int
    cleaned_on: date | None
    loan_id: int | None
    loan_number: str | None
    member_id: int | None
    member_name: str | None
    ticket_id: int | None
    ticket_number: str | None
    ticket_state: TicketState | None
    lent_on: date | None
    due_on: date | None
    deposit: Money | None
    reminded: int
    reminded_at: datetime | None
    days_out: int
    days_late: int

    @property
    def repair_done(self) -> bool:
        """Tell whether the customer's own goods are ready while this is still out."""
        return self.ticket_state in _REPAIR_DONE


@dataclass(frozen=True, slots=True)
class LoanerTotals:
    """How many each view holds, what is out is worth, and what is held for it."""

    counts: dict[LoanerView, int]
    value_out: Money
    deposits_held: Money


_OUT = and_(Loan.loaner_id == Loaner.id, Loan.state == LoanState.OUT)
_REMINDED = select(func.count(Reminder.id)).where(Reminder.loan_id == Loan.id).correlate(Loan).scalar_subquery()
_REMINDED_AT = select(func.max(Reminder.at)).where(Reminder.loan_id == Loan.id).correlate(Loan).scalar_subquery()
_KEPT_FOR = select(Loan.loaner_id).where(Loan.state == LoanState.RESERVED)
_ORDERS: dict[str, InstrumentedAttribute[Any]] = {
    "code": Loaner.code,
    "name": Loaner.name,
    "state": Loaner.state,
    "value": Loaner.value,
    "member": Member.name,
    "lent": Loan.from_day,
    "due": Loan.due_on,
    "deposit": Loan.deposit,
    "shelf": Loaner.shelf,
}
_BY_DUE = (LoanerView.OUT, LoanerView.DUE_TODAY, LoanerView.OVERDUE, LoanerView.REPAIR_DONE, LoanerView.DEPOSITS)


def totals(session: Session, context: Context) -> LoanerTotals:
    """Give the figures above the list."""
    counts = {
        view: session.scalar(_joined(select(func.count(Loaner.id)), LoanerFilter(view), context)) or 0
        for view in LoanerView
    }
    sums = session.execute(
        select(func.sum(Loaner.value).label("value"), func.sum(Loan.deposit).label("deposit"))
        .join(Loan, _OUT)
        .where(Loaner.store_id == context.store.id)
    ).one()
    return LoanerTotals(counts, _money(sums.value), _money(sums.deposit))


def ids(session: Session, chosen: LoanerFilter, context: Context, order: Order | None = None) -> list[int]:
    """Give the keys of all loaners of a filter, in order."""
    return list(session.scalars(_ordered(_joined(select(Loaner.id), chosen, context), chosen, order)))


def first(session: Session, chosen: LoanerFilter, context: Context, order: Order | None, limit: int) -> list[LoanerRow]:
    """Give the first ``limit`` rows of a filter, in order."""
    found = session.execute(_ordered(_joined(_lines(), chosen, context), chosen, order).limit(limit)).mappings()
    return [_row(dict(line), context) for line in found]


def rows(session: Session, keys: Sequence[int], context: Context) -> list[LoanerRow]:
    """Give the rows of ``keys``, in any order."""
    if not keys:
        return []
    found = session.execute(_join(_lines()).where(Loaner.id.in_(keys))).mappings()
    return [_row(dict(line), context) for line in found]


def codes(session: Session, context: Context) -> list[str]:
    """Give the codes that the store uses, for the next free one."""
    return list(session.scalars(select(Loaner.code).where(Loaner.store_id == context.store.id).order_by(Loaner.code)))


def _lines() -> Select[Any]:
    columns: list[Any] = [
        Loaner.id,
        Loaner.version,
        Loaner.code,
        Loaner.name,
        Loaner.category,
        Loaner.size_class,
        Loaner.brand,
        Loaner.colour,
        Loaner.size,
        Loaner.value,
        Loaner.state,
        Loaner.state_reason,
        Loaner.shelf,
        Loaner.looks,
        Loaner.cleaned_on,
        Loan.id.label("loan_id"),
        Loan.number.label("loan_number"),
        Loan.member_id,
        Member.name.label("member_name"),
        Loan.ticket_id,
        Ticket.number.label("ticket_number"),
        Ticket.state.label("ticket_state"),
        Loan.from_day.label("lent_on"),
        Loan.due_on,
        Loan.deposit,
        _REMINDED.label("reminded"),
        _REMINDED_AT.label("reminded_at"),
    ]
    return select(*columns)


def _row(facts: dict[str, object], context: Context) -> LoanerRow:
    lent_on, due_on, today = facts["lent_on"], facts["due_on"], context.today()
    days_out = (today - lent_on).days if isinstance(lent_on, date) else 0
    late = days_late(due_on, today) if isinstance(due_on, date) else 0
    return LoanerRow(**facts, days_out=days_out, days_late=late)  # type: ignore[arg-type] # the columns of _lines


def _join(found: Select[Any]) -> Select[Any]:
    return (
        found.select_from(Loaner)
        .outerjoin(Loan, _OUT)
        .outerjoin(Member, Member.id == Loan.member_id)
        .outerjoin(Ticket, Ticket.id == Loan.ticket_id)
    )


def _joined(found: Select[Any], chosen: LoanerFilter, context: Context) -> Select[Any]:
    conditions = (Loaner.store_id == context.store.id, _of_view(chosen.view, context))
    return _join(found).where(*conditions, *(_fits(word) for word in chosen.text.split()))


def _of_view(view: LoanerView, context: Context) -> ColumnElement[bool]:
    today = context.today()
    conditions: dict[LoanerView, ColumnElement[bool]] = {
        LoanerView.ALL: Loaner.id.is_not(None),
        LoanerView.ON_SHELF: Loaner.state.in_((LoanerState.ON_SHELF, LoanerState.RESERVED)),
        LoanerView.OUT: Loan.id.is_not(None),
        LoanerView.DUE_TODAY: Loan.due_on == today,
        LoanerView.OVERDUE: Loan.due_on < today,
        LoanerView.REPAIR_DONE: and_(Loan.id.is_not(None), Ticket.state.in_(_REPAIR_DONE)),
        LoanerView.WAITING: Loaner.state.in_(_WAITING),
        LoanerView.DEPOSITS: Loan.deposit > Money(0),
        LoanerView.RESERVED: Loaner.id.in_(_KEPT_FOR),
        LoanerView.FEES: owes(),
        LoanerView.LOST: Loaner.state == LoanerState.LOST,
    }
    return conditions[view]


def _fits(word: str) -> ColumnElement[bool]:
    fields = (Loaner.code, Loaner.name, Loaner.brand, Loaner.colour, Member.name, Loan.number, Ticket.number)
    return or_(*(field.icontains(word, autoescape=True) for field in fields))


def _ordered(found: Select[Any], chosen: LoanerFilter, order: Order | None) -> Select[Any]:
    wanted = order or Order("due" if chosen.view in _BY_DUE else "code")
    column = _ORDERS.get(wanted.key, Loaner.code)
    ordered = column.desc() if wanted.descending else column.asc()
    return found.order_by(ordered.nulls_last(), Loaner.code, Loaner.id)


def _money(value: Money | int | None) -> Money:
    return value if isinstance(value, Money) else Money(int(value or 0))
