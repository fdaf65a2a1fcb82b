"""Levels: worked out by rule after purchases and each day, set by hand with a reason; each change is kept."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError, ReasonMissingError, StaleError
from crmdesk.core.ids import new_id
from crmdesk.core.levels import Held, LevelRule, judge, rank, rule_of, taken_over_until
from crmdesk.core.member_words import LevelReason
from crmdesk.core.members import CardTier, MemberState
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.db.rows import append
from crmdesk.models.level import LevelChange
from crmdesk.models.member import Member
from crmdesk.queries.level_figures import changing, figures
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit

# So many in one write, so that nobody at the desk waits for it.
AT_ONCE: Final = 100
_CHANGED: Final = frozenset({Topic.MEMBERS, Topic.CARDS})
_NOTE: Final = 120


@dataclass(frozen=True, slots=True)
class SetLevel:
    """A level by hand; it stays until it is released."""

    member_id: int
    seen_version: int
    tier: CardTier
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseLevel:
    """A level set by hand follows the rule again."""

    member_id: int
    seen_version: int


def renew(session: Session, member_ids: Collection[int], context: Context) -> int:
    """Work the levels of some members out by the rule; gives how many changed."""
    rule = rule_of(store_settings(session, context.store.id))
    session.flush()
    return sum(_renew(session, keys, rule, context) for keys in _pieces(list(dict.fromkeys(member_ids))))


def renew_moved(session: Session, member_ids: Collection[int], context: Context) -> int:
    """Work out the levels of those of very many members whom the rule moves; gives how many changed."""
    rule, moved = rule_of(store_settings(session, context.store.id)), 0
    session.flush()
    for keys in _pieces(list(dict.fromkeys(member_ids))):
        found = session.execute(changing(rule, context.today(), keys)).scalars().all()
        moved += _renew(session, found, rule, context) if found else 0
    return moved


def renew_part(session: Session, member_ids: Sequence[int], context: Context) -> Outcome[int]:
    """Work out a part of the day's list, in a write of its own; gives how many changed."""
    changed = renew(session, member_ids, context)
    return Outcome(changed, _CHANGED if changed else frozenset())


def set_by_hand(session: Session, request: SetLevel, context: Context) -> Outcome[CardTier]:
    """Give somebody a level by hand, which then stays.

    Raises:
        NotAllowedError: the person does not change members.
        ReasonMissingError: no reason.
        StaleError: somebody changed the member meanwhile.
    """
    context.require(Right.EDIT_MEMBERS)
    reason = clean_line(request.reason)[:_NOTE]
    if not reason:
        raise ReasonMissingError("level.set")
    member = _load(session, request.member_id, request.seen_version)
    fix(session, member, request.tier, reason, context)
    session.flush()
    detail = {"level": member.tier.value, "reason": reason}
    audit.record(session, context, "level.set", (EntityKind.MEMBER, member.id), detail)
    return Outcome(member.tier, _CHANGED)


def fix(session: Session, member: Member, tier: CardTier, reason: str, context: Context) -> None:
    """Set a level that stays, inside another step."""
    _change(session, member, Held(tier, fixed=True), LevelReason.BY_HAND, reason, context)
    member.tier_fixed = True


def release(session: Session, request: ReleaseLevel, context: Context) -> Outcome[CardTier]:
    """Let the rule decide again; the grace begins today where the level is higher than it would be.

    Raises:
        NotAllowedError: the person does not change members.
        StaleError: somebody changed the member meanwhile.
    """
    context.require(Right.EDIT_MEMBERS)
    member = _load(session, request.member_id, request.seen_version)
    member.tier_fixed = False
    session.flush()
    renew(session, [member.id], context)
    audit.record(session, context, "level.release", (EntityKind.MEMBER, member.id), {"level": member.tier.value})
    return Outcome(member.tier, _CHANGED)


def taken_over(session: Session, member: Member, before: CardTier, context: Context) -> None:
    """Note a level that an import brought; it is kept for a whole period, whose purchases nobody knows yet."""
    rule = rule_of(store_settings(session, context.store.id))
    member.tier_since, member.tier_until = context.today(), taken_over_until(rule, context.today())
    session.flush()
    append(session, LevelChange, change_row(member.id, (before, member.tier), LevelReason.IMPORTED, "", context))


def change_row(
    member_id: int, moved: tuple[CardTier, CardTier], reason: LevelReason, note: str, context: Context
) -> dict[str, object]:
    """Give the row of a change from one level to another, without figures."""
    return {
        "id": new_id(),
        "store_id": context.store.id,
        "member_id": member_id,
        "at": context.now(),
        "staff_id": context.actor.staff_id,
        "before": moved[0],
        "after": moved[1],
        "reason": reason,
        "spend": Money(0),
        "purchases": 0,
        "period_from": None,
        "note": note,
    }


def _renew(session: Session, keys: Sequence[int], rule: LevelRule, context: Context) -> int:
    today = context.today()
    found = figures(session, keys, rule, today)
    wanted = select(Member).where(Member.id.in_(keys), Member.state == MemberState.ACTIVE)
    rows = []
    for member in session.scalars(wanted):
        spend, purchases = found.get(member.id, (Money(0), 0))
        held = Held(member.tier, member.tier_fixed, member.tier_since, member.tier_until)
        now = judge(held, rule.figure(spend.fen, purchases), rule, today)
        if now.tier is not held.tier:
            up = rank(now.tier) > rank(held.tier)
            reason = LevelReason.REACHED if up else LevelReason.LOWERED
            row = change_row(member.id, (held.tier, now.tier), reason, "", context)
            rows.append(row | {"spend": spend, "purchases": purchases, "period_from": rule.period_from(today)})
        _take(member, now)
    append(session, LevelChange, *rows)
    return len(rows)


def _take(member: Member, now: Held) -> None:
    """Take a level over; what stays the same is not written."""
    for name, value in (("tier", now.tier), ("tier_since", now.since), ("tier_until", now.until)):
        if getattr(member, name) != value:
            setattr(member, name, value)


def _change(session: Session, member: Member, now: Held, reason: LevelReason, note: str, context: Context) -> None:
    rule = rule_of(store_settings(session, context.store.id))
    session.flush()
    spend, purchases = figures(session, [member.id], rule, context.today()).get(member.id, (Money(0), 0))
    row = change_row(member.id, (member.tier, now.tier), reason, note, context)
    facts = {"spend": spend, "purchases": purchases, "period_from": rule.period_from(context.today())}
    append(session, LevelChange, row | facts)
    _take(member, Held(now.tier, now.fixed, context.today()))


def _load(session: Session, member_id: int, seen_version: int) -> Member:
    member = session.get(Member, member_id)
    if member is None or member.state in (MemberState.MERGED, MemberState.ERASED):
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    if member.version != seen_version:
        raise StaleError(EntityKind.MEMBER, member.id, seen_version, member.version)
    return member


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
