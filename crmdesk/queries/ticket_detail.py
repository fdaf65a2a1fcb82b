"""Everything about one ticket, for its page, its papers and its steps."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.clocks import readings
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.failed_repairs import exchange_due
from crmdesk.core.loaners import LoanState
from crmdesk.core.phone import group, mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import CLOCK_REGION, FAILED_REPAIRS
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import FINISHED, TicketKind
from crmdesk.core.veil import veiled
from crmdesk.models.condition import ConditionSheet, DamageMark, Photo
from crmdesk.models.item import Item
from crmdesk.models.judgement import Approval, CostShare, Judgement, Quote
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketAccessory, TicketEvent, TicketFault
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.item_values import told_of
from crmdesk.queries.settings import store_settings
from crmdesk.queries.ticket_clocks import CLOCK_COLUMNS, clock_facts, earlier_repairs, repair_record
from crmdesk.queries.ticket_facts import (
    AccessoryRow,
    EventRow,
    JudgementRow,
    MarkRow,
    QuoteRow,
    TicketDetail,
    TicketLoanRow,
)
from crmdesk.queries.ticket_money import ticket_money


def detail(session: Session, ticket_id: int, context: Context) -> TicketDetail:
    """Give the ticket.

    Raises:
        NotFoundError: no such ticket.
    """
    ticket = session.get(Ticket, ticket_id)
    if ticket is None:
        raise NotFoundError(EntityKind.TICKET, str(ticket_id))
    member = session.get_one(Member, ticket.member_id)
    item = session.get(Item, ticket.item_id) if ticket.item_id else None
    quote = _quote(session, ticket_id)
    money = ticket_money(session, ticket_id)
    loans = _loans(session, ticket_id)
    phone, masked = _phone(session, member, ticket, context)
    found = TicketDetail(
        **_plain(ticket),
        member_name=member.name,
        member_gender=member.gender,
        member_tier=member.tier,
        phone=phone,
        phone_masked=masked,
        **_item_facts(item),
        item_values=told_of(session, item.id, item.category, context.store.id) if item else (),
        received_by=_staff_name(session, ticket.received_by_id),
        **_stores(session, ticket),
        faults=_faults(session, ticket_id),
        accessories=_accessories(session, ticket_id),
        marks=marks(session, ticket_id),
        **_photos(session, ticket_id),
        judgement=_judgement(session, ticket_id),
        quote=quote,
        loans=loans,
        paid=money.paid,
        open_amount=money.open,
        **_clocks(session, ticket, loans, context),
        events=_events(session, ticket_id),
    )
    return found if _may_see_phone(member, ticket, context) else veiled(found)


_PLAIN = (
    "id",
    "number",
    "version",
    "kind",
    "state",
    "member_id",
    "item_id",
    "subject",
    "customer_words",
    "private_notes",
    "priority",
    "route",
    "goods_place",
    "shelf",
    "declared_value",
    "received_at",
    "promised_on",
    "estimated_on",
    "ready_at",
    "notified_at",
    "handed_back_at",
    "collected_by",
    "linked_ticket_id",
    "estimate_only",
)


def _plain(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in _PLAIN}


def _item_facts(item: Item | None) -> dict[str, Any]:
    return {
        "item": item.name if item else "",
        "category": item.category if item else None,
        "brand": item.brand if item else "",
        "colour": item.colour if item else "",
        "size": item.size if item else "",
        "serial": item.serial if item else "",
        "purchased_on": item.purchased_on if item else None,
        "price": item.price if item else None,
    }


def _clocks(session: Session, ticket: Ticket, loans: tuple[TicketLoanRow, ...], context: Context) -> dict[str, Any]:
    columns = {column.key: getattr(ticket, column.key) for column in CLOCK_COLUMNS}
    lent = any(loan.state is LoanState.OUT for loan in loans)
    earlier = earlier_repairs(session, ticket)
    book = clock_book(session, context.store.id)
    facts = clock_facts(columns | {"lent": lent}, context.store.zone, earlier_days=sum(earlier))
    found: dict[str, Any] = {"clocks": tuple(readings(facts, context.today(), book))}
    if ticket.kind is TicketKind.REPAIR and ticket.is_open:
        settings = store_settings(session, context.store.id)
        limits = (settings.get(CLOCK_REGION), book.rules, settings.get(FAILED_REPAIRS))
        found["exchange_due"] = exchange_due(repair_record(ticket, earlier, context), *limits)
    return found


def _phone(session: Session, member: Member, ticket: Ticket, context: Context) -> tuple[str, bool]:
    digits = session.scalar(
        select(MemberPhone.digits).where(MemberPhone.member_id == member.id).order_by(MemberPhone.ordinal).limit(1)
    )
    if digits is None:
        return "", False
    return (group(digits), False) if _may_see_phone(member, ticket, context) else (mask(digits), True)


def _may_see_phone(member: Member, ticket: Ticket, context: Context) -> bool:
    return (
        context.may(Right.SEE_PHONES)
        or (context.may(Right.SEE_TICKET_PHONES) and ticket.state not in FINISHED)
        or (context.may(Right.SEE_OWN_PHONES) and member.guide_id == context.actor.staff_id)
    )


def _faults(session: Session, ticket_id: int) -> tuple[str, ...]:
    wanted = select(TicketFault.code).where(TicketFault.ticket_id == ticket_id).order_by(TicketFault.ordinal)
    return tuple(session.scalars(wanted))


def _accessories(session: Session, ticket_id: int) -> tuple[AccessoryRow, ...]:
    found = session.execute(
        select(TicketAccessory.id, TicketAccessory.name, TicketAccessory.handed_back)
        .where(TicketAccessory.ticket_id == ticket_id)
        .order_by(TicketAccessory.ordinal)
    )
    return tuple(AccessoryRow(*line) for line in found)


def _photos(session: Session, ticket_id: int) -> dict[str, Any]:
    found = session.execute(select(Photo.sha256, Photo.caption).where(Photo.ticket_id == ticket_id).order_by(Photo.id))
    rows = found.all()
    return {"photos": tuple(one.sha256 for one in rows), "captions": tuple(one.caption for one in rows)}


def marks(session: Session, ticket_id: int) -> tuple[MarkRow, ...]:
    """Give the damage marks of all gates of a ticket."""
    found = session.execute(
        select(ConditionSheet.gate, DamageMark.ordinal, DamageMark.x, DamageMark.y, DamageMark.code, DamageMark.note)
        .join(DamageMark, DamageMark.sheet_id == ConditionSheet.id)
        .where(ConditionSheet.ticket_id == ticket_id)
        .order_by(ConditionSheet.id, DamageMark.ordinal)
    )
    return tuple(
        MarkRow(gate, ordinal, x / 10_000, y / 10_000, code, note) for gate, ordinal, x, y, code, note in found
    )


def _judgement(session: Session, ticket_id: int) -> JudgementRow | None:
    row = session.execute(
        select(Judgement, Staff.name)
        .join(Staff, Judgement.decided_by_id == Staff.id)
        .where(Judgement.ticket_id == ticket_id)
        .order_by(Judgement.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    judgement, person = row[0], row[1]
    shares = session.execute(
        select(CostShare.payer, CostShare.amount).where(CostShare.judgement_id == judgement.id).order_by(CostShare.id)
    )
    return JudgementRow(
        judgement.liability,
        judgement.cause,
        judgement.evidence,
        judgement.rule,
        judgement.months_since_purchase,
        judgement.warranty_months_left,
        judgement.remedy,
        person,
        judgement.decided_at,
        tuple((payer, amount) for payer, amount in shares),
    )


def _quote(session: Session, ticket_id: int) -> QuoteRow | None:
    row = session.execute(
        select(Quote, Approval)
        .outerjoin(Approval, Approval.quote_id == Quote.id)
        .where(Quote.ticket_id == ticket_id)
        .order_by(Quote.ordinal.desc(), Approval.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    quote: Quote = row[0]
    answer: Approval | None = row[1]
    return QuoteRow(
        quote.work,
        quote.parts,
        quote.labour,
        quote.fee,
        quote.total,
        quote.days,
        quote.valid_until,
        quote.state,
        quote.made_at,
        answer.person if answer else "",
        answer.at if answer else None,
        answer.channel if answer else None,
        answer.words if answer else "",
    )


def _loans(session: Session, ticket_id: int) -> tuple[TicketLoanRow, ...]:
    found = session.execute(
        select(
            Loan.id,
            Loan.number,
            Loan.loaner_id,
            Loaner.code,
            Loaner.name,
            Loan.state,
            Loan.due_on,
            Loan.deposit,
            Loan.taken_over_by_id.is_not(None),
        )
        .join(Loaner, Loan.loaner_id == Loaner.id)
        .where(Loan.ticket_id == ticket_id)
        .order_by(Loan.id)
    )
    return tuple(TicketLoanRow(*line) for line in found)


def _events(session: Session, ticket_id: int) -> tuple[EventRow, ...]:
    found = session.execute(
        select(TicketEvent.at, TicketEvent.act, TicketEvent.state, TicketEvent.note, Staff.name)
        .join(Staff, TicketEvent.staff_id == Staff.id)
        .where(TicketEvent.ticket_id == ticket_id)
        .order_by(TicketEvent.id.desc())
    )
    return tuple(EventRow(at, TicketAct(act), state, note, person) for at, act, state, note, person in found)


def _stores(session: Session, ticket: Ticket) -> dict[str, Any]:
    names = select(Store.id, Store.name).where(Store.id.in_((ticket.store_id, ticket.home_store_id)))
    known = {key: name for key, name in session.execute(names)}  # noqa: C416 - rows, not tuples
    return {"store": known.get(ticket.store_id, ""), "home_store": known.get(ticket.home_store_id, "")}


def _staff_name(session: Session, staff_id: int) -> str:
    name = session.scalar(select(Staff.name).where(Staff.id == staff_id))
    return "" if name is None else name
