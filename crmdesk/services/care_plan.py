"""What puts callbacks on the list by itself: a purchase (3-3-15), and the cadence of each care class (C2, C4)."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState, Channel
from crmdesk.core.context import Context
from crmdesk.core.members import MemberState
from crmdesk.core.outcome import Outcome
from crmdesk.core.purchase_plan import LAST_STEP, last_day, opens_at
from crmdesk.core.topics import Topic
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.models.store import Counter
from crmdesk.queries.call_situation import cadence, purchase_plan
from crmdesk.queries.contact_facts import has_phone, latest_consent, limits_of
from crmdesk.queries.settings import store_settings
from crmdesk.services.callback_plan import PlanCallback, plan

# So many cadence calls are put on one day's list; the rest wait for the next day.
CADENCE_PER_DAY = 30
_SERIES = "care-day"
_MONTH = timedelta(days=30)
_WINDOW = timedelta(days=2)
_CADENCE_WINDOW = timedelta(days=7)
_OPEN = (CallbackState.DUE, CallbackState.HELD_BACK)


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
        due_until=opens + _WINDOW,
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
            Callback.state.in_(_OPEN),
            Callback.reason == CallbackReason.AFTER_PURCHASE,
            Callback.purchase_id != purchase_id,
        )
    )
    for callback in older:
        callback.state, callback.done_at = CallbackState.CANCELLED, context.now()


def begin_day(session: Session, context: Context) -> Outcome[int]:
    """Put the day's cadence calls on the list and let go of steps that came too late, once a day and store.

    Gives how many calls were added.
    """
    if not _is_first_today(session, context):
        return Outcome(0)
    lapsed = _let_go_of_late_steps(session, context)
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
            due_until=context.now() + _CADENCE_WINDOW,
            owner_id=guide_id,
        )
        plan(session, wanted, context)
    return Outcome(len(found), frozenset({Topic.CALLBACKS}) if found or lapsed else frozenset())


def _let_go_of_late_steps(session: Session, context: Context) -> int:
    """Give up steps after a purchase that nobody took in time, and plan the step whose turn it is instead.

    Congratulating when it is time to ask how it wears would be odd; the last step is given up after two weeks.
    """
    waits = purchase_plan(store_settings(session, context.store.id))
    late = session.execute(
        select(Callback, Purchase)
        .join(Purchase, Purchase.id == Callback.purchase_id)
        .where(
            Callback.store_id == context.store.id,
            Callback.state == CallbackState.DUE,
            Callback.reason == CallbackReason.AFTER_PURCHASE,
            Callback.due_until < context.now(),
            Callback.due_from < context.now() - _WINDOW,  # one that is tried again has its time too
        )
    ).all()
    today = context.today()
    gone = [(callback, bought) for callback, bought in late if today >= last_day(waits, callback.step, bought.day)]
    for callback, bought in gone:
        callback.state, callback.done_at = CallbackState.GIVEN_UP, context.now()
        session.flush()
        following = callback.step + 1
        while following <= LAST_STEP and today >= last_day(waits, following, bought.day):
            following += 1
        after_purchase(session, bought, context, step=following)
    return len(gone)


def _is_first_today(session: Session, context: Context) -> bool:
    today = int(f"{context.today():%Y%m%d}")
    counter = session.execute(
        select(Counter).where(Counter.store_id == context.store.id, Counter.series == _SERIES)
    ).scalar_one_or_none()
    if counter is not None and counter.value >= today:
        return False
    if counter is None:
        session.add(Counter(store_id=context.store.id, series=_SERIES, value=today))
    else:
        counter.value = today
    return True


def _due(session: Session, context: Context) -> list[ColumnElement[bool]]:
    months = cadence(store_settings(session, context.store.id))
    waiting = exists().where(Callback.member_id == Member.id, Callback.state.in_(_OPEN))
    return [
        Member.store_id == context.store.id,
        Member.state == MemberState.ACTIVE,
        or_(*(and_(Member.care_class == care, _silent(context.now(), month)) for care, month in months.items())),
        Member.do_not_contact.is_(False),
        has_phone(),
        latest_consent().is_not(False),
        ~waiting,
        ~_asked_since(context.now() - _MONTH),
    ]


def _silent(now: datetime, months: int) -> ColumnElement[bool]:
    since = now - _MONTH * months
    never = and_(Member.last_contact_at.is_(None), Member.joined_on <= since.date())
    return or_(Member.last_contact_at <= since, never)


def _asked_since(moment: datetime) -> ColumnElement[bool]:
    """Tell whether a cadence call ended without a talk a short while ago: refused or given up is not asked again."""
    return exists().where(
        Callback.member_id == Member.id,
        Callback.reason == CallbackReason.CADENCE,
        Callback.done_at > moment,
    )
