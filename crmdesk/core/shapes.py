"""Drawings of items for condition sheets: lines in a box from 0 to 1, drawn alike on screen and on paper.

A thing that is looked at from more than one side has several views of one size, side by side or, where they are wide,
below one another; the place of a mark counts on from view to view: x 1.3 is 0.3 of the second one.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.resources import resource_path

GENERIC: Final = "generic"
SHAPES: Final = ("suitcase", "bag", "shoe", "jacket", "trousers", GENERIC)
VIEW_NAMES: Final = {"front": mark("Front"), "back": mark("Back side"), "side": mark("Side"), "sole": mark("Sole")}
MOST_VIEWS: Final = 2
_POINTS_OF_CURVE: Final = 3
_WIDE: Final = 1.3

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
class View:
    """The thing from one side; ``name`` is a key of ``VIEW_NAMES``."""

    name: str
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing; x and y from the upper left corner, ``aspect`` is width divided by height of one view."""

    name: str
    aspect: float
    views: tuple[View, ...]

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The lines of the first view."""
        return self.views[0].strokes

    @property
    def grid(self) -> tuple[int, int]:
        """Columns and rows in which the views stand."""
        return (1, len(self.views)) if self.aspect > _WIDE else (len(self.views), 1)

    def corner(self, view: int) -> Point:
        """Give where a view's upper left corner is, counted in views."""
        return (0.0, float(view)) if self.grid[0] == 1 else (float(view), 0.0)

    def only_first(self) -> "Shape":
        """Give the same drawing with nothing but its first view."""
        return Shape(self.name, self.aspect, self.views[:1])


@cache
def shape(name: str) -> Shape:
    """Give the drawing called ``name``; an unknown name gives the generic one."""
    known = name if name in SHAPES else GENERIC
    data = json.loads(resource_path("paper", "shapes", f"{known}.json").read_text(encoding="utf-8"))
    width, height = data["box"]
    views = tuple(
        View(one["view"], tuple(_stroke(entry, width, height) for entry in one["strokes"]))
        for one in (data, *data["more"])
    )
    return Shape(known, width / height, views)


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
