"""Signatures as strokes: kept and read back, too little, nonsense."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.strokes import HIGH, WIDE, from_text, ink, is_signature, scaled, to_text

points = st.tuples(st.integers(0, WIDE), st.integers(0, HIGH))


@given(st.lists(st.lists(points, min_size=1, max_size=30).map(tuple), max_size=12).map(tuple))
def test_kept_and_read_back(strokes: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    assert from_text(to_text(strokes)) == strokes


@given(st.text(max_size=60) | st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists).map(json.dumps))
def test_nonsense_is_refused_by_type(text: str) -> None:
    with suppress(InvalidFieldError):
        assert all(0 <= x <= WIDE and 0 <= y <= HIGH for stroke in from_text(text) for x, y in stroke)


@pytest.mark.parametrize(
    "text", ["[[[1.5,2]]]", "[[[true,2]]]", "[[[1,2,3]]]", "[[[-1,2]]]", "[[[1,9999]]]", "[[1,2]]"]
)
def test_points_out_of_the_field(text: str) -> None:
    with pytest.raises(InvalidFieldError):
        from_text(text)


def test_a_dot_is_no_signature() -> None:
    assert not is_signature(())
    assert not is_signature((((500, 100),),))
    assert not is_signature((((500, 100), (505, 101), (507, 101), (509, 102)),))
    assert is_signature((((300, 100), (360, 160), (420, 100)), ((430, 90), (480, 150))))


def test_more_than_a_hand_writes() -> None:
    with pytest.raises(InvalidFieldError):
        from_text(to_text((((1, 1), (2, 2)),) * 201))


def test_scaled_to_the_field() -> None:
    assert scaled([(-5, 10), (-4, 10), (150, 48), (400, 400)], 300) == ((0, 33), (500, 160), (1000, 320))
    assert ink((((0, 0), (300, 0)),)) == 300
