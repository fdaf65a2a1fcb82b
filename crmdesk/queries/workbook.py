"""Everything for the owner's workbook of one period (capability R1)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.members import CardTier
from crmdesk.core.roles import Right
from crmdesk.core.workbook_facts import OutsideCounts, OwnerWorkbookFacts
from crmdesk.models.store import Store
from crmdesk.queries.birthday_recall import birthday_recall
from crmdesk.queries.figures_care import followers_of
from crmdesk.queries.figures_sales import net_of_last_year
from crmdesk.queries.report_span import Span, span_of
from crmdesk.queries.walk_ins import walk_ins
from crmdesk.queries.workbook_calls import callback_lines
from crmdesk.queries.workbook_cases import complaint_lines, return_lines
from crmdesk.queries.workbook_loaners import loan_lines, loaner_lines
from crmdesk.queries.workbook_members import member_lines, purchase_lines
from crmdesk.queries.workbook_repairs import repair_lines


def owner_facts(session: Session, first: date, last: date, context: Context) -> OwnerWorkbookFacts:
    """Gather the workbook of ``first`` to ``last`` (both included); read completely before the session ends.

    Raises:
        NotAllowedError: the person may not export.
    """
    context.require(Right.EXPORT)
    span = span_of(first, last, context)
    return OwnerWorkbookFacts(
        business=context.store.name,
        first=first,
        last=last,
        as_of=span.last,
        made_at=context.now(),
        stores=tuple(session.scalars(select(Store.name).order_by(Store.code))),
        repairs=tuple(repair_lines(session, span)),
        complaints=tuple(complaint_lines(session, span)),
        returns=tuple(return_lines(session, span)),
        loaners=tuple(loaner_lines(session, span)),
        loans=tuple(loan_lines(session, span)),
        callbacks=tuple(callback_lines(session, span)),
        members=tuple(member_lines(session, span)),
        purchases=tuple(purchase_lines(session, span)),
        levels=tuple(tier.value for tier in CardTier),
        outside=_outside(session, span),
        made_by=context.actor.name,
        zone=context.store.zone,
    )


def _outside(session: Session, span: Span) -> OutsideCounts:
    """Give what no sheet holds."""
    followers, recall = followers_of(session, span), birthday_recall(session, span)
    return OutsideCounts(
        walk_ins=walk_ins(session, span.first, span.last),
        new_contacts=followers.new_wechat,
        birthday_reached=recall.reached,
        birthday_bought=recall.bought,
        followers_at_start=followers.at_start,
        followers_blocked=followers.blocked,
        followers_deleted=followers.deleted,
        net_sales_year_before_fen=net_of_last_year(session, span),
    )
