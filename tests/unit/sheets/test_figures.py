"""The figures against numbers worked out by hand."""

import statistics
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core import figures
from crmdesk.core.figures import Repeat, Rfm

AS_OF = date(2026, 11, 21)


def test_a_ratio_without_a_denominator_is_not_zero() -> None:
    assert figures.ratio(3, 4) == 0.75
    assert figures.ratio(0, 4) == 0
    assert figures.ratio(3, 0) is None


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.9, None),
        ([7], 0.9, 7),
        ([1, 2, 3, 4], 0.5, 2.5),
        ([4, 1, 3, 2], 0.9, 3.7),  # position 2.7: 3 + 0.7 × (4 − 3)
        (range(1, 12), 0.9, 10),
        ([5, 5, 5], 0.1, 5),
    ],
)
def test_percentiles_are_interpolated_like_excels(values: list[int], share: float, expected: float | None) -> None:
    assert figures.percentile(values, share) == (expected if expected is None else pytest.approx(expected))


@given(st.lists(st.integers(0, 400), min_size=2))
def test_median_and_deciles_agree_with_the_standard_library(values: list[int]) -> None:
    assert figures.median(values) == statistics.median(values)
    expected = statistics.quantiles(values, n=10, method="inclusive")[8]
    assert figures.percentile(values, 0.9) == pytest.approx(expected)


def test_recency_frequency_and_money_of_three_members() -> None:
    purchases = [
        ("a", date(2026, 11, 1), 10_000),
        ("a", date(2026, 11, 1), 5_000),  # a second receipt of the same day: a ticket, not a day
        ("a", date(2026, 11, 11), 3_000),
        ("a", date(2026, 11, 15), -4_000),  # a return: less money, no visit
        ("b", date(2026, 1, 21), 29_900),
        ("b", date(2026, 12, 1), 99_900),  # after the day of counting
        ("c", date(2026, 2, 1), -100),  # only a return
    ]
    assert figures.rfm(purchases, AS_OF) == {
        "a": Rfm(10, 1, 3, 2, 14_000, 14_000 / 3),
        "b": Rfm(304, 0, 1, 1, 29_900, 29_900),
    }


def test_quintiles_of_ten_different_values_are_two_each() -> None:
    scores = figures.quintile_scores({n: n * 10 for n in range(10)})
    assert [scores[n] for n in range(10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_equal_values_score_the_same_and_few_days_are_good() -> None:
    assert figures.quintile_scores({"a": 0, "b": 0, "c": 0, "d": 7}) == {"a": 1, "b": 1, "c": 1, "d": 4}
    assert figures.quintile_scores({"a": 3, "b": 300}, high_is_good=False) == {"a": 3, "b": 1}
    assert figures.quintile_scores({}) == {}


@given(st.dictionaries(st.integers(), st.integers(0, 20), min_size=1))
def test_quintiles_are_the_rank_formula_of_sql(values: dict[int, int]) -> None:
    expected = {
        key: 1 + 5 * sum(other < value for other in values.values()) // len(values) for key, value in values.items()
    }
    assert figures.quintile_scores(values) == expected


def test_the_three_scores_together() -> None:
    one = Rfm(5, 3, 4, 4, 40_000, 10_000)
    two = Rfm(50, 0, 1, 1, 5_000, 5_000)
    scores = figures.rfm_scores({"one": one, "two": two})
    assert (scores["one"].recency, scores["one"].frequency, scores["one"].monetary) == (3, 3, 3)
    assert (scores["two"].recency, scores["two"].frequency, scores["two"].monetary) == (1, 1, 1)


def test_repeat_counts_days_not_receipts() -> None:
    visits = [("a", date(2026, 5, 1)), ("a", date(2026, 5, 1)), ("b", date(2026, 5, 1)), ("b", date(2026, 8, 2))]
    assert figures.repeat_rate(visits) == Repeat(buyers=2, repeated=1)
    assert figures.repeat_rate(visits).share == 0.5
    assert figures.repeat_rate([]).share is None


def test_two_in_a_month_looks_at_each_month_alone() -> None:
    visits = [
        ("a", date(2026, 5, 1)),
        ("a", date(2026, 5, 31)),
        ("b", date(2026, 5, 31)),
        ("b", date(2026, 6, 1)),
    ]
    assert figures.twice_in_a_month(visits) == {date(2026, 5, 1): Repeat(2, 1), date(2026, 6, 1): Repeat(1, 0)}


def test_sales_figures() -> None:
    assert figures.net_sales(100_000, 12_500) == 87_500
    assert figures.return_rate(12_500, 100_000) == 0.125
    assert figures.items_per_ticket(46, 20) == 2.3
    assert figures.year_on_year(110, 100) == pytest.approx(0.1)
    assert figures.year_on_year(110, 0) is None


def test_member_figures() -> None:
    assert figures.file_rate(40, 50) == 0.8
    assert figures.add_rate(15, 50) == 0.3
    assert figures.birthday_recall(7, 10) == 0.7
    assert figures.follower_loss(8, 4, 100) == 0.12


def test_lost_is_more_than_a_year_ago() -> None:
    assert not figures.is_lost(date(2025, 11, 21), AS_OF)
    assert figures.is_lost(date(2025, 11, 20), AS_OF)
    assert not figures.is_lost(None, AS_OF)


def test_days_of_a_repair() -> None:
    received = date(2026, 11, 1)
    assert figures.turnaround_days(received, date(2026, 11, 9)) == 8
    assert figures.turnaround_days(received, None) is None
    assert figures.on_time(date(2026, 11, 8), date(2026, 11, 8)) is True
    assert figures.on_time(date(2026, 11, 9), date(2026, 11, 8)) is False
    assert figures.on_time(None, date(2026, 11, 8)) is None
    assert figures.on_time(date(2026, 11, 8), None) is None
    assert figures.waiting_days(received, None, AS_OF) == 20
    assert figures.waiting_days(received, date(2026, 11, 4), AS_OF) == 3
    assert figures.waiting_days(None, None, AS_OF) is None
    assert figures.uncollected_days(date(2026, 11, 14), None, AS_OF) == 7
    assert figures.uncollected_days(date(2026, 11, 14), AS_OF, AS_OF) is None
    assert figures.uncollected_days(None, None, AS_OF) is None


def test_a_come_back_is_the_same_item_and_fault_within_ninety_days() -> None:
    repairs = [
        ("case", "wheel", date(2026, 4, 30), None),  # 90 days after 30 January: given out of order on purpose
        ("case", "wheel", date(2026, 1, 20), date(2026, 1, 30)),
        ("case", "zip", date(2026, 2, 10), date(2026, 2, 12)),
        ("bag", "wheel", date(2026, 2, 10), None),
        ("case", "zip", date(2026, 5, 14), None),  # 91 days
        ("case", "wheel", date(2026, 5, 1), None),  # 91 days after January; the one of April is still here
    ]
    assert figures.come_backs(repairs) == [True, False, False, False, False, False]


def test_care_and_loaner_figures() -> None:
    assert figures.callback_reach(6, 8) == 0.75
    assert not figures.is_overdue(AS_OF, None, AS_OF)
    assert figures.is_overdue(date(2026, 11, 20), None, AS_OF)
    assert not figures.is_overdue(date(2026, 11, 20), date(2026, 11, 20), AS_OF)
    assert figures.is_overdue(date(2026, 11, 19), date(2026, 11, 20), AS_OF)
    assert figures.utilisation(30, 90) == 0.25
    assert figures.utilisation(0, 0) is None
    assert figures.credited(date(2026, 11, 15), date(2026, 11, 1))
    assert not figures.credited(date(2026, 11, 16), date(2026, 11, 1))
    assert not figures.credited(date(2026, 10, 31), date(2026, 11, 1))


def test_days_of_spans_inside_a_period() -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    spans = [
        (date(2026, 10, 20), date(2026, 11, 4)),  # 1, 2, 3 November
        (date(2026, 11, 10), date(2026, 11, 10)),  # back the same day
        (date(2026, 11, 29), None),  # 29 and 30
        (date(2026, 12, 5), None),
    ]
    assert figures.days_inside(spans, first, last) == 5


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 60), st.integers(1, 10**7)), min_size=1))
def test_mean_money_is_exact_to_the_last_digit(rows: list[tuple[int, int, int]]) -> None:
    purchases = [(member, date.fromordinal(AS_OF.toordinal() - ago), fen) for member, ago, fen in rows]
    for member, one in figures.rfm(purchases, AS_OF).items():
        amounts = [fen for who, _ago, fen in rows if who == member]
        assert one.monetary_fen == float(Fraction(sum(amounts), len(amounts)))


def test_what_is_going_on_is_counted_as_it_stood_on_the_day() -> None:
    begun, ended = date(2026, 11, 10), date(2026, 11, 20)
    assert [
        figures.is_going_on(begun, ended, day) for day in (date(2026, 11, 9), begun, date(2026, 11, 19), ended)
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert figures.is_going_on(begun, None, AS_OF)
    assert not figures.is_going_on(None, None, AS_OF)
    assert figures.uncollected_days(begun, ended, date(2026, 11, 19)) == 9
    assert figures.uncollected_days(begun, None, date(2026, 11, 9)) is None
    assert figures.uncollected_days(begun, None, AS_OF, gone=True) is None
    assert figures.uncollected_days(begun, AS_OF, ended, gone=True) == 10
    assert figures.waiting_days(AS_OF, None, begun) is None
    assert not figures.is_overdue(begun, ended, begun), "its last day is not over"
    assert figures.is_overdue(begun, ended, date(2026, 11, 11))


@pytest.mark.parametrize(
    ("net", "tickets", "mean"),
    [(100, 3, 33), (101, 2, 51), (-101, 2, -51), (-100, 3, -33), (200, 3, 67), (0, 4, 0), (7, 0, None)],
)
def test_means_go_to_the_next_fen_and_halves_away_from_zero(net: int, tickets: int, mean: int | None) -> None:
    assert figures.mean_fen(net, tickets) == mean


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_the_scale_scores_many_as_one_by_one(values: list[float]) -> None:
    scale = figures.quintile_scale(values)
    assert list(scale.scores(values)) == [scale.score(value) for value in values]
    assert [scale.score(value) for value in values] == [
        1 + 5 * sum(other < value for other in values) // len(values) for value in values
    ]
