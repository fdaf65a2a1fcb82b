"""The papers of an account: receipt of a top-up or refund, statement of a period."""

from typing import TYPE_CHECKING

from crmdesk.core.context import Context
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.queries import ledger_papers
from crmdesk.queries.ledger_papers import Period
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.support import keeping

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from crmdesk.db.session import Session
    from crmdesk.views.support.desk import Desk


def print_receipt(desk: "Desk", owner: "QObject", member_id: int, number: str) -> None:
    """Show the receipt of a top-up or a refund; nothing for other movements."""

    def gather(session: "Session", context: Context) -> keeping.Wanted | None:
        facts = ledger_papers.value_receipt(session, member_id, number, context, context.language)
        if facts is None:
            return None
        paper = RegisterPaper(PaperKind.VALUE_RECEIPT, facts.number, context.language, member_id=member_id)
        return keeping.Wanted(facts, paper)

    keeping.give_out(desk, owner, gather, at_once=False)


def print_statement(desk: "Desk", owner: "QObject", member_id: int, period: Period, language: str = "") -> None:
    """Show the statement of a period, in the language of the screens or in ``language``."""

    def gather(session: "Session", context: Context) -> keeping.Wanted | None:
        said = language or context.language
        facts = ledger_papers.statement(session, member_id, period, context, said)
        return keeping.Wanted(facts, RegisterPaper(PaperKind.STATEMENT, facts.number, said, member_id=member_id))

    keeping.give_out(desk, owner, gather, at_once=False, paper_size=PaperFormat.A4)
