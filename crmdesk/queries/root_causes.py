"""A store's root-cause tree, and how often each cause was found."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.cause_tree import Cause, CauseBook, OwnCause, book_of
from crmdesk.core.context import Context
from crmdesk.core.tickets import RootCause
from crmdesk.models.complaint import Complaint
from crmdesk.models.root_cause import CauseNode


@dataclass(frozen=True, slots=True)
class CauseTree:
    """The tree with the number of complaints by cause; the empty code counts those with a category alone."""

    book: CauseBook
    counts: dict[tuple[RootCause, str], int]

    def used(self, cause: Cause) -> int:
        """Tell how many complaints name the cause, in whatever category it stood then."""
        return sum(count for (_category, code), count in self.counts.items() if code == cause.code)

    def of_category(self, category: RootCause) -> int:
        """Tell how many complaints were found in a category."""
        return sum(count for (known, _code), count in self.counts.items() if known is category)


def cause_book(session: Session, store_id: int) -> CauseBook:
    """Give a store's tree."""
    rows = session.scalars(
        select(CauseNode).where(CauseNode.store_id == store_id).order_by(CauseNode.ordinal, CauseNode.id)
    )
    return book_of(OwnCause(row.code, row.category, row.name, row.active, row.place) for row in rows)


def cause_tree(session: Session, context: Context) -> CauseTree:
    """Give the tree of the context's store with its counts."""
    found = session.execute(
        select(Complaint.root_cause, Complaint.cause_code, func.count())
        .where(Complaint.store_id == context.store.id, Complaint.root_cause.is_not(None))
        .group_by(Complaint.root_cause, Complaint.cause_code)
    )
    counts = {(category, code): count for category, code, count in found if category is not None}
    return CauseTree(cause_book(session, context.store.id), counts)
