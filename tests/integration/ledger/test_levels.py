"""Levels by rule against a computation of its own; grace, by hand, release, imports, what a rule change would do."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crmdesk.core.errors import ReasonMissingError, StaleError
from crmdesk.core.member_words import LevelReason
from crmdesk.core.members import CardTier
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.setting import SettingValues
from crmdesk.core.settings_ledger import BY_PURCHASES, LEVEL_GOLD_COUNT, LEVEL_RULE
from crmdesk.core.settings_store import LEVEL_SILVER
from crmdesk.models.level import LevelChange
from crmdesk.models.member import Member
from crmdesk.models.purchase import Purchase
from crmdesk.queries.level_case import level_case, rule_effect
from crmdesk.queries.level_day import to_renew
from crmdesk.services import cards
from crmdesk.services.levels import ReleaseLevel, SetLevel, release, renew_part, set_by_hand
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.settings import ChangeSettings, change_settings
from tests.builders.member_shop import buy
from tests.builders.shop import Shop

TODAY = date(2026, 11, 21)
GOLD, SILVER, ORDINARY = CardTier.GOLD, CardTier.SILVER, CardTier.ORDINARY


def kept(shop: Shop, member: int) -> Member:
    with shop.reading() as session:
        found = session.get_one(Member, member)
        session.expunge(found)
        return found


def moves(shop: Shop, member: int) -> list[tuple[CardTier, CardTier, LevelReason]]:
    with shop.reading() as session:
        found = select(LevelChange).where(LevelChange.member_id == member).order_by(LevelChange.id)
        return [(one.before, one.after, one.reason) for one in session.scalars(found)]


def day_begins(shop: Shop) -> int:
    with shop.reading() as session:
        keys = to_renew(session, shop.context())
    return shop.do(renew_part, keys, shop.context())


def test_a_purchase_raises_at_once(shop: Shop, member: int) -> None:
    buy(shop, member, TODAY, 1999, "A")
    assert kept(shop, member).tier is ORDINARY
    buy(shop, member, TODAY, 1, "B")
    assert (kept(shop, member).tier, kept(shop, member).tier_since) == (SILVER, TODAY)
    assert moves(shop, member) == [(ORDINARY, SILVER, LevelReason.REACHED)]


def test_grace_comes_before_a_lower_level(shop: Shop, member: int) -> None:
    buy(shop, member, TODAY, 8000, "A")
    assert kept(shop, member).tier is GOLD
    shop.clock.advance(timedelta(days=364))
    assert day_begins(shop) == 0
    assert kept(shop, member).tier_until is None
    shop.clock.advance(timedelta(days=1))  # the 21st of the next year: the receipt counts no more
    assert day_begins(shop) == 0
    assert kept(shop, member).tier_until == date(2027, 12, 21)
    shop.clock.advance(timedelta(days=30))
    assert day_begins(shop) == 0
    shop.clock.advance(timedelta(days=1))
    assert day_begins(shop) == 1
    assert (kept(shop, member).tier, kept(shop, member).tier_until) == (ORDINARY, None)
    assert moves(shop, member)[-1] == (GOLD, ORDINARY, LevelReason.LOWERED)
    assert day_begins(shop) == 0


def test_buying_within_the_grace_keeps_the_level(shop: Shop, member: int) -> None:
    buy(shop, member, TODAY, 8000, "A")
    shop.clock.advance(timedelta(days=365))
    day_begins(shop)
    assert kept(shop, member).tier_until is not None
    buy(shop, member, shop.context().today(), 8000, "B")
    assert (kept(shop, member).tier, kept(shop, member).tier_until) == (GOLD, None)


def test_goods_brought_back_begin_the_grace(shop: Shop, member: int) -> None:
    buy(shop, member, TODAY, 8000, "A")
    buy(shop, member, TODAY, -8000, "B")
    assert kept(shop, member).tier is GOLD
    assert kept(shop, member).tier_until == TODAY + timedelta(days=30)


def test_by_hand_stays_until_it_is_released(shop: Shop, member: int) -> None:
    manager = shop.context(Role.MANAGER)
    with pytest.raises(ReasonMissingError):
        shop.do(set_by_hand, SetLevel(member, 1, GOLD, " "), manager)
    with pytest.raises(StaleError):
        shop.do(set_by_hand, SetLevel(member, 99, GOLD, "x"), manager)
    shop.do(set_by_hand, SetLevel(member, 1, GOLD, "老朋友"), manager)
    buy(shop, member, TODAY, 30_000, "A")
    shop.clock.advance(timedelta(days=500))
    assert day_begins(shop) == 0
    assert kept(shop, member).tier is GOLD
    shop.do(release, ReleaseLevel(member, kept(shop, member).version), manager)
    assert kept(shop, member).tier is GOLD  # grace
    shop.clock.advance(timedelta(days=31))
    assert day_begins(shop) == 1
    assert kept(shop, member).tier is ORDINARY
    assert [reason for *_levels, reason in moves(shop, member)] == [LevelReason.BY_HAND, LevelReason.LOWERED]


def test_a_level_in_the_form_is_one_by_hand(shop: Shop) -> None:
    made = shop.do(register, MemberFacts("何芳", tier=SILVER), shop.context(Role.MANAGER))
    assert kept(shop, made.id).tier_fixed
    assert moves(shop, made.id) == [(ORDINARY, SILVER, LevelReason.BY_HAND)]


def test_why_this_level(shop: Shop, member: int) -> None:
    buy(shop, member, TODAY, 3000, "A")
    shop.do(cards.issue, cards.IssueCard(member), shop.context())
    buy(shop, member, TODAY, 6000, "B")
    with shop.reading() as session:
        case = level_case(session, member, shop.context())
    assert (case.tier, case.earned, case.above, case.missing) == (GOLD, GOLD, CardTier.DIAMOND, 1_100_000)
    assert (case.spend, case.purchases, case.period_from) == (Money.yuan(9000), 2, date(2025, 11, 22))
    assert case.card  # the card in use says silver
    assert [(one.before, one.after) for one in case.moves] == [(SILVER, GOLD), (ORDINARY, SILVER)]


def test_receipts_may_decide_instead_of_money(shop: Shop, member: int) -> None:
    values = {LEVEL_RULE.key: BY_PURCHASES, LEVEL_GOLD_COUNT.key: 4}
    shop.do(change_settings, ChangeSettings(values), shop.context(Role.OWNER))
    for number in range(3):
        buy(shop, member, TODAY, 10, f"A{number}")
    assert kept(shop, member).tier is SILVER
    buy(shop, member, TODAY, -10, "R")
    buy(shop, member, TODAY, 10, "A9")
    assert kept(shop, member).tier is GOLD


def test_what_a_rule_would_do_is_counted_before(shop: Shop, member: int) -> None:
    buy(shop, member, TODAY, 1500, "A")
    other = shop.do(register, MemberFacts("何芳"), shop.context(Role.MANAGER)).id
    buy(shop, other, TODAY, 2500, "B")
    with shop.reading() as session:
        lower = rule_effect(session, SettingValues().changed(LEVEL_SILVER, Money.yuan(1500)), shop.context())
        higher = rule_effect(session, SettingValues().changed(LEVEL_SILVER, Money.yuan(2501)), shop.context())
    assert (lower.up, lower.down, [one.id for one in lower.sample]) == (1, 0, [member])
    assert (higher.up, higher.down, [one.id for one in higher.sample]) == (0, 1, [other])
    assert kept(shop, other).tier is SILVER


def test_levels_agree_with_a_computation_of_its_own(shop: Shop) -> None:
    chance = random.Random(5)
    people = [shop.do(register, MemberFacts(f"会员{n}"), shop.context(Role.MANAGER)).id for n in range(12)]
    for number in range(60):
        day = TODAY - timedelta(days=chance.choice([0, 1, 200, 364, 365, 366, 500]))
        yuan = chance.choice([500, 1999, 2000, 4000, 8000, 20_000, -500])
        buy(shop, chance.choice(people), day, yuan, f"Z{number}")
    with shop.reading() as session:
        receipts = [(one.member_id, one.day, one.net.fen) for one in session.scalars(select(Purchase))]
    for member in people:
        spent = sum(fen for buyer, day, fen in receipts if buyer == member and (TODAY - day).days < 365)
        wanted = ORDINARY
        for tier, mark in ((SILVER, 200_000), (GOLD, 800_000), (CardTier.DIAMOND, 2_000_000)):
            wanted = tier if spent >= mark else wanted
        found = kept(shop, member)
        # Everything was bought on one day of the store, so nothing was lowered: higher ones wait in their grace.
        assert found.tier is wanted or found.tier_until == TODAY + timedelta(days=30)
        with shop.reading() as session:
            assert level_case(session, member, shop.context()).earned is wanted
