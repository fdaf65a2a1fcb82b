"""The placeholders of letters to many members, filled in with what each file says."""

import re
from dataclasses import dataclass
from typing import Final

PLACEHOLDERS: Final = ("name", "form", "level", "points")
_PLACE: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class MailPerson:
    """What a letter may say of a member, in the letter's language."""

    name: str
    form: str
    level: str
    points: str


def unknown_places(words: str) -> tuple[str, ...]:
    """Give the placeholders that nothing stands for, each once."""
    found = (match.group(1).strip() for match in _PLACE.finditer(words))
    return tuple(dict.fromkeys(name for name in found if name not in PLACEHOLDERS))


def filled(words: str, person: MailPerson) -> str:
    """Fill in the placeholders; those that nothing stands for, and all else, stay as typed."""

    def place(match: re.Match[str]) -> str:
        name = match.group(1).strip()
        return str(getattr(person, name)) if name in PLACEHOLDERS else match.group(0)

    return _PLACE.sub(place, words)
