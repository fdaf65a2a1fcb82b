"""The labels of loaners."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.paper_facts.loan import LoanerLabel, LoanerLabelFacts
from crmdesk.models.loaner import Loaner


def labels(session: Session, keys: Sequence[int], context: Context) -> LoanerLabelFacts:
    """Give the labels of the loaners with these keys, by code."""
    found = session.scalars(
        select(Loaner).where(Loaner.store_id == context.store.id, Loaner.id.in_(keys)).order_by(Loaner.code)
    )
    made = tuple(
        LoanerLabel(one.code, one.name, "  ".join(filter(None, (one.brand, one.colour, one.size))), one.shelf)
        for one in found
    )
    number = made[0].code if len(made) == 1 else f"{made[0].code}+{len(made) - 1}" if made else ""
    return LoanerLabelFacts(number, context.store.name, made)
