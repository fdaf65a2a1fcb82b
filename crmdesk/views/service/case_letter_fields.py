"""The words of a letter as fields, one block for each language, and the warnings about what must not be written."""

from typing import Final

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import current_language, gettext
from crmdesk.core.letter_words import LANGUAGES, languages_of
from crmdesk.core.paper_facts.letter import LetterWords
from crmdesk.documents.wording import ForbiddenWords, check_words
from crmdesk.views.support.fields import LineField, TextField
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.section_header import SubHeading
from crmdesk.views.support.widgets.text import show_if

_LONGEST, _LONGEST_LINE = 4000, 120
_CHINESE: Final = LANGUAGES[0]
PARTS: Final = ("salutation", "facts", "finding", "remedy", "promise", "closing")


class WordFields(QWidget):
    """The parts of the letter in one language; the names of the fields are those of the service."""

    def __init__(self, fields: FieldSet, language: str) -> None:
        """Add the fields to `fields`."""
        super().__init__()
        self.language = language
        self._heading = SubHeading(gettext("Chinese") if language == _CHINESE else gettext("English"))
        self.salutation = LineField(gettext("Salutation"), required=True, max_length=_LONGEST_LINE)
        self.facts = _text(gettext("What you told us"), 3, required=True)
        self.finding = _text(gettext("What we found out"), 3, required=True)
        self.remedy = _text(gettext("What we do"), 3, required=True)
        self.promise = _text(gettext("What we promise"), 3)
        self.closing = _text(gettext("Closing words"), 3)
        parts = (self.salutation, self.facts, self.finding, self.remedy, self.promise, self.closing)
        for name, field in zip(("salutation", "facts", "finding", "remedy", "promise", "closing"), parts, strict=True):
            fields.add(f"{name}_{language}", field)
        self.setLayout(column(self._heading, *parts, gap=2))

    def show_heading(self, *, wanted: bool) -> None:
        """Say which language this is; only where both stand below each other."""
        show_if(self._heading, wanted)

    def set_words(self, words: LetterWords) -> None:
        """Fill in."""
        self.salutation.set_value(words.salutation)
        self.facts.set_value(words.facts)
        self.finding.set_value(words.finding)
        self.remedy.set_value(words.remedy)
        self.promise.set_value(words.promise)
        self.closing.set_value(words.closing)

    def words(self) -> LetterWords:
        """Give what is typed."""
        return LetterWords(
            self.salutation.typed(),
            self.facts.typed(),
            self.finding.typed(),
            self.remedy.typed(),
            self.promise.typed(),
            self.closing.typed(),
        )


def _text(label: str, lines: int, *, required: bool = False) -> TextField:
    return TextField(label, required=required, lines=lines, max_length=_LONGEST)


def forbidden(words: dict[str, LetterWords], language: str) -> list[ForbiddenWords]:
    """Find what a letter must not say, in the languages that will be printed."""
    found = []
    for one in languages_of(language):
        text = words[one]
        found += check_words("\n".join(getattr(text, part) for part in PARTS))
    return found


def warning(found: list[ForbiddenWords]) -> tuple[str, str]:
    """Say what was found, why it must not stand there and where the rule is; empty when nothing was."""
    if not found:
        return "", ""
    chinese = current_language() == _CHINESE
    phrases = gettext(", ").join(f"“{one.found}”" for one in found)
    title = gettext("Better not written: {phrases}").format(phrases=phrases)
    lines = [f"{one.why_zh if chinese else one.why_en} ({one.source})" for one in found]
    return title, "\n".join([*dict.fromkeys(lines), gettext("Not legal advice.")])
