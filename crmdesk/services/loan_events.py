"""The time line of a loaner: the one way a line is added to it."""

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.text_clean import clean_line
from crmdesk.db.rows import append
from crmdesk.models.loan import Loan, LoanEvent

_LONGEST = 1000


def note(session: Session, loan: Loan, act: LoanAct, context: Context, words: str = "") -> None:
    """Add a line about one of a loaner's loans."""
    _add(session, (loan.loaner_id, loan.id), act, context, words)


def note_loaner(session: Session, loaner_id: int, act: LoanAct, context: Context, words: str = "") -> None:
    """Add a line about what the shop did with a loaner itself."""
    _add(session, (loaner_id, None), act, context, words)


def _add(session: Session, what: tuple[int, int | None], act: LoanAct, context: Context, words: str) -> None:
    loaner_id, loan_id = what
    line = {
        "store_id": context.store.id,
        "loaner_id": loaner_id,
        "loan_id": loan_id,
        "at": context.now(),
        "staff_id": context.actor.staff_id,
        "act": act.value,
        "note": clean_line(words)[:_LONGEST],
    }
    append(session, LoanEvent, line)
