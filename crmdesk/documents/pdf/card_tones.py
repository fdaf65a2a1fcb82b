"""The tones of the card levels, one table: ground, a lighter figure on it, words, quiet words and lines."""

from dataclasses import dataclass
from typing import Final

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class CardTone:
    """The colours of one level; without a ground the card is printed black on what it has."""

    ground: Rgb | None
    figure: Rgb
    words: Rgb
    quiet: Rgb


def _rgb(text: str) -> Rgb:
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _tone(ground: str, figure: str, words: str, quiet: str) -> CardTone:
    return CardTone(_rgb(ground), _rgb(figure), _rgb(words), _rgb(quiet))


BLACK: Final = CardTone(None, (0, 0, 0), (0, 0, 0), (0, 0, 0))
PLAIN: Final = _tone("1F4E4A", "2A605B", "FFFFFF", "BFD9D4")
_TONES: Final = {
    "ordinary": PLAIN,
    "silver": _tone("5B636D", "67707B", "FFFFFF", "DDE2E8"),
    "gold": _tone("83621B", "8F6D22", "FFFFFF", "F6E3B4"),
    "diamond": _tone("171B26", "252B3A", "FFFFFF", "C3CFE4"),
}


def tone_name(tier: str) -> str:
    """Give the name of a level's tone: letters only, whatever the level is called."""
    return tier if tier in _TONES else "plain"


def tone_of(tier: str, *, colour: bool = True) -> CardTone:
    """Give the tone of a level; a level without one of its own has the plain one."""
    return _TONES.get(tier, PLAIN) if colour else BLACK
