"""One loaner with its loan, its reservations and its history; what lending to a ticket begins from."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.loan_rules import late_fee, reminder_stage
from crmdesk.core.loaners import DepositMove, LoanState, ReturnGrade
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.phone import mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_service import (
    LOANER_BLOCK_DAYS,
    LOANER_REMIND_DAYS,
)
from crmdesk.core.tickets import Gate, TicketState
from crmdesk.models.condition import ConditionSheet, DamageMark, Photo
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries.loan_events import LoanLine, SentReminder, reminders, time_line
from crmdesk.queries.loan_fees import LoanFees, fees_of_loaner
from crmdesk.queries.loaner_rows import LoanerRow, rows
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_money import ticket_money

_MARK_SCALE = 10_000
_HISTORY = 50


@dataclass(frozen=True, slots=True)
class LoanMark:
    """One damage mark of a loaner at a gate; ``x``, ``y`` are 0 to 1."""

    gate: Gate
    ordinal: int
    x: float
    y: float
    code: str
    note: str


@dataclass(frozen=True, slots=True)
class DepositRow:
    """One movement of a deposit."""

    move: DepositMove
    amount: Money
    at: datetime
    person: str
    receipt: str
    note: str


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One loan or reservation of a loaner's history."""

    id: int
    number: str
    version: int
    state: LoanState
    member_id: int
    member_name: str
    ticket_id: int | None
    ticket_number: str | None
    from_day: date
    due_on: date
    back_day: date | None
    grade: ReturnGrade | None
    condition_back: str
    late_fee: Money
    damage_fee: Money


@dataclass(frozen=True, slots=True)
class LoanOut:
    """The loan that is out, as it stands today.

    Attributes:
        fee_today: the late fee if it came back today.
        reminders: how many reminders are due by the store's ladder.
        blocks: whether the member gets no other loaner for it.
        open_amount: what the member still owes on the ticket; a deposit can be set off against it.
    """

    id: int
    number: str
    version: int
    loaner_id: int
    member_id: int
    member_name: str
    member_tier: CardTier
    phone: str
    ticket_id: int | None
    ticket_number: str
    ticket_state: TicketState | None
    ticket_subject: str
    from_day: date
    due_on: date
    out_at: datetime | None
    lent_by: str
    deposit: Money
    late_fee_per_day: Money
    fee_today: Money
    days_late: int
    days_out: int
    reminders: int
    blocks: bool
    looks_out: int
    condition_out: str
    signed_at: datetime | None
    extensions: int
    extend_reason: str
    taken_over_by: str
    take_over_reason: str
    sent: tuple[SentReminder, ...]
    marks: tuple[LoanMark, ...]
    open_amount: Money


@dataclass(frozen=True, slots=True)
class LoanerDetail:
    """Everything a loaner's page shows."""

    row: LoanerRow
    serial: str
    accessories: str
    deposit_rule: Money
    bought_on: date | None
    loan: LoanOut | None
    reservations: tuple[LoanRow, ...]
    history: tuple[LoanRow, ...]
    times_lent: int
    days_lent: int
    lines: tuple[LoanLine, ...]
    fees: LoanFees
    photos: tuple[str, ...]
    counted_on: date | None


def detail(session: Session, loaner_id: int, context: Context) -> LoanerDetail:
    """Give a loaner with its loans.

    Raises:
        NotFoundError: no such loaner.
    """
    loaner = session.get(Loaner, loaner_id)
    if loaner is None:
        raise NotFoundError(EntityKind.LOANER, str(loaner_id))
    row = rows(session, [loaner_id], context)[0]
    all_loans = _loans(session, loaner_id)
    ended = [one for one in all_loans if one.state in (LoanState.BACK, LoanState.LOST)]
    days_lent = sum((one.back_day - one.from_day).days for one in ended if one.back_day) + row.days_out
    return LoanerDetail(
        row=row,
        serial=loaner.serial,
        accessories=loaner.accessories,
        deposit_rule=loaner.deposit,
        bought_on=loaner.bought_on,
        loan=loan_out(session, row.loan_id, context) if row.loan_id else None,
        reservations=tuple(sorted((one for one in all_loans if one.state is LoanState.RESERVED), key=_from_day)),
        history=tuple(ended[:_HISTORY]),
        times_lent=len(ended) + (row.loan_id is not None),
        days_lent=days_lent,
        lines=time_line(session, loaner_id),
        fees=fees_of_loaner(session, loaner_id),
        photos=_photos(session, loaner_id),
        counted_on=loaner.counted_on,
    )


def loan_out(session: Session, loan_id: int, context: Context) -> LoanOut:
    """Give a loan as it stands today.

    Raises:
        NotFoundError: no such loan.
    """
    loan = session.get(Loan, loan_id)
    if loan is None:
        raise NotFoundError(EntityKind.LOAN, str(loan_id))
    member = session.get_one(Member, loan.member_id)
    ticket = session.get(Ticket, loan.ticket_id) if loan.ticket_id else None
    values = store_settings(session, context.store.id)
    today = context.today()
    late = max((today - loan.due_on).days, 0)
    return LoanOut(
        **{name: getattr(loan, name) for name in _PLAIN},
        member_name=member.name,
        member_tier=member.tier,
        phone=_phone(session, member.id),
        ticket_number=ticket.number if ticket else "",
        ticket_state=ticket.state if ticket else None,
        ticket_subject=ticket.subject if ticket else "",
        lent_by=_name(session, loan.lent_by_id),
        fee_today=late_fee(loan.due_on, today, loan.late_fee_per_day),
        days_late=late,
        days_out=(today - loan.from_day).days,
        reminders=reminder_stage(late, values.get(LOANER_REMIND_DAYS)),
        blocks=late >= max(values.get(LOANER_BLOCK_DAYS), 1),
        taken_over_by=_name(session, loan.taken_over_by_id),
        sent=reminders(session, loan.id),
        marks=marks(session, loan.id),
        open_amount=_open_amount(session, ticket) if ticket else Money(0),
    )


_PLAIN = (
    "id",
    "number",
    "version",
    "loaner_id",
    "member_id",
    "ticket_id",
    "from_day",
    "due_on",
    "out_at",
    "deposit",
    "late_fee_per_day",
    "looks_out",
    "condition_out",
    "signed_at",
    "extensions",
    "extend_reason",
    "take_over_reason",
)


def deposit_rows(session: Session, loan_id: int) -> tuple[DepositRow, ...]:
    """Give the movements of a loan's deposit in their order."""
    found = session.execute(
        select(DepositEntry, Staff.name)
        .join(Staff, Staff.id == DepositEntry.staff_id)
        .where(DepositEntry.loan_id == loan_id)
        .order_by(DepositEntry.id)
    )
    return tuple(DepositRow(one.move, one.amount, one.at, name, one.receipt, one.note) for one, name in found)


def marks(session: Session, loan_id: int) -> tuple[LoanMark, ...]:
    """Give the damage marks of a loan at both gates."""
    found = session.execute(
        select(ConditionSheet.gate, DamageMark.ordinal, DamageMark.x, DamageMark.y, DamageMark.code, DamageMark.note)
        .join(DamageMark, DamageMark.sheet_id == ConditionSheet.id)
        .where(ConditionSheet.loan_id == loan_id)
        .order_by(ConditionSheet.id, DamageMark.ordinal)
    )
    return tuple(
        LoanMark(one.gate, one.ordinal, one.x / _MARK_SCALE, one.y / _MARK_SCALE, one.code, one.note) for one in found
    )


def _loans(session: Session, loaner_id: int) -> list[LoanRow]:
    ticket, member = aliased(Ticket), aliased(Member)
    found = session.execute(
        select(
            Loan.id,
            Loan.number,
            Loan.version,
            Loan.state,
            Loan.member_id,
            member.name.label("member_name"),
            Loan.ticket_id,
            ticket.number.label("ticket_number"),
            Loan.from_day,
            Loan.due_on,
            Loan.back_day,
            Loan.grade,
            Loan.condition_back,
            Loan.late_fee,
            Loan.damage_fee,
        )
        .join(member, member.id == Loan.member_id)
        .outerjoin(ticket, ticket.id == Loan.ticket_id)
        .where(Loan.loaner_id == loaner_id)
        .order_by(Loan.from_day.desc(), Loan.id.desc())
    ).mappings()
    return [LoanRow(**line) for line in found]


def _photos(session: Session, loaner_id: int) -> tuple[str, ...]:
    return tuple(session.scalars(select(Photo.sha256).where(Photo.loaner_id == loaner_id).order_by(Photo.id)))


def _from_day(row: LoanRow) -> date:
    return row.from_day


def _name(session: Session, staff_id: int | None) -> str:
    return session.scalar(select(Staff.name).where(Staff.id == staff_id)) or "" if staff_id else ""


def _phone(session: Session, member_id: int) -> str:
    digits = session.scalar(
        select(MemberPhone.digits).where(MemberPhone.member_id == member_id).order_by(MemberPhone.ordinal).limit(1)
    )
    return mask(digits) if digits else ""


def _open_amount(session: Session, ticket: Ticket) -> Money:
    return ticket_money(session, ticket.id).own_open
