"""Goods that wait to be collected: how long, how often reminded, what is to be done next, and in which words (S10)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.charges import ChargeKind
from crmdesk.core.context import Context
from crmdesk.core.members import Gender
from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.settings_service import (
    UNCOLLECTED_DISPOSAL_DAYS,
    UNCOLLECTED_FEE,
    UNCOLLECTED_FIRST_DAYS,
    UNCOLLECTED_GAP_HOURS,
    UNCOLLECTED_LETTER_DAYS,
)
from crmdesk.core.tickets import Payer, TicketKind, TicketState
from crmdesk.core.uncollected import Ladder, NextStep, ReminderStage, Waiting, days_waiting, fee_due, next_step
from crmdesk.models.charge import Charge
from crmdesk.models.item import Item
from crmdesk.models.judgement import Payment, Quote
from crmdesk.models.member import Member
from crmdesk.models.reminder import Reminder
from crmdesk.models.ticket import Ticket
from crmdesk.queries.loan_fees import open_of_tickets
from crmdesk.queries.settings import store_settings

WAITING_STATES = (TicketState.READY, TicketState.NOTIFIED)
MOST = 2000
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Goods that wait; ``reminded`` are the reminders, oldest first, the letter apart."""

    id: int
    number: str
    version: int
    state: TicketState
    member_id: int
    member_name: str
    member_gender: Gender | None
    item: str
    shelf: str
    received_at: datetime
    waiting: Waiting
    days: int
    next: NextStep
    fee_due: Money
    open_amount: Money

    @property
    def reminded(self) -> tuple[datetime, ...]:
        """Give when reminders went out."""
        return self.waiting.reminded_at


def ladder(session: Session, context: Context) -> Ladder:
    """Give the store's rules."""
    values = store_settings(session, context.store.id)
    return Ladder(
        first_days=values.get(UNCOLLECTED_FIRST_DAYS),
        gap_hours=values.get(UNCOLLECTED_GAP_HOURS),
        letter_days=values.get(UNCOLLECTED_LETTER_DAYS),
        fee_per_day=values.get(UNCOLLECTED_FEE),
        disposal_days=values.get(UNCOLLECTED_DISPOSAL_DAYS),
        zone=context.store.zone,
    )


def waiting_list(session: Session, context: Context) -> list[WaitingRow]:
    """Give all goods of the store that wait to be collected, the longest waiting first."""
    keys = select(Ticket.id).where(
        Ticket.store_id == context.store.id, Ticket.kind == TicketKind.REPAIR, Ticket.state.in_(WAITING_STATES)
    )
    oldest = keys.order_by(func.coalesce(Ticket.notified_at, Ticket.ready_at, Ticket.received_at)).limit(MOST)
    return rows(session, list(session.scalars(oldest)), context)


def row(session: Session, ticket_id: int, context: Context) -> WaitingRow | None:
    """Give the goods of one ticket; None when they do not wait."""
    return next(iter(rows(session, [ticket_id], context)), None)


def rows(session: Session, keys: Sequence[int], context: Context) -> list[WaitingRow]:
    """Give the goods of these tickets that wait, in the same order."""
    found: dict[int, WaitingRow] = {}
    rules = ladder(session, context)
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        facts, money = waiting_of(session, chunk), _open_amounts(session, chunk)
        statement = (
            select(Ticket, Member.name, Member.gender, Item.name)
            .join(Member, Ticket.member_id == Member.id)
            .outerjoin(Item, Ticket.item_id == Item.id)
            .where(Ticket.id.in_(chunk), Ticket.state.in_(WAITING_STATES))
        )
        for ticket, name, gender, item in session.execute(statement):
            person = (name, gender, item or ticket.subject)
            found[ticket.id] = _row(ticket, person, (facts[ticket.id], rules, money[ticket.id]), context)
    return [found[key] for key in keys if key in found]


def _row(
    ticket: Ticket, person: tuple[str, Gender | None, str], known: tuple[Waiting, Ladder, Money], context: Context
) -> WaitingRow:
    waiting, rules, open_amount = known
    today = context.today()
    return WaitingRow(
        ticket.id,
        ticket.number,
        ticket.version,
        ticket.state,
        ticket.member_id,
        *person,
        ticket.shelf,
        ticket.received_at,
        waiting,
        days_waiting(waiting, rules, today),
        next_step(waiting, rules, context.now()),
        fee_due(waiting, rules, today),
        open_amount,
    )


def _open_amounts(session: Session, keys: Sequence[int]) -> dict[int, Money]:
    """Give what is open on each ticket, as `ticket_money` gives it for one."""
    agreed = select(Quote.ticket_id, func.sum(Quote.total)).where(
        Quote.state == QuoteState.APPROVED, Quote.payer == Payer.CUSTOMER, Quote.ticket_id.in_(keys)
    )
    charged = select(Charge.ticket_id, func.sum(Charge.amount)).where(
        Charge.waived_at.is_(None), Charge.ticket_id.in_(keys)
    )
    paid = select(Payment.ticket_id, func.sum(Payment.amount)).where(Payment.ticket_id.in_(keys))
    sums = dict.fromkeys(keys, Money(0))
    for statement, column, sign in (
        (agreed, Quote.ticket_id, 1),
        (charged, Charge.ticket_id, 1),
        (paid, Payment.ticket_id, -1),
    ):
        for key, amount in session.execute(statement.group_by(column)):
            if key is not None:
                sums[key] += Money(sign * amount.fen)
    for key, fees in open_of_tickets(session, keys).items():
        sums[key] += fees if sums[key] >= Money(0) else Money(0)
    return sums


def waiting_of(session: Session, keys: Sequence[int]) -> dict[int, Waiting]:
    """Give what happened to these tickets' goods since the customer was told."""
    told = {
        row.id: row.notified_at
        for row in session.execute(select(Ticket.id, Ticket.notified_at).where(Ticket.id.in_(keys)))
    }
    reminded: dict[int, list[datetime]] = defaultdict(list)
    letters: dict[int, datetime] = {}
    sent = select(Reminder.ticket_id, Reminder.stage, Reminder.at).where(Reminder.ticket_id.in_(keys))
    for ticket_id, stage, at in session.execute(sent.order_by(Reminder.at, Reminder.id)):
        if ticket_id is None:
            continue
        if stage == ReminderStage.LETTER:
            letters[ticket_id] = at
        else:
            reminded[ticket_id].append(at)
    charges = (
        select(Charge.ticket_id, func.max(Charge.at).label("newest"))
        .where(Charge.ticket_id.in_(keys), Charge.kind == ChargeKind.STORAGE)
        .group_by(Charge.ticket_id)
    )
    charged = {row.ticket_id: row.newest for row in session.execute(charges)}
    return {key: Waiting(told.get(key), tuple(reminded[key]), letters.get(key), charged.get(key)) for key in keys}


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One reminder that went out."""

    stage: ReminderStage
    at: datetime
    words: str


def sent(session: Session, ticket_id: int) -> list[ReminderRow]:
    """Give the reminders of a ticket, newest first."""
    found = session.execute(
        select(Reminder.stage, Reminder.at, Reminder.words)
        .where(Reminder.ticket_id == ticket_id)
        .order_by(Reminder.at.desc(), Reminder.id.desc())
    )
    return [ReminderRow(ReminderStage(stage), at, words) for stage, at, words in found]
