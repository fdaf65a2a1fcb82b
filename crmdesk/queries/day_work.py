"""What the first work of a day is about: calls after a purchase that came too late, members nobody spoke to for long.

Only read, and apart from what is then written: with a million members the search takes seconds, and a write that
went on for so long would keep every other desk from saving.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from crmdesk.core.care import CallbackReason, CallbackState
from crmdesk.core.context import Context
from crmdesk.core.members import MemberState
from crmdesk.core.purchase_plan import last_day
from crmdesk.models.callback import Callback
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.queries.call_situation import cadence, purchase_plan
from crmdesk.queries.contact_facts import has_phone, latest_consent
from crmdesk.queries.settings import store_settings

# So many cadence calls are put on one day's list; the rest wait for the next day.
CADENCE_PER_DAY: Final = 30
OPEN: Final = (CallbackState.DUE, CallbackState.HELD_BACK)
WINDOW: Final = timedelta(days=2)
_MONTH: Final = timedelta(days=30)
_NOT_ACTIVE: Final = [state for state in MemberState if state is not MemberState.ACTIVE]
# So many of the longest silent are looked at closely; when too few of them can be called, so many times more.
_FIRST_LOOK: Final = 500
_MORE: Final = 40
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class SilentMember:
    """Somebody who is to be called because nobody spoke to her for long."""

    member_id: int
    guide_id: int | None


@dataclass(frozen=True, slots=True)
class DayWork:
    """What is to be written on the day.

    Attributes:
        late: keys of calls after a purchase whose time has passed.
        silent: whom to call, longest silent first; not more than a day has room for.
    """

    late: tuple[int, ...] = ()
    silent: tuple[SilentMember, ...] = ()


def day_work(session: Session, context: Context) -> DayWork:
    """Find what the day begins with."""
    return DayWork(tuple(late_steps(session, context)), tuple(silent_members(session, context)))


def late_steps(session: Session, context: Context) -> list[int]:
    """Give the open calls after a purchase that nobody made in time.

    Congratulating when it is time to ask how it wears would be odd; the last step is given up after two weeks.
    """
    waits, today = purchase_plan(store_settings(session, context.store.id)), context.today()
    found = session.execute(
        select(Callback.id, Callback.step, Purchase.day)
        .join(Purchase, Purchase.id == Callback.purchase_id)
        .where(
            Callback.store_id == context.store.id,
            Callback.state == CallbackState.DUE,
            Callback.reason == CallbackReason.AFTER_PURCHASE,
            Callback.due_until < context.now(),
            Callback.due_from < context.now() - WINDOW,  # one that is tried again has its time too
        )
        .order_by(Callback.id)
    )
    return [row.id for row in found if today >= last_day(waits, row.step, row.day)]


def is_late(callback: Callback, context: Context) -> bool:
    """Tell whether nobody has made the call since `late_steps` found it."""
    late = callback.due_until < context.now() and callback.due_from < context.now() - WINDOW
    return late and callback.state is CallbackState.DUE


def still_callable(session: Session, keys: Sequence[int], context: Context) -> set[int]:
    """Give those of a few members who may be called at this moment."""
    active = (Member.state == MemberState.ACTIVE, Member.do_not_contact.is_(False))
    return set(session.scalars(select(Member.id).where(Member.id.in_(keys), *active, *_callable(context))))


def silent_members(session: Session, context: Context) -> list[SilentMember]:
    """Give those whom the cadence of their care class asks to call, longest silent first."""
    callable_now = _callable(context)
    found: list[SilentMember] = []
    for keys in _longest_silent(session, context):
        wanted = select(Member.id, Member.guide_id).where(Member.id.in_(keys), *callable_now)
        fitting = {row.id: SilentMember(row.id, row.guide_id) for row in session.execute(wanted)}
        found += [fitting[key] for key in keys if key in fitting]
        if len(found) >= CADENCE_PER_DAY:
            break
    return found[:CADENCE_PER_DAY]


def _longest_silent(session: Session, context: Context) -> Iterator[Sequence[int]]:
    """Give keys of silent members by blocks, longest silent first.

    One walk through the members finds the first of them without sorting all; only when those are used up it is
    walked again for many more.
    """
    months = cadence(store_settings(session, context.store.id))
    of_class = (and_(Member.care_class == care, _silent(context.now(), month)) for care, month in months.items())
    wanted = (
        select(Member.id)
        .where(
            # Nearly all members are active and of this store: by either index every row would be looked up singly.
            Member.store_id + 0 == context.store.id,
            Member.state.not_in(_NOT_ACTIVE),
            Member.do_not_contact.is_(False),
            or_(*of_class),
        )
        .order_by(Member.last_contact_at.nulls_first(), Member.id)
    )
    looked, most = 0, _FIRST_LOOK
    while looked < most:
        keys = session.scalars(wanted.limit(most)).all()
        for begin in range(looked, len(keys), _AT_ONCE):
            yield keys[begin : begin + _AT_ONCE]
        looked, most = (len(keys), most * _MORE) if len(keys) == most else (most, most)


def _callable(context: Context) -> list[ColumnElement[bool]]:
    """Give what else must hold for a member to be called; each asks another table."""
    waiting = exists().where(Callback.member_id == Member.id, Callback.state.in_(OPEN))
    return [has_phone(), latest_consent().is_not(False), ~waiting, ~_asked_since(context.now() - _MONTH)]


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
