"""Which word on a purpose is in force, and from which age a person agrees herself (PIPL 15, 31)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import Channel
from crmdesk.core.errors import RefusedError

# Version of the notice text that comes with the program.
BUILT_IN_WORDING: Final = "2026-01"
# Below this age a parent or guardian agrees (PIPL 31).
GUARDIAN_UNTIL: Final = 14
Word = tuple[Channel | None, bool]


class WordingInUseError(RefusedError):
    """Somebody agreed to these words: they stay as they are, new ones are a new version."""

    def __init__(self, code: str) -> None:
        """Keep the version."""
        super().__init__(code)
        self.code = code


def in_force(words: Iterable[Word], channel: Channel | None) -> bool | None:
    """Give the latest word that holds for a way; None when nothing was said.

    A word on every way holds for each of them, until a later one on that way alone.

    Args:
        words: the way that was meant (None for every way) and the answer, oldest first.
        channel: the way that is asked about; None asks for every way.
    """
    said: bool | None = None
    for meant, given in words:
        if meant is None or meant is channel:
            said = given
    return said


def needs_guardian(birthday: Birthday | None, today: date) -> bool:
    """Tell whether a parent or guardian has to agree; a birthday without a year tells nothing."""
    if birthday is None or birthday.year is None:
        return False
    before = (today.month, today.day) < (birthday.month, birthday.day)
    return today.year - birthday.year - before < GUARDIAN_UNTIL
