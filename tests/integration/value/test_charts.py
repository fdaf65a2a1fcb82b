"""Every bar and cell of the value page counts exactly the members of the list that it opens."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from crmdesk.core.birthday import Birthday
from crmdesk.core.member_words import LifeCycle
from crmdesk.core.members import BirthdayCalendar, CardTier, Gender, MemberState
from crmdesk.core.roles import Role
from crmdesk.core.segments import Group
from crmdesk.core.value_groups import (
    SCORES,
    AgeBand,
    age_group,
    cycle_group,
    gender_group,
    score_group,
    tier_group,
)
from crmdesk.models.member import Member
from crmdesk.queries.member_rows import MemberFilter, count, first
from crmdesk.queries.value_charts import ValueCharts, value_charts
from tests.builders.member_shop import people
from tests.builders.shop import Shop
from tests.integration.value.test_scores import TODAY, town, write_all

_AGES = [
    *(None, Birthday(BirthdayCalendar.SOLAR, None, 5, 5), Birthday(BirthdayCalendar.SOLAR, 2006, 11, 21)),
    *(Birthday(BirthdayCalendar.SOLAR, 2006, 11, 22), Birthday(BirthdayCalendar.LUNAR, 1996, 10, 13)),
    *(Birthday(BirthdayCalendar.SOLAR, 1976, 11, 21), Birthday(BirthdayCalendar.LUNAR, 1930, 1, 30)),
]


def bars(charts: ValueCharts) -> Iterator[tuple[Group, int]]:
    """Give every group with what its bar says."""
    yield from ((age_group(band), charts.ages.get(band, 0)) for band in AgeBand)
    yield from ((gender_group(one), charts.genders.get(one, 0)) for one in (*Gender, None))
    yield from ((tier_group(one), charts.tiers.get(one, 0)) for one in CardTier)
    yield from ((cycle_group(one), charts.cycles.get(one, 0)) for one in LifeCycle)
    pairs = ((recency, frequency) for recency in SCORES for frequency in SCORES)
    yield from ((score_group(*pair), charts.matrix.get(pair, 0)) for pair in pairs)


def mixed_town(shop: Shop, seed: int) -> None:
    """Give the members of a town ages, genders, levels; some left, one is a walk-in."""
    chance = random.Random(seed)
    keys = town(shop, seed)
    people(shop)
    with shop.database.transaction() as session:
        for member in session.scalars(select(Member).where(Member.id.in_(keys))):
            member.gender = chance.choice([*Gender, None])
            member.tier = chance.choice(list(CardTier))
            born = chance.choice(_AGES)
            member.birthday_calendar = born.calendar if born else None
            member.birthday_year = born.year if born else None
            member.birthday_month = born.month if born else None
            member.birthday_day = born.day if born else None
    write_all(shop)
    with shop.database.transaction() as session:
        session.get_one(Member, keys[0]).state = MemberState.MERGED
        session.get_one(Member, keys[1]).state = MemberState.WALK_IN


@pytest.mark.parametrize("seed", range(3))
def test_each_bar_is_the_list_it_opens(shop: Shop, seed: int) -> None:
    mixed_town(shop, seed)
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        charts = value_charts(session, context)
        found = [(number, count(session, MemberFilter(wanted=group), context)) for group, number in bars(charts)]
    assert [number for number, _listed in found] == [listed for _number, listed in found]
    for sums in (charts.ages, charts.genders, charts.tiers, charts.cycles):
        assert sum(sums.values()) == charts.members
    assert charts.buyers == charts.members - charts.cycles[LifeCycle.NO_PURCHASE]
    assert charts.as_of == TODAY


def test_an_empty_store_and_somebody_without_business_with_customers(shop: Shop) -> None:
    with shop.reading() as session:
        assert value_charts(session, shop.context(Role.MANAGER)).members == 0
    mixed_town(shop, 9)
    with shop.reading() as session:
        charts = value_charts(session, shop.context(Role.ADMINISTRATOR))
    assert (charts.members, charts.buyers, charts.as_of) == (0, 0, None)


def test_the_list_shows_scores_and_cycle(shop: Shop) -> None:
    mixed_town(shop, 4)
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        found = first(session, MemberFilter(), context, None, 500)
        charts = value_charts(session, context)
    assert Counter(one.cycle for one in found) == {cycle: count for cycle, count in charts.cycles.items() if count}
    pairs = Counter(one.scores[:2] for one in found if one.scores is not None)
    assert pairs == charts.matrix
    assert all((one.scores is None) == (one.cycle is LifeCycle.NO_PURCHASE) for one in found)
