"""The papers of a loan: agreement, return note, receipts; and the labels of loaners."""

from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.queries import loan_papers, loaner_labels
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.support import keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from crmdesk.core.paper_facts.condition import ConditionReportFacts
    from crmdesk.core.paper_facts.loan import DepositReceiptFacts, LoanAgreementFacts, LoanReturnFacts
    from crmdesk.db.session import Session
    from crmdesk.views.support.desk import Desk

    Facts = LoanAgreementFacts | LoanReturnFacts | DepositReceiptFacts | ConditionReportFacts
    Gather = Callable[[Session, int, Context, str], Facts | None]

_GATHER: "dict[PaperKind, Gather]" = {
    PaperKind.LOAN_AGREEMENT: loan_papers.agreement,
    PaperKind.LOAN_RETURN: loan_papers.return_note,
    PaperKind.DEPOSIT_RECEIPT: loan_papers.deposit_receipt,
    PaperKind.CONDITION_REPORT: loan_papers.condition_report,
}


def print_loan_paper(desk: "Desk", owner: "QObject", kind: PaperKind, loan_id: int, *, at_once: bool = False) -> None:
    """Show or print one paper of a loan; nothing when there is none, as a receipt without a deposit."""

    def gather(session: "Session", context: Context) -> keeping.Wanted | None:
        facts = _GATHER[kind](session, loan_id, context, context.language)
        if facts is None:
            return None
        return keeping.Wanted(facts, RegisterPaper(kind, facts.number, context.language, loan_id=loan_id))

    keeping.give_out(desk, owner, gather, at_once=at_once)


def print_fee_receipt(desk: "Desk", owner: "QObject", payment_id: int) -> None:
    """Show the receipt of a payment on a loan's fees."""

    def gather(session: "Session", context: Context) -> keeping.Wanted | None:
        facts = loan_papers.fee_receipt(session, payment_id, context, context.language)
        return keeping.Wanted(facts, RegisterPaper(PaperKind.FEE_RECEIPT, facts.number, context.language))

    keeping.give_out(desk, owner, gather, at_once=False)


def print_labels(desk: "Desk", owner: "QObject", loaner_ids: "Sequence[int]", paper_size: PaperFormat) -> None:
    """Show the labels of loaners, each by itself or on a sheet to cut."""

    def gather(session: "Session", context: Context) -> keeping.Wanted | None:
        facts = loaner_labels.labels(session, loaner_ids, context)
        if not facts.labels:
            return None
        return keeping.Wanted(facts, RegisterPaper(PaperKind.LOANER_LABEL, facts.number, context.language))

    keeping.give_out(desk, owner, gather, at_once=False, paper_size=paper_size)
