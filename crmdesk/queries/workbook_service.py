"""Lines of the owner's workbook about service: repairs, complaints, returns, loaners, loans (capability R1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from crmdesk.core.clock import day_in_zone, start_of_day
from crmdesk.core.figures import days_inside
from crmdesk.core.loaners import DepositMove, LoanState
from crmdesk.core.phone import mask
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Payer, TicketKind
from crmdesk.core.workbook_facts import ComplaintLine, LoanerLine, LoanLine, RepairLine, ReturnLine
from crmdesk.models.complaint import Complaint
from crmdesk.models.item import Item
from crmdesk.models.judgement import CostShare, Judgement
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.return_line import ReturnLine as ReturnRow
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketEvent, TicketFault

COME_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Span:
    """The period, both days included, with the zone its days are counted in; ``full_phones`` by the asker's right."""

    first: date
    last: date
    zone: str
    full_phones: bool = False

    @property
    def opens(self) -> datetime:
        """The moment the period begins."""
        return start_of_day(self.first, self.zone)

    @property
    def closes(self) -> datetime:
        """The moment after the period."""
        return start_of_day(self.last + timedelta(days=1), self.zone)

    def day(self, moment: datetime | None) -> date | None:
        """Give a moment's day."""
        return None if moment is None else day_in_zone(moment, self.zone)

    def phone(self, digits: str | None) -> str:
        """Give a phone as the asker may see it."""
        return "" if digits is None else digits if self.full_phones else mask(digits)


def first_phone() -> Select[str]:
    """Give the subquery of a member's first phone, correlated with ``member``."""
    return (
        select(MemberPhone.digits)
        .where(MemberPhone.member_id == Member.id)
        .order_by(MemberPhone.ordinal)
        .limit(1)
        .correlate(Member)
    )


def repair_lines(session: Session, span: Span) -> Iterator[RepairLine]:
    """Give every repair received in the period, in the order of receipt."""
    costs, liabilities = _judgements(session, span)
    moves = _moments(session, span)
    faults = _first_faults(session, span)
    earlier = _earlier_repairs(session, span)
    found = session.execute(
        select(
            Ticket.id,
            Ticket.number,
            Store.name,
            Ticket.received_at,
            Member.number,
            Member.name,
            first_phone().scalar_subquery(),
            Item.category,
            Item.name,
            Ticket.state,
            Ticket.promised_on,
            Ticket.ready_at,
            Ticket.handed_back_at,
            Ticket.item_id,
        )
        .select_from(Ticket)
        .join(Store, Ticket.store_id == Store.id)
        .join(Member, Ticket.member_id == Member.id)
        .outerjoin(Item, Ticket.item_id == Item.id)
        .where(Ticket.kind == TicketKind.REPAIR, Ticket.received_at >= span.opens, Ticket.received_at < span.closes)
        .order_by(Ticket.received_at, Ticket.id)
    )
    for (
        key,
        number,
        store,
        received,
        m_number,
        m_name,
        phone,
        category,
        item,
        state,
        promised,
        ready,
        back,
        item_id,
    ) in found:
        fault = faults.get(key, "")
        cost = costs.get(key, {})
        sent, returned = moves.get(key, (None, None))
        last_back = earlier.get((item_id, fault))
        yield RepairLine(
            number=number,
            store=store,
            received=day_in_zone(received, span.zone),
            member_number=m_number,
            member_name=m_name,
            phone=span.phone(phone),
            category=category.value if category else "",
            item=item or "",
            fault=fault,
            liability=liabilities.get(key, ""),
            state=state.value,
            promised=promised,
            sent=sent,
            back=returned,
            ready=span.day(ready),
            collected=span.day(back),
            come_back=last_back is not None and timedelta(0) <= received - last_back <= COME_BACK,
            **{f"{payer.value}_fen": cost.get(payer, 0) for payer in Payer},
        )
        if item_id is not None and back is not None:
            earlier[item_id, fault] = back


def _judgements(session: Session, span: Span) -> tuple[dict[int, dict[Payer, int]], dict[int, str]]:
    found = session.execute(
        select(Judgement.ticket_id, Judgement.id, Judgement.liability, CostShare.payer, CostShare.amount)
        .join(Ticket, Judgement.ticket_id == Ticket.id)
        .outerjoin(CostShare, CostShare.judgement_id == Judgement.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes)
        .order_by(Judgement.id)
    )
    costs: dict[int, dict[Payer, int]] = {}
    liabilities: dict[int, str] = {}
    latest: dict[int, int] = {}
    for ticket_id, judgement_id, liability, payer, amount in found:
        if latest.get(ticket_id) != judgement_id:
            # A later judgement takes the place of an earlier one.
            latest[ticket_id], costs[ticket_id] = judgement_id, {}
        liabilities[ticket_id] = liability.value
        if payer is not None:
            costs[ticket_id][payer] = amount.fen
    return costs, liabilities


def _moments(session: Session, span: Span) -> dict[int, tuple[date | None, date | None]]:
    found = session.execute(
        select(TicketEvent.ticket_id, TicketEvent.act, func.min(TicketEvent.at))
        .join(Ticket, TicketEvent.ticket_id == Ticket.id)
        .where(
            Ticket.received_at >= span.opens,
            Ticket.received_at < span.closes,
            TicketEvent.act.in_((TicketAct.SENT.value, TicketAct.CAME_BACK.value)),
        )
        .group_by(TicketEvent.ticket_id, TicketEvent.act)
    )
    moments: dict[int, tuple[date | None, date | None]] = {}
    for ticket_id, act, at in found:
        sent, back = moments.get(ticket_id, (None, None))
        day = span.day(at)
        moments[ticket_id] = (day, back) if act == TicketAct.SENT.value else (sent, day)
    return moments


def _first_faults(session: Session, span: Span) -> dict[int, str]:
    found = session.execute(
        select(TicketFault.ticket_id, TicketFault.code)
        .join(Ticket, TicketFault.ticket_id == Ticket.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes, TicketFault.ordinal == 0)
    )
    return {ticket_id: code for ticket_id, code in found}  # noqa: C416 - rows are no pairs to mypy


def _earlier_repairs(session: Session, span: Span) -> dict[tuple[int | None, str], datetime]:
    found = session.execute(
        select(Ticket.item_id, TicketFault.code, func.max(Ticket.handed_back_at))
        .join(TicketFault, TicketFault.ticket_id == Ticket.id)
        .where(
            Ticket.kind == TicketKind.REPAIR,
            Ticket.handed_back_at >= span.opens - COME_BACK,
            Ticket.received_at < span.opens,
            TicketFault.ordinal == 0,
        )
        .group_by(Ticket.item_id, TicketFault.code)
    )
    return {(item_id, code): back for item_id, code, back in found if back is not None}


def complaint_lines(session: Session, span: Span) -> Iterator[ComplaintLine]:
    """Give every complaint received in the period."""
    found = session.execute(
        select(Ticket, Complaint, Store.name, Member.number, Member.name, first_phone().scalar_subquery())
        .join(Complaint, Complaint.ticket_id == Ticket.id)
        .join(Store, Ticket.store_id == Store.id)
        .join(Member, Ticket.member_id == Member.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes)
        .order_by(Ticket.received_at, Ticket.id)
    )
    for ticket, case, store, m_number, m_name, phone in found:
        yield ComplaintLine(
            number=ticket.number,
            store=store,
            received=day_in_zone(ticket.received_at, span.zone),
            member_number=m_number,
            member_name=m_name,
            phone=span.phone(phone),
            subject=ticket.subject,
            severity=case.severity.value if case.severity else "",
            root_cause=case.root_cause.value if case.root_cause else "",
            remedy=case.compensation.value if case.compensation else "",
            compensation_fen=case.compensation_amount.fen,
            state=ticket.state.value,
            acknowledged=span.day(case.acknowledged_at),
            communicated=span.day(case.told_at),
            closed=span.day(ticket.closed_at),
            satisfaction=case.satisfaction.value if case.satisfaction else "",
        )


def return_lines(session: Session, span: Span) -> Iterator[ReturnLine]:
    """Give every line of a return received in the period."""
    found = session.execute(
        select(Ticket, ReturnRow, Store.name, Member.number, Member.name, first_phone().scalar_subquery())
        .join(ReturnRow, ReturnRow.ticket_id == Ticket.id)
        .join(Store, Ticket.store_id == Store.id)
        .join(Member, Ticket.member_id == Member.id)
        .where(Ticket.received_at >= span.opens, Ticket.received_at < span.closes)
        .order_by(Ticket.received_at, Ticket.id, ReturnRow.ordinal)
    )
    for ticket, line, store, m_number, m_name, phone in found:
        yield ReturnLine(
            number=ticket.number,
            store=store,
            received=day_in_zone(ticket.received_at, span.zone),
            member_number=m_number,
            member_name=m_name,
            phone=span.phone(phone),
            item=line.name,
            reason=line.reason.value,
            condition=line.condition.value if line.condition else "",
            decision=line.decision.value if line.decision else "",
            pieces=line.quantity,
            paid_fen=line.price_paid.fen,
            refund_fen=line.refund.fen,
            state=ticket.state.value,
        )


def loaner_lines(session: Session, span: Span, today: date) -> Iterator[LoanerLine]:
    """Give every loaner with the days it was lent and stood on the shelf in the period, up to ``today``."""
    last = min(span.last, today)
    lent: dict[int, int] = {}
    times: dict[int, int] = {}
    for loaner_id, out, back in session.execute(
        select(Loan.loaner_id, Loan.out_at, Loan.back_day).where(Loan.out_at.is_not(None), Loan.out_at < span.closes)
    ):
        first_day = span.day(out)
        if first_day is None:
            continue
        days = days_inside([(first_day, back)], span.first, last)
        lent[loaner_id] = lent.get(loaner_id, 0) + days
        times[loaner_id] = times.get(loaner_id, 0) + (span.first <= first_day <= span.last)
    found = session.execute(select(Loaner, Store.name).join(Store, Loaner.store_id == Store.id).order_by(Loaner.code))
    whole = max((last - span.first).days + 1, 0)
    for loaner, store in found:
        yield LoanerLine(
            code=loaner.code,
            store=store,
            category=loaner.category.value,
            size=loaner.size_class.value,
            name=loaner.name,
            value_fen=loaner.value.fen,
            state=loaner.state.value,
            loans=times.get(loaner.id, 0),
            lent_days=lent.get(loaner.id, 0),
            shelf_days=max(whole - lent.get(loaner.id, 0), 0),
        )


def loan_lines(session: Session, span: Span) -> Iterator[LoanLine]:
    """Give every lending that touches the period."""
    kept = {
        loan_id: amount.fen
        for loan_id, amount in session.execute(
            select(DepositEntry.loan_id, func.sum(DepositEntry.amount))
            .where(DepositEntry.move == DepositMove.KEPT)
            .group_by(DepositEntry.loan_id)
        )
    }
    ticket = aliased(Ticket)
    found = session.execute(
        select(
            Loan, Loaner.code, Store.name, Member.number, Member.name, first_phone().scalar_subquery(), ticket.number
        )
        .join(Loaner, Loan.loaner_id == Loaner.id)
        .join(Store, Loan.store_id == Store.id)
        .join(Member, Loan.member_id == Member.id)
        .outerjoin(ticket, Loan.ticket_id == ticket.id)
        .where(
            Loan.out_at.is_not(None),
            Loan.out_at < span.closes,
            (Loan.back_day.is_(None)) | (Loan.back_day >= span.first),
            Loan.state != LoanState.CANCELLED,
        )
        .order_by(Loan.out_at, Loan.id)
    )
    for loan, code, store, m_number, m_name, phone, number in found:
        yield LoanLine(
            number=loan.number,
            loaner_code=code,
            store=store,
            member_number=m_number,
            member_name=m_name,
            phone=span.phone(phone),
            ticket_number=number or "",
            out=day_in_zone(loan.out_at, span.zone),
            due=loan.due_on,
            back=loan.back_day,
            deposit_fen=loan.deposit.fen,
            kept_fen=kept.get(loan.id, 0),
            state=loan.state.value,
        )
