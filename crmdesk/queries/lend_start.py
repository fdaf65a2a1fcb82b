"""What lending begins from: a ticket by key or by its number, or a reservation."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.loaners import SizeClass
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.numbers import parse_ticket_number
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_service import LOANER_GRACE_DAYS, LOANER_LATE_FEE, PROMISE_DAYS
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.item import Item
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings


@dataclass(frozen=True, slots=True)
class LendStart:
    """What lending begins from: who, which goods, until when; a reservation may have no ticket."""

    ticket_id: int | None
    ticket_number: str
    member_id: int
    member_name: str
    member_tier: CardTier
    item: str
    category: ItemCategory
    size_class: SizeClass
    promised_on: date | None
    due_on: date
    late_fee_per_day: Money


def lend_start(session: Session, ticket_id: int, context: Context) -> LendStart:
    """Give what lending to a ticket begins from.

    Raises:
        NotFoundError: no such ticket.
    """
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFoundError(EntityKind.TICKET, str(ticket_id))
    member = session.get_one(Member, ticket.member_id)
    item = session.get(Item, ticket.item_id) if ticket.item_id else None
    values = store_settings(session, context.store.id)
    today = context.today()
    start = ticket.promised_on or today + timedelta(days=values.get(PROMISE_DAYS))
    return LendStart(
        ticket_id=ticket.id,
        ticket_number=ticket.number,
        member_id=member.id,
        member_name=member.name,
        member_tier=member.tier,
        item=item.name if item else ticket.subject,
        category=item.category if item else ItemCategory.OTHER,
        size_class=item.size_class if item else SizeClass.ONE_SIZE,
        promised_on=ticket.promised_on,
        due_on=max(start, today) + timedelta(days=values.get(LOANER_GRACE_DAYS)),
        late_fee_per_day=values.get(LOANER_LATE_FEE),
    )


def lend_start_by_number(session: Session, typed: str, context: Context) -> LendStart:
    """Give what lending begins from, by the ticket's number as typed or scanned.

    Raises:
        NotFoundError: no such ticket.
    """
    number = parse_ticket_number(typed) or typed.strip().upper()
    ticket_id = session.scalar(select(Ticket.id).where(Ticket.number == number))
    if ticket_id is None:
        raise NotFoundError(EntityKind.TICKET, typed.strip())
    return lend_start(session, ticket_id, context)


def lend_start_of_reservation(session: Session, loan_id: int, context: Context) -> LendStart:
    """Give what lending begins from, by a reservation: its ticket where it has one, its last day.

    Raises:
        NotFoundError: no such reservation.
    """
    loan = session.get(Loan, loan_id)
    if loan is None:
        raise NotFoundError(EntityKind.LOAN, str(loan_id))
    if loan.ticket_id is not None:
        return lend_start(session, loan.ticket_id, context)
    member, loaner = session.get_one(Member, loan.member_id), session.get_one(Loaner, loan.loaner_id)
    return LendStart(
        ticket_id=None,
        ticket_number="",
        member_id=member.id,
        member_name=member.name,
        member_tier=member.tier,
        item=loaner.name,
        category=loaner.category,
        size_class=loaner.size_class,
        promised_on=None,
        due_on=max(loan.due_on, context.today()),
        late_fee_per_day=store_settings(session, context.store.id).get(LOANER_LATE_FEE),
    )
