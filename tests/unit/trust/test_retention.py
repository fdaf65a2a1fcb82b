"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.retention import RetentionRule, kept

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


def hourly(days: int) -> list[datetime]:
    return [NOW - timedelta(hours=hour) for hour in range(days * 24)]


def test_nothing_gives_nothing() -> None:
    assert kept([], NOW) == frozenset()


def test_everything_of_two_days_stays() -> None:
    assert kept(hourly(2), NOW) == set(hourly(2))


def test_a_year_of_hourly_backups_shrinks_to_the_rule() -> None:
    stay = kept(hourly(400), NOW)
    older = {moment for moment in stay if moment <= NOW - timedelta(days=2)}
    assert len(stay) - len(older) == 48
    assert 12 + 9 + 5 <= len(older) <= 12 + 10 + 9
    assert min(stay) <= NOW - timedelta(days=230), "the end of the ninth month back"


def test_the_last_of_a_day_is_the_one_that_stays() -> None:
    old = [NOW - timedelta(days=5, hours=hour) for hour in range(10)]
    assert kept(old, NOW, rule=RetentionRule(weekly=0, monthly=0)) == {old[0]}


def test_a_day_is_the_stores_day() -> None:
    evening = datetime(2026, 11, 10, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
    night = datetime(2026, 11, 10, 16, 30, tzinfo=UTC)  # 00:30 the next day
    rule = RetentionRule(weekly=0, monthly=0)
    assert kept([evening, night], NOW, zone="Asia/Shanghai", rule=rule) == {evening, night}
    assert kept([evening, night], NOW, zone="UTC", rule=rule) == {night}


def test_gaps_do_not_cost_backups() -> None:
    rare = [NOW - timedelta(days=100 * step) for step in range(1, 6)]
    assert kept(rare, NOW) == set(rare)


def test_a_backup_from_the_future_stays() -> None:
    ahead = NOW + timedelta(days=400)
    assert ahead in kept([ahead, *hourly(3)], NOW)


def test_pruning_every_day_for_a_year_keeps_old_months() -> None:
    there: frozenset[datetime] = frozenset()
    start = NOW - timedelta(days=400)
    for day in range(401):
        now = start + timedelta(days=day)
        there = kept({*there, *(now - timedelta(hours=hour) for hour in range(0, 10, 3))}, now)
    assert len({(moment.year, moment.month) for moment in there}) >= 9
    assert len(there) < 48


@given(st.lists(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2026, 11, 21), timezones=st.just(UTC))))  # noqa: DTZ001
def test_newest_always_stays_and_pruning_twice_is_pruning_once(moments: list[datetime]) -> None:
    stay = kept(moments, NOW)
    assert stay <= set(moments)
    if moments:
        assert max(moments) in stay
    assert kept(stay, NOW) == stay
