"""Bold words of the guide are words of the screen: a button that is renamed is renamed in the guide."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "guide"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MNEMONIC = re.compile(r"\(&.\)|&(?=\S)")
_ENOUGH = 4
_PLACE = re.compile(r"\\\{[^{}]*\\\}")


def _forms(message: object) -> list[str]:
    return [message] if isinstance(message, str) else [str(one) for one in message or ()]  # type: ignore[attr-defined] # plurals


def _words_of_the_screen(language: str) -> list[str]:
    words: list[str] = []
    for path in sorted((ROOT / "resources" / "i18n" / "zh_CN").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    words += _forms(message.string if language == "zh_CN" else message.id)
    return [_MNEMONIC.sub("", one) for one in words]


def _says_much(words: str) -> bool:
    """Tell whether enough stands beside the placeholders to recognise the sentence."""
    beside = re.sub(r"\{[^{}]*\}", "", words)
    return beside != words and len(beside.strip()) >= _ENOUGH


def _is_said(words: str, plain: set[str], patterns: list[re.Pattern[str]]) -> bool:
    return words.casefold() in plain or any(one.fullmatch(words) for one in patterns)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_bold_words_stand_on_the_screen(language: str) -> None:
    screen = _words_of_the_screen(language)
    plain = {one.casefold() for one in screen}
    patterns = [re.compile(_PLACE.sub(".+", re.escape(one))) for one in screen if _says_much(one)]
    unknown = [
        f"{path.name}: {words}"
        for path in sorted((GUIDE / language).glob("*.md"))
        for words in _BOLD.findall(path.read_text(encoding="utf-8"))
        if not _is_said(words, plain, patterns)
    ]
    assert unknown == []
