"""What a purchase puts on the list by itself: three calls, each a while after the other (C4, 3-3-15)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, Channel
from crmdesk.core.context import Context
from crmdesk.core.purchase_plan import LAST_STEP, opens_at
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.queries.call_situation import purchase_plan
from crmdesk.queries.contact_facts import limits_of
from crmdesk.queries.day_work import OPEN, WINDOW
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, plan


def after_purchase(session: Session, purchase: Purchase, context: Context, *, step: int = 0) -> Callback | None:
    """Plan the next call after a purchase: congratulation, how it wears, matching piece (3 hours, 3 days, 15 days).

    Gives None when the plan is through, the purchase has no member, or she does not want to be contacted.
    """
    member = session.get(Member, purchase.member_id) if purchase.member_id is not None else None
    if member is None or member.do_not_contact or step > LAST_STEP:
        return None
    if step == 0:
        _let_go_of_older(session, member.id, purchase.id, context)
    waits = purchase_plan(store_settings(session, context.store.id))
    surroundings = (context.now(), context.store.zone, limits_of(session, context))
    opens = opens_at(waits, step, purchase.day, surroundings)
    wanted = PlanCallback(
        member_id=member.id,
        reason=CallbackReason.AFTER_PURCHASE,
        due_from=opens,
        due_until=opens + WINDOW,
        owner_id=purchase.guide_id or member.guide_id,
        purchase_id=purchase.id,
        subject=purchase.lines[0].name if purchase.lines else "",
        channel=Channel.WECHAT if step == 0 else Channel.PHONE,
        step=step,
    )
    return plan(session, wanted, context)


def _let_go_of_older(session: Session, member_id: int, purchase_id: int, context: Context) -> None:
    """End the plan of an earlier purchase: one conversation with a member is enough, and it is about the new piece."""
    older = session.scalars(
        select(Callback).where(
            Callback.member_id == member_id,
            Callback.state.in_(OPEN),
            Callback.reason == CallbackReason.AFTER_PURCHASE,
            Callback.purchase_id != purchase_id,
        )
    )
    for callback in older:
        callback.state, callback.done_at = CallbackState.CANCELLED, context.now()
