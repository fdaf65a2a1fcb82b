"""What erasing a person would take away, and what stands in the way."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.erasure import ErasePlan, InTheWay, Obstacle
from crmdesk.core.errors import NotFoundError
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import LedgerKind, MemberState
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.tickets import FINISHED
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.member import Member
from crmdesk.models.personal import OWNED
from crmdesk.models.ticket import Ticket
from crmdesk.queries.person_rows import files_of, person_rows


def erase_plan(session: Session, member_id: int, context: Context) -> ErasePlan:
    """Say what erasing a member would do; nothing is written.

    Raises:
        NotAllowedError: the person may not erase.
        NotFoundError: no such member, or erased already.
    """
    context.require(Right.ERASE)
    member = session.get(Member, member_id)
    if member is None or member.state is MemberState.ERASED:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    files = files_of(session, member_id)
    counts = {name: len(keys) for name, keys in person_rows(session, files).items()}
    return ErasePlan(
        member.id,
        member.version,
        member.number,
        member.name,
        in_the_way(session, files),
        goes={name: count for name, count in counts.items() if OWNED[name].gone},
        stays={name: count for name, count in counts.items() if not OWNED[name].gone},
    )


def in_the_way(session: Session, files: Collection[int]) -> tuple[InTheWay, ...]:
    """Give what has to be settled before: open tickets, loaners out, deposits held, stored value paid in."""
    tickets = session.scalars(
        select(Ticket.number).where(Ticket.member_id.in_(files), Ticket.state.not_in(list(FINISHED)))
    )
    loans = session.scalars(select(Loan.number).where(Loan.member_id.in_(files), Loan.state == LoanState.OUT))
    deposits = session.execute(
        select(Loan.number, func.sum(DepositEntry.amount).label("held"))
        .join(DepositEntry, DepositEntry.loan_id == Loan.id)
        .where(Loan.member_id.in_(files), Loan.state != LoanState.OUT)
        .group_by(Loan.number)
        .having(func.sum(DepositEntry.amount) > Money(0))
    )
    paid_in = select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(
        LedgerEntry.member_id.in_(files), LedgerEntry.kind == LedgerKind.PRINCIPAL
    )
    stored = int(session.scalar(paid_in) or 0)
    return (
        *(InTheWay(Obstacle.OPEN_TICKET, number) for number in tickets),
        *(InTheWay(Obstacle.LOANER_OUT, number) for number in loans),
        *(InTheWay(Obstacle.DEPOSIT_HELD, row.number, int(row.held.fen)) for row in deposits),
        *((InTheWay(Obstacle.STORED_VALUE, fen=stored),) if stored > 0 else ()),
    )
