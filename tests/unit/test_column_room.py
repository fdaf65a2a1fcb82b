"""How the columns of a table share its width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.views.support.column_room import kept, shared


@pytest.mark.parametrize(
    ("room", "widths"),
    [
        (500, [100, 300, 100]),  # what is left goes to the middle
        (320, [100, 120, 100]),
        (280, [90, 100, 90]),  # the others give way before it falls below its least
        (200, [70, 100, 70]),  # nobody below the least: the table scrolls
    ],
)
def test_the_middle_keeps_its_least(room: int, widths: list[int]) -> None:
    assert shared([100, 100, 100], [70, 100, 70], 1, room) == widths


def test_without_a_column_that_stretches_everybody_keeps_the_width() -> None:
    assert shared([100, 50], [70, 40], None, 90) == [100, 50]


@given(
    st.lists(st.tuples(st.integers(40, 400), st.integers(40, 400)), min_size=1, max_size=12),
    st.data(),
    st.integers(0, 3000),
)
def test_nobody_is_below_the_least_and_no_room_is_left(
    columns: list[tuple[int, int]], data: st.DataObject, room: int
) -> None:
    wanted, least = [max(pair) for pair in columns], [min(pair) for pair in columns]
    stretch = data.draw(st.integers(0, len(columns) - 1))
    widths = shared(wanted, least, stretch, room)
    assert all(width >= narrow for width, narrow in zip(widths, least, strict=True))
    assert sum(widths) == max(room, sum(least))


@pytest.mark.parametrize(
    ("room", "stays"),
    [
        (260, [0, 1, 2, 3]),  # all give way
        (229, [0, 1, 2]),  # one below its least: the rightmost goes, the others are whole
        (150, [0, 1]),
        (10, [0]),  # what a row is called by stays
    ],
)
def test_what_has_no_room_goes_below_the_row(room: int, stays: list[int]) -> None:
    assert kept([70, 80, 70, 80], [60, 60, 60, 60], [3, 2, 1], room) == stays
