"""What a member is worth, as shown on the page: scores, life cycle, silence, and what to do next."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.figures import items_per_ticket
from crmdesk.core.member_words import IntentState, LifeCycle
from crmdesk.core.members import LedgerKind
from crmdesk.core.next_best import Soon
from crmdesk.core.settings_care import INTENT_DAYS, SILENT_DAYS
from crmdesk.core.settings_ledger import POINTS_WARN_DAYS
from crmdesk.models.ledger import LedgerBalance
from crmdesk.models.purchase import Purchase
from crmdesk.models.score import DirtyMember, Intent, MemberScore, ScoreScale
from crmdesk.queries.figure_members import IS_SALE
from crmdesk.queries.settings import store_settings


@dataclass(frozen=True, slots=True)
class ValueShown:
    """Scores of one member.

    Attributes:
        cycle: where she stands; without a purchase that counts she bought nothing.
        recency, frequency, monetary: quintiles, 5 is best; None without a score.
        as_of: the day of the scale; None before the first time.
        renewing: she bought since, and the score follows in a moment.
        per_receipt: pieces sold ÷ receipts with sales; None without any.
        points_end: the day on which points expire next.
        wanted_since: the day of the oldest wish that is open.
        bought_like: something like a wish was bought since.
        soon: the store's lengths for what to do next.
    """

    cycle: LifeCycle
    recency: int | None
    frequency: int | None
    monetary: int | None
    as_of: date | None
    renewing: bool
    per_receipt: float | None
    points_end: date | None
    wanted_since: date | None
    bought_like: bool
    soon: Soon


def member_value(session: Session, member_id: int, context: Context) -> ValueShown:
    """Give what a member's page says about her value."""
    score = session.get(MemberScore, member_id)
    values = store_settings(session, context.store.id)
    wished = session.execute(
        select(func.min(Intent.day), func.count(Intent.purchase_id)).where(
            Intent.member_id == member_id, Intent.state == IntentState.OPEN
        )
    ).one()
    points = LedgerBalance.member_id == member_id, LedgerBalance.kind == LedgerKind.POINTS, LedgerBalance.amount > 0
    return ValueShown(
        cycle=score.cycle if score else LifeCycle.NO_PURCHASE,
        recency=score.recency if score else None,
        frequency=score.frequency if score else None,
        monetary=score.monetary if score else None,
        as_of=session.scalar(select(ScoreScale.as_of).where(ScoreScale.store_id == context.store.id)),
        renewing=session.get(DirtyMember, member_id) is not None,
        per_receipt=_per_receipt(session, member_id),
        points_end=session.scalar(select(LedgerBalance.next_expiry).where(*points)),
        wanted_since=wished[0],
        bought_like=bool(wished[1]),
        soon=Soon(points=values.get(POINTS_WARN_DAYS), intent=values.get(INTENT_DAYS), silent=values.get(SILENT_DAYS)),
    )


def _per_receipt(session: Session, member_id: int) -> float | None:
    pieces, receipts = session.execute(
        select(func.sum(Purchase.pieces), func.count()).where(Purchase.member_id == member_id, IS_SALE)
    ).one()
    return items_per_ticket(int(pieces or 0), receipts)
