"""Lines of the owner's workbook about people: callbacks, members, purchases (capability R1)."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Row, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.care import TALKED, CallbackState, CallOutcome
from crmdesk.core.clock import day_in_zone
from crmdesk.core.figures import ATTRIBUTION_DAYS, rfm_scores
from crmdesk.core.members import LedgerKind, MemberState
from crmdesk.core.money import Money
from crmdesk.core.workbook_facts import CallbackLine, MemberLine, PurchaseLine
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.queries.rfm import rfm_of_members
from crmdesk.queries.workbook_service import Span, first_phone

_ANSWERED = {CallOutcome.SATISFIED: True, CallOutcome.NEUTRAL: False, CallOutcome.DISSATISFIED: False}


def callback_lines(session: Session, span: Span) -> Iterator[CallbackLine]:
    """Give every callback whose window begins in the period, with what it brought; not those that were called off."""
    attempts = _first_attempts(session, span)
    credits_ = credited_sales(session, span)
    found = session.execute(
        select(Callback, Store.name, Staff.name, Member.number, Member.name)
        .join(Store, Callback.store_id == Store.id)
        .outerjoin(Staff, Callback.owner_id == Staff.id)
        .join(Member, Callback.member_id == Member.id)
        .where(Callback.due_from >= span.opens, Callback.due_from < span.closes)
        .where(Callback.state != CallbackState.CANCELLED)
        .order_by(Callback.due_from, Callback.id)
    )
    for callback, store, guide, m_number, m_name in found:
        yield CallbackLine(
            window_start=day_in_zone(callback.due_from, span.zone),
            window_end=day_in_zone(callback.due_until, span.zone),
            store=store,
            guide=guide or "",
            member_number=m_number,
            member_name=m_name,
            reason=callback.reason.value,
            channel=callback.channel.value,
            first_attempt=attempts.get(callback.id),
            attempts=callback.attempts,
            outcome=callback.outcome.value if callback.outcome else "",
            talked=callback.outcome in TALKED,
            satisfied=_ANSWERED.get(callback.outcome) if callback.outcome else None,
            credited_fen=credits_.get(callback.id, 0),
        )


def _first_attempts(session: Session, span: Span) -> dict[int, date]:
    found = session.execute(
        select(Contact.callback_id, func.min(Contact.at))
        .join(Callback, Contact.callback_id == Callback.id)
        .where(Callback.due_from >= span.opens, Callback.due_from < span.closes)
        .group_by(Contact.callback_id)
    )
    return {key: day_in_zone(at, span.zone) for key, at in found if key is not None}


def credited_sales(session: Session, span: Span) -> dict[int, int]:
    """Give what each callback brought, in fen, by its key.

    A purchase credits the latest effective contact of the 14 days before it (domain rule 3, Attribution); each
    purchase credits one contact.
    """
    contacts: dict[int, list[tuple[date, int]]] = {}
    found = session.execute(
        select(Contact.member_id, Contact.at, Contact.callback_id)
        .where(
            Contact.effective.is_(True),
            Contact.callback_id.is_not(None),
            Contact.at >= span.opens,
            Contact.at < span.closes + timedelta(days=ATTRIBUTION_DAYS),
        )
        .order_by(Contact.at)
    )
    for member_id, at, callback_id in found:
        if callback_id is not None:
            contacts.setdefault(member_id, []).append((day_in_zone(at, span.zone), callback_id))
    brought: dict[int, int] = {}
    for buyer, day, net in _sales_of(session, span, list(contacts)):
        latest = _latest(contacts.get(buyer or 0, []), day)
        if latest is not None:
            brought[latest] = brought.get(latest, 0) + net.fen
    return brought


def _sales_of(session: Session, span: Span, members: list[int]) -> Iterator[Row[int | None, date, Money]]:
    for start in range(0, len(members), 500):
        yield from session.execute(
            select(Purchase.member_id, Purchase.day, Purchase.net).where(
                Purchase.member_id.in_(members[start : start + 500]),
                Purchase.day >= span.first,
                Purchase.day <= span.last + timedelta(days=ATTRIBUTION_DAYS),
                Purchase.net > Money(0),
            )
        )


def _latest(contacts: list[tuple[date, int]], day: date) -> int | None:
    inside = [key for at, key in contacts if timedelta(0) <= day - at <= timedelta(days=ATTRIBUTION_DAYS)]
    return inside[-1] if inside else None


def member_lines(session: Session, span: Span) -> Iterator[MemberLine]:
    """Give every member's file with what was bought in the period."""
    values = rfm_of_members(session, span.last, span.first)
    scores = rfm_scores(values)
    sums = _sums(session, span)
    balances = _balances(session)
    guide = aliased(Staff)
    found = session.execute(
        select(
            Member.id,
            Member.number,
            Store.name,
            guide.name,
            Member.name,
            first_phone().scalar_subquery(),
            Member.tier,
            Member.care_class,
            Member.joined_on,
        )
        .join(Store, Member.store_id == Store.id)
        .outerjoin(guide, Member.guide_id == guide.id)
        .where(Member.state.in_((MemberState.ACTIVE, MemberState.WALK_IN)), Member.joined_on <= span.last)
        .order_by(Member.number)
    )
    for key, number, store, guide_name, name, phone, tier, care_class, joined in found:
        score = scores.get(key)
        tickets, days, pieces, net, last = sums.get(key, (0, 0, 0, 0, None))
        yield MemberLine(
            number=number,
            store=store,
            guide=guide_name or "",
            name=name,
            phone=span.phone(phone),
            level=tier.value,
            care_class=care_class.value,
            joined=joined,
            last_purchase=last,
            purchase_days=days,
            tickets=tickets,
            pieces=pieces,
            net_fen=net,
            r_score=score.recency if score else None,
            f_score=score.frequency if score else None,
            m_score=score.monetary if score else None,
            points=balances.get((key, LedgerKind.POINTS), 0),
            stored_fen=balances.get((key, LedgerKind.PRINCIPAL), 0) + balances.get((key, LedgerKind.BONUS), 0),
        )


Sums = tuple[int, int, int, int, date | None]


def _sums(session: Session, span: Span) -> dict[int, Sums]:
    sale_day = case((Purchase.net >= Money(0), Purchase.day))
    found = session.execute(
        select(
            Purchase.member_id,
            func.count(sale_day),
            func.count(sale_day.distinct()),
            func.sum(Purchase.pieces),
            func.sum(Purchase.net),
            func.max(sale_day),
        )
        .where(Purchase.member_id.is_not(None), Purchase.day >= span.first, Purchase.day <= span.last)
        .group_by(Purchase.member_id)
    )
    return {
        key: (tickets, days, int(pieces or 0), net.fen, last)
        for key, tickets, days, pieces, net, last in found
        if key is not None
    }


def _balances(session: Session) -> dict[tuple[int, LedgerKind], int]:
    found = session.execute(
        select(LedgerEntry.member_id, LedgerEntry.kind, func.sum(LedgerEntry.amount)).group_by(
            LedgerEntry.member_id, LedgerEntry.kind
        )
    )
    return {(member_id, kind): int(amount or 0) for member_id, kind, amount in found}


def purchase_lines(session: Session, span: Span) -> Iterator[PurchaseLine]:
    """Give every receipt of the period."""
    inside = and_(Purchase.day >= span.first, Purchase.day <= span.last)
    found = session.execute(
        select(
            Purchase.day,
            Store.name,
            Purchase.number,
            func.coalesce(Member.number, ""),
            func.coalesce(Member.name, ""),
            func.coalesce(Staff.name, ""),
            Purchase.pieces,
            Purchase.net,
        )
        .join(Store, Purchase.store_id == Store.id)
        .outerjoin(Member, Purchase.member_id == Member.id)
        .outerjoin(Staff, Purchase.guide_id == Staff.id)
        .where(inside)
        .order_by(Purchase.day, Purchase.id)
        .execution_options(yield_per=2000)
    )
    for day, store, number, m_number, m_name, guide, pieces, net in found:
        yield PurchaseLine(day, store, number, m_number, m_name, guide, pieces, net.fen)
