"""Drawings of items for condition sheets: lines in a box from 0 to 1, drawn alike on screen and on paper."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from crmdesk.core.resources import resource_path

GENERIC: Final = "generic"
SHAPES: Final = ("suitcase", "bag", "shoe", "jacket", "trousers", GENERIC)
_POINTS_OF_CURVE: Final = 3

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line of a drawing.

    Args:
        start: where it begins.
        curves: cubic Béziers, each two control points and an end; a straight piece has its ends as control points.
        closed: joined back to the start.
        light: a fold or a groove, drawn thinner and paler than an edge.
    """

    start: Point
    curves: tuple[tuple[Point, Point, Point], ...]
    closed: bool = False
    light: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing; x and y from the upper left corner, ``aspect`` is width divided by height."""

    name: str
    aspect: float
    strokes: tuple[Stroke, ...]


@cache
def shape(name: str) -> Shape:
    """Give the drawing called ``name``; an unknown name gives the generic one."""
    known = name if name in SHAPES else GENERIC
    data = json.loads(resource_path("paper", "shapes", f"{known}.json").read_text(encoding="utf-8"))
    width, height = data["box"]
    strokes = tuple(_stroke(entry, width, height) for entry in data["strokes"])
    return Shape(known, width / height, strokes)


def _stroke(entry: dict[str, object], width: float, height: float) -> Stroke:
    """Read an SVG-like path of absolute M, L, C, Z commands in the file's own units."""
    tokens = str(entry["path"]).replace(",", " ").split()
    points: list[Point] = []
    curves: list[tuple[Point, Point, Point]] = []
    command, closed = "M", False
    place = 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
            closed = closed or command == "Z"
            continue
        bent = command == "C"
        count = _POINTS_OF_CURVE if bent else 1
        numbers = [float(token) for token in tokens[place : place + 2 * count]]
        place += 2 * count
        group = [(x / width, y / height) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if not points:
            points.append(group[0])
            continue
        curves.append((group[0], group[1], group[2]) if bent else (points[-1], group[0], group[0]))
        points.append(group[-1])
    return Stroke(points[0], tuple(curves), closed, bool(entry.get("light", False)))
