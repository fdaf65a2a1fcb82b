"""Everything for the owner's workbook of one period (capability R1)."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.members import CardTier, TouchpointState
from crmdesk.core.roles import Right
from crmdesk.core.workbook_facts import OutsideCounts, OwnerWorkbookFacts
from crmdesk.models.member import Touchpoint
from crmdesk.models.purchase import Purchase
from crmdesk.models.store import Store
from crmdesk.queries import workbook_people as people
from crmdesk.queries import workbook_service as service
from crmdesk.queries.rfm import year_before
from crmdesk.queries.workbook_service import Span


def owner_facts(session: Session, first: date, last: date, context: Context) -> OwnerWorkbookFacts:
    """Gather the workbook of ``first`` to ``last`` (both included); read completely before the session ends.

    Raises:
        NotAllowedError: the person may not export.
    """
    context.require(Right.EXPORT)
    today = context.today()
    span = Span(first, last, context.store.zone, full_phones=context.may(Right.SEE_PHONES))
    return OwnerWorkbookFacts(
        business=context.store.name,
        first=first,
        last=last,
        as_of=min(last, today),
        made_at=context.now(),
        stores=tuple(session.scalars(select(Store.name).order_by(Store.code))),
        repairs=tuple(service.repair_lines(session, span)),
        complaints=tuple(service.complaint_lines(session, span)),
        returns=tuple(service.return_lines(session, span)),
        loaners=tuple(service.loaner_lines(session, span, today)),
        loans=tuple(service.loan_lines(session, span)),
        callbacks=tuple(people.callback_lines(session, span)),
        members=tuple(people.member_lines(session, span)),
        purchases=tuple(people.purchase_lines(session, span)),
        levels=tuple(tier.value for tier in CardTier),
        outside=_outside(session, span),
        made_by=context.actor.name,
        zone=context.store.zone,
    )


def _outside(session: Session, span: Span) -> OutsideCounts:
    before = session.scalar(
        select(func.sum(Purchase.net)).where(
            Purchase.day >= year_before(span.first), Purchase.day <= year_before(span.last)
        )
    )
    found = session.execute(
        select(Touchpoint.state, func.count())
        .where(Touchpoint.since.is_(None) | (Touchpoint.since <= span.last + timedelta(days=1)))
        .group_by(Touchpoint.state)
    )
    states: dict[TouchpointState, int] = dict(found.all())
    counted = sum(states.values())
    return OutsideCounts(
        followers_at_start=counted or None,
        followers_blocked=states.get(TouchpointState.BLOCKED) if counted else None,
        followers_deleted=states.get(TouchpointState.DELETED) if counted else None,
        net_sales_year_before_fen=None if before is None else before.fen,
    )


def period_of(text: str) -> tuple[date, date]:
    """Read a period: ``2026``, ``2026-11``, ``2026Q4``, or ``2026-01-01..2026-06-30``.

    Raises:
        ValueError: none of these.
    """
    plain = text.strip().upper()
    if ".." in plain:
        first, last = plain.split("..", 1)
        return date.fromisoformat(first), date.fromisoformat(last)
    if "Q" in plain:
        year, quarter = plain.split("Q", 1)
        month = 3 * int(quarter) - 2
        return date(int(year), month, 1), _month_end(int(year), month + 2)
    if "-" in plain:
        year, month_text = plain.split("-", 1)
        return date(int(year), int(month_text), 1), _month_end(int(year), int(month_text))
    return date(int(plain), 1, 1), date(int(plain), 12, 31)


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
