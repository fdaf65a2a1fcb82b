"""Scores of columns in which few values differ: the same as one by one."""

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.figures import counted_scores, quintile_scores


@given(st.lists(st.integers(-4, 12), max_size=80), st.booleans())
def test_the_same_as_of_each_value(values: list[int], high_is_good: bool) -> None:  # noqa: FBT001
    wanted = quintile_scores(dict(enumerate(values)), high_is_good=high_is_good)
    assert list(counted_scores(values, high_is_good=high_is_good)) == [wanted[place] for place in range(len(values))]
