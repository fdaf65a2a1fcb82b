"""Why a member has the level: figures of the period, the rule, what is missing to the next one, earlier changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.levels import TIERS, LevelRule, above, missing, rank, rule_of
from crmdesk.core.member_words import LevelReason
from crmdesk.core.members import CardState, CardTier
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_ledger import LEVEL_BENEFITS
from crmdesk.core.settings_service import LOANER_DEPOSIT_PERCENT
from crmdesk.models.card import Card
from crmdesk.models.level import LevelChange
from crmdesk.models.member import Member
from crmdesk.models.staff import Staff
from crmdesk.queries.level_figures import figures, moving
from crmdesk.queries.settings import store_settings

_MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class LevelMove:
    """One change of level."""

    at: datetime
    before: CardTier
    after: CardTier
    reason: LevelReason
    spend: Money
    purchases: int
    who: str
    note: str


@dataclass(frozen=True, slots=True)
class LevelCase:
    """Everything about a member's level today.

    Attributes:
        tier: the level she has; ``fixed`` when it was set by hand.
        earned: the level that the rule would give today.
        until: end of the grace, where the period no longer carries the level.
        figure: what decides: fen, or receipts.
        above: the next level and how much is missing to it.
        benefits: of the level she has, in the store's words; ``deposit_percent`` is what loaners ask of it.
        card: number of a card in use that shows another level.
    """

    member_id: int
    version: int
    name: str
    tier: CardTier
    fixed: bool
    since: date | None
    until: date | None
    rule: LevelRule
    period_from: date
    spend: Money
    purchases: int
    figure: int
    earned: CardTier
    above: CardTier | None
    missing: int | None
    benefits: str
    deposit_percent: int
    card: str
    moves: tuple[LevelMove, ...]


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a changed rule would do: how many move from which level to which, and some of them by name."""

    up: int
    down: int
    moves: Mapping[tuple[CardTier, CardTier], int]
    sample: tuple["Moving", ...]


@dataclass(frozen=True, slots=True)
class Moving:
    """One member whose level would move."""

    id: int
    number: str
    name: str
    before: CardTier
    after: CardTier
    figure: int


def level_case(session: Session, member_id: int, context: Context) -> LevelCase:
    """Give why a member has the level.

    Raises:
        NotFoundError: no such member.
    """
    member = session.get(Member, member_id)
    if member is None:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    values, today = store_settings(session, context.store.id), context.today()
    rule = rule_of(values)
    spend, purchases = figures(session, [member_id], rule, today).get(member_id, (Money(0), 0))
    figure = rule.figure(spend.fen, purchases)
    higher = above(member.tier)
    return LevelCase(
        member_id,
        member.version,
        member.name,
        member.tier,
        member.tier_fixed,
        member.tier_since,
        member.tier_until,
        rule,
        rule.period_from(today),
        spend,
        purchases,
        figure,
        rule.earned(figure),
        higher,
        missing(figure, higher, rule) if higher is not None else None,
        values.get(LEVEL_BENEFITS[member.tier]),
        values.get(LOANER_DEPOSIT_PERCENT[member.tier]),
        _other_card(session, member),
        _moves(session, member_id),
    )


def rule_effect(session: Session, values: SettingValues, context: Context, most: int = 200) -> RuleEffect:
    """Give what the rule of ``values`` would do to the members there are; the grace comes before a lower level."""
    rule, today = rule_of(values), context.today()
    found = moving(rule, today).subquery()
    counted = session.execute(select(found.c.tier, found.c.earned, func.count()).group_by(found.c.tier, found.c.earned))
    moves = {(row[0], TIERS[row[1]]): int(row[2]) for row in counted}
    up = sum(count for (before, after), count in moves.items() if rank(after) > rank(before))
    rows = session.execute(
        select(found.c.id, Member.number, Member.name, found.c.tier, found.c.earned, found.c.figure)
        .join(Member, Member.id == found.c.id)
        .order_by(case((found.c.earned > 0, 0), else_=1), found.c.earned.desc(), Member.name, found.c.id)
        .limit(most)
    )
    sample = tuple(Moving(row[0], row[1], row[2], row[3], TIERS[row[4]], _plain(row[5])) for row in rows)
    return RuleEffect(up, sum(moves.values()) - up, moves, sample)


def _plain(figure: Money | int | None) -> int:
    return figure.fen if isinstance(figure, Money) else int(figure or 0)


def _other_card(session: Session, member: Member) -> str:
    wanted = (Card.member_id == member.id, Card.state == CardState.ISSUED, Card.tier != member.tier)
    return session.scalar(select(Card.number).where(*wanted).order_by(Card.id.desc()).limit(1)) or ""


def _moves(session: Session, member_id: int) -> tuple[LevelMove, ...]:
    rows = session.execute(
        select(
            LevelChange.at,
            LevelChange.before,
            LevelChange.after,
            LevelChange.reason,
            LevelChange.spend,
            LevelChange.purchases,
            func.coalesce(Staff.name, "").label("who"),
            LevelChange.note,
        )
        .outerjoin(Staff, Staff.id == LevelChange.staff_id)
        .where(LevelChange.member_id == member_id)
        .order_by(LevelChange.id.desc())
        .limit(_MOST_CHANGES)
    )
    return tuple(LevelMove(**row) for row in rows.mappings())
