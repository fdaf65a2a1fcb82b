"""Shows the papers of a loan: facts from the database, rendered in the pool, previewed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.queries import loan_papers
from crmdesk.views.support.desk import Desk

if TYPE_CHECKING:
    from crmdesk.db.session import Session

F = TypeVar("F")

AGREEMENT, RETURN_NOTE, RECEIPT = "loan_agreement", "loan_return", "deposit_receipt"


def show_agreement(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the loan agreement, customer's and shop's copy."""
    from crmdesk.documents.pdf.loan_agreement import render

    _show(desk, owner, loan_papers.agreement, loan_id, (gettext("Loan agreement"), AGREEMENT, render))


def show_return_note(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the return note with the settlement."""
    from crmdesk.documents.pdf.loan_return import render

    _show(desk, owner, loan_papers.return_note, loan_id, (gettext("Loan return note"), RETURN_NOTE, render))


def show_receipt(desk: Desk, owner: QObject, loan_id: int) -> None:
    """Show the receipt for the deposit; nothing when none was taken."""
    from crmdesk.documents.pdf.deposit_receipt import render

    _show(desk, owner, loan_papers.deposit_receipt, loan_id, (gettext("Deposit receipt"), RECEIPT, render))


def _show(
    desk: Desk,
    owner: QObject,
    facts_of: "Callable[[Session, int, Context, str], F | None]",
    loan_id: int,
    paper: tuple[str, str, Callable[[F, str], bytes]],
) -> None:
    title, kind, render = paper

    def work(session: "Session", context: Context) -> tuple[F | None, str]:
        return facts_of(session, loan_id, context, context.language), context.language

    def done(found: tuple[F | None, str]) -> None:
        facts, language = found
        if facts is not None:
            desk.papers.preview(title, partial(render, facts, language), kind)

    desk.jobs.read(owner, work, done, key=kind)
