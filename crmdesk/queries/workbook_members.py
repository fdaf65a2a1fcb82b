"""Lines of the owner's workbook about members and receipts (capability R1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, RowMapping, Select, case, func, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.figures import QuintileScale, quintile_scale
from crmdesk.core.members import LedgerKind, MemberState
from crmdesk.core.workbook_facts import MemberLine, PurchaseLine
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.queries.figure_members import IS_SALE, in_days, no_members, on_file
from crmdesk.queries.report_span import Span
from crmdesk.queries.workbook_person import first_phone

_AT_ONCE = 2000
_SALE_DAY = case((IS_SALE, Purchase.day))


class _Bought(NamedTuple):
    """What a member bought in the period; returns lower the amount and are neither a ticket nor a day."""

    tickets: int = 0
    purchase_days: int = 0
    pieces: int = 0
    net_fen: int = 0
    last_in_period: date | None = None

    @property
    def mean(self) -> float:
        """Net amount of a ticket in fen."""
        return self.net_fen / self.tickets


@dataclass(frozen=True, slots=True)
class _Scales:
    recency: QuintileScale
    frequency: QuintileScale
    monetary: QuintileScale


def member_lines(session: Session, span: Span) -> Iterator[MemberLine]:
    """Give every member on file with what was bought in the period; the last purchase may lie before it."""
    bought, last_days = _bought(session, span), _last_days(session, span)
    balances, scales = _balances(session), _scales(bought)
    nothing = _Bought()
    for row in session.execute(_files(span)).mappings():
        key = row["id"]
        of_member = bought.get(key, nothing)
        yield MemberLine(
            **_file_part(row, span),
            **_scores(of_member, scales),
            last_purchase=last_days.get(key),
            purchase_days=of_member.purchase_days,
            tickets=of_member.tickets,
            pieces=of_member.pieces,
            net_fen=of_member.net_fen,
            points=balances.get((key, LedgerKind.POINTS), 0),
            stored_fen=balances.get((key, LedgerKind.PRINCIPAL), 0) + balances.get((key, LedgerKind.BONUS), 0),
        )


def _files(span: Span) -> Select[Any]:
    columns: list[Any] = [
        Member.id,
        Member.number,
        Store.name.label("store"),
        func.coalesce(Staff.name, "").label("guide"),
        Member.name,
        first_phone().label("phone"),
        Member.tier,
        Member.care_class,
        Member.joined_on.label("joined"),
    ]
    return (
        select(*columns)
        .select_from(Member)
        .join(Store, Member.store_id == Store.id)
        .outerjoin(Staff, Member.guide_id == Staff.id)
        .where(on_file(span.last))
        .order_by(Member.number)
    )


def _file_part(row: RowMapping, span: Span) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("number", "store", "guide", "name", "joined")},
        "phone": span.phone(row["phone"]),
        "level": row["tier"].value,
        "care_class": row["care_class"].value,
    }


def _bought(session: Session, span: Span) -> dict[int, _Bought]:
    found = session.execute(
        select(
            Purchase.member_id,
            func.count(_SALE_DAY),
            func.count(_SALE_DAY.distinct()),
            func.sum(Purchase.pieces),
            type_coerce(func.sum(Purchase.net), BigInteger),
            func.max(_SALE_DAY),
        )
        .where(
            Purchase.member_id.is_not(None),
            Purchase.member_id.not_in(no_members()),
            in_days(span.first, span.last),
        )
        .group_by(Purchase.member_id)
    )
    return {
        key: _Bought(tickets, days, int(pieces or 0), int(net or 0), last)
        for key, tickets, days, pieces, net, last in found
        if key is not None
    }


def _last_days(session: Session, span: Span) -> dict[int, date]:
    found = session.execute(
        select(Purchase.member_id, func.max(Purchase.day))
        .where(Purchase.member_id.is_not(None), IS_SALE, Purchase.day <= span.last)
        .group_by(Purchase.member_id)
    )
    return {key: last for key, last in found if key is not None and last is not None}


def _scales(bought: Mapping[int, _Bought]) -> _Scales:
    buyers = [one for one in bought.values() if one.last_in_period is not None]
    return _Scales(
        quintile_scale(one.last_in_period.toordinal() for one in buyers if one.last_in_period is not None),
        quintile_scale(one.purchase_days for one in buyers),
        quintile_scale(one.mean for one in buyers),
    )


def _scores(bought: _Bought, scales: _Scales) -> dict[str, Any]:
    if bought.last_in_period is None:
        return {"r_score": None, "f_score": None, "m_score": None}
    return {
        "r_score": scales.recency.score(bought.last_in_period.toordinal()),
        "f_score": scales.frequency.score(bought.purchase_days),
        "m_score": scales.monetary.score(bought.mean),
    }


def _balances(session: Session) -> dict[tuple[int, LedgerKind], int]:
    found = session.execute(
        select(LedgerEntry.member_id, LedgerEntry.kind, func.sum(LedgerEntry.amount)).group_by(
            LedgerEntry.member_id, LedgerEntry.kind
        )
    )
    return {(member_id, kind): int(amount or 0) for member_id, kind, amount in found}


def purchase_lines(session: Session, span: Span) -> Iterator[PurchaseLine]:
    """Give every receipt of the period; who has no member file has no member number: buyers are counted by it."""
    number = case((Member.state == MemberState.ACTIVE, Member.number), else_="")
    found = session.execute(
        select(
            Purchase.day,
            Store.name,
            Purchase.number,
            number,
            func.coalesce(Member.name, ""),
            func.coalesce(Staff.name, ""),
            Purchase.pieces,
            type_coerce(Purchase.net, BigInteger),
        )
        .select_from(Purchase)
        .join(Store, Purchase.store_id == Store.id)
        .outerjoin(Member, Purchase.member_id == Member.id)
        .outerjoin(Staff, Purchase.guide_id == Staff.id)
        .where(in_days(span.first, span.last))
        .order_by(Purchase.day, Purchase.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for line in found:
        yield PurchaseLine(*line)
