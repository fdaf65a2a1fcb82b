"""The drawings of items lie inside their box and are closed where they say so."""

import pytest

from crmdesk.core.shapes import SHAPES, shape
from crmdesk.core.tickets import SHAPE_OF


@pytest.mark.parametrize("name", SHAPES)
def test_every_point_lies_in_the_box(name: str) -> None:
    drawing = shape(name)
    assert drawing.name == name
    assert 0.3 < drawing.aspect < 3
    for stroke in drawing.strokes:
        for x, y in (stroke.start, *(point for curve in stroke.curves for point in curve)):
            assert 0 <= x <= 1
            assert 0 <= y <= 1
        if stroke.closed:
            assert stroke.curves


def test_unknown_name_gives_the_generic_drawing() -> None:
    assert shape("../../etc/passwd").name == "generic"


def test_every_category_has_its_drawing() -> None:
    assert set(SHAPE_OF.values()) <= set(SHAPES)
