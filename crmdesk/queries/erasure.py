"""What erasing a person would take away, and what stands in the way."""

import json
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core import erased_words
from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.erasure import ErasePlan, InTheWay, Obstacle
from crmdesk.core.errors import NotFoundError
from crmdesk.core.i18n import gettext_in
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import LedgerKind, MemberState
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.erasure import ErasureFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.tickets import FINISHED
from crmdesk.models.access import Erasure
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.loan import DepositEntry, Loan
from crmdesk.models.member import Member
from crmdesk.models.personal import OWNED
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries.paper_head import paper_head, prints_now
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


def erasure_proof(session: Session, erasure_id: int, context: Context, language: str) -> ErasureFacts:
    """Give the facts of the slip that proves an erasure.

    Raises:
        NotAllowedError: the person may not erase.
        NotFoundError: there was no such erasure.
    """
    context.require(Right.ERASE)
    found = session.execute(
        select(Erasure, Staff.name).join(Staff, Staff.id == Erasure.staff_id).where(Erasure.id == erasure_id)
    ).one_or_none()
    if found is None:
        raise NotFoundError(EntityKind.PAPER, str(erasure_id))
    made: Erasure = found[0]
    counts = json.loads(made.counts)
    return ErasureFacts(
        number=made.paper_number,
        store=paper_head(session, made.store_id),
        member_number=made.member_number,
        erased_at=local_time(made.at, context.store.zone),
        erased_by=found[1],
        asked_how=made.asked_how,
        gone=tuple((gettext_in(language, words), count) for words, count in erased_words.gone(counts)),
        kept=tuple((gettext_in(language, words), count) for words, count in erased_words.kept(counts)),
        printed=prints_now(session, PaperKind.ERASURE_PROOF, made.paper_number, context),
    )
