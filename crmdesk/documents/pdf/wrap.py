"""Breaking text into lines: Chinese between any two characters, Latin between words, punctuation where it belongs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

# Marks that may not begin a line, and marks that may not end one (GB/T 15834 5.1; CLREQ line composition).
NOT_FIRST: Final = frozenset("、。，．,.:;：；！!？?…—～·）)]】》〉」』”’%％℃°›〕}｝")
NOT_LAST: Final = frozenset("（([【《〈「『“‘‹〔{｛￥¥$")
_CHAIN_LIMIT: Final = 8  # more marks in a row than this are no punctuation but a pattern; they may be broken

# A Latin word with its following marks, a run of spaces, a line end, or one other character.
_PIECE: Final = re.compile(r"\n| +|[!-~À-ɏ‐-―]+|.", re.DOTALL)
Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines that fit, and whether text was left over."""

    lines: tuple[str, ...]
    cut: bool


def wrap(text: str, width: float, measure: Measure, most: int) -> Wrapped:
    """Break ``text`` (already printable) into at most ``most`` lines of ``width``; work stops with the last line."""
    lines: list[str] = []
    for line in _lines(text, width, measure):
        if len(lines) == most:
            return Wrapped(tuple(lines), cut=True)
        lines.append(line)
    return Wrapped(tuple(lines), cut=False)


def _lines(text: str, width: float, measure: Measure) -> Iterator[str]:
    line: list[str] = []
    used = 0.0
    for piece in _pieces(text):
        if piece == "\n":
            yield "".join(line).rstrip(" ")
            line, used = [], 0.0
            continue
        wide = measure(piece)
        if used + wide <= width:
            line.append(piece)
            used += wide
        elif piece.isspace():
            continue  # a space at the line's end is the line end
        else:
            finished, line = _turn(line, piece, width, measure)
            yield from finished
            used = sum(measure(part) for part in line)
    yield "".join(line).rstrip(" ")


def _turn(line: list[str], piece: str, width: float, measure: Measure) -> tuple[list[str], list[str]]:
    """Begin a new line with ``piece``: lines that are finished by it, and the pieces of the line under way."""
    carried = _carried(line, piece)
    kept = line[: len(line) - len(carried)]
    finished = ["".join(kept).rstrip(" ")] if any(not part.isspace() for part in kept) else []
    started = [*carried, piece]
    if sum(measure(part) for part in started) <= width:
        return finished, started
    *full, rest = _chop("".join(started), width, measure)
    return [*finished, *full], [rest]


def _carried(line: list[str], piece: str) -> list[str]:
    """Give the pieces at the end of ``line`` that must go down with ``piece``."""
    count = 0
    following = piece
    while count < min(len(line) - 1, _CHAIN_LIMIT):
        last = line[-1 - count]
        if last.isspace() or not (following[0] in NOT_FIRST or last[-1] in NOT_LAST):
            break
        following = last
        count += 1
    return line[len(line) - count :] if 0 < count < _CHAIN_LIMIT else []


def _chop(word: str, width: float, measure: Measure) -> Iterator[str]:
    """Cut a word that is longer than a line wherever the line ends; a line has one character at least."""
    start, used = 0, 0.0
    for place, character in enumerate(word):
        wide = measure(character)
        if used + wide > width and place > start:
            yield word[start:place]
            start, used = place, 0.0
        used += wide
    yield word[start:]


def _pieces(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        yield match.group()
