"""What puts callbacks on the list by itself: a purchase (3-3-15), and the cadence of each care class (C2, C4)."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, CareClass, Channel
from crmdesk.core.context import Context
from crmdesk.core.members import MemberState
from crmdesk.core.outcome import Outcome
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_care import (
    AFTER_PURCHASE_FIRST_DAYS,
    AFTER_PURCHASE_HOURS,
    AFTER_PURCHASE_SECOND_DAYS,
    CADENCE_IMPORTANT,
    CADENCE_KEY,
    CADENCE_ORDINARY,
)
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.models.store import Counter
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, plan

# So many cadence calls are put on one day's list; the rest wait for the next day.
CADENCE_PER_DAY = 30
_SERIES = "care-day"
_DAYS_A_MONTH = 30
_WINDOW = timedelta(days=2)
_LAST_STEP = 2


def after_purchase(session: Session, purchase: Purchase, context: Context, *, step: int = 0) -> Callback | None:
    """Plan the next call after a purchase: congratulation, how it wears, matching piece (3 hours, 3 days, 15 days).

    Gives None when the plan is through, the purchase has no member, or it lies too far back to congratulate.
    """
    if purchase.member_id is None or step > _LAST_STEP:
        return None
    opens = context.now() + _offset(step, store_settings(session, context.store.id))
    wanted = PlanCallback(
        member_id=purchase.member_id,
        reason=CallbackReason.AFTER_PURCHASE,
        due_from=opens,
        due_until=opens + _WINDOW,
        owner_id=purchase.guide_id,
        purchase_id=purchase.id,
        subject=purchase.lines[0].name if purchase.lines else "",
        channel=Channel.WECHAT if step == 0 else Channel.PHONE,
        step=step,
    )
    return plan(session, wanted, context)


def _offset(step: int, settings: SettingValues) -> timedelta:
    if step == 0:
        return timedelta(hours=settings.get(AFTER_PURCHASE_HOURS))
    first = settings.get(AFTER_PURCHASE_FIRST_DAYS)
    return timedelta(days=first if step == 1 else settings.get(AFTER_PURCHASE_SECOND_DAYS) - first)


def begin_day(session: Session, context: Context) -> Outcome[int]:
    """Put the day's cadence calls on the list, once a day and store; gives how many were added."""
    today = int(f"{context.today():%Y%m%d}")
    counter = session.execute(
        select(Counter).where(Counter.store_id == context.store.id, Counter.series == _SERIES)
    ).scalar_one_or_none()
    if counter is not None and counter.value >= today:
        return Outcome(0)
    if counter is None:
        session.add(Counter(store_id=context.store.id, series=_SERIES, value=today))
    else:
        counter.value = today
    found = session.execute(
        select(Member.id, Member.guide_id)
        .where(*_due(session, context))
        .order_by(Member.last_contact_at, Member.id)
        .limit(CADENCE_PER_DAY)
    ).all()
    for member_id, guide_id in found:
        wanted = PlanCallback(
            member_id=member_id,
            reason=CallbackReason.CADENCE,
            due_from=context.now(),
            due_until=context.now() + timedelta(days=7),
            owner_id=guide_id,
        )
        plan(session, wanted, context)
    return Outcome(len(found), frozenset({Topic.CALLBACKS}))


def _due(session: Session, context: Context) -> list[ColumnElement[bool]]:
    settings = store_settings(session, context.store.id)
    months = {
        CareClass.KEY: settings.get(CADENCE_KEY),
        CareClass.IMPORTANT: settings.get(CADENCE_IMPORTANT),
        CareClass.ORDINARY: settings.get(CADENCE_ORDINARY),
    }
    waiting = exists().where(Callback.member_id == Member.id, Callback.state == CallbackState.DUE)
    return [
        Member.store_id == context.store.id,
        Member.state == MemberState.ACTIVE,
        Member.do_not_contact.is_(False),
        ~waiting,
        or_(*(and_(Member.care_class == care, _silent(context.now(), month)) for care, month in months.items())),
    ]


def _silent(now: datetime, months: int) -> ColumnElement[bool]:
    since = now - timedelta(days=_DAYS_A_MONTH * months)
    never = and_(Member.last_contact_at.is_(None), Member.joined_on <= since.date())
    return or_(Member.last_contact_at <= since, never)
