"""The papers of a loan: agreement, deposit receipt, return note."""

from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.papers import PaperKind
from crmdesk.queries import loan_papers
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.support import keeping

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from crmdesk.core.paper_facts.loan import DepositReceiptFacts, LoanAgreementFacts, LoanReturnFacts
    from crmdesk.db.session import Session
    from crmdesk.views.support.desk import Desk

    Facts = LoanAgreementFacts | LoanReturnFacts | DepositReceiptFacts
    Gather = Callable[[Session, int, Context, str], Facts | None]

_GATHER: "dict[PaperKind, Gather]" = {
    PaperKind.LOAN_AGREEMENT: loan_papers.agreement,
    PaperKind.LOAN_RETURN: loan_papers.return_note,
    PaperKind.DEPOSIT_RECEIPT: loan_papers.deposit_receipt,
}


def print_loan_paper(desk: "Desk", owner: "QObject", kind: PaperKind, loan_id: int, *, at_once: bool = False) -> None:
    """Show or print one paper of a loan; nothing when there is none, as a receipt without a deposit."""

    def gather(session: "Session", context: Context) -> keeping.Wanted | None:
        facts = _GATHER[kind](session, loan_id, context, context.language)
        if facts is None:
            return None
        return keeping.Wanted(facts, RegisterPaper(kind, facts.number, context.language, loan_id=loan_id))

    keeping.give_out(desk, owner, gather, at_once=at_once)
