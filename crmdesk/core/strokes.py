"""A signature made on screen: strokes of a pen as whole numbers, and what is enough to count as one."""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from typing import Final

from crmdesk.core.errors import InvalidFieldError

Point = tuple[int, int]
Stroke = tuple[Point, ...]
Strokes = tuple[Stroke, ...]

# Points are thousandths of the field's width, from its upper left corner.
WIDE: Final = 1000
HIGH: Final = 320
# Less ink than this is a slip of the hand: a tenth of the field's width, and not one straight point.
_LEAST_INK: Final = 100
_LEAST_POINTS: Final = 4
_MOST_STROKES: Final = 200
_MOST_POINTS: Final = 8000


def ink(strokes: Sequence[Stroke]) -> int:
    """Give the length of all strokes, in thousandths of the field's width."""
    return round(sum(hypot(b[0] - a[0], b[1] - a[1]) for stroke in strokes for a, b in pairwise(stroke)))


def is_signature(strokes: Sequence[Stroke]) -> bool:
    """Tell whether somebody really wrote something."""
    return sum(map(len, strokes)) >= _LEAST_POINTS and ink(strokes) >= _LEAST_INK


def scaled(points: Iterable[tuple[float, float]], width: float) -> Stroke:
    """Give points of a field that is ``width`` wide as a stroke within its bounds; equal neighbours count once."""
    found: list[Point] = []
    for x, y in points:
        point = (min(max(round(x / width * WIDE), 0), WIDE), min(max(round(y / width * WIDE), 0), HIGH))
        if not found or found[-1] != point:
            found.append(point)
    return tuple(found)


def to_text(strokes: Sequence[Stroke]) -> str:
    """Give strokes as they are kept."""
    return json.dumps([[list(point) for point in stroke] for stroke in strokes], separators=(",", ":"))


def from_text(text: str) -> Strokes:
    """Read strokes as they are kept.

    Raises:
        InvalidFieldError: it is no such text, or more than a hand writes.
    """
    try:
        strokes = tuple(tuple(_point(point) for point in stroke) for stroke in json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise InvalidFieldError("signature", "not_strokes") from None
    if len(strokes) > _MOST_STROKES or sum(map(len, strokes)) > _MOST_POINTS:
        raise InvalidFieldError("signature", "too_long")
    return strokes


def _point(pair: object) -> Point:
    if not isinstance(pair, list):
        raise TypeError(pair)
    x, y = pair
    if type(x) is not int or type(y) is not int or not 0 <= x <= WIDE or not 0 <= y <= HIGH:
        raise ValueError(pair)
    return x, y
