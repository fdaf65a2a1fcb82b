"""Figures about callbacks and members (domain rule 4)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from crmdesk.core import figures as pure
from crmdesk.core.care import TALKED, Channel
from crmdesk.core.clock import start_of_day
from crmdesk.core.members import MemberState, TouchpointState
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.member import Member, Touchpoint
from crmdesk.models.purchase import Purchase
from crmdesk.queries.birthday_recall import birthday_recall
from crmdesk.queries.credited_sales import credited_sales
from crmdesk.queries.figure_members import IS_SALE, no_members, on_file
from crmdesk.queries.period_calls import due_in
from crmdesk.queries.report_span import Span
from crmdesk.queries.walk_ins import walk_ins

_WECHAT = (Channel.WECHAT, Channel.WECOM)
_LOST = (TouchpointState.BLOCKED, TouchpointState.DELETED)


@dataclass(frozen=True, slots=True)
class CareFigures:
    """Callbacks whose window begins in the period, and members; shares 0 to 1, None where nothing was counted.

    Attributes:
        callbacks: all but those that were called off.
        attempted: tried at least once.
        reach: talked ÷ attempted.
        overdue: not attempted inside the window, once it has passed.
        credited_fen: purchases within 14 days after an effective contact, each credited to the latest one.
        members: member files on the last day.
        new_members: files opened in the period.
        ever_bought: members with a sale by the last day.
        lost: of those, without a sale in the last 365 days.
        file_rate: new files ÷ walk-ins counted.
        add_rate: new WeChat contacts ÷ walk-ins counted.
        new_contacts: WeChat contacts added in the period that still work.
        birthday_recall: reached about their birthday and bought in its month ÷ reached about it.
        follower_loss: blocked or deleted in the period ÷ contacts that worked at its beginning.
    """

    callbacks: int
    attempted: int
    reach: float | None
    overdue: int
    credited_fen: int
    members: int
    new_members: int
    ever_bought: int
    lost: int
    file_rate: float | None
    add_rate: float | None
    new_contacts: int
    birthday_recall: float | None
    follower_loss: float | None


@dataclass(frozen=True, slots=True)
class Followers:
    """Contacts besides the phone: those that worked when the period began, and what became of them in it."""

    at_start: int
    blocked: int
    deleted: int
    new_wechat: int


def care_figures(session: Session, span: Span) -> CareFigures:
    """Compute the care figures of a period; shares of walk-ins stay empty where nobody counted them."""
    callbacks, attempted, talked, overdue = _calls(session, span)
    ever_bought, lost = _bought_and_lost(session, span.last)
    followers, recall = followers_of(session, span), birthday_recall(session, span)
    new_members, came = _new_members(session, span), walk_ins(session, span.first, span.last)
    return CareFigures(
        callbacks=callbacks,
        attempted=attempted,
        reach=pure.callback_reach(talked, attempted),
        overdue=overdue + _tried_too_late(session, span),
        credited_fen=sum(credited_sales(session, span).values()),
        members=session.execute(select(func.count()).select_from(Member).where(on_file(span.last))).scalar_one(),
        new_members=new_members,
        ever_bought=ever_bought,
        lost=lost,
        file_rate=pure.file_rate(new_members, came) if came is not None else None,
        add_rate=pure.add_rate(followers.new_wechat, came) if came is not None else None,
        new_contacts=followers.new_wechat,
        birthday_recall=pure.birthday_recall(recall.bought, recall.reached),
        follower_loss=pure.follower_loss(followers.blocked, followers.deleted, followers.at_start),
    )


def _calls(session: Session, span: Span) -> tuple[int, int, int, int]:
    """Count callbacks, those that were tried, those that led to a talk, and those whose window passed untried."""
    tried = Callback.attempts > 0
    passed = Callback.due_until < start_of_day(span.last, span.zone)
    counts = select(
        func.count(),
        _number_of(tried),
        _number_of(tried & Callback.outcome.in_(sorted(TALKED))),
        _number_of(~tried & passed),
    )
    found = session.execute(counts.where(*due_in(span))).one()
    return found[0], int(found[1] or 0), int(found[2] or 0), int(found[3] or 0)


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _tried_too_late(session: Session, span: Span) -> int:
    """Count what was tried for the first time after its window; days are compared, so moments only narrow it down."""
    first_try = func.coalesce(func.min(Contact.at), Callback.done_at)
    found = session.execute(
        select(Callback.due_until, first_try)
        .outerjoin(Contact, Contact.callback_id == Callback.id)
        .where(*due_in(span), Callback.attempts > 0)
        .group_by(Callback.id, Callback.due_until, Callback.done_at)
        .having(or_(first_try.is_(None), first_try > Callback.due_until))
    )
    return sum(pure.is_overdue(span.day(until) or span.last, span.day(at), span.last) for until, at in found)


def _new_members(session: Session, span: Span) -> int:
    joined = Member.joined_on.between(span.first, span.last)
    counted = select(func.count()).select_from(Member).where(Member.state == MemberState.ACTIVE, joined)
    return session.execute(counted).scalar_one()


def _bought_and_lost(session: Session, as_of: date) -> tuple[int, int]:
    last_days = (
        select(Purchase.member_id, func.max(Purchase.day).label("last_day"))
        .where(Purchase.member_id.is_not(None), IS_SALE, Purchase.day <= as_of)
        .group_by(Purchase.member_id)
        .subquery()
    )
    lost = last_days.c.last_day < as_of - timedelta(days=pure.LOST_AFTER_DAYS)
    counted = select(func.count(), _number_of(lost)).where(last_days.c.member_id.not_in(no_members()))
    found = session.execute(counted).one()
    return found[0], int(found[1] or 0)


def followers_of(session: Session, span: Span) -> Followers:
    """Count contacts besides the phone; a contact's day is the one since which it has been as it is."""
    before = Touchpoint.since.is_(None) | (Touchpoint.since < span.first)
    inside = Touchpoint.since.between(span.first, span.last)
    works = Touchpoint.state == TouchpointState.ACTIVE
    lost_since = Touchpoint.state.in_(_LOST) & (Touchpoint.since >= span.first)
    counted = select(
        _number_of((works & before) | lost_since),
        _number_of(inside & (Touchpoint.state == TouchpointState.BLOCKED)),
        _number_of(inside & (Touchpoint.state == TouchpointState.DELETED)),
        _number_of(inside & works & Touchpoint.channel.in_(_WECHAT)),
    ).where(Touchpoint.member_id.not_in(no_members()))
    return Followers(*(int(one or 0) for one in session.execute(counted).one()))
