"""The facts of the papers about points and stored value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext_in
from crmdesk.core.labels import label_in
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import CustomerFacts, PrintFacts, StoreFacts
from crmdesk.core.paper_facts.ledger import StatementFacts, StatementLine, StatementPart, ValueReceiptFacts
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_store import PAPER_ADDRESS, PAPER_HOURS, PAPER_PHONE
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.queries.member_ledger import LedgerFilter, LedgerRow, balance_before, lines, standing
from crmdesk.queries.settings import store_settings

_BEGINNING: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a statement, both counted; a point of time before the first line begins with nothing."""

    since: date = _BEGINNING
    until: date | None = None


def statement(session: Session, member_id: int, period: Period, context: Context, language: str) -> StatementFacts:
    """Give the facts of a member's statement; accounts that never moved are left out.

    Raises:
        NotFoundError: no such member.
    """
    member = _member(session, member_id)
    until = min(period.until or context.today(), context.today())
    since = min(period.since, until)
    wanted = LedgerFilter(member_id, since=since, until=until)
    rows = lines(session, wanted, context)[::-1]
    accounts = [_account(session, wanted, rows, kind, (context, language)) for kind in LedgerKind]
    now = standing(session, member_id, context)
    return StatementFacts(
        number=f"{member.number}-{since:%y%m%d}-{until:%y%m%d}",
        store=_store(session, member),
        customer=_customer(session, member, language),
        since=since,
        until=until,
        parts=tuple(one for one in accounts if one is not None),
        printed=_printed(context),
        expiries=now.expiries,
        owed=now.owed,
    )


def value_receipt(
    session: Session, member_id: int, number: str, context: Context, language: str
) -> ValueReceiptFacts | None:
    """Give the facts of the receipt for a top-up or a refund; None where the number is none of them."""
    member = _member(session, member_id)
    moved = (LedgerReason.TOP_UP, LedgerReason.REFUND)
    found = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.member_id == member_id, LedgerEntry.paper_number == number, LedgerEntry.reason.in_(moved))
        .where(LedgerEntry.kind != LedgerKind.POINTS)
        .order_by(LedgerEntry.id)
    ).all()
    if not found:
        return None
    first = found[0]
    amounts = {line.kind: Money(abs(line.amount)) for line in found}
    after = _after(session, member_id, found[-1].id)
    return ValueReceiptFacts(
        number=number,
        store=_store(session, member),
        customer=_customer(session, member, language),
        moved_at=local_time(first.at, context.store.zone),
        principal=amounts.get(LedgerKind.PRINCIPAL, Money(0)),
        bonus=amounts.get(LedgerKind.BONUS, Money(0)),
        balance_principal=after.get(LedgerKind.PRINCIPAL, Money(0)),
        balance_bonus=after.get(LedgerKind.BONUS, Money(0)),
        taken_by=session.scalar(select(Staff.name).where(Staff.id == first.staff_id)) or "",
        printed=_printed(context),
        refund=first.reason is LedgerReason.REFUND,
        note=first.note,
    )


def _after(session: Session, member_id: int, key: int) -> dict[LedgerKind, Money]:
    rows = session.execute(
        select(LedgerEntry.kind, func.sum(LedgerEntry.amount))
        .where(LedgerEntry.member_id == member_id, LedgerEntry.id <= key)
        .group_by(LedgerEntry.kind)
    )
    return {kind: Money(int(amount)) for kind, amount in rows}


def _account(
    session: Session, wanted: LedgerFilter, rows: Sequence[LedgerRow], kind: LedgerKind, said: tuple[Context, str]
) -> StatementPart | None:
    context, language = said
    own = [row for row in rows if row.kind is kind]
    since = start_of_day(wanted.since or _BEGINNING, context.store.zone)
    opening = balance_before(session, wanted.member_id, kind, since)
    if not own and not opening:
        return None
    closing = opening + sum(row.amount for row in own)
    made, balance = [], opening
    for row in own:
        balance += row.amount
        made.append(_line(row, balance, context, language))
    return StatementPart(_title(kind, language), _text(kind, opening), _text(kind, closing), tuple(made))


def _line(row: LedgerRow, balance: int, context: Context, language: str) -> StatementLine:
    note = row.note
    if row.owed > 0:
        owed = gettext_in(language, "{points} points owed").format(points=f"{row.owed:,}")
        note = f"{note} {owed}".strip()
    return StatementLine(
        local_time(row.at, context.store.zone),
        label_in(language, row.reason),
        _text(row.kind, row.amount, signed=True),
        _text(row.kind, balance),
        row.paper_number,
        note,
    )


def _title(kind: LedgerKind, language: str) -> str:
    return label_in(language, kind)


def _text(kind: LedgerKind, amount: int, *, signed: bool = False) -> str:
    sign = "+" if signed and amount > 0 else ""
    if kind is LedgerKind.POINTS:
        return f"{sign}{amount:,}"
    return f"{sign}{'-' if amount < 0 else ''}¥{abs(amount) / 100:,.2f}"


def _member(session: Session, member_id: int) -> Member:
    member = session.get(Member, member_id)
    if member is None:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    return member


def _store(session: Session, member: Member) -> StoreFacts:
    store = session.get_one(Store, member.store_id)
    values = store_settings(session, store.id)
    facts = StoreFacts(store.name, store.code, store.address, store.phone, values.get(PAPER_HOURS))
    return replace(
        facts, address=values.get(PAPER_ADDRESS) or facts.address, phone=values.get(PAPER_PHONE) or facts.phone
    )


def _customer(session: Session, member: Member, language: str) -> CustomerFacts:
    digits = session.scalar(
        select(MemberPhone.digits).where(MemberPhone.member_id == member.id).order_by(MemberPhone.ordinal).limit(1)
    )
    phone = mask(digits) if digits else ""
    return CustomerFacts(member.name, phone, member.number, label_in(language, member.tier))


def _printed(context: Context) -> PrintFacts:
    return PrintFacts(local_time(context.now(), context.store.zone), context.actor.name)


def last_days(context: Context, days: int) -> Period:
    """Give the period of the last ``days`` days."""
    return Period(context.today() - timedelta(days=days - 1), context.today())
