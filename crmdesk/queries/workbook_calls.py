"""Lines of the owner's workbook about callbacks (capability R1)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.orm import Session

from crmdesk.core.care import TALKED, CallOutcome
from crmdesk.core.workbook_facts import CallbackLine
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.member import Member
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.queries.credited_sales import credited_sales
from crmdesk.queries.period_calls import due_in
from crmdesk.queries.report_span import Span

_ANSWERED = {CallOutcome.SATISFIED: True, CallOutcome.NEUTRAL: False, CallOutcome.DISSATISFIED: False}


def callback_lines(session: Session, span: Span) -> Iterator[CallbackLine]:
    """Give every callback whose window begins in the period, with what it brought; not those that were called off."""
    attempts, credits_ = _first_attempts(session, span), credited_sales(session, span)
    for row in session.execute(_calls(span)).mappings():
        key, outcome, tries = row["id"], row["outcome"], row["attempts"]
        yield CallbackLine(
            window_start=span.day(min(row["due_from"], row["due_until"])) or span.first,  # a retry moved its begin
            window_end=span.day(row["due_until"]) or span.last,
            **_texts(row),
            first_attempt=span.day(attempts.get(key) or (row["done_at"] if tries else None)),
            attempts=tries,
            outcome="" if outcome is None else outcome.value,
            talked=tries > 0 and outcome in TALKED,
            satisfied=None if outcome is None else _ANSWERED.get(outcome),
            credited_fen=credits_.get(key, 0),
        )


def _calls(span: Span) -> Select[Any]:
    columns: list[Any] = [
        Callback.id,
        Callback.due_from,
        Callback.due_until,
        Store.name.label("store"),
        func.coalesce(Staff.name, "").label("guide"),
        Member.number.label("member_number"),
        Member.name.label("member_name"),
        Callback.reason,
        Callback.channel,
        Callback.attempts,
        Callback.outcome,
        Callback.done_at,
    ]
    return (
        select(*columns)
        .select_from(Callback)
        .join(Store, Callback.store_id == Store.id)
        .outerjoin(Staff, Callback.owner_id == Staff.id)
        .join(Member, Callback.member_id == Member.id)
        .where(*due_in(span))
        .order_by(Callback.due_from, Callback.id)
    )


def _texts(row: RowMapping) -> dict[str, str]:
    plain = {name: row[name] for name in ("store", "guide", "member_number", "member_name")}
    return plain | {"reason": row["reason"].value, "channel": row["channel"].value}


def _first_attempts(session: Session, span: Span) -> dict[int, datetime]:
    found = session.execute(
        select(Callback.id, func.min(Contact.at))
        .join(Contact, Contact.callback_id == Callback.id)
        .where(*due_in(span))
        .group_by(Callback.id)
    )
    return {key: at for key, at in found}  # noqa: C416 - rows are no pairs to mypy
