"""The parts that a paper is stacked from: each knows its height for a width and draws itself."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from typing_extensions import override

from crmdesk.documents.pdf.styles import BODY, SECTION
from crmdesk.documents.pdf.text import Style, lines_of, one_line
from crmdesk.documents.pdf.units import HAIR, PALE, Box, Pen, Sheet

Align = Literal["left", "middle", "right"]
_MOST_LINES: Final = 120
_FEWEST_KEPT: Final = 2  # lines that stay together at a page's end


class Block(ABC):
    """A part of a paper; all lengths in millimetres."""

    @abstractmethod
    def height(self, width: float) -> float:
        """Give the height it takes when it is ``width`` wide."""

    @abstractmethod
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw it with its upper left corner at ``x``, ``y``."""

    def fits(self, width: float, room: float) -> bool:
        """Tell whether it is at most ``room`` high; what is very long need not measure all of itself."""
        return self.height(width) <= room + 1e-6

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":  # noqa: ARG002 - for those that can
        """Give what fits into ``room`` and the rest, or None when it must stay whole."""
        return None


@dataclass(frozen=True, slots=True)
class Gap(Block):
    """Empty height."""

    size: float

    @override
    def height(self, width: float) -> float:
        return self.size

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Rule(Block):
    """A line over the whole width, in the middle of its own height."""

    pen: Pen = field(default_factory=lambda: Pen(HAIR, PALE))
    space: float = 2.0

    @override
    def height(self, width: float) -> float:
        return self.space

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        middle = y + self.space / 2
        sheet.line((x, middle), (x + width, middle), self.pen)


@dataclass(frozen=True, slots=True)
class Lines(Block):
    """Lines that are already broken: what is left of a text after a page's end."""

    lines: tuple[str, ...]
    style: Style
    align: Align = "left"

    @override
    def height(self, width: float) -> float:
        return len(self.lines) * self.style.line_mm

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        for place, line in enumerate(self.lines):
            top = y + place * self.style.line_mm
            if self.align == "left":
                sheet.text(x, top, line, self.style)
            elif self.align == "right":
                sheet.text_right(x + width, top, line, self.style)
            else:
                sheet.text_middle(x + width / 2, top, line, self.style)

    @override
    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        count = int(room / self.style.line_mm + 1e-6)
        if count < _FEWEST_KEPT or count >= len(self.lines):
            return None
        return Lines(self.lines[:count], self.style, self.align), Lines(self.lines[count:], self.style, self.align)


@dataclass(frozen=True, slots=True)
class Text(Block):
    """Plain text, broken to the width."""

    text: str
    style: Style = BODY
    most: int = _MOST_LINES
    align: Align = "left"

    def broken(self, width: float) -> Lines:
        """Give the text as lines of ``width``."""
        lines = lines_of(self.text, self.style, width, self.most) if self.text else ()
        return Lines(lines, self.style, self.align)

    @override
    def height(self, width: float) -> float:
        return self.broken(width).height(width)

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        self.broken(width).draw(sheet, x, y, width)

    @override
    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return self.broken(width).split(width, room)


@dataclass(frozen=True, slots=True)
class Numbered(Block):
    """A text with its number or sign hanging before it."""

    sign: str
    text: Text
    indent: float = 4.0

    @override
    def height(self, width: float) -> float:
        return self.text.height(width - self.indent)

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.text(x, y, one_line(self.sign, self.text.style, self.indent), self.text.style)
        self.text.draw(sheet, x + self.indent, y, width - self.indent)


@dataclass(frozen=True, slots=True)
class Stack(Block):
    """Parts below one another."""

    parts: Sequence[Block]

    @override
    def height(self, width: float) -> float:
        return sum(part.height(width) for part in self.parts)

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        for part in self.parts:
            part.draw(sheet, x, y, width)
            y += part.height(width)

    @override
    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        used = 0.0
        for place, part in enumerate(self.parts):
            high = part.height(width)
            if used + high <= room:
                used += high
                continue
            halves = part.split(width, room - used)
            if halves is not None:
                return Stack([*self.parts[:place], halves[0]]), Stack([halves[1], *self.parts[place + 1 :]])
            return (Stack(self.parts[:place]), Stack(self.parts[place:])) if place else None
        return None


@dataclass(frozen=True, slots=True)
class Kept(Block):
    """A part that is never split."""

    part: Block

    @override
    def height(self, width: float) -> float:
        return self.part.height(width)

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        self.part.draw(sheet, x, y, width)


@dataclass(frozen=True, slots=True)
class Beside(Block):
    """Parts side by side; ``shares`` divide what the gaps leave."""

    parts: Sequence[Block]
    shares: Sequence[float]
    gap: float = 5.0

    def widths(self, width: float) -> list[float]:
        """Give the width of each part in millimetres."""
        room = width - self.gap * (len(self.parts) - 1)
        return [room * share / sum(self.shares) for share in self.shares]

    @override
    def height(self, width: float) -> float:
        return max(part.height(wide) for part, wide in zip(self.parts, self.widths(width), strict=True))

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        for part, wide in zip(self.parts, self.widths(width), strict=True):
            part.draw(sheet, x, y, wide)
            x += wide + self.gap

    @override
    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        halves: list[tuple[Block, Block]] = []
        for part, wide in zip(self.parts, self.widths(width), strict=True):
            cut = (part, Gap(0)) if part.height(wide) <= room else part.split(wide, room)
            if cut is None:
                return None
            halves.append(cut)
        upper, lower = zip(*halves, strict=True)
        return replace(self, parts=upper), replace(self, parts=lower)


@dataclass(frozen=True, slots=True)
class Framed(Block):
    """A part inside a thin frame."""

    part: Block
    inset: float = 2.2
    pen: Pen = field(default_factory=lambda: Pen(HAIR, PALE))
    radius: float = 1.2

    @override
    def height(self, width: float) -> float:
        return self.part.height(width - 2 * self.inset) + 2 * self.inset

    @override
    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.frame(Box(x, y, width, self.height(width)), self.pen, self.radius)
        self.part.draw(sheet, x + self.inset, y + self.inset, width - 2 * self.inset)


def section(title: str, *parts: Block) -> list[Block]:
    """Give a bold heading and its parts."""
    return [Text(title, SECTION, 2), Gap(0.6), *parts]
