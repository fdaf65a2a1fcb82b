"""What the intake form looks up: who stands at the counter, what happened before, the store's lengths of time."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.clocks import opening_rule
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.found import Hit
from crmdesk.core.item_templates import ItemField
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import CardTier, Gender, LedgerKind, MemberState
from crmdesk.core.phone import Phone, PhoneError, mask, normalise
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_service import COME_BACK_DAYS, LOANER_LIMIT_DAYS, PROMISE_DAYS, WARRANTY_MONTHS
from crmdesk.core.tickets import FINISHED, ItemCategory, TicketKind
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.loan import Loan
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.ticket import Ticket
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.find import find
from crmdesk.queries.item_values import fields_by_category
from crmdesk.queries.merged import kept_key
from crmdesk.queries.settings import store_settings

_MOST_PEOPLE = 6
_GONE = (MemberState.MERGED, MemberState.ERASED)


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """The store's lengths of time, days unless said otherwise, and what it asks of each kind of goods."""

    promise_days: int = 10
    answer_days: int = 5
    return_days: int = 7
    clock_sources: Mapping[TicketKind, str] = field(default_factory=dict)
    lend_after_days: int = 5
    come_back_days: int = 90
    warranty_months: int = 3
    item_fields: Mapping[ItemCategory, tuple[ItemField, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody who may be meant; ``detail`` tells her from others of the same name."""

    id: int
    name: str
    detail: str
    tier: CardTier = CardTier.ORDINARY


@dataclass(frozen=True, slots=True)
class Found:
    """Who answers to what was typed.

    Attributes:
        typed: what was asked for.
        people: best first.
        exact: it is their phone, number, card or name, not a part of it.
        phone: when it is a whole phone number.
    """

    typed: str
    people: tuple[PersonHit, ...]
    exact: bool = False
    phone: Phone | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The person at the counter; ``phone`` is masked, ``last_words`` is the subject of the last ticket."""

    id: int
    number: str
    name: str
    gender: Gender | None
    tier: CardTier
    walk_in: bool
    phone: str
    repairs_here: int
    open_tickets: int
    last_day: date | None
    last_words: str
    points: int
    loans_out: int


def rules(session: Session, context: Context) -> IntakeRules:
    """Give the store's lengths of time."""
    values = store_settings(session, context.store.id)
    return IntakeRules(
        promise_days=values.get(PROMISE_DAYS),
        **_opening_clocks(session, context),
        lend_after_days=values.get(LOANER_LIMIT_DAYS),
        come_back_days=values.get(COME_BACK_DAYS),
        warranty_months=values.get(WARRANTY_MONTHS),
        item_fields=fields_by_category(session, context.store.id),
    )


def _opening_clocks(session: Session, context: Context) -> dict[str, Any]:
    book = clock_book(session, context.store.id)
    opening = {kind: opening_rule(book, kind) for kind in TicketKind}
    days = {kind: rule.days for kind, rule in opening.items() if rule is not None}
    return {
        "answer_days": days.get(TicketKind.COMPLAINT, IntakeRules().answer_days),
        "return_days": days.get(TicketKind.RETURN, IntakeRules().return_days),
        "clock_sources": {kind: rule.source_now() for kind, rule in opening.items() if rule is not None},
    }


def who(session: Session, typed: str, context: Context) -> Found:
    """Find people by phone, card, member number, or by name when it is none of these.

    A whole phone number finds exactly those who have it.
    """
    phone = None
    with suppress(PhoneError):
        phone = normalise(typed)
    people = _with_phone(session, phone) if phone else ()
    if people:
        return Found(typed, people, exact=True, phone=phone)
    hits = find(session, typed, context, _MOST_PEOPLE).members
    exact = tuple(hit for hit in hits if hit.exact)
    # A number that somebody's longer number contains is still a new phone.
    people = tuple(map(_as_person, exact or (() if phone else hits)))
    return Found(typed, people, exact=bool(exact), phone=phone if not exact else None)


def _as_person(hit: Hit) -> PersonHit:
    return PersonHit(hit.id, hit.title, hit.subtitle, CardTier(hit.state) if hit.state else CardTier.ORDINARY)


def _with_phone(session: Session, phone: Phone) -> tuple[PersonHit, ...]:
    rows = session.execute(
        select(Member.id, Member.name, Member.number, Member.tier)
        .join(MemberPhone, MemberPhone.member_id == Member.id)
        .where(MemberPhone.digits == phone.digits, Member.state.not_in(_GONE))
        .order_by(Member.id)
        .limit(_MOST_PEOPLE)
    )
    return tuple(PersonHit(row.id, row.name, row.number, row.tier) for row in rows)


def person(session: Session, member_id: int, context: Context) -> PersonFacts:
    """Give what the clerk should know of a person before taking something in.

    Raises:
        NotFoundError: no such member.
    """
    member_id = kept_key(session, member_id)
    member = session.get(Member, member_id)
    if member is None or member.state is MemberState.ERASED:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    digits = session.scalar(
        select(MemberPhone.digits).where(MemberPhone.member_id == member_id).order_by(MemberPhone.ordinal).limit(1)
    )
    last = session.execute(
        select(Ticket.received_at, Ticket.subject)
        .where(Ticket.member_id == member_id)
        .order_by(Ticket.received_at.desc())
        .limit(1)
    ).one_or_none()
    return PersonFacts(
        id=member.id,
        number=member.number,
        name=member.name,
        gender=member.gender,
        tier=member.tier,
        walk_in=member.state is MemberState.WALK_IN,
        phone=mask(digits) if digits else "",
        repairs_here=_repairs(session, member_id, context),
        open_tickets=_open(session, member_id),
        last_day=day_in_zone(last.received_at, context.store.zone) if last else None,
        last_words=last.subject if last else "",
        points=_points(session, member_id),
        loans_out=_loans_out(session, member_id),
    )


def _repairs(session: Session, member_id: int, context: Context) -> int:
    counted = select(func.count()).where(
        Ticket.member_id == member_id, Ticket.store_id == context.store.id, Ticket.kind == TicketKind.REPAIR
    )
    return session.scalar(counted) or 0


def _open(session: Session, member_id: int) -> int:
    counted = select(func.count()).where(Ticket.member_id == member_id, Ticket.state.not_in(sorted(FINISHED)))
    return session.scalar(counted) or 0


def _points(session: Session, member_id: int) -> int:
    summed = select(func.sum(LedgerEntry.amount)).where(
        LedgerEntry.member_id == member_id, LedgerEntry.kind == LedgerKind.POINTS
    )
    return session.scalar(summed) or 0


def _loans_out(session: Session, member_id: int) -> int:
    counted = select(func.count()).where(Loan.member_id == member_id, Loan.state == LoanState.OUT)
    return session.scalar(counted) or 0
