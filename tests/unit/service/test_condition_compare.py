"""Which marks came in between two looks at one thing."""

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.condition_compare import REACH, came_in_between

PLACES = st.lists(st.tuples(st.floats(0, 2), st.floats(0, 1)), max_size=12)


def test_a_mark_that_two_people_set_a_little_apart_is_one() -> None:
    assert came_in_between([(0.2, 0.9)], [(0.22, 0.88)]) == (False,)


def test_a_second_scratch_beside_an_old_one_is_new() -> None:
    assert came_in_between([(0.2, 0.9)], [(0.26, 0.9), (0.2, 0.9)]) == (True, False)


def test_the_same_place_on_the_back_is_another_place() -> None:
    assert came_in_between([(0.2, 0.5)], [(1.2, 0.5)]) == (True,)


def test_nothing_before_makes_everything_new_and_nothing_now_nothing() -> None:
    assert came_in_between([], [(0.5, 0.5)]) == (True,)
    assert came_in_between([(0.5, 0.5)], []) == ()


@given(PLACES, PLACES)
def test_one_mark_explains_one(before: list[tuple[float, float]], now: list[tuple[float, float]]) -> None:
    new = came_in_between(before, now)
    assert len(new) == len(now)
    assert new.count(False) <= len(before)
    assert came_in_between(now, now) == (False,) * len(now)


@given(PLACES)
def test_what_is_out_of_reach_is_new(now: list[tuple[float, float]]) -> None:
    assert came_in_between([(3 + REACH * 2, 3)], now) == (True,) * len(now)
