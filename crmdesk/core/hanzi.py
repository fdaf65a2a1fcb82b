"""Traditional forms of the characters that names use, so that 陳 finds 陈 and 陈 finds 陳."""

from functools import cache
from typing import Final

from crmdesk.core.resources import resource_path

# Forms that the table leaves apart although people write a name with either: variants, and second simplified forms.
_ALSO: Final = dict(zip("甯鼇峯𠮷呉黒锺馀缐麹濵髙嶋", "宁鳌峰吉吴黑钟余线曲滨高岛", strict=True))
_BASIC_PLANE: Final = "\uffff"


def simplified(character: str) -> str:
    """Give the one form under which a character is searched: the simplified one; itself when it has none."""
    return _table().get(character, character)


@cache
def _table() -> dict[str, str]:
    """Read the table of single characters when the first name is written or found."""
    text = resource_path("hanzi", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if "\t" in line and not line.startswith("#")]
    first = {old: _usual(old, new.split(" ")) for old, new in pairs} | _ALSO
    return {old: first.get(new, new) for old, new in first.items()}


def _usual(old: str, choices: list[str]) -> str:
    """Choose among the forms: one that is only rarely simplified stands first as it is, and by its rare form behind.

    A word that people keep apart from its simpler cousin (堃 and 坤) has itself first and a usual character behind.
    """
    rare = [one for one in choices if one > _BASIC_PLANE]
    return rare[0] if choices[0] == old and rare else choices[0]
