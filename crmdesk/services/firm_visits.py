"""Visits to intermediate customers: what lies in stock, what sells, when to come again (capability M4)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.household_errors import NotIntermediateError, VisitOrderError
from crmdesk.core.members import MemberKind
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_note
from crmdesk.core.topics import Topic
from crmdesk.models.household import FirmVisit
from crmdesk.services import audit, members

_CHANGED: Final = frozenset({Topic.MEMBERS})
_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit as typed; ``visit_id`` changes one that was seen at ``seen_version``."""

    member_id: int
    day: date
    stock: str = ""
    stock_value: Money | None = None
    sales: str = ""
    sales_value: Money | None = None
    note: str = ""
    next_on: date | None = None
    visit_id: int | None = None
    seen_version: int = 0


def save_visit(session: Session, request: VisitFacts, context: Context) -> Outcome[int]:
    """Note a visit, or correct one; gives its key.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such member or visit.
        NotIntermediateError: the member is an end customer.
        InvalidFieldError: the day lies ahead, or an amount below zero.
        VisitOrderError: the next visit lies before this one.
        StaleError: somebody changed the visit since it was read.
    """
    context.require(Right.EDIT_MEMBERS)
    member = members.load(session, request.member_id)
    if member.kind is not MemberKind.INTERMEDIATE:
        raise NotIntermediateError(member.number)
    _check(request, context)
    if request.visit_id is None:
        row = FirmVisit(store_id=member.store_id, member_id=member.id, staff_id=context.actor.staff_id)
        session.add(row)
    else:
        row = _load(session, request)
    row.day, row.next_on = request.day, request.next_on
    row.stock, row.stock_value = clean_note(request.stock)[:_LONGEST], request.stock_value
    row.sales, row.sales_value = clean_note(request.sales)[:_LONGEST], request.sales_value
    row.note = clean_note(request.note)[:_LONGEST]
    session.flush()
    act = "member.visit" if request.visit_id is None else "member.visit_edit"
    audit.record(session, context, act, (EntityKind.MEMBER, member.id), {"visit": row.id})
    return Outcome(row.id, _CHANGED)


def _check(request: VisitFacts, context: Context) -> None:
    if request.day > context.today():
        raise InvalidFieldError("day", "in_future", request.day.isoformat())
    if request.next_on is not None and request.next_on <= request.day:
        raise VisitOrderError
    for name, amount in (("stock_value", request.stock_value), ("sales_value", request.sales_value)):
        if amount is not None and amount < Money(0):
            raise InvalidFieldError(name, "too_small", amount.yuan_text())
    said = request.stock.strip() or request.sales.strip() or request.note.strip()
    if not said and request.stock_value is None and request.sales_value is None:
        raise InvalidFieldError("note", "empty")


def _load(session: Session, request: VisitFacts) -> FirmVisit:
    row = session.get(FirmVisit, request.visit_id)
    if row is None or row.member_id != request.member_id:
        raise NotFoundError(EntityKind.MEMBER, str(request.visit_id))
    if row.version != request.seen_version:
        raise StaleError(EntityKind.MEMBER, row.id, request.seen_version, row.version)
    return row
