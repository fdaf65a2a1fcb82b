"""Lines of the owner's workbook about complaints and returns (capability R1)."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.orm import Session

from crmdesk.core.cause_tree import CauseBook
from crmdesk.core.money import Money
from crmdesk.core.workbook_facts import ComplaintLine, ReturnLine
from crmdesk.models.complaint import Complaint
from crmdesk.models.complaint_work import ComplaintRemedy
from crmdesk.models.member import Member
from crmdesk.models.return_line import ReturnLine as ReturnRow
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries.report_span import Span
from crmdesk.queries.root_causes import cause_book
from crmdesk.queries.workbook_person import first_phone

# What earlier rounds were settled with; it was given, whatever was decided after.
_EARLIER: Final = (
    select(func.sum(ComplaintRemedy.amount))
    .where(
        ComplaintRemedy.ticket_id == Complaint.ticket_id,
        ComplaintRemedy.round < Complaint.round,
        ComplaintRemedy.done_at.is_not(None),
    )
    .correlate(Complaint)
    .scalar_subquery()
    .label("earlier")
)


def complaint_lines(session: Session, span: Span) -> Iterator[ComplaintLine]:
    """Give every complaint received in the period, in the order of receipt."""
    found = _cases(span, Ticket.subject, Ticket.closed_at, _EARLIER, Complaint).join(
        Complaint, Complaint.ticket_id == Ticket.id
    )
    book = cache(partial(cause_book, session))
    for row in session.execute(found).mappings():
        case: Complaint = row["Complaint"]
        yield ComplaintLine(
            **_ticket_part(row, span),
            subject=row["subject"],
            severity=_value(case.severity),
            root_cause=_value(case.root_cause),
            cause=_cause_path(book(case.store_id), case),
            remedy=_value(case.compensation),
            compensation_fen=case.compensation_amount.fen + (row["earlier"] or Money(0)).fen,
            acknowledged=span.day(case.acknowledged_at),
            communicated=span.day(case.told_at),
            closed=span.day(row["closed_at"]),
            satisfaction=_value(case.satisfaction),
        )


def return_lines(session: Session, span: Span) -> Iterator[ReturnLine]:
    """Give every line of a return received in the period, in the order of receipt."""
    found = _cases(span, ReturnRow).join(ReturnRow, ReturnRow.ticket_id == Ticket.id).order_by(ReturnRow.ordinal)
    for row in session.execute(found).mappings():
        line: ReturnRow = row["ReturnLine"]
        yield ReturnLine(
            **_ticket_part(row, span),
            item=line.name,
            reason=line.reason.value,
            condition=_value(line.condition),
            decision=_value(line.decision),
            pieces=line.quantity,
            paid_fen=line.price_paid.fen,
            refund_fen=line.refund.fen,
        )


def _cause_path(book: CauseBook, case: Complaint) -> str:
    """Say category and cause, or what was written down in place of a cause."""
    path = book.path(case.root_cause, case.cause_code)
    if case.cause_code and book.cause(case.cause_code) is not None:
        return path
    return " › ".join(part for part in (path, case.root_cause_detail) if part)


def _value(word: StrEnum | None) -> str:
    return "" if word is None else word.value


def _cases(span: Span, *more: Any) -> Select[Any]:  # noqa: ANN401 - any columns
    columns: list[Any] = [
        Ticket.number,
        Store.name.label("store"),
        Ticket.received_at,
        Member.number.label("member_number"),
        Member.name.label("member_name"),
        first_phone().label("phone"),
        Ticket.state,
    ]
    return (
        select(*columns, *more)
        .select_from(Ticket)
        .join(Store, Ticket.store_id == Store.id)
        .join(Member, Ticket.member_id == Member.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes)
        .order_by(Ticket.received_at, Ticket.id)
    )


def _ticket_part(row: RowMapping, span: Span) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("number", "store", "member_number", "member_name")},
        "received": span.day(row["received_at"]),
        "phone": span.phone(row["phone"]),
        "state": row["state"].value,
    }
