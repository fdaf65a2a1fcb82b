"""Points that have expired go out of the ledger: a part of the day's first work."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.topics import Topic
from crmdesk.models.ledger import LedgerBalance
from crmdesk.services.ledger import expire

# So many members in one write, so that nobody at the desk waits for it; whoever calls goes on until none is left.
AT_ONCE: Final = 25


def expire_points(session: Session, context: Context) -> Outcome[int]:
    """Take out what has expired of some members; gives of how many, `AT_ONCE` at the most.

    Each line names the last day; it stands in the member's time line. At two desks nothing is done twice.
    """
    due = (
        select(LedgerBalance.member_id, LedgerBalance.kind)
        .where(LedgerBalance.next_expiry < context.today())
        .order_by(LedgerBalance.next_expiry, LedgerBalance.member_id)
        .limit(AT_ONCE)
    )
    found = session.execute(due).all()
    for member_id, kind in found:
        expire(session, member_id, kind, context)
    return Outcome(len(found), frozenset({Topic.MEMBERS}) if found else frozenset())
