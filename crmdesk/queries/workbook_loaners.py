"""Lines of the owner's workbook about loaners and loans (capability R1)."""

from collections.abc import Iterator

from sqlalchemy import BigInteger, func, select, type_coerce
from sqlalchemy.orm import Session

from crmdesk.core.loaners import DepositMove, LoanState
from crmdesk.core.workbook_facts import LoanerLine, LoanLine
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket
from crmdesk.queries.loaner_days import LoanerDays, days_of_loaners
from crmdesk.queries.report_span import Span
from crmdesk.queries.workbook_person import first_phone

_NONE = LoanerDays()


def loaner_lines(session: Session, span: Span) -> Iterator[LoanerLine]:
    """Give every loaner with the days it was lent and stood on the shelf in the period."""
    days = days_of_loaners(session, span)
    found = session.execute(select(Loaner, Store.name).join(Store, Loaner.store_id == Store.id).order_by(Loaner.code))
    for loaner, store in found:
        of_loaner = days.get(loaner.id, _NONE)
        yield LoanerLine(
            code=loaner.code,
            store=store,
            category=loaner.category.value,
            size=loaner.size_class.value,
            name=loaner.name,
            value_fen=loaner.value.fen,
            state=loaner.state.value,
            loans=of_loaner.times,
            lent_days=of_loaner.lent,
            shelf_days=of_loaner.shelf,
        )


def loan_lines(session: Session, span: Span) -> Iterator[LoanLine]:
    """Give every lending that touches the period, in the order in which they began."""
    kept = _kept(session)
    found = session.execute(
        select(
            Loan, Loaner.code, Store.name, Member.number, Member.name, first_phone(), func.coalesce(Ticket.number, "")
        )
        .select_from(Loan)
        .join(Loaner, Loan.loaner_id == Loaner.id)
        .join(Store, Loan.store_id == Store.id)
        .join(Member, Loan.member_id == Member.id)
        .outerjoin(Ticket, Loan.ticket_id == Ticket.id)
        .where(
            Loan.out_at < span.closes,
            Loan.back_day.is_(None) | (Loan.back_day >= span.first),
            Loan.state != LoanState.CANCELLED,
        )
        .order_by(Loan.out_at, Loan.id)
    )
    for loan, code, store, m_number, m_name, phone, ticket_number in found:
        yield LoanLine(
            number=loan.number,
            loaner_code=code,
            store=store,
            member_number=m_number,
            member_name=m_name,
            phone=span.phone(phone),
            ticket_number=ticket_number,
            out=span.day(loan.out_at) or loan.from_day,
            due=loan.due_on,
            back=loan.back_day,
            deposit_fen=loan.deposit.fen,
            kept_fen=kept.get(loan.id, 0),
            state=loan.state.value,
        )


def _kept(session: Session) -> dict[int, int]:
    amount = type_coerce(func.sum(DepositEntry.amount), BigInteger)
    found = session.execute(
        select(DepositEntry.loan_id, amount).where(DepositEntry.move == DepositMove.KEPT).group_by(DepositEntry.loan_id)
    )
    return {loan_id: int(fen) for loan_id, fen in found}
